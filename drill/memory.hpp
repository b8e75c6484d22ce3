// The memory of a season (scenarios/season.hpp): what bypasses that were not needed cost later, and what the
// number of emergencies in a month means.
//
// After n needless bypasses the odds o = p / (1 - p) of a probability p become f^n o, where f^n is kept from
// 1/4 to 4:
//
//     f            of what                                             field
//     haste_odds   a regression in a change that bypasses anything     /change/regression/haste_odds (a
//     factor) miss_odds    a page that goes unanswered                         /people/*/miss (at most 0.99)
//     review_odds  an approver who sees what is wrong                  /people/*/catches,
//     /people/*/sees_through
//
// The review. In m months pages that are real come as a Poisson process of rate r, those that are not of rate
// f; of the latter a share s is called an emergency. Three meanings of a month in which k were called:
//
//     chance    real at r, the share is that of a high bar
//     bar       real at r, the share is that of a low bar
//     upstream  real at u r, the share is that of a high bar
//
// Before the month each has the season's share; P(k | meaning) is Poisson of mean m (r + f s), and Bayes does
// the rest. In hindsight, when it is known how many of the k were real, real and false ones count apart.
// Not promised: that a month is one of three kinds; it is the least model in which the question has an
// answer.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "drill/drill.hpp"
#include "scenarios/season.hpp"

namespace breakglass::drill {

// What is remembered of one page of the season.
struct Card {
  std::string scenario;
  std::int64_t week = 1;
  bool called = false;  // an emergency: classified as one and not refused
  bool real = false;    // and it was one
  bool shipped = false;
  int needless = 0;  // bypasses that were not needed
};

// Bypasses of a change that met traffic: all of them where there was no emergency; otherwise those of what
// the scenario does not have or the category does not allow.
int needless_bypasses(const Drill& drill);
// The drill must be over.
Card card_of(const Drill& drill, std::int64_t week);

std::int64_t needless_so_far(const std::vector<Card>& cards);

// What the memory changes in a scenario, as "/pointer=value": nothing while nothing was needless.
std::vector<std::string> eroded(const scenarios::SeasonParams& season, const sim::ScenarioParams& scenario,
                                std::int64_t needless);

enum class Meaning { chance, bar, upstream };
inline constexpr int kMeanings = 3;
inline constexpr std::string_view kMeaningNames[kMeanings] = {"chance", "bar", "upstream"};
using Beliefs = std::array<double, kMeanings>;  // sums to 1

// What was called, and how long it took.
struct Called {
  int emergencies = 0;
  int real = 0;  // of them
  double months = 1;
};
Called called_in(const scenarios::SeasonParams& season, const std::vector<Card>& cards);

// By the number alone, and once it is known which of them were real.
Beliefs meaning_of(const scenarios::RatesParams& rates, double real_per_month, const Called& called);
Beliefs meaning_in_hindsight(const scenarios::RatesParams& rates, double real_per_month,
                             const Called& called);

// The sum of squared differences: 0 where they agree, 2 at most. Brier's score for three outcomes.
double distance(const Beliefs& a, const Beliefs& b);

}  // namespace breakglass::drill
