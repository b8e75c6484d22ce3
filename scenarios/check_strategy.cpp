#include "scenarios/checks.hpp"
#include "scenarios/quantity.hpp"

namespace breakglass::scenarios {
namespace {

std::string plain(double value) { return make_number(value).text; }

void check_steps(const Checker& check, const sim::StrategyParams& p) {
  if (p.steps.empty())
    return check.say("/steps", "a strategy that ships needs steps",
                     "at least one step, the last with weight 1");
  if (p.steps.size() > sim::kMaxSteps) {
    check.say("/steps", std::to_string(p.steps.size()) + " steps",
              "at most " + std::to_string(sim::kMaxSteps));
  }
  for (std::size_t i = 1; i < p.steps.size(); ++i) {
    if (p.steps[i].weight <= p.steps[i - 1].weight) {
      check.say(at("/steps", i, "/weight"),
                "the weight falls from " + plain(p.steps[i - 1].weight) + " to " + plain(p.steps[i].weight),
                "weights that rise from step to step",
                "a smaller weight is a rollback: a failed verdict does that");
    }
  }
  if (p.steps.back().weight < 1) {
    check.say(at("/steps", p.steps.size() - 1, "/weight"),
              "the last step ends at weight " + plain(p.steps.back().weight),
              "a last step of weight 1: the change reaches everyone");
  }
}

void check_bypasses(const Checker& check, const sim::StrategyParams& p) {
  std::vector<std::string> elements;
  for (const auto& name : sim::kElementNames) elements.emplace_back(name.text);
  for (const auto& bypass : p.bypasses) {
    std::string where = "/bypasses";
    append_token(where, bypass.id);
    if (!has(elements, bypass.id)) {
      check.unknown(where, "element of the discipline", bypass.id, elements);
      continue;
    }
    if (bypass.reason.empty())
      check.say(where + "/reason", "no reason", "the specific reason for this bypass");
    if (sim::name_of(sim::compensates(bypass.compensation)) != bypass.id) {
      std::string fitting;
      for (const auto& c : sim::kCompensationNames) {
        if (sim::name_of(sim::compensates(static_cast<sim::Compensation>(c.value))) != bypass.id) continue;
        fitting += (fitting.empty() ? "" : ", ") + std::string(c.text);
      }
      check.say(where + "/compensation",
                "\"" + std::string(sim::name_of(bypass.compensation)) +
                    "\" does not make up for bypassing \"" + bypass.id + "\"",
                "one of: " + fitting);
    }
  }
}

void check_verdict(const Checker& check, const sim::VerdictParams& v, std::size_t i) {
  const std::string where = at("/monitoring/verdicts", i);
  const int kinds = static_cast<int>(v.threshold.has_value()) + static_cast<int>(v.sprt.has_value()) +
                    static_cast<int>(v.fixed.has_value());
  if (kinds != 1) {
    return check.say(
        where,
        kinds == 0 ? "this verdict does not say how it judges" : "this verdict judges in more than one way",
        "exactly one of: threshold, sprt, fixed");
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

// Whether a threshold verdict gets data before its errors exceed the limit.
void check_first_data(const Checker& check, const sim::StrategyParams& p, std::size_t i,
                      const sim::SignalParams& signal) {
  const sim::VerdictParams& v = p.monitoring.verdicts[i];
  if (!v.threshold || v.no_data == sim::NoData::ignore || v.no_data == sim::NoData::pass) return;
  const sim::ThresholdParams& t = *v.threshold;
  const sim::Duration interval = t.interval.count() > 0 ? t.interval : p.monitoring.interval;
  const sim::Duration first = t.initial_delay.count() > 0 ? t.initial_delay : interval;
  const std::int64_t allowed = v.no_data == sim::NoData::error ? t.consecutive_error_limit : t.failure_limit;
  const double last_allowed =
      sim::to_seconds(first) + sim::to_seconds(interval) * static_cast<double>(allowed);
  const sim::Duration data = signal.window + signal.delay;
  if (last_allowed > sim::to_seconds(data)) return;
  check.say(at("/monitoring/verdicts", i, "/threshold"),
            "this verdict fails before \"" + signal.id + "\" publishes anything: its first data comes " +
                print_duration(data) + " after the first traffic",
            "an initial_delay above " + print_duration(data), "or \"no_data\": \"ignore\"");
}

void check_sprt_level(const Checker& check, const sim::VerdictParams& v, std::size_t i,
                      const sim::SignalParams& signal) {
  if (!v.sprt) return;
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
  if (p.monitoring.verdicts.size() > sim::kMaxVerdicts) {
    check.say("/monitoring/verdicts", std::to_string(p.monitoring.verdicts.size()) + " verdicts",
              "at most " + std::to_string(sim::kMaxVerdicts));
  }
  for (std::size_t i = 0; i < p.monitoring.verdicts.size(); ++i)
    check_verdict(check, p.monitoring.verdicts[i], i);
  if (p.ships) return check_steps(check, p);
  if (!p.steps.empty())
    check.say("/steps", "a strategy that does not ship has no steps", "no steps, or \"ships\": true");
}

void check_fit(const Checker& check, const sim::StrategyParams& p, const sim::ScenarioParams& scenario) {
  if (!p.approvals.empty() && !has(ids_of(scenario.approvals), p.approvals)) {
    check.unknown("/approvals", "approval rule of scenario \"" + scenario.id + "\"", p.approvals,
                  ids_of(scenario.approvals));
  }
  if (!p.containment.empty() && !has(ids_of(scenario.containment), p.containment)) {
    check.unknown("/containment", "mitigation of scenario \"" + scenario.id + "\"", p.containment,
                  ids_of(scenario.containment));
  }
  for (std::size_t i = 0; i < p.monitoring.verdicts.size(); ++i) {
    const sim::VerdictParams& v = p.monitoring.verdicts[i];
    const auto& signals = scenario.signals;
    std::size_t s = 0;
    while (s < signals.size() && signals[s].id != v.signal) ++s;
    if (s == signals.size()) {
      check.unknown(at("/monitoring/verdicts", i, "/signal"), "signal of scenario \"" + scenario.id + "\"",
                    v.signal, ids_of(signals));
      continue;
    }
    check_first_data(check, p, i, signals[s]);
    check_sprt_level(check, v, i, signals[s]);
  }
}

}  // namespace breakglass::scenarios
