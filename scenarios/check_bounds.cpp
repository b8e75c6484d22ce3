// Bounds of a verdict: that they leave values which pass and values which fail, alone and for the signal.
#include <limits>

#include "scenarios/check_verdicts.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::scenarios {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Of a threshold, or of ticks, which only fail.
struct Bounds {
  std::optional<double> above, below, pass_below, pass_above;
  sim::Measure measure = sim::Measure::level;
  std::string where;
};

std::optional<Bounds> bounds_of(const sim::VerdictParams& v, std::size_t i) {
  const std::string where = at("/monitoring/verdicts", i);
  if (v.threshold) {
    const auto& t = *v.threshold;
    return Bounds{t.above, t.below, t.pass_below, t.pass_above, t.measure, where + "/threshold"};
  }
  if (v.ticks) return Bounds{v.ticks->above, v.ticks->below, {}, {}, v.ticks->measure, where + "/ticks"};
  return std::nullopt;
}

void check_against_each_other(const Checker& check, const Bounds& b) {
  if (b.above && b.below && *b.above < *b.below) {
    check.say(b.where + "/above",
              "every value is above " + plain(*b.above) + " or below " + plain(*b.below) + ": none passes",
              "at least " + plain(*b.below));
  }
  if (b.pass_above && b.pass_below && *b.pass_above >= *b.pass_below) {
    check.say(
        b.where + "/pass_above",
        "no value is above " + plain(*b.pass_above) + " and below " + plain(*b.pass_below) + ": none passes",
        "less than " + plain(*b.pass_below));
  }
  if (b.above && b.pass_below && *b.pass_below > *b.above) {
    check.say(b.where + "/pass_below",
              "a value from " + plain(*b.above) + " to " + plain(*b.pass_below) + " would pass and fail",
              "at most " + plain(*b.above));
  }
  if (b.below && b.pass_above && *b.pass_above < *b.below) {
    check.say(b.where + "/pass_above",
              "a value from " + plain(*b.pass_above) + " to " + plain(*b.below) + " would pass and fail",
              "at least " + plain(*b.below));
  }
  if (b.above && b.pass_above && *b.pass_above >= *b.above) {
    check.say(b.where + "/pass_above", "every value above " + plain(*b.pass_above) + " fails: none passes",
              "less than " + plain(*b.above));
  }
  if (b.below && b.pass_below && *b.pass_below <= *b.below) {
    check.say(b.where + "/pass_below", "every value below " + plain(*b.pass_below) + " fails: none passes",
              "more than " + plain(*b.below));
  }
}

// Limits that no run of measurements can exceed.
void check_can_fail(const Checker& check, const sim::StrategyParams& p, const sim::ThresholdParams& t,
                    const std::string& where) {
  const bool held = p.monitoring.on_inconclusive != sim::OnInconclusive::promote;
  if (sim::fails_on_data(t) || (held && sim::is_inconclusive_on_data(t))) return;
  if (t.failure_limit < 0) {
    return check.say(where + "/failure_limit",
                     "any number of failures is allowed: this verdict can never fail", "0 or more",
                     "or a count, and the consecutive_success_limit that it must reach");
  }
  const std::string count = std::to_string(t.count);
  check.say(where + "/failure_limit",
            "a count of " + count + " cannot exceed a limit of " + std::to_string(t.failure_limit) +
                ": this verdict can never fail",
            "less than the count, " + count);
}

struct Range {
  double low = -kInfinity, high = kInfinity;
};

// What the measure can be at all.
Range range_of(const sim::SignalParams& signal, sim::Measure measure) {
  const bool ratio = signal.kind == sim::SignalKind::ratio;
  if (measure == sim::Measure::difference_to_stable) return ratio ? Range{-1, 1} : Range{};
  const bool positive = signal.kind != sim::SignalKind::mean || signal.of == sim::SignalOf::latency;
  if (!positive) return {};
  return {0, ratio && measure == sim::Measure::level ? 1 : kInfinity};
}

}  // namespace

void check_bounds(const Checker& check, const sim::StrategyParams& p, std::size_t i) {
  const sim::VerdictParams& v = p.monitoring.verdicts[i];
  const auto bounds = bounds_of(v, i);
  if (!bounds || !check.whole(bounds->where)) return;
  check_against_each_other(check, *bounds);
  if (v.threshold) check_can_fail(check, p, *v.threshold, bounds->where);
}

void check_bounds_fit(const Checker& check, const sim::StrategyParams& p, std::size_t i,
                      const sim::SignalParams& signal) {
  const auto bounds = bounds_of(p.monitoring.verdicts[i], i);
  if (!bounds || !check.whole(bounds->where)) return;
  const Range range = range_of(signal, bounds->measure);
  const std::string what =
      "the " + std::string(sim::name_of(bounds->measure)) + " of \"" + visible(signal.id, 40) + "\" is ";
  const std::string& where = bounds->where;
  const auto& [above, below, pass_below, pass_above, measure, pointer] = *bounds;
  const std::string high = plain(range.high), low = plain(range.low);
  if (above && *above >= range.high)
    check.say(where + "/above", what + "never above " + plain(*above), "less than " + high);
  if (above && *above < range.low)
    check.say(where + "/above", what + "always above " + plain(*above), "at least " + low);
  if (below && *below <= range.low)
    check.say(where + "/below", what + "never below " + plain(*below), "more than " + low);
  if (below && *below > range.high)
    check.say(where + "/below", what + "always below " + plain(*below), "at most " + high);
  if (pass_above && *pass_above >= range.high)
    check.say(where + "/pass_above", what + "never above " + plain(*pass_above), "less than " + high);
  if (pass_below && *pass_below <= range.low)
    check.say(where + "/pass_below", what + "never below " + plain(*pass_below), "more than " + low);
}

}  // namespace breakglass::scenarios
