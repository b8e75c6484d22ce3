#include "drill/quiet_charts.hpp"

#include <cmath>

#include "drill/view.hpp"
#include "sim/model/signal.hpp"

namespace breakglass::drill {
namespace {

constexpr std::int64_t kReadings = 5;

// The end of the last window that is out by then; windows are counted from the page, in both directions.
std::int64_t last_window(sim::Time now, const sim::SignalParams& signal) {
  const std::int64_t since = (now - signal.delay).count(), window = signal.window.count();
  return since >= 0 ? since / window : -((-since + window - 1) / window);
}

}  // namespace

std::vector<Point> quiet_readings(const Drill& drill, std::size_t signal) {
  const sim::Scenario& scenario = drill.loaded->scenario;
  const sim::SignalParams& params = scenario.params.signals[signal];
  const bool is_measured =
      scenario.params.traffic.fidelity == sim::Fidelity::requests && params.of != sim::SignalOf::drawn;
  std::vector<Point> out;
  if (is_measured) return out;
  const bool expected = scenario.params.traffic.counts == sim::Counts::expected;
  const double requests = std::round(scenario.mean_rate_per_s * sim::to_seconds(params.window));
  const std::int64_t last = last_window(drill.world.now, params);
  for (std::int64_t k = last - kReadings + 1; k <= last; ++k) {
    const sim::Time until = k * params.window;
    const sim::Address at{drill.setup.seed, drill.setup.replication,
                          static_cast<std::uint8_t>(sim::Question::signal_value),
                          static_cast<std::uint16_t>(signal * 2), static_cast<std::uint64_t>(until.count())};
    const sim::Reading reading =
        sim::draw_reading(params, requests, sim::drifted_level(params, 0), expected, at);
    Point point;
    point.at = until + params.delay;
    point.stable = reading.items > 0 ? reading.sum / reading.items : -1;
    point.items = static_cast<int>(reading.items);
    out.push_back(point);
  }
  return out;
}

}  // namespace breakglass::drill
