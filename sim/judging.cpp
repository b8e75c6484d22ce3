// Judges of several signals: their points as windows are published, and their runs.
#include <algorithm>

#include "sim/run.hpp"

namespace breakglass::sim {
namespace {

const JudgeParams& judge_of(const Run& run, std::size_t v) {
  return *run.strategy.params.monitoring.verdicts[v].judge;
}

void note_graded(Run& run, std::size_t v, std::size_t metric, const Graded& graded) {
  if (!run.reasons || graded.grade == Grade::pass) return;
  const ReasonKind kind = graded.is_critical ? ReasonKind::graded_critical : ReasonKind::graded;
  note(run, kind, static_cast<int>(v), static_cast<int>(metric), graded.means[0], graded.means[1]);
  Reason& reason = run.reasons->back();
  reason.n2 = static_cast<std::int32_t>(graded.grade);
  reason.more = {graded.shift.lower, graded.shift.upper, static_cast<double>(graded.points[0]),
                 static_cast<double>(graded.points[1])};
}

}  // namespace

void begin_judging(Run& run) { run.world.judging.points.assign(run.strategy.judge_points, {}); }

void keep_points(Run& run, const Measurement& m) {
  World& w = run.world;
  for (std::size_t v = 0; v < run.strategy.judges.size(); ++v) {
    const VerdictState& state = w.verdicts[v];
    if (!is_running(state) || m.from < state.began) continue;
    for (const JudgedMetric& metric : run.strategy.judges[v].metrics) {
      if (metric.signal != m.signal) continue;
      const Duration window = run.scenario.params.signals[static_cast<std::size_t>(m.signal)].window;
      keep_point(judge_of(run, v), metric, state.began, window, m.from,
                 {m.items[1], m.sum[1], m.items[0], m.sum[0]}, w.judging);
    }
  }
}

void run_judge(Run& run, std::size_t v) {
  World& w = run.world;
  const JudgeParams& judge = judge_of(run, v);
  const JudgePlan& plan = run.strategy.judges[v];
  VerdictState& state = w.verdicts[v];
  std::array<Graded, kMaxJudged> grades;
  for (std::size_t m = 0; m < plan.metrics.size(); ++m) {
    grades[m] = grade_points(judge, m, plan.metrics[m], state.began, w.now, w.judging);
    note_graded(run, v, m, grades[m]);
  }
  const Score scored = score(plan.groups, {grades.data(), plan.metrics.size()});
  end_run(judge, run.strategy.params.monitoring.verdicts[v].no_data, scored, w.now, state);
  if (state.outlook != Outlook::running) return;
  note(run, ReasonKind::judged, static_cast<int>(v), state.measurements, scored.value,
       scored.without_data ? 1 : 0);
}

}  // namespace breakglass::sim
