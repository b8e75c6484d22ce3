#include "analysis/judge_text.hpp"

#include <fmt/format.h>

#include "analysis/timeline_text.hpp"

namespace breakglass::analysis {
namespace {

const sim::VerdictParams& params_of(const sim::Strategy& strategy, const sim::Reason& r) {
  return strategy.params.monitoring.verdicts[static_cast<std::size_t>(r.who)];
}

std::string signed_level(const sim::SignalParams& signal, double value) {
  return (value < 0 ? "" : "+") + level(signal, value);
}

std::string metrics_of(const sim::JudgeParams& judge) {
  std::string names;
  for (const sim::JudgedParams& metric : judge.metrics) {
    names += (names.empty() ? "" : ", ") + metric.signal;
  }
  return names;
}

// "run 2 of 3: score 66.67"
std::string run_of(const sim::JudgeParams& judge, const sim::Reason& r) {
  const std::string which = fmt::format("run {} of {}: ", r.n, sim::runs_of(judge));
  if (r.value2 > 0) return which + "half of its metrics or more have no data";
  return which + fmt::format("score {:.4g}", r.value);
}

// Against which bound the score was held.
std::string bound_of(const sim::JudgeParams& judge, const sim::Reason& r) {
  if (r.value2 > 0) return "";
  if (r.value <= judge.marginal) return fmt::format(", not above marginal {:.4g}", judge.marginal);
  if (r.n < sim::runs_of(judge)) return fmt::format(", above marginal {:.4g}", judge.marginal);
  return fmt::format(", {} {:.4g}", r.value < judge.pass ? "below pass" : "pass is", judge.pass);
}

std::string graded(const sim::Scenario& scenario, const sim::Strategy& strategy, const sim::Reason& r) {
  const auto metric = static_cast<std::size_t>(r.n);
  const sim::JudgePlan& plan = strategy.judges[static_cast<std::size_t>(r.who)];
  const auto& signal = scenario.params.signals[static_cast<std::size_t>(plan.metrics[metric].signal)];
  const auto grade = static_cast<sim::Grade>(r.n2);
  std::string text = fmt::format("judge: {} {}: ", signal.id, sim::name_of(grade));
  if (grade == sim::Grade::high || grade == sim::Grade::low) {
    text += fmt::format("change {}, stable {}; shifted by {} to {} ({} points against {})",
                        level(signal, r.value), level(signal, r.value2), signed_level(signal, r.more[0]),
                        signed_level(signal, r.more[1]), r.more[2], r.more[3]);
  } else {
    text += fmt::format("{} points of the change, {} of the stable arm", r.more[2], r.more[3]);
  }
  return text + (r.kind == sim::ReasonKind::graded_critical ? "; it is critical, so the score is 0" : "");
}

}  // namespace

std::string describe_judging(const sim::Scenario& scenario, const sim::Strategy& strategy,
                             const sim::Reason& r) {
  if (r.kind != sim::ReasonKind::judged) return graded(scenario, strategy, r);
  const sim::VerdictParams& params = params_of(strategy, r);
  const char* counted = params.no_data == sim::NoData::pass ? ", which passes" : ", not counted";
  return fmt::format("judge of {}: {}{}; it goes on", metrics_of(*params.judge), run_of(*params.judge, r),
                     r.value2 > 0 ? counted : bound_of(*params.judge, r));
}

std::string describe_judge(const sim::Strategy& strategy, const sim::Reason& r, const char* says) {
  const sim::VerdictParams& params = params_of(strategy, r);
  const sim::JudgeParams& judge = *params.judge;
  return fmt::format("verdict of the judge of {}: {}; {}{}{}", metrics_of(judge), says, run_of(judge, r),
                     bound_of(judge, r), params.dry_run ? " (a dry run)" : "");
}

}  // namespace breakglass::analysis
