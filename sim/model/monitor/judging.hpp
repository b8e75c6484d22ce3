// A judge's runs in time, as Spinnaker's canary stage makes them.
//
//   run k of n = lifetime / interval looks at  begin + warm-up + k interval
//   growing  (lookback 0)  it sees the windows since begin + warm-up
//   sliding                it sees the windows of the last `lookback`, those of the warm-up included: the
//                          warm-up only delays its runs
//
// and of those what has been published. A window is one point of each arm that had items in it. Every run
// must score more than `marginal`; the last one must also reach `pass`. The first run that does not ends the
// verdict, and so does the last one: between marginal and pass it has failed, there is no third way.
//
// A metric without data is its own affair (must_have_data, critical). `no_data` of the verdict says what a
// run counts as that is left without a score, because half of the metrics or more have no data:
//   error   the verdict ends: it could not judge (acted on as failed; the default)
//   fail    the verdict ends as failed, as in Kayenta, where such a run has score 0
//   pass    the run has passed
//   ignore  the run does not count; if it was the last, the verdict is inconclusive
//
// Sources: orca, orca-kayenta (RunCanaryIntervalsStage, MonitorKayentaCanaryTask,
// AggregateCanaryResultsTask).
#pragma once

#include <vector>

#include "sim/model/monitor/judge.hpp"

namespace breakglass::sim {

// What one window of one metric has shown.
struct JudgePoint {
  Time from = kNever;  // kNever: nothing yet
  Evidence seen;
};

// Where a judge keeps its points: of each metric as many as one run can see, the newest in the place of the
// oldest.
struct JudgedMetric {
  int signal = -1;
  std::size_t first = 0;  // index of its first point
  std::size_t capacity = 0;
};
struct JudgePlan {
  std::vector<JudgedMetric> metrics;
  Grouping groups;
};

// The points of all judges. A list, empty and so free in a world whose strategy has no judge; its length is
// set when the world begins and never changes. Copying branches the timeline as for everything else.
struct JudgingState {
  std::vector<JudgePoint> points;
};

template <class V>
void state_fields(V& visit, JudgePoint& s) {
  visit("from", s.from);
  visit("seen", s.seen);
}
template <class V>
void state_fields(V& visit, JudgingState& s) {
  visit("points", s.points);
}

// The time between runs, and how many there are, at least one.
Duration interval_of(const JudgeParams& params);
std::int64_t runs_of(const JudgeParams& params);
// From the begin of the verdict to its last run.
Duration length_of(const JudgeParams& params);
// The windows that one run can see of a signal.
std::int64_t points_of(const JudgeParams& params, Duration window);

// Keeps what a window has shown, of a verdict that began at `began`, at or before `from`.
void keep_point(const JudgeParams& params, const JudgedMetric& metric, Time began, Duration window, Time from,
                const Evidence& seen, JudgingState& state);

// Grades one metric on the points that a run at `now` sees. Allocates nothing.
Graded grade_points(const JudgeParams& params, std::size_t metric, const JudgedMetric& place, Time began,
                    Time now, const JudgingState& state);

// One run is over: counts it, keeps its score, sets the outlook and the next look.
void end_run(const JudgeParams& params, NoData no_data, const Score& score, Time now, VerdictState& state);

}  // namespace breakglass::sim
