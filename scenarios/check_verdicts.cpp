#include "scenarios/check_verdicts.hpp"

#include <algorithm>

#include "scenarios/quantity.hpp"
#include "scenarios/read_values.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::scenarios {
namespace {

sim::Duration times(sim::Duration one, std::int64_t count) {
  return sim::from_seconds(std::min(sim::to_seconds(one) * static_cast<double>(count), kLongestDuration_s));
}

// How long the verdict may gather: the steps from its first one on, those of full weight apart.
struct Watched {
  sim::Duration all{};
  sim::Duration with_stable{};
};

Watched watched_by(const sim::StrategyParams& p, const sim::VerdictParams& v) {
  Watched w;
  for (std::size_t s = 0; s < p.steps.size(); ++s) {
    if (!sim::begins_in(v, static_cast<int>(s))) continue;
    const sim::Duration lasts = std::min(p.steps[s].duration, sim::from_seconds(kLongestDuration_s));
    w.all += lasts;
    if (p.steps[s].weight < 1) w.with_stable += lasts;
  }
  return w;
}

sim::Measure measure_of(const sim::VerdictParams& v) {
  return v.group_sequential ? v.group_sequential->measure : v.always_valid->measure;
}

void check_measure(const Checker& check, const sim::VerdictParams& v, const std::string& where) {
  if (measure_of(v) != sim::Measure::ratio_to_stable) return;
  check.say(where + "/measure", "this test adds up differences, not ratios", "level or difference-to-stable");
}

// The variance of the baseline is what such a test reckons with.
void check_baseline(const Checker& check, const sim::SignalParams& signal, const std::string& where) {
  const bool ratio = signal.kind == sim::SignalKind::ratio;
  const bool known =
      signal.kind == sim::SignalKind::mean || (signal.baseline > 0 && (!ratio || signal.baseline < 1));
  if (known) return;
  check.say(where,
            "the baseline of \"" + visible(signal.id, 40) + "\" is " + plain(signal.baseline) +
                ": nothing is known of its variance",
            ratio ? "a baseline between 0 and 1" : "a baseline above 0");
}

// Looks that find nothing end a group-sequential test where the policy says so.
void check_group_data(const Checker& check, const sim::StrategyParams& p, const sim::VerdictParams& v,
                      const sim::SignalParams& signal, const std::string& where) {
  if (v.no_data != sim::NoData::error && v.no_data != sim::NoData::fail) return;
  const sim::Duration every = sim::own_interval(v, p.monitoring.interval);
  const sim::Duration data = signal.window + signal.delay;
  const std::string ignore = "or \"no_data\": \"ignore\"";
  if (every <= data) {
    return check.say(where,
                     "this verdict ends before \"" + visible(signal.id, 40) +
                         "\" publishes anything: its first data comes " + print_duration(data) +
                         " after the first traffic",
                     "\"every\" above " + print_duration(data), ignore);
  }
  if (measure_of(v) == sim::Measure::level || p.steps.empty()) return;
  if (times(every, v.group_sequential->looks) > watched_by(p, v).with_stable) {
    check.say(where,
              "its looks go on when no traffic is left on the stable arm: without data this verdict ends "
              "there",
              "looks that end before the step of weight 1", ignore);
  }
}

}  // namespace

void check_tests(const Checker& check, const sim::StrategyParams& p, std::size_t i) {
  const sim::VerdictParams& v = p.monitoring.verdicts[i];
  const std::string where = at("/monitoring/verdicts", i);
  if (v.always_valid) check_measure(check, v, where + "/always_valid");
  if (!v.group_sequential) return;
  check_measure(check, v, where + "/group_sequential");
  if (!p.ships || v.in_step || p.steps.empty() || !check.whole("/steps")) return;
  const sim::Duration last = times(sim::own_interval(v, p.monitoring.interval), v.group_sequential->looks);
  const sim::Duration steps = watched_by(p, v).all;
  if (last < steps || !check.whole("/monitoring/interval")) return;
  check.say(where + "/group_sequential",
            "the last of its " + std::to_string(v.group_sequential->looks) + " looks, after " +
                print_duration(last) + ", would come after the steps are over",
            "less than " + print_duration(steps) + ", what the steps last");
}

void check_tests_fit(const Checker& check, const sim::StrategyParams& p, std::size_t i,
                     const sim::SignalParams& signal) {
  const sim::VerdictParams& v = p.monitoring.verdicts[i];
  const std::string where = at("/monitoring/verdicts", i);
  if (v.always_valid) check_baseline(check, signal, where + "/always_valid");
  if (!v.group_sequential) return;
  check_baseline(check, signal, where + "/group_sequential");
  if (!check.whole("/monitoring/interval") || !check.whole("/steps")) return;
  check_group_data(check, p, v, signal, where + "/group_sequential");
}

}  // namespace breakglass::scenarios
