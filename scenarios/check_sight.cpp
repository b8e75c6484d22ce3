// Whether a verdict ever looks, and whether it ever sees anything when it does.
#include <algorithm>

#include "scenarios/check_verdicts.hpp"
#include "scenarios/quantity.hpp"
#include "scenarios/read_values.hpp"
#include "scenarios/visible.hpp"
#include "sim/most_items.hpp"
#include "sim/step_ends.hpp"

namespace breakglass::scenarios {
namespace {

std::string where_of(std::size_t i) { return at("/monitoring/verdicts", i); }

const char* kind_of(const sim::VerdictParams& v) {
  if (v.threshold) return "/threshold";
  if (v.ticks) return "/ticks";
  if (v.fixed) return "/fixed";
  if (v.group_sequential) return "/group_sequential";
  return v.sprt ? "/sprt" : "/always_valid";
}

// Whether the verdict looks in step number `step`, apart from its number of looks. Ticks end with the
// decision for full weight.
bool looks_in(const sim::StrategyParams& p, const sim::VerdictParams& v, std::size_t step) {
  if (!sim::begins_in(v, static_cast<int>(step))) return false;
  return !v.ticks || step == 0 || p.steps[step].weight < 1;
}

// How long the verdict lives where every step lasts its time. Nothing where that cannot be said: a step waits
// for its own verdict, a dry run outlives its step, and pacing stays on a step or leaves steps out.
std::optional<sim::Duration> lives(const sim::StrategyParams& p, const sim::VerdictParams& v) {
  if (!p.ships || p.steps.empty() || v.in_step || p.pacing) return std::nullopt;
  sim::Duration sum = std::min(p.promote_after, sim::from_seconds(kLongestDuration_s));
  for (std::size_t s = 0; s < p.steps.size(); ++s) {
    if (looks_in(p, v, s)) sum += std::min(p.steps[s].duration, sim::from_seconds(kLongestDuration_s));
  }
  return sum;
}

// When the verdict ends by itself without having seen anything, and without having failed.
std::optional<sim::Duration> ends_unseeing(const sim::StrategyParams& p, const sim::VerdictParams& v) {
  if (v.fixed && (v.no_data == sim::NoData::pass || v.no_data == sim::NoData::ignore)) return v.fixed->after;
  if (v.no_data != sim::NoData::pass) return std::nullopt;
  const double looks = v.threshold          ? static_cast<double>(v.threshold->count)
                       : v.group_sequential ? static_cast<double>(v.group_sequential->looks)
                                            : 0;
  if (looks < 1) return std::nullopt;
  const sim::Duration interval = p.monitoring.interval;
  const double last_s = sim::to_seconds(sim::first_look(v, {}, interval)) +
                        (looks - 1) * sim::to_seconds(sim::own_interval(v, interval));
  return sim::from_seconds(std::min(last_s, kLongestDuration_s));
}

void check_published(const Checker& check, const sim::StrategyParams& p, std::size_t i,
                     const sim::SignalParams& signal) {
  const sim::VerdictParams& v = p.monitoring.verdicts[i];
  const sim::Duration data = signal.window + signal.delay;
  const std::string first = "\"" + visible(signal.id, 40) + "\" publishes its first measurement " +
                            print_duration(data) + " after a verdict on it begins";
  const auto unseeing = ends_unseeing(p, v);
  if (unseeing && *unseeing <= data && check.whole("/monitoring/interval")) {
    check.say(where_of(i) + kind_of(v),
              first + ": this one has ended by then, after " + print_duration(*unseeing) +
                  ", and never sees anything",
              "a last look more than " + print_duration(data) + " after it begins");
  }
  const auto life = lives(p, v);
  if (!life || *life > data) return;
  check.say(where_of(i) + "/signal",
            first + ": the steps of this one are over by then, after " + print_duration(*life),
            "steps of more than " + print_duration(data) + ", or a signal that is published sooner");
}

double min_items_of(const sim::VerdictParams& v) {
  return v.threshold ? v.threshold->min_items : v.ticks ? v.ticks->min_items : 0;
}

void check_min_items(const Checker& check, const sim::StrategyParams& p, std::size_t i,
                     const sim::ScenarioParams& scenario, const sim::SignalParams& signal) {
  const sim::VerdictParams& v = p.monitoring.verdicts[i];
  const std::string where = where_of(i) + kind_of(v) + "/min_items";
  if (min_items_of(v) <= 0 || !check.whole(where) || !check.whole("/monitoring/interval")) return;
  double weight = 0;  // at which the smaller of the arms that it needs is the largest
  for (std::size_t s = 0; s < p.steps.size(); ++s) {
    const double w = p.steps[s].weight;
    if (looks_in(p, v, s)) weight = std::max(weight, sim::compares_arms(v) ? std::min(w, 1 - w) : w);
  }
  const double most = sim::most_items(scenario, signal, v, p.monitoring.interval, weight);
  if (min_items_of(v) <= most || weight <= 0) return;
  check.say(where,
            "no measurement of \"" + visible(signal.id, 40) + "\" can have " + plain(min_items_of(v)) +
                " items: the highest traffic brings " + about(most) + " at most",
            "at most " + about(most), "looks that are further apart see more items each");
}

}  // namespace

void check_looks_in_time(const Checker& check, const sim::StrategyParams& p, std::size_t i) {
  const sim::VerdictParams& v = p.monitoring.verdicts[i];
  if (v.judge || v.fixed || v.group_sequential) return;  // each says so of its last look
  const std::string where = where_of(i);
  const auto life = lives(p, v);
  if (!life || !check.whole("/steps") || !check.whole("/monitoring/interval") || !check.whole(where)) return;
  const sim::Duration first = sim::first_look(v, {}, p.monitoring.interval);
  if (first <= *life) return;
  const bool delayed = v.threshold && v.threshold->initial_delay;
  check.say(
      delayed ? where + "/threshold/initial_delay" : where,
      "this verdict would first look " + print_duration(first) + " after it begins, when its steps are over",
      "at most " + print_duration(*life));
}

void check_compared(const Checker& check, const sim::StrategyParams& p, std::size_t i) {
  const sim::VerdictParams& v = p.monitoring.verdicts[i];
  if (v.judge || !sim::compares_arms(v) || !p.ships || p.steps.empty() || !check.whole("/steps")) return;
  if (sim::waits_for_data(v) && v.in_step && !v.dry_run) return;  // a dead end of the rollout graph
  for (std::size_t s = 0; s < p.steps.size(); ++s) {
    if (sim::begins_in(v, static_cast<int>(s)) && p.steps[s].weight < 1) return;
  }
  check.say(where_of(i) + kind_of(v) + "/measure",
            "in no step that it runs in is traffic left on the stable arm to compare with",
            "a step with a weight below 1, or the measure \"level\"");
}

void check_no_data(const Checker& check, const sim::StrategyParams& p, std::size_t i) {
  const sim::VerdictParams& v = p.monitoring.verdicts[i];
  const std::string where = where_of(i) + "/no_data";
  if ((!v.sprt && !v.always_valid) || !find(check.root, where)) return;
  if (v.no_data != sim::NoData::error && v.no_data != sim::NoData::pass) return;
  check.say(where,
            "this test adds up what it sees: a look without data is neither an error nor a pass, it waits",
            "\"ignore\", \"fail\", or no such field", "watch for missing data with a threshold");
}

void check_sight_fit(const Checker& check, const sim::StrategyParams& p, std::size_t i,
                     const sim::ScenarioParams& scenario, const sim::SignalParams& signal) {
  const sim::VerdictParams& v = p.monitoring.verdicts[i];
  if (!check.whole("/steps") || !check.whole(where_of(i))) return;
  check_published(check, p, i, signal);
  if (!sim::waits_for_data(v) || !v.in_step || v.dry_run) check_min_items(check, p, i, scenario, signal);
}

}  // namespace breakglass::scenarios
