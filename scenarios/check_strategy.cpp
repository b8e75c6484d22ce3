#include <algorithm>
#include <cmath>

#include "scenarios/check_verdicts.hpp"
#include "scenarios/checks.hpp"
#include "scenarios/quantity.hpp"
#include "scenarios/read_values.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::scenarios {
namespace {

void check_steps(const Checker& check, const sim::StrategyParams& p) {
  if (p.steps.empty())
    return check.say("/steps", "a strategy that ships needs steps",
                     "at least one step, the last with weight 1");
  if (p.steps.size() > sim::kMaxSteps) {
    check.say("/steps", std::to_string(p.steps.size()) + " steps",
              "at most " + std::to_string(sim::kMaxSteps));
  }
  for (std::size_t i = 1; i < p.steps.size(); ++i) {
    if (p.steps[i].weight <= p.steps[i - 1].weight && check.whole(at("/steps", i - 1))) {
      check.say(
          at("/steps", i, "/weight"),
          p.steps[i].weight == p.steps[i - 1].weight
              ? "the weight stays at " + plain(p.steps[i].weight)
              : "the weight falls from " + plain(p.steps[i - 1].weight) + " to " + plain(p.steps[i].weight),
          "weights that rise from step to step",
          p.steps[i].weight < p.steps[i - 1].weight
              ? "a rollback comes with a failed verdict, not with a step"
              : "");
    }
  }
  if (p.steps.back().weight < 1) {
    check.say(at("/steps", p.steps.size() - 1, "/weight"),
              "the last step ends at weight " + plain(p.steps.back().weight),
              "a last step of weight 1: the change reaches everyone");
  }
}

// The canary is kept where traffic stays below full weight for a while, and made up for by what watches.
void check_canary(const Checker& check, const sim::StrategyParams& p, const sim::BypassParams& bypass,
                  const std::string& where) {
  if (bypass.id != "canary" || !p.ships || p.steps.empty() || !check.whole("/steps")) return;
  const bool kept = std::any_of(p.steps.begin(), p.steps.end(), [](const sim::StepParams& step) {
    return step.weight < 1 && step.duration.count() > 0;
  });
  const sim::MonitoringParams& m = p.monitoring;
  if (kept && bypass.compensation == sim::Compensation::none) {
    check.say(where, "the canary is bypassed without anything that makes up for it, and its steps are there",
              "\"faster-steps\", or a single step of weight 1");
  } else if (!kept && bypass.compensation == sim::Compensation::faster_steps) {
    check.say(where, "no step below full weight lasts any time: there is none to be faster",
              "\"intensive-monitoring\", \"none\", or steps of a weight below 1");
  } else if (bypass.compensation == sim::Compensation::intensive_monitoring && m.watchers == 0 &&
             m.verdicts.empty() && check.whole("/monitoring")) {
    check.say(where, "nobody watches, and nothing is judged",
              "watchers or verdicts in \"monitoring\", or \"none\"");
  }
}

void check_bypasses(const Checker& check, const sim::StrategyParams& p) {
  if (!p.ships && !p.bypasses.empty()) {
    check.say("/bypasses", "a strategy that does not ship bypasses nothing",
              "no bypasses, or \"ships\": true");
  }
  std::vector<std::string> elements;
  for (const auto& name : sim::kElementNames) elements.emplace_back(name.text);
  for (const auto& bypass : p.bypasses) {
    std::string where = "/bypasses";
    append_token(where, bypass.id);
    if (!has(elements, bypass.id)) {
      check.unknown(where, "element of the discipline", bypass.id, elements);
      continue;
    }
    const auto element = std::find_if(sim::kElementNames.begin(), sim::kElementNames.end(),
                                      [&](const sim::EnumName& e) { return e.text == bypass.id; });
    const auto fits = [&](int compensation) {
      return sim::compensates(static_cast<sim::Compensation>(compensation),
                              static_cast<sim::Element>(element->value));
    };
    if (!check.whole(where)) continue;
    if (fits(static_cast<int>(bypass.compensation))) {
      check_canary(check, p, bypass, where + "/compensation");
      continue;
    }
    std::string fitting;
    for (const auto& c : sim::kCompensationNames) {
      if (fits(c.value)) fitting += (fitting.empty() ? "" : ", ") + std::string(c.text);
    }
    check.say(where + "/compensation",
              "\"" + std::string(sim::name_of(bypass.compensation)) + "\" does not make up for bypassing \"" +
                  bypass.id + "\"",
              "one of: " + fitting);
  }
}

// Limits that no run of measurements could meet.
void check_limits(const Checker& check, const sim::ThresholdParams& t, const std::string& where) {
  if (t.count == 0) return;
  const std::int64_t needed = std::max<std::int64_t>(t.failure_limit, 0) + t.consecutive_success_limit;
  if (t.count < needed) {
    check.say(where + "/count", "a count of " + std::to_string(t.count),
              "at least failure_limit + consecutive_success_limit, " + std::to_string(needed));
  }
  if (t.count < t.inconclusive_limit) {
    check.say(where + "/count", "a count of " + std::to_string(t.count),
              "at least inconclusive_limit, " + std::to_string(t.inconclusive_limit));
  }
}

// Whether the verdict ends by itself, in whatever time. One that does not would keep its own step for ever.
bool ends(const sim::VerdictParams& v) {
  if (v.threshold) return v.threshold->count > 0;
  return !v.sprt && !v.ticks && !v.always_valid;
}

void check_when(const Checker& check, const sim::StrategyParams& p, const sim::VerdictParams& v,
                const std::string& where) {
  const auto steps = static_cast<std::int64_t>(p.steps.size());
  const std::string most = std::to_string(steps);
  if (v.from_step > std::max<std::int64_t>(steps, 1)) {
    check.say(where + "/from_step", "there is no step " + std::to_string(v.from_step), "1 to " + most);
  }
  if (!v.in_step) return;
  if (*v.in_step > steps) {
    check.say(where + "/in_step", "there is no step " + std::to_string(*v.in_step), "1 to " + most);
  }
  if (v.from_step > 1) {
    check.say(where + "/from_step", "this verdict runs in one step, and from another one on",
              "in_step or from_step, not both");
  }
  if (!ends(v) && !v.dry_run) {
    check.say(where + "/in_step", "this step can never end: its verdict goes on as long as the rollout lasts",
              "a verdict that ends: a threshold with a count, fixed, group_sequential, or judge");
  }
}

void check_verdict(const Checker& check, const sim::StrategyParams& p, std::size_t i) {
  const sim::VerdictParams& v = p.monitoring.verdicts[i];
  const std::string where = at("/monitoring/verdicts", i);
  const int kinds = static_cast<int>(v.threshold.has_value()) + static_cast<int>(v.sprt.has_value()) +
                    static_cast<int>(v.fixed.has_value()) + static_cast<int>(v.ticks.has_value()) +
                    static_cast<int>(v.group_sequential.has_value()) +
                    static_cast<int>(v.always_valid.has_value()) + static_cast<int>(v.judge.has_value());
  if (kinds != 1) {
    return check.say(
        where,
        kinds == 0 ? "this verdict does not say how it judges" : "this verdict judges in more than one way",
        "exactly one of: threshold, ticks, sprt, fixed, group_sequential, always_valid, judge");
  }
  check_when(check, p, v, where);
  if (v.judge) return check_judge(check, p, i);
  if (v.signal.empty()) {
    check.say(where + "/signal", "missing field \"signal\"", "\"signal\": the signal that it judges");
  }
  check_tests(check, p, i);
  check_bounds(check, p, i);
  check_looks_in_time(check, p, i);
  check_compared(check, p, i);
  check_no_data(check, p, i);
  if (v.threshold) check_limits(check, *v.threshold, where + "/threshold");
  if (v.ticks && !v.ticks->above && !v.ticks->below) {
    check.say(where + "/ticks", "no bound", "above or below");
  }
  if (v.threshold && !v.threshold->above && !v.threshold->below && !v.threshold->pass_above &&
      !v.threshold->pass_below) {
    check.say(where + "/threshold", "no bound", "above, below, pass_above or pass_below");
  }
  if (v.sprt && v.sprt->ratio == 1 && v.sprt->difference == 0) {
    check.say(where + "/sprt", "the bad level equals the baseline",
              "a ratio other than 1 or a difference other than 0");
  }
}

// The last look that a verdict survives without data; nothing if it survives them all.
std::optional<sim::Duration> last_without_data(const sim::StrategyParams& p, const sim::VerdictParams& v) {
  if (v.no_data == sim::NoData::ignore || v.no_data == sim::NoData::pass) return std::nullopt;
  if (v.fixed) return v.fixed->after;
  if (v.sprt || v.always_valid) {  // without data they wait, unless they are told to fail
    if (v.no_data != sim::NoData::fail) return std::nullopt;
    return p.monitoring.interval;
  }
  if (v.ticks) {
    return sim::from_seconds(sim::to_seconds(p.monitoring.interval) *
                             static_cast<double>(v.ticks->threshold));
  }
  if (!v.threshold) return std::nullopt;
  const sim::ThresholdParams& t = *v.threshold;
  const sim::Duration interval = t.interval.count() > 0 ? t.interval : p.monitoring.interval;
  const sim::Duration first = t.initial_delay.value_or(interval);
  const bool error = v.no_data == sim::NoData::error;
  if (!error && t.failure_limit < 0) return std::nullopt;
  const std::int64_t allowed = error ? t.consecutive_error_limit : t.failure_limit;
  const sim::Duration again = error ? t.error_retry : interval;
  const double last_s = sim::to_seconds(first) + sim::to_seconds(again) * static_cast<double>(allowed);
  return sim::from_seconds(last_s);
}

// Whether a verdict gets data before the lack of it counts.
void check_first_data(const Checker& check, const sim::StrategyParams& p, std::size_t i,
                      const sim::SignalParams& signal) {
  const sim::VerdictParams& v = p.monitoring.verdicts[i];
  const auto last = last_without_data(p, v);
  const sim::Duration data = signal.window + signal.delay;
  if (!last || *last > data || !check.whole("/monitoring/interval")) return;
  const bool looks_at_interval = v.ticks || v.sprt || v.always_valid;
  check.say(v.fixed ? at("/monitoring/verdicts", i, "/fixed")
                    : at("/monitoring/verdicts", i, looks_at_interval ? "/no_data" : "/threshold"),
            "this verdict fails before \"" + visible(signal.id, 40) +
                "\" publishes anything: its first data comes " + print_duration(data) +
                " after the first traffic",
            (v.fixed             ? "\"after\" above "
             : looks_at_interval ? "a monitoring interval above "
                                 : "an initial_delay above ") +
                print_duration(data),
            v.fixed ? "" : "or \"no_data\": \"ignore\"");
}

// Whether a verdict that looks more often than its signal publishes outlives the looks in between.
void check_gaps(const Checker& check, const sim::StrategyParams& p, std::size_t i,
                const sim::SignalParams& signal) {
  const sim::VerdictParams& v = p.monitoring.verdicts[i];
  if (!v.threshold || !check.whole("/monitoring/interval")) return;
  if (v.no_data != sim::NoData::error && v.no_data != sim::NoData::fail) return;
  const sim::ThresholdParams& t = *v.threshold;
  const sim::Duration interval = t.interval.count() > 0 ? t.interval : p.monitoring.interval;
  if (interval.count() <= 0 || signal.window.count() <= 0) return;
  // Looks between two publications: an error is tried again soon, a failure at the next interval.
  const bool error = v.no_data == sim::NoData::error;
  const std::int64_t tried_again =
      interval >= signal.window ? 0 : 1 + (signal.window - interval - sim::Duration{1}) / t.error_retry;
  const std::int64_t empty = error ? tried_again : (signal.window - sim::Duration{1}) / interval;
  const std::int64_t allowed = error ? t.consecutive_error_limit : 0;
  if (empty <= allowed) return;
  check.say(at("/monitoring/verdicts", i, "/threshold"),
            "this verdict looks every " + print_duration(interval) + ", but \"" + visible(signal.id, 40) +
                "\" publishes every " + print_duration(signal.window) +
                ": the empty looks in between fail it",
            "an interval of " + print_duration(signal.window) + " or more", "or \"no_data\": \"ignore\"");
}

// At full weight no traffic is left on the stable arm to compare with.
void check_stable_arm(const Checker& check, const sim::StrategyParams& p, std::size_t i) {
  const sim::VerdictParams& v = p.monitoring.verdicts[i];
  const bool for_ever = (v.threshold && v.threshold->count == 0) || v.always_valid;
  if (!for_ever || !sim::compares_arms(v)) return;
  if (v.no_data != sim::NoData::fail && (v.always_valid || v.no_data != sim::NoData::error)) return;
  check.say(
      at("/monitoring/verdicts", i, v.threshold ? "/threshold/measure" : "/always_valid/measure"),
      "the last step leaves no traffic on the stable arm: without data this verdict fails there",
      v.always_valid ? "\"no_data\": \"ignore\"" : "a count that ends it before, or \"no_data\": \"ignore\"");
}

// A look after the last step is over never happens.
void check_last_look(const Checker& check, const sim::StrategyParams& p, std::size_t i) {
  const sim::VerdictParams& v = p.monitoring.verdicts[i];
  if (!v.fixed || v.in_step || p.steps.empty() || !check.whole("/steps")) return;
  sim::Duration steps{};
  for (std::size_t s = static_cast<std::size_t>(v.from_step) - 1; s < p.steps.size(); ++s) {
    steps += std::min(p.steps[s].duration, sim::from_seconds(kLongestDuration_s));
  }
  if (v.fixed->after < steps) return;
  check.say(at("/monitoring/verdicts", i, "/fixed/after"), "this verdict would look after the steps are over",
            "less than " + print_duration(steps) + ", what the steps last");
}

void check_sprt_level(const Checker& check, const sim::VerdictParams& v, std::size_t i,
                      const sim::SignalParams& signal) {
  if (!v.sprt || (v.sprt->ratio == 1 && v.sprt->difference == 0)) return;  // said without the scenario
  const double bad = signal.baseline * v.sprt->ratio + v.sprt->difference;
  const std::string where = at("/monitoring/verdicts", i, "/sprt");
  if (signal.kind == sim::SignalKind::ratio && (bad <= 0 || bad >= 1)) {
    check.say(where, "the bad level of \"" + signal.id + "\" would be " + plain(bad),
              "a level between 0 and 1");
  }
  if (signal.kind == sim::SignalKind::count && (bad <= 0 || signal.baseline <= 0)) {
    check.say(where,
              "the baseline of \"" + signal.id + "\" is " + plain(signal.baseline) +
                  " and the bad level would be " + plain(bad),
              "both above 0");
  }
  if (signal.kind == sim::SignalKind::ratio && (signal.baseline <= 0 || signal.baseline >= 1)) {
    check.say(where, "the baseline of \"" + signal.id + "\" is " + plain(signal.baseline),
              "a baseline between 0 and 1");
  }
  if (bad == signal.baseline)
    check.say(where, "the bad level equals the baseline of \"" + signal.id + "\"",
              "a ratio or difference that moves it");
}

}  // namespace

void check_strategy(const Checker& check, const sim::StrategyParams& p) {
  check_bypasses(check, p);
  check_pacing(check, p);
  if (p.monitoring.verdicts.size() > sim::kMaxVerdicts) {
    check.say("/monitoring/verdicts", std::to_string(p.monitoring.verdicts.size()) + " verdicts",
              "at most " + std::to_string(sim::kMaxVerdicts));
  }
  for (std::size_t i = 0; i < p.monitoring.verdicts.size(); ++i) {
    check_verdict(check, p, i);
    if (p.ships) check_last_look(check, p, i);
  }
  if (p.ships) return check_steps(check, p);
  if (!p.steps.empty())
    check.say("/steps", "a strategy that does not ship has no steps", "no steps, or \"ships\": true");
}

namespace {

// Looks in the time that this strategy can spend on its steps, extensions and further attempts included.
void check_looks(const Checker& check, const sim::StrategyParams& p, sim::Duration horizon) {
  double steps_s = 0;
  for (const auto& step : p.steps) steps_s += sim::to_seconds(step.duration);
  const bool extends = p.monitoring.on_inconclusive == sim::OnInconclusive::hold;
  steps_s *= static_cast<double>(p.max_attempts) * (extends ? 1 + sim::kMaxExtensions : 1);
  const double watched_s = std::min(steps_s, sim::to_seconds(horizon));
  double looks = 0;
  for (const auto& v : p.monitoring.verdicts) {
    if (!v.fixed) looks += watched_s / sim::to_seconds(sim::own_interval(v, p.monitoring.interval));
  }
  if (looks <= kMostChanges) return;
  check.say("/monitoring", "its verdicts would look " + about(looks) + " times by the horizon",
            "at most " + plain(kMostChanges), "a longer interval");
}

}  // namespace

void check_fit(const Checker& check, const sim::StrategyParams& p, const sim::ScenarioParams& scenario) {
  const std::string where = " in scenario \"" + visible(scenario.id, 40) + "\"";
  if (check.whole("/steps")) check_looks(check, p, scenario.horizon);
  check_noticing_fit(check, p, scenario);
  check_approvals_fit(check, p, scenario);
  if (!p.approvals.empty() && !has(ids_of(scenario.approvals), p.approvals)) {
    check.unknown("/approvals", "approval rule", p.approvals, ids_of(scenario.approvals), where);
  }
  if (!p.containment.empty() && !has(ids_of(scenario.containment), p.containment)) {
    check.unknown("/containment", "mitigation", p.containment, ids_of(scenario.containment), where);
  }
  for (std::size_t i = 0; i < p.monitoring.verdicts.size(); ++i) {
    const sim::VerdictParams& v = p.monitoring.verdicts[i];
    if (v.judge) check_judge_fit(check, p, i, scenario);
    if (v.judge || v.signal.empty()) continue;  // without a signal: said without the scenario
    const auto& signals = scenario.signals;
    std::size_t s = 0;
    while (s < signals.size() && signals[s].id != v.signal) ++s;
    if (s == signals.size()) {
      check.unknown(at("/monitoring/verdicts", i, "/signal"), "signal", v.signal, ids_of(signals), where);
      continue;
    }
    check_first_data(check, p, i, signals[s]);
    check_gaps(check, p, i, signals[s]);
    check_stable_arm(check, p, i);
    check_sprt_level(check, v, i, signals[s]);
    check_bounds_fit(check, p, i, signals[s]);
    check_sight_fit(check, p, i, scenario, signals[s]);
    check_tests_fit(check, p, i, signals[s]);
  }
}

}  // namespace breakglass::scenarios
