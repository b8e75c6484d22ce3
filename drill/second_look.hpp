// Looking again at decisions that counted, before the verdict: the situation as it was known then, a better
// move asked for, and then what each option was worth. In plain lines, for whoever reads and writes them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "drill/debrief.hpp"

namespace breakglass::drill {

// Indexes in Debrief::numbered of those to look at again.
std::vector<std::size_t> to_look_at_again(const Debrief& debrief);

// What was known, and the options, numbered from 1 in the order of their names.
std::string question_text(const Debrief& debrief, std::size_t numbered);

// Of an answer: an option's number or its name. Nothing: it is neither.
std::optional<std::size_t> read_choice(const Debrief& debrief, std::size_t numbered, const std::string& line);

// What the choice (an index in the order of the question) and the trainee's own were worth; no choice: only
// the latter.
std::string answer_text(const Debrief& debrief, std::size_t numbered, std::optional<std::size_t> choice);

// Whether the choice is as good as the best, as far as that can be told: less than the limit of an inaccuracy
// worse, or not surely worse.
bool is_as_good_as_best(const Debrief& debrief, std::size_t numbered, std::size_t choice);

}  // namespace breakglass::drill
