#include "sim/model/users.hpp"

#include <algorithm>
#include <cmath>

#include "sim/kernel/fmath.hpp"
#include "sim/kernel/samplers.hpp"
#include "sim/model/questions.hpp"

namespace breakglass::sim {
namespace {

// Up to this many exposures of one cell are placed one by one; beyond, the number of newly harmed is drawn
// from a normal with the exact mean and variance of the occupancy problem.
constexpr double kPlaceOneByOne = 64;

double part_of(double count, double share, bool expected, double u) {
  if (count <= 0 || share <= 0) return 0;
  if (share >= 1) return count;
  return expected ? count * share : binomial_quantile(u, count, share);
}

Address with(Address at, Question question, std::size_t entity) {
  at.question = static_cast<std::uint8_t>(question);
  at.entity = static_cast<std::uint16_t>(entity);
  return at;
}

// Takes a random part of `from` away: `share` of its members, each equally likely.
Cell take(Cell& from, double share, bool expected, Uniform2 u) {
  Cell taken;
  taken.unharmed = part_of(from.unharmed, share, expected, u.first);
  taken.size = taken.unharmed + part_of(from.size - from.unharmed, share, expected, u.second);
  from.size -= taken.size;
  from.unharmed -= taken.unharmed;
  return taken;
}

void add(Cell& to, const Cell& from) {
  to.size += from.size;
  to.unharmed += from.unharmed;
}

bool reached(Reach reach, int cohort, int segment) {
  switch (reach) {
    case Reach::everyone: return true;
    case Reach::off_change: return cohort == 0;
    case Reach::on_change: return cohort > 0;
    case Reach::segment: return segment == 1;
    case Reach::segment_on_change: return cohort > 0 && segment == 1;
  }
  return false;
}

// Newly harmed among a cell's unharmed members when `exposures` exposures fall on its members at random.
double newly_harmed(const Cell& cell, double exposures, bool expected, const Address& at) {
  if (cell.unharmed <= 0 || exposures <= 0) return 0;
  if (expected) return cell.unharmed * -expm1(-exposures / cell.size);
  if (exposures <= kPlaceOneByOne) {
    double left = cell.unharmed;
    for (int i = 0; i < static_cast<int>(exposures); ++i) {
      if (uniform(at, static_cast<std::uint8_t>(i)) < left / cell.size) left -= 1;
    }
    return cell.unharmed - left;
  }
  // Occupancy (W. Feller, An Introduction to Probability Theory I, IV.2): q1 and q2 are the probabilities
  // that one, and that both of two given members, are missed.
  const double q1 = exp(exposures * log1p(-1 / cell.size));
  const double q2 = cell.size > 2 ? exp(exposures * log1p(-2 / cell.size)) : 0;
  const double u = cell.unharmed;
  const double variance = std::max(0.0, u * q1 * (1 - q1) + u * (u - 1) * (q2 - q1 * q1));
  const double drawn = u * (1 - q1) + std::sqrt(variance) * normal_quantile(uniform(at));
  return std::clamp(std::floor(drawn + 0.5), 0.0, std::min(u, exposures));
}

struct Target {
  std::size_t user_class;
  std::size_t cohort;
  std::size_t segment;
  double activity;
};

int targets_of(const UsersState& users, const std::vector<UserClass>& classes, Reach reach,
               std::array<Target, kMaxClasses * kMaxCohorts * 2>& targets) {
  int count = 0;
  for (std::size_t c = 0; c < classes.size(); ++c) {
    for (int k = 0; k <= users.cohorts; ++k) {
      for (int s = 0; s < 2; ++s) {
        const Cell& cell = users.cells[c][static_cast<std::size_t>(k)][static_cast<std::size_t>(s)];
        if (cell.size <= 0 || !reached(reach, k, s)) continue;
        const double activity = classes[c].activity * cell.size / classes[c].size;
        if (activity <= 0) continue;
        targets[static_cast<std::size_t>(count++)] = {c, static_cast<std::size_t>(k),
                                                      static_cast<std::size_t>(s), activity};
      }
    }
  }
  return count;
}

}  // namespace

UsersState initial_users(const std::vector<UserClass>& classes) {
  UsersState users;
  for (std::size_t c = 0; c < classes.size(); ++c) users.cells[c][0][0] = {classes[c].size, classes[c].size};
  return users;
}

double move_users(UsersState& users, const std::vector<UserClass>& classes, double weight, bool expected,
                  Address at) {
  const auto top = [&] { return users.upto[static_cast<std::size_t>(users.cohorts)]; };
  // A cohort above the new weight goes back; the last may go back in part (the newest of it).
  std::uint8_t block = 0;
  while (users.cohorts > 0 && top() > weight) {
    const auto k = static_cast<std::size_t>(users.cohorts);
    const double floor = users.upto[k - 1];
    const double share = weight <= floor ? 1 : (top() - weight) / (top() - floor);
    for (std::size_t c = 0; c < classes.size(); ++c) {
      for (std::size_t s = 0; s < 2; ++s) {
        const Uniform2 u = uniform2(with(at, Question::users_move, 2 * c + s), block);
        add(users.cells[c][0][s], take(users.cells[c][k][s], share, expected, u));
        if (share == 1) users.cells[c][k][s] = {};
      }
    }
    ++block;
    if (share < 1) {
      users.upto[k] = weight;
      break;
    }
    users.upto[k] = 0;
    --users.cohorts;
  }
  if (weight > top()) {
    const double share = (weight - top()) / (1 - top());
    const auto k = static_cast<std::size_t>(++users.cohorts);
    users.upto[k] = weight;
    for (std::size_t c = 0; c < classes.size(); ++c) {
      for (std::size_t s = 0; s < 2; ++s) {
        const Uniform2 u = uniform2(with(at, Question::users_move, 2 * c + s), block);
        users.cells[c][k][s] = take(users.cells[c][0][s], share, expected, u);
      }
    }
  }
  double moved = 0;
  for (std::size_t c = 0; c < classes.size(); ++c) {
    double on_change = 0;
    for (int k = 1; k <= users.cohorts; ++k) {
      for (const Cell& cell : users.cells[c][static_cast<std::size_t>(k)]) on_change += cell.size;
    }
    moved += classes[c].activity * on_change / classes[c].size;
  }
  return weight >= 1 ? 1 : std::min(moved, 1.0);
}

void resegment(UsersState& users, const std::vector<UserClass>& classes, double share, bool expected,
               Address at) {
  for (std::size_t c = 0; c < classes.size(); ++c) {
    for (int k = 0; k <= users.cohorts; ++k) {
      auto& cells = users.cells[c][static_cast<std::size_t>(k)];
      add(cells[0], cells[1]);
      const Uniform2 u =
          uniform2(with(at, Question::routed_share, c * kMaxCohorts + static_cast<std::size_t>(k)));
      cells[1] = take(cells[0], share, expected, u);
    }
  }
}

double harm_users(UsersState& users, const std::vector<UserClass>& classes, Reach reach, double exposures,
                  bool expected, Address at) {
  if (exposures <= 0 || classes.empty()) return 0;
  std::array<Target, kMaxClasses * kMaxCohorts * 2> targets;
  const int count = targets_of(users, classes, reach, targets);
  double activity = 0;
  for (int i = 0; i < count; ++i) activity += targets[static_cast<std::size_t>(i)].activity;
  const std::uint16_t source = at.entity;
  double harmed = 0;
  double left = exposures;
  for (int i = 0; i < count && left > 0; ++i) {
    const Target& target = targets[static_cast<std::size_t>(i)];
    const std::size_t place = (target.user_class * kMaxCohorts + target.cohort) * 2 + target.segment;
    const std::size_t entity = source * std::size_t{kMaxClasses * kMaxCohorts * 2} + place;
    // A multinomial as a chain of binomials: this cell's part of what is left.
    const double share = i + 1 == count ? 1 : std::min(1.0, target.activity / activity);
    const double here = part_of(left, share, expected, uniform(with(at, Question::users_split, entity)));
    Cell& cell = users.cells[target.user_class][target.cohort][target.segment];
    const double newly = newly_harmed(cell, here, expected, with(at, Question::users_newly, entity));
    cell.unharmed -= newly;
    harmed += newly;
    left -= here;
    activity -= target.activity;
  }
  return harmed;
}

double users_harmed(const UsersState& users, const std::vector<UserClass>& classes) {
  double harmed = 0;
  for (std::size_t c = 0; c < classes.size(); ++c) {
    for (const auto& cohort : users.cells[c]) {
      for (const Cell& cell : cohort) harmed += cell.size - cell.unharmed;
    }
  }
  return harmed;
}

}  // namespace breakglass::sim
