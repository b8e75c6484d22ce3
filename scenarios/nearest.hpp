// Did you mean: the known name that a mistyped one is closest to.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace breakglass::scenarios {

// How many letters must be inserted, deleted, replaced or swapped with their neighbour to get from one word
// to the other (Damerau-Levenshtein in its restricted form, no letter edited twice; Damerau 1964). Case does
// not count, and '-', '_' and ' ' are the same letter. Words longer than 64 bytes are cut there.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The candidate closest to the word, or "" if none is close enough to be a likely slip: at most one edit per
// three letters of the longer word (at least one), or the word is the beginning (three letters or more) of
// exactly one candidate. Of equally close ones, the first.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);
std::string_view nearest(std::string_view word, std::span<const std::string> candidates);

// `did you mean "rate"?`, or "" where nothing is near.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

// "a, b, c", cut after `most` names with "... (12 in all)".
std::string list_names(std::span<const std::string_view> names, std::size_t most = 40);

}  // namespace breakglass::scenarios
