// The sections of the debrief that tell what decisions were worth, in plain sentences.
#pragma once

#include "drill/debrief.hpp"

namespace breakglass::drill {

// Decisions to look at again, each with what was known, and its answer folded away.
std::vector<Block> again_section(const Debrief& debrief);
std::vector<Block> verdict_section(const Debrief& debrief);
// What the trainee stated, beside an ideal observer and the truth.
std::vector<Block> belief_section(const Debrief& debrief);
std::vector<Block> luck_section(const Debrief& debrief);

// What an option of a decision is called: "wait", "promote".
std::string option_name(const OptionValue& option);
// What each option was worth, and what to make of it.
Table options_table(const Debrief& debrief, const GradedDecision& decision);
std::string answer_sentence(const Debrief& debrief, const GradedDecision& decision);

}  // namespace breakglass::drill
