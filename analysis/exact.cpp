#include "analysis/exact.hpp"

#include <Eigen/Sparse>
#include <Eigen/SparseLU>
#include <algorithm>
#include <cmath>

namespace breakglass::analysis {
namespace {

using Matrix = Eigen::SparseMatrix<double>;
using Vector = Eigen::VectorXd;

constexpr double kTolerance = 1e-9;

bool is_sound(const Chain& chain, int start) {
  if (chain.states < 1 || chain.ends < 1 || start < 0 || start >= chain.states) return false;
  std::vector<double> sums(static_cast<std::size_t>(chain.states), 0);
  for (const ChainMove& move : chain.moves) {
    const bool known =
        move.from >= 0 && move.from < chain.states && move.to >= 0 && move.to < chain.states + chain.ends;
    if (!known || !(move.probability >= 0)) return false;
    sums[static_cast<std::size_t>(move.from)] += move.probability;
  }
  return std::all_of(sums.begin(), sums.end(), [](double sum) { return std::abs(sum - 1) <= kTolerance; });
}

std::vector<std::vector<int>> neighbours(const Chain& chain, bool backwards) {
  std::vector<std::vector<int>> next(static_cast<std::size_t>(chain.states + chain.ends));
  for (const ChainMove& move : chain.moves) {
    if (move.probability <= 0) continue;
    next[static_cast<std::size_t>(backwards ? move.to : move.from)].push_back(backwards ? move.from
                                                                                        : move.to);
  }
  return next;
}

std::vector<bool> reached(const std::vector<std::vector<int>>& next, std::vector<int> open) {
  std::vector<bool> seen(next.size(), false);
  for (const int at : open) seen[static_cast<std::size_t>(at)] = true;
  while (!open.empty()) {
    const auto at = static_cast<std::size_t>(open.back());
    open.pop_back();
    for (const int to : next[at]) {
      if (seen[static_cast<std::size_t>(to)]) continue;
      seen[static_cast<std::size_t>(to)] = true;
      open.push_back(to);
    }
  }
  return seen;
}

// The states that the start reaches, numbered anew; -1 for the others. Nothing if one of them never ends.
std::optional<std::vector<int>> number_reached(const Chain& chain, int start, int& count) {
  std::vector<int> ends;
  for (int e = 0; e < chain.ends; ++e) ends.push_back(chain.states + e);
  const auto from_start = reached(neighbours(chain, false), {start});
  const auto to_end = reached(neighbours(chain, true), ends);
  std::vector<int> place(static_cast<std::size_t>(chain.states), -1);
  count = 0;
  for (std::size_t s = 0; s < place.size(); ++s) {
    if (!from_start[s]) continue;
    if (!to_end[s]) return std::nullopt;
    place[s] = count++;
  }
  return place;
}

// I - Q over the states that are reached.
Matrix going_on(const Chain& chain, const std::vector<int>& place, int count) {
  std::vector<Eigen::Triplet<double>> entries;
  for (int i = 0; i < count; ++i) entries.emplace_back(i, i, 1.0);
  for (const ChainMove& move : chain.moves) {
    if (move.to >= chain.states || place[static_cast<std::size_t>(move.from)] < 0) continue;
    if (move.probability <= 0) continue;
    entries.emplace_back(place[static_cast<std::size_t>(move.from)], place[static_cast<std::size_t>(move.to)],
                         -move.probability);
  }
  Matrix matrix(count, count);
  matrix.setFromTriplets(entries.begin(), entries.end());
  return matrix;
}

std::optional<Vector> solved(const Matrix& matrix, const Vector& right) {
  Eigen::SparseLU<Matrix> solver;
  solver.compute(matrix);
  if (solver.info() != Eigen::Success) return std::nullopt;
  Vector result = solver.solve(right);
  if (solver.info() != Eigen::Success || !result.allFinite()) return std::nullopt;
  return result;
}

bool are_odds(const MeasurementOdds& o) {
  const double sum = o.pass + o.fail + o.inconclusive + o.error;
  return o.pass >= 0 && o.fail >= 0 && o.inconclusive >= 0 && o.error >= 0 && sum <= 1 + kTolerance;
}

// The states of a threshold monitor: how many passes, failures, inconclusives, and errors in a row so far.
class ThresholdChain {
 public:
  enum End { passed, failed, erred, inconclusive, kEnds };

  ThresholdChain(const ThresholdLimits& limits, const MeasurementOdds& odds) : limits_(limits), odds_(odds) {}

  // Saturates: a product of four numbers may be beyond what is counted.
  std::int64_t size() const {
    std::int64_t product = 1;
    for (const std::int64_t last :
         {passes() - 1, limits_.failure_limit, limits_.inconclusive_limit, limits_.consecutive_error_limit}) {
      if (last < 0 || last >= kMostStates) return kMostStates + 1;
      product *= last + 1;
      if (product > kMostStates) return product;
    }
    return product;
  }

  Chain build() const {
    Chain chain;
    chain.states = static_cast<int>(size());
    chain.ends = kEnds;
    for (std::int64_t p = 0; p < passes(); ++p) {
      for (std::int64_t f = 0; f <= limits_.failure_limit; ++f) {
        for (std::int64_t i = 0; i <= limits_.inconclusive_limit; ++i) {
          for (std::int64_t e = 0; e <= limits_.consecutive_error_limit; ++e) add_moves(chain, p, f, i, e);
        }
      }
    }
    return chain;
  }

 private:
  // Without a count passes do not matter; with one, a state that goes on has fewer than `count` of them.
  std::int64_t passes() const { return std::max<std::int64_t>(limits_.count, 1); }

  int place(std::int64_t p, std::int64_t f, std::int64_t i, std::int64_t e) const {
    const std::int64_t at = ((p * (limits_.failure_limit + 1) + f) * (limits_.inconclusive_limit + 1) + i) *
                                (limits_.consecutive_error_limit + 1) +
                            e;
    return static_cast<int>(at);
  }

  // A measurement that fails nothing: the verdict passes with the last one that was asked for.
  int counted(const Chain& chain, std::int64_t p, std::int64_t f, std::int64_t i) const {
    if (limits_.count == 0) return place(0, f, i, 0);
    return p + f + i >= limits_.count ? chain.states + passed : place(p, f, i, 0);
  }

  void add_moves(Chain& chain, std::int64_t p, std::int64_t f, std::int64_t i, std::int64_t e) const {
    const int from = place(p, f, i, e);
    const auto end = [&](End which) { return chain.states + which; };
    chain.moves.push_back({from, counted(chain, p + 1, f, i), odds_.pass});
    chain.moves.push_back(
        {from, f + 1 > limits_.failure_limit ? end(failed) : counted(chain, p, f + 1, i), odds_.fail});
    chain.moves.push_back(
        {from, i + 1 > limits_.inconclusive_limit ? end(inconclusive) : counted(chain, p, f, i + 1),
         odds_.inconclusive});
    chain.moves.push_back(
        {from, e + 1 > limits_.consecutive_error_limit ? end(erred) : place(p, f, i, e + 1), odds_.error});
    const double sum = odds_.pass + odds_.fail + odds_.inconclusive + odds_.error;
    chain.moves.push_back({from, from, std::max(0.0, 1 - sum)});
  }

  const ThresholdLimits& limits_;
  const MeasurementOdds& odds_;
};

}  // namespace

std::optional<Absorbed> absorb(const Chain& chain, int start) {
  if (!is_sound(chain, start)) return std::nullopt;
  int count = 0;
  const auto place = number_reached(chain, start, count);
  if (!place) return std::nullopt;
  const Matrix matrix = going_on(chain, *place, count);
  Vector begins = Vector::Zero(count);
  begins((*place)[static_cast<std::size_t>(start)]) = 1;
  const auto visits = solved(matrix.transpose(), begins);
  const auto steps = solved(matrix, Vector::Ones(count));  // expected steps from each state
  if (!visits || !steps) return std::nullopt;

  Absorbed result;
  result.ends.assign(static_cast<std::size_t>(chain.ends), 0);
  result.visits.assign(static_cast<std::size_t>(chain.states), 0);
  for (std::size_t s = 0; s < result.visits.size(); ++s) {
    if ((*place)[s] >= 0) result.visits[s] = (*visits)((*place)[s]);
  }
  for (const ChainMove& move : chain.moves) {
    if (move.to < chain.states) continue;
    result.ends[static_cast<std::size_t>(move.to - chain.states)] +=
        result.visits[static_cast<std::size_t>(move.from)] * move.probability;
  }
  result.mean_steps = visits->sum();
  result.variance_steps =
      std::max(0.0, 2 * visits->dot(*steps) - result.mean_steps - result.mean_steps * result.mean_steps);
  return result;
}

std::optional<ThresholdExact> solve_threshold(const ThresholdLimits& limits, const MeasurementOdds& odds) {
  const bool negative = limits.count < 0 || limits.failure_limit < 0 || limits.inconclusive_limit < 0 ||
                        limits.consecutive_error_limit < 0;
  if (negative || !are_odds(odds)) return std::nullopt;
  const ThresholdChain monitor(limits, odds);
  if (monitor.size() > kMostStates) return std::nullopt;
  Chain chain = monitor.build();
  const auto solution = absorb(chain, 0);
  if (!solution) return std::nullopt;
  ThresholdExact exact;
  exact.passed = solution->ends[ThresholdChain::passed];
  exact.failed = solution->ends[ThresholdChain::failed];
  exact.erred = solution->ends[ThresholdChain::erred];
  exact.inconclusive = solution->ends[ThresholdChain::inconclusive];
  exact.mean_looks = solution->mean_steps;
  exact.variance_looks = solution->variance_steps;
  return exact;
}

std::optional<TickExact> solve_ticks(const TickControl& control, const std::vector<double>& fails) {
  if (control.weights < 1 || control.threshold < 1) return std::nullopt;
  if (fails.size() != static_cast<std::size_t>(control.weights)) return std::nullopt;
  if (std::int64_t{control.weights} * (control.threshold + std::int64_t{1}) > kMostStates)
    return std::nullopt;
  // State: the weight, and how many checks have failed; at the threshold the next tick rolls back.
  const int per_weight = control.threshold + 1;
  Chain chain;
  chain.states = control.weights * per_weight;
  chain.ends = 2;  // promoted, rolled back
  for (int w = 0; w < control.weights; ++w) {
    const double q = fails[static_cast<std::size_t>(w)];
    if (!(q >= 0 && q <= 1)) return std::nullopt;
    for (int f = 0; f < control.threshold; ++f) {
      const int at = w * per_weight + f;
      const int up = w + 1 == control.weights ? chain.states : at + per_weight;
      chain.moves.push_back({at, up, 1 - q});
      chain.moves.push_back({at, at + 1, q});
    }
    chain.moves.push_back({w * per_weight + control.threshold, chain.states + 1, 1});
  }
  const auto solution = absorb(chain, 0);
  if (!solution) return std::nullopt;
  TickExact exact;
  exact.rolled_back = solution->ends[1];
  exact.mean_ticks = solution->mean_steps;
  exact.variance_ticks = solution->variance_steps;
  exact.ticks_at.assign(static_cast<std::size_t>(control.weights), 0);
  for (std::size_t s = 0; s < solution->visits.size(); ++s)
    exact.ticks_at[s / static_cast<std::size_t>(per_weight)] += solution->visits[s];
  return exact;
}

}  // namespace breakglass::analysis
