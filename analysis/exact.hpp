// Exact answers where there are any: monitors as absorbing Markov chains, solved instead of sampled. They
// check the simulator, and tell in a millisecond how often a set-up rolls back a healthy release.
//
// The model of a monitor here is that its measurements are independent and alike: the same probabilities of
// pass, fail, inconclusive and error at every look. Where traffic, weight or level change from look to look,
// a chain says nothing, and the simulator must be asked.
//
// Method: with Q the transition matrix among the states that go on and R the one into the ends, the expected
// visits of each state from a start s are the row of N = (I - Q)^-1, P(end) = N R, and the steps have mean
// N 1 and second moment (2 N - I) N 1 (J. G. Kemeny and J. L. Snell, "Finite Markov Chains", 1960, chapter
// 3). The linear systems are sparse and solved by LU factorisation, so the answers carry rounding errors of
// about 1e-12 and nothing else.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace breakglass::analysis {

// --- Any absorbing chain ---

// One possible move. `to` below `states`: a state that goes on; `states` + e: end e.
struct ChainMove {
  int from = 0;
  int to = 0;
  double probability = 0;  // of the moves of one state: >= 0, with a sum of 1; several to one target add up
};

struct Chain {
  int states = 0;  // that go on; numbered from 0
  int ends = 0;
  std::vector<ChainMove> moves;
};

struct Absorbed {
  std::vector<double> ends;    // P(the chain ends there); they sum to 1
  std::vector<double> visits;  // expected number of steps that begin in each state
  double mean_steps = 0;
  double variance_steps = 0;
};

// Solves the chain from `start`. Nothing if some state that `start` reaches can never end (then there is no
// answer), or if numbers or probabilities are not as said above.
std::optional<Absorbed> absorb(const Chain& chain, int start);

// --- A threshold monitor ---

// What one measurement comes to. The rest to a sum of 1 is a measurement that is ignored: it takes a look and
// counts for nothing.
struct MeasurementOdds {
  double pass = 0;
  double fail = 0;
  double inconclusive = 0;
  double error = 0;
};

// The limits of a threshold verdict, as sim/model/monitor defines them: one MORE than a limit ends it; errors
// do not count as measurements; any measurement ends a row of errors. Not here: limits on successes in a row,
// and -1 for any number of failures.
struct ThresholdLimits {
  std::int64_t count = 0;  // measurements until it passes; 0: it goes on for ever
  std::int64_t failure_limit = 0;
  std::int64_t consecutive_error_limit = 4;
  std::int64_t inconclusive_limit = 0;
};

struct ThresholdExact {
  double passed = 0;
  double failed = 0;  // by failures
  double erred = 0;   // by errors in a row, which rolls back all the same
  double inconclusive = 0;
  double mean_looks = 0;  // until the verdict; the last look comes mean_looks - 1 intervals after the first,
                          // where an error is tried again after one interval, too
  double variance_looks = 0;
};

// Nothing if the verdict may never come (no count, and nothing that fails it), if the odds are no
// probabilities, or if the chain would have more than kMostStates states.
inline constexpr std::int64_t kMostStates = 200'000;
std::optional<ThresholdExact> solve_threshold(const ThresholdLimits& limits, const MeasurementOdds& odds);

// --- A tick controller, as Flagger's ---

// Every interval one check at the current weight: a pass moves to the next weight, and past the last one the
// change is promoted; a failed check (no data counts as one) leaves the weight where it is. Failures add up
// over the whole run, and that they have reached the threshold is seen on the NEXT tick only, which rolls
// back instead of checking.
struct TickControl {
  int weights = 1;    // how many weights are analysed
  int threshold = 1;  // failed checks that roll back
};

struct TickExact {
  double rolled_back = 0;
  double mean_ticks =
      0;  // from the first weight to the promotion or rollback, the tick that decides included
  double variance_ticks = 0;
  std::vector<double> ticks_at;  // expected intervals spent at each weight: what exposure to a change costs
};

// `fails[i]` is P(a check at weight i fails); one for each weight. Nothing if that is not so.
//
// Where q is the same at every weight, P(rollback) = sum over k < weights of C(threshold - 1 + k, k)
// q^threshold (1 - q)^k: the threshold-th failure comes before the weights-th pass.
std::optional<TickExact> solve_ticks(const TickControl& control, const std::vector<double>& fails);

}  // namespace breakglass::analysis
