// Checks of a judge of several signals: of itself, of the steps that it runs in, of the signals that it
// reads.
#include <algorithm>
#include <cmath>
#include <set>

#include "scenarios/check_verdicts.hpp"
#include "scenarios/quantity.hpp"
#include "scenarios/read_values.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::scenarios {
namespace {

std::string quoted(const std::string& text) { return "\"" + visible(text, 40) + "\""; }

// One way that a metric may shift, as its effect sizes are written.
struct Side {
  const char* way;  // "increase"
  std::optional<double> allowed, critical;
  double sign;  // of "more of it"
};

void check_effect(const Checker& check, const sim::JudgedParams& m, const Side& side,
                  const std::string& where) {
  const std::string allowed = where + "/allowed_" + side.way, critical = where + "/critical_" + side.way;
  const double none = sim::no_effect(m.effect);
  const double least = side.allowed.value_or(none);
  const char* upto = side.sign > 0 ? " or more" : " or less";
  if (side.allowed && side.sign * (*side.allowed - none) < 0) {
    check.say(allowed, "an effect of " + plain(*side.allowed) + " is no " + side.way,
              plain(none) + upto + ", as " + std::string(sim::name_of(m.effect)) + " is " + plain(none) +
                  " without any effect");
  }
  if (side.allowed && m.effect == sim::Effect::cles && *side.allowed > 1) {
    check.say(allowed, "a probability of " + plain(*side.allowed), "at most 1");
  }
  if (!side.critical) return;
  if (!m.critical) {
    check.say(critical, "a critical effect of a metric that is not critical",
              "\"critical\": true, or no critical_" + std::string(side.way));
  } else if (side.sign * (*side.critical - least) < 0) {
    check.say(critical,
              "an effect of " + plain(*side.critical) + " is critical, but it counts " +
                  (side.sign > 0 ? "from " + plain(least) + " on" : "up to " + plain(least)) + " only",
              plain(least) + upto);
  }
}

void check_metric(const Checker& check, const sim::JudgedParams& m, const std::string& where) {
  if (!check.whole(where)) return;
  const Side sides[] = {{"increase", m.allowed_increase, m.critical_increase, 1},
                        {"decrease", m.allowed_decrease, m.critical_decrease, -1}};
  for (const Side& side : sides) check_effect(check, m, side, where);
  const Side* idle = m.direction == sim::JudgeDirection::increase   ? &sides[1]
                     : m.direction == sim::JudgeDirection::decrease ? &sides[0]
                                                                    : nullptr;
  if (idle && (idle->allowed || idle->critical)) {
    check.say(where + (idle->allowed ? "/allowed_" : "/critical_") + idle->way,
              "with direction " + std::string(sim::name_of(m.direction)) + " a" +
                  (idle == sides ? "n increase" : " decrease") + " never counts",
              "no such effect, or \"direction\": \"either\"");
  }
  if (m.must_have_data && m.nan_strategy == sim::NanStrategy::replace) {
    check.say(where + "/must_have_data", "what is missing is replaced by 0, so there is always data",
              "must_have_data or \"nan_strategy\": \"replace\", not both");
  }
}

void check_metrics(const Checker& check, const sim::JudgeParams& judge, const std::string& where) {
  const std::string list = where + "/metrics";
  if (judge.metrics.empty()) check.say(list, "a judge without a metric", "at least one metric");
  if (judge.metrics.size() > sim::kMaxJudged) {
    check.say(list, std::to_string(judge.metrics.size()) + " metrics",
              "at most " + std::to_string(sim::kMaxJudged));
  }
  std::set<std::string> named;
  for (std::size_t m = 0; m < judge.metrics.size(); ++m) {
    const std::string& signal = judge.metrics[m].signal;
    if (!named.insert(signal).second) {
      check.say(at(list, m, "/signal"), quoted(signal) + " is a metric of this judge already",
                "each signal once");
    }
    check_metric(check, judge.metrics[m], at(list, m));
  }
}

void check_weights(const Checker& check, const sim::JudgeParams& judge, const std::string& where) {
  const std::string list = where + "/weights";
  if (judge.weights.empty() || !check.whole(list) || !check.whole(where + "/metrics")) return;
  std::vector<std::string> groups, names, weighted;  // of the groups: all, and those that have a name
  for (const auto& metric : judge.metrics) {
    if (has(groups, metric.group)) continue;
    groups.push_back(metric.group);
    if (!metric.group.empty()) names.push_back(metric.group);
  }
  double sum = 0;
  for (const auto& weight : judge.weights) {
    sum += weight.weight;
    weighted.push_back(weight.id);
    std::string pointer = list;
    append_token(pointer, weight.id);
    if (!has(groups, weight.id)) check.unknown(pointer, "group", weight.id, names, ": no metric is in it");
  }
  const auto rest = std::find_if(groups.begin(), groups.end(),
                                 [&](const std::string& group) { return !has(weighted, group); });
  constexpr double kRounding = 1e-9;
  if (sum > 100 + kRounding) {
    check.say(list, "the weights sum to " + plain(sum), "at most 100");
  } else if (rest == groups.end() && sum < 100 - kRounding) {
    check.say(list, "the weights sum to " + plain(sum) + ": nothing can score more", "a sum of 100");
  } else if (rest != groups.end() && sum > 100 - kRounding) {
    check.say(list,
              rest->empty() ? "the weights leave nothing for the metrics without a group"
                            : "the weights leave nothing for group " + quoted(*rest),
              "a sum below 100, or a weight for every group");
  }
}

void check_scores(const Checker& check, const sim::JudgeParams& judge, const std::string& where) {
  if (judge.marginal > judge.pass) {
    check.say(where + "/marginal",
              "a marginal score of " + plain(judge.marginal) + " lies above pass, " + plain(judge.pass),
              "at most " + plain(judge.pass));
  } else if (judge.marginal >= 100) {
    check.say(where + "/marginal", "no score is above a marginal of 100", "less than 100");
  }
}

// The steps that the verdict runs in, as far as a stable arm is left to compare with.
sim::Duration with_stable(const sim::StrategyParams& p, const sim::VerdictParams& v) {
  sim::Duration sum{};
  for (std::size_t s = 0; s < p.steps.size(); ++s) {
    if (!sim::begins_in(v, static_cast<int>(s)) || p.steps[s].weight >= 1) continue;
    sum += std::min(p.steps[s].duration, sim::from_seconds(kLongestDuration_s));
  }
  return sum;
}

void check_steps_of(const Checker& check, const sim::StrategyParams& p, const sim::VerdictParams& v,
                    const std::string& where) {
  if (!p.ships || p.steps.empty() || !check.whole("/steps")) return;
  const sim::Duration compared = with_stable(p, v), last = sim::length_of(*v.judge);
  if (compared.count() == 0) {
    return check.say(where, "in no step that it runs in is traffic left on the stable arm to compare with",
                     "a step with a weight below 1");
  }
  if (p.pacing && !v.in_step) {
    return check.say(where, "pacing may go to full weight before the last run of this judge",
                     "\"in_step\": that step lasts until the judge has ended");
  }
  if (last <= compared || (v.in_step && !v.dry_run)) return;
  const std::string run = "its last run, " + print_duration(last) + " after its begin, comes ";
  if (v.in_step) {
    return check.say(where, run + "after its step is over, which does not wait for a dry run",
                     "at most " + print_duration(compared));
  }
  check.say(where, run + "when no traffic is left on the stable arm",
            "at most " + print_duration(compared) + ", what its steps of a weight below 1 last",
            "or \"in_step\": that step lasts until the judge has ended");
}

// Whether the first run, and every later one, can have a point of this signal.
void check_points(const Checker& check, const sim::JudgeParams& judge, const sim::SignalParams& signal,
                  const std::string& where) {
  const sim::Duration window = signal.window, data = window + signal.delay;
  const sim::Duration first = judge.warm_up + sim::interval_of(judge);
  const bool slides = judge.lookback.count() > 0;
  if (slides && judge.lookback <= data) {
    return check.say(where + "/lookback",
                     "a window of " + quoted(signal.id) + " is published " + print_duration(data) +
                         " after its begin: in a lookback of " + print_duration(judge.lookback) +
                         " there is never one",
                     "more than " + print_duration(data));
  }
  const sim::Duration warm =
      slides ? sim::Duration{} : (judge.warm_up + window - sim::Duration{1}) / window * window;
  if (first <= warm + data) {
    check.say(where + "/interval",
              "the first run, " + print_duration(first) + " after its begin, has no point of " +
                  quoted(signal.id) + ": the first one comes after " + print_duration(warm + data),
              "an interval (or lifetime) above " + print_duration(warm + data - judge.warm_up));
  }
  const std::int64_t points = sim::points_of(judge, window);
  if (points > sim::kMaxPoints) {
    check.say(where + (slides ? "/lookback" : "/lifetime"),
              "one run would see " + std::to_string(points) + " windows of " + quoted(signal.id),
              "at most " + std::to_string(sim::kMaxPoints) + ", " + print_duration(sim::kMaxPoints * window),
              slides ? "" : "a lookback lets each run see the last windows only");
  }
}

}  // namespace

void check_judge(const Checker& check, const sim::StrategyParams& p, std::size_t i) {
  const sim::VerdictParams& v = p.monitoring.verdicts[i];
  const std::string verdict = at("/monitoring/verdicts", i), where = verdict + "/judge";
  const sim::JudgeParams& judge = *v.judge;
  if (!v.signal.empty()) {
    check.say(verdict + "/signal", "a judge names its signals in its metrics", "no signal here");
  }
  check_metrics(check, judge, where);
  check_weights(check, judge, where);
  check_scores(check, judge, where);
  if (!check.whole(where)) return;
  if (judge.interval > judge.lifetime) {
    check.say(where + "/interval",
              "an interval of " + print_duration(judge.interval) + " in a lifetime of " +
                  print_duration(judge.lifetime),
              "at most " + print_duration(judge.lifetime), "one run at its end needs no interval");
  }
  check_steps_of(check, p, v, where);
}

void check_judge_fit(const Checker& check, const sim::StrategyParams& p, std::size_t i,
                     const sim::ScenarioParams& scenario) {
  const std::string where = at("/monitoring/verdicts", i, "/judge");
  const sim::JudgeParams& judge = *p.monitoring.verdicts[i].judge;
  for (std::size_t m = 0; m < judge.metrics.size(); ++m) {
    const std::string& id = judge.metrics[m].signal;
    const auto signal = std::find_if(scenario.signals.begin(), scenario.signals.end(),
                                     [&id](const sim::SignalParams& s) { return s.id == id; });
    if (signal == scenario.signals.end()) {
      check.unknown(at(where + "/metrics", m, "/signal"), "signal", id, ids_of(scenario.signals),
                    " in scenario " + quoted(scenario.id));
    } else if (check.whole(where) && signal->window.count() > 0) {
      check_points(check, judge, *signal, where);
    }
  }
}

}  // namespace breakglass::scenarios
