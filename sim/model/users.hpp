// Unique users harmed: a population in activity classes, so that heavy users are harmed first and the number
// of people behind a count of exposures saturates.
//
// The population is kept in cells: by class, by cohort (who was moved to the change at which step; cohort 0
// is not on the change) and by segment (whether a segmented regression concerns them). An exposure hits one
// member of a cell, each equally likely, so a member not yet harmed is harmed by E exposures of a cell of N
// with probability 1 - (1 - 1/N)^E; with Poisson exposures this is the 1 - exp(-r dt) of independent users.
#pragma once

#include <array>
#include <vector>

#include "sim/kernel/draw.hpp"
#include "sim/model/limits.hpp"

namespace breakglass::sim {

inline constexpr int kMaxCohorts = kMaxSteps + 1;

// A class of users as prepared by the scenario.
struct UserClass {
  double size = 0;      // people
  double activity = 0;  // share of all traffic that is theirs
};

struct Cell {
  double size = 0;      // people
  double unharmed = 0;  // of them, not yet harmed
};

struct UsersState {
  // [class][cohort][segment]; segment 1 are those whom a segmented regression concerns.
  std::array<std::array<std::array<Cell, 2>, kMaxCohorts>, kMaxClasses> cells{};
  std::array<double, kMaxCohorts> upto{};  // the weight at which each cohort was complete; upto[0] = 0
  std::int32_t cohorts = 0;                // cohorts on the change: 1 to this number
};

template <class V>
void state_fields(V& visit, Cell& s) {
  visit("size", s.size);
  visit("unharmed", s.unharmed);
}
template <class V>
void state_fields(V& visit, UsersState& s) {
  visit("cells", s.cells);
  visit("upto", s.upto);
  visit("cohorts", s.cohorts);
}

// Everyone unharmed, nobody on the change, nobody in the segment.
UsersState initial_users(const std::vector<UserClass>& classes);

// Moves users so that the change has weight `weight` (sticky routing). Members that move are drawn (each
// person's place is an independent hash), or moved in proportion if `expected`. Returns the realised share of
// traffic on the change, which for few heavy users differs from the weight.
double move_users(UsersState& users, const std::vector<UserClass>& classes, double weight, bool expected,
                  Address at);

// Sorts everyone into the segment anew, with probability `share`.
void resegment(UsersState& users, const std::vector<UserClass>& classes, double share, bool expected,
               Address at);

// Who can be hit by a batch of exposures.
enum class Reach : std::uint8_t { everyone, off_change, on_change, segment, segment_on_change };

// `exposures` exposures spread over the users in reach by activity: members not yet harmed may become harmed.
// Returns how many did. `at` addresses the draws (its entity is replaced).
double harm_users(UsersState& users, const std::vector<UserClass>& classes, Reach reach, double exposures,
                  bool expected, Address at);

double users_harmed(const UsersState& users, const std::vector<UserClass>& classes);

}  // namespace breakglass::sim
