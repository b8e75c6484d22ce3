// The review at a season's end: what the trainee says that the number of emergencies means, held against what
// follows from the season's rates.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "drill/memory.hpp"

namespace breakglass::drill {

inline constexpr std::string_view kMeansForm = "means bar=50% upstream=20% chance=30%";

// "means bar=50% upstream=20% chance=30%": what is left out is 0, and they sum to 1.
struct ReadMeans {
  Beliefs beliefs{};
  std::string error;  // empty on success
};
ReadMeans read_means(std::string_view line);
std::string print_means(const Beliefs& beliefs);

// What is asked, with what the trainee knows: which pages were called emergencies.
std::string review_question(const scenarios::SeasonParams& season, const std::vector<Card>& cards);
// The answer: by the number alone, in hindsight, and how far the trainee was from either.
std::string review_answer(const scenarios::SeasonParams& season, const std::vector<Card>& cards,
                          const Beliefs& stated);

}  // namespace breakglass::drill
