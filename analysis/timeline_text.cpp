#include "analysis/timeline_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/approval_text.hpp"
#include "analysis/judge_text.hpp"
#include "sim/decider.hpp"

namespace breakglass::analysis {
namespace {

const sim::SignalParams& signal(const sim::Scenario& scenario, int who) {
  return scenario.params.signals[static_cast<std::size_t>(who)];
}

std::string reading(const sim::Scenario& scenario, const sim::Reason& r) {
  const sim::SignalParams& params = signal(scenario, r.who);
  if (r.n == 0) return fmt::format("dashboard: {}: no data on the change", params.id);
  return fmt::format("dashboard: {}: change {}, stable {} ({} {}, {} old)", params.id, level(params, r.value),
                     r.n2 > 0 ? level(params, r.value2) : "no data", r.n, r.n == 1 ? "item" : "items",
                     short_time(sim::to_seconds(params.delay)));
}

std::string bounds(const sim::ThresholdParams& t, const sim::SignalParams& params) {
  std::string text;
  const auto add = [&](const char* words, const std::optional<double>& bound) {
    if (!bound) return;
    const std::string value =
        t.measure == sim::Measure::level ? level(params, *bound) : fmt::format("{:.4g}", *bound);
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", words, value);
  };
  add("fails above", t.above);
  add("fails below", t.below);
  add("passes below", t.pass_below);
  add("passes above", t.pass_above);
  return text;
}

std::string verdict(const sim::Scenario& scenario, const sim::Strategy& strategy, const sim::Reason& r,
                    const char* says) {
  const auto v = static_cast<std::size_t>(r.who);
  const sim::VerdictParams& params = strategy.params.monitoring.verdicts[v];
  if (params.judge) return describe_judge(strategy, r, says);
  const sim::SignalParams& of = signal(scenario, strategy.verdict_signal[v]);
  std::string how;
  if (params.threshold) {
    how = fmt::format("threshold, {}; {} failed, {} allowed", bounds(*params.threshold, of), r.n,
                      params.threshold->failure_limit);
  } else if (params.ticks) {
    how = fmt::format("ticks, {} of {} failed checks", r.n, params.ticks->threshold);
  } else if (params.sprt) {
    const double bad = of.baseline * params.sprt->ratio + params.sprt->difference;
    how = fmt::format("sequential test of {} against {}", level(of, of.baseline), level(of, bad));
  } else if (params.fixed) {
    how = fmt::format("one look at level {:.3g}", params.fixed->alpha);
  } else if (params.group_sequential) {
    const auto& test = *params.group_sequential;
    const double c = strategy.baselines[v].constant;
    if (r.value2 > 0)
      return fmt::format("verdict on {}: {}; nothing was measured by look {} of {}", of.id, says, r.n,
                         test.looks);
    return fmt::format("verdict on {}: {}; z {:.2f} at look {} of {} ({}, bound {:.2f} there){}", of.id, says,
                       r.value, r.n, test.looks, sim::name_of(test.boundary),
                       c * sim::boundary_shape(test.boundary, std::max(r.n, 1), static_cast<int>(test.looks)),
                       params.dry_run ? "; a dry run" : "");
  } else if (params.always_valid) {
    how = fmt::format("valid at every look, at level {:.3g}", params.always_valid->alpha);
  }
  if (params.dry_run) how += "; a dry run";
  const std::string last = r.value2 > 0 ? "nothing was measured" : "last measured " + level(of, r.value);
  return fmt::format("verdict on {}: {}; {} ({})", of.id, says, last, how);
}

std::string step(const sim::Strategy& strategy, const sim::Reason& r) {
  const auto& steps = strategy.params.steps;
  const auto index = static_cast<std::size_t>(r.n);
  std::string text = fmt::format("step {} of {}: {} of traffic on the change for {}", r.n + 1, steps.size(),
                                 percent(r.value), short_time(sim::to_seconds(steps[index].duration)));
  if (std::abs(r.value - r.value2) > 5e-4)
    text += fmt::format(" (by users' activity, {})", percent(r.value2));
  return text;
}

const char* rollback_reason(int why) {
  switch (why) {
    case 1: return "a verdict failed";
    case 2: return "a regression was found after promotion";
    case 3: return "the step stayed inconclusive";
    case 4: return "a watcher's concern";
    case 5: return "users' reports";
    case 6: return "one more step might cost more than the budget";
    case 7: return "it was ordered";
    default: return "people saw that something is wrong";
  }
}

std::string interruptions(const sim::Reason& r) {
  return fmt::format("interrupted {} {} on the way, which cost {}", r.n, r.n == 1 ? "time" : "times",
                     short_time(r.value));
}

// The words are the same whether or not something is to it: nobody knows before it has been looked into.
std::string noticed(const sim::Reason& r) {
  return fmt::format("a watcher sees something that looks wrong, {} after the step began", short_time(r.n2));
}

std::string rollback_asked(const sim::Strategy& strategy, const sim::Reason& r) {
  return fmt::format(
      "a rollback is wanted, {}: {}{}", rollback_reason(r.n),
      strategy.params.decision_maker ? "the decision-maker is asked" : "nobody was named to decide it",
      strategy.params.staff_rollback ? "" : ", and nobody is at the controls yet");
}

// Which of the two holds the rollout up, of those that the strategy keeps.
std::string waiting(const sim::Scenario& scenario, const sim::Strategy& strategy, const sim::Reason& r) {
  const auto opens = [&](bool freeze) {
    return sim::next_start(scenario.calendar, scenario.clock, r.at, strategy.keeps_window, freeze);
  };
  const std::string waits = fmt::format("waits {} for ", short_time(r.value));
  if (!strategy.keeps_freeze || opens(true) == opens(false)) return waits + "the change window";
  return waits + (strategy.keeps_window ? "the end of the freeze, and the change window after it"
                                        : "the end of the freeze");
}

std::string ready(const sim::Reason& r) {
  const std::string what =
      fmt::format("the {}{} is ready", r.n == 0 ? "" : "reworked ", r.value2 > 0 ? "refinement" : "change");
  if (r.value <= 0) return what;
  return fmt::format("{}; {} of changes made like this carry a regression", what, percent(r.value));
}

std::string gate_passed(const sim::Reason& r) {
  if (r.value <= 0) return "eval gate passes it";
  return fmt::format("eval gate passes it: P(regression) from {} to {}", percent(r.value), percent(r.value2));
}

std::string pace(const sim::Strategy& strategy, const sim::Reason& r) {
  const double weight = strategy.params.steps[static_cast<std::size_t>(r.n)].weight;
  const std::string risk =
      fmt::format("P(harm above the budget of {:.4g}) is {}", r.value2, percent(r.value));
  switch (static_cast<sim::Pace>(r.who)) {
    case sim::Pace::stay: return fmt::format("pacing: stays at {}: {}", percent(weight), risk);
    case sim::Pace::back:
      return fmt::format("pacing: not even staying at {} qualifies: {}", percent(weight), risk);
    default: return fmt::format("pacing: {} qualifies: {}", percent(weight), risk);
  }
}

// What people do and say, apart from approving.
std::string describe_people(const sim::Scenario& scenario, const sim::Strategy& strategy,
                            const sim::Reason& r) {
  using K = sim::ReasonKind;
  switch (r.kind) {
    case K::interrupted: return interruptions(r);
    case K::message_out: return "the message to customers is out";
    case K::waiting_for_staff:
      return fmt::format("step {} waits {} for staffed hours", r.n + 1, short_time(r.value));
    case K::promoting: return fmt::format("on the way to full weight, {}", short_time(r.value));
    case K::rollback_asked: return rollback_asked(strategy, r);
    case K::walking_back: return fmt::format("walking back: {} of traffic on the change", percent(r.value));
    case K::damage_stays: return "what the change has damaged stays damaged until it is repaired";
    case K::repaired: return "the damage is repaired";
    case K::closed: return "postmortem held: the emergency is closed";
    case K::noticed: return noticed(r);
    case K::concern_raised:
      return r.n == 1   ? "the concern is raised: it is reason enough to roll back"
             : r.n == 2 ? "the concern is raised: the rollout holds until somebody has looked into it"
                        : "the concern is raised, and noted";
    case K::concern_real: return "looked into: the regression is real";
    case K::concern_false: return "looked into: nothing to it, the rollout goes on";
    case K::report_came: return fmt::format("support: report #{} comes in", r.n);
    case K::report_triaged:
      return fmt::format("support: report #{} triaged to the change ({} of {} that it takes to act)", r.n,
                         r.n, r.n2);
    case K::reports_real: return "looked into: the reports are right, it is a regression";
    case K::reports_of_old_harm: return "looked into: the reports are right, the fix does not stop the harm";
    case K::reports_false: return "looked into: nothing to it, the reports are closed";
    case K::step_over:
      return fmt::format("step {} of {} has lasted its time: promote, hold or roll back", r.n + 1,
                         strategy.params.steps.size());
    case K::paced: return pace(strategy, r);
    case K::graded:
    case K::graded_critical:
    case K::judged: return describe_judging(scenario, strategy, r);
    default: return describe_approval(scenario, strategy, r);
  }
}

}  // namespace

std::string short_time(double seconds) {
  const auto s = static_cast<long long>(std::llround(seconds));
  if (s < 60) return fmt::format("{} s", s);
  if (s < 3600)
    return s % 60 == 0 ? fmt::format("{} min", s / 60) : fmt::format("{} min {:02} s", s / 60, s % 60);
  const long long m = (s + 30) / 60;
  if (m < 24 * 60)
    return m % 60 == 0 ? fmt::format("{} h", m / 60) : fmt::format("{} h {:02} min", m / 60, m % 60);
  const long long h = (m + 30) / 60;
  return h % 24 == 0 ? fmt::format("{} d", h / 24) : fmt::format("{} d {} h", h / 24, h % 24);
}

std::string percent(double share) { return fmt::format("{:.3g}%", share * 100); }

std::string level(const sim::SignalParams& signal, double value) {
  return signal.kind == sim::SignalKind::ratio ? percent(value) : fmt::format("{:.4g}", value);
}

std::string describe(const sim::Scenario& scenario, const sim::Strategy& strategy, const sim::Reason& r) {
  using K = sim::ReasonKind;
  switch (r.kind) {
    case K::paged:
      return "page: " +
             (scenario.params.brief.page.empty() ? scenario.params.title : scenario.params.brief.page);
    case K::triaged: return "triaged: it is known what to fix";
    case K::authored: return ready(r);
    case K::gate_passed: return gate_passed(r);
    case K::gate_flagged: return fmt::format("eval gate flags it: back to the author (rework {})", r.n);
    case K::coordinated: return "the other changes of the planned order are out";
    case K::rollback_verified: return "rollback verified";
    case K::waiting_for_window: return waiting(scenario, strategy, r);
    case K::deploying: return "deploying";
    case K::step: return step(strategy, r);
    case K::published: return reading(scenario, r);
    case K::verdict_failed: return verdict(scenario, strategy, r, "failed");
    case K::verdict_error: return verdict(scenario, strategy, r, "could not judge");
    case K::check_failed:
      return fmt::format("check on {} failed ({} of {}): the weight stays",
                         signal(scenario, strategy.verdict_signal[static_cast<std::size_t>(r.who)]).id, r.n,
                         r.value2);
    case K::verdict_passed: return verdict(scenario, strategy, r, "passed");
    case K::verdict_inconclusive: return verdict(scenario, strategy, r, "inconclusive");
    case K::extended: return fmt::format("step {} is extended: a verdict is inconclusive", r.n + 1);
    case K::full: return "the change serves 100%";
    case K::complete: return "rollout complete";
    case K::rollback_began:
      return fmt::format("rolls back from {}: {}", percent(r.value), rollback_reason(r.n));
    case K::rollback_failed: return fmt::format("the rollback fails (try {}); trying again", r.n);
    case K::rolled_back: return "rolled back: the ongoing harm is back";
    case K::investigated: return "investigated: a new change is being written";
    case K::abandoned:
      return r.n == 2   ? "given up: the calendar leaves no day to start"
             : r.n == 3 ? "given up: every rework is sent back"
             : r.n == 4 ? "given up: not approved; it goes to the normal queue"
                        : "given up: no attempts left";
    case K::late_gate_passed: return "the evaluation that was bypassed has run: it passes";
    case K::late_gate_flagged: return "the evaluation that was bypassed has run: it flags the change";
    case K::late_real: return "investigated: the regression is real";
    case K::late_false: return "investigated: a false alarm, the evaluation's case is outdated";
    case K::refined: return "a refinement replaces the change that serves";
    case K::resolution_verified: return "verified: the harm is taken to have stopped";
    case K::not_resolved: return "checked: the harm goes on";
    case K::containment_on:
      return "mitigation on: " + scenario.params.containment[static_cast<std::size_t>(r.who)].id;
    case K::containment_off:
      return "mitigation off: " + scenario.params.containment[static_cast<std::size_t>(r.who)].id;
    case K::deadline_missed: return "the deadline is missed";
    case K::deadline_met: return "the required share is served: the deadline's harm stops";
    default: return describe_people(scenario, strategy, r);
  }
}

std::string describe_hindsight(const sim::Scenario& scenario, const sim::Reason& r) {
  if (r.kind == sim::ReasonKind::impostor_believed)
    return "in truth that approval came from somebody else's account";
  if (r.kind != sim::ReasonKind::noticed) return "";
  if (r.who < 0) return "in truth it was nothing that the change does";
  const sim::SignalParams& params = signal(scenario, r.who);
  return fmt::format("what the watcher saw: {} {} against {} (z {:.1f})", params.id, level(params, r.value),
                     level(params, r.value2), r.n / 100.0);
}

std::string describe_truth(const sim::Scenario& scenario, const sim::ChangeState& change) {
  std::string carries = "it is clean";
  if (change.hypothesis > 0) {
    const auto k = static_cast<std::size_t>(change.hypothesis - 1);
    const std::string& id = scenario.params.change.regression.severities[k].id;
    carries =
        "it carries a regression" + (id.empty() ? fmt::format(" (severity {})", k + 1) : " (" + id + ")");
  }
  return fmt::format("in truth {}, and removes {} of the harm", carries, percent(change.effectiveness));
}

}  // namespace breakglass::analysis
