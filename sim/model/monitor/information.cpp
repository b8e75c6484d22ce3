#include "sim/model/monitor/information.hpp"

namespace breakglass::sim {

Increment increment_of(const Baseline& baseline, Measure measure, Direction direction, const Evidence& e) {
  const bool against_stable = needs_stable(measure);
  if (e.change_items <= 0 || (against_stable && e.stable_items <= 0)) return {};
  const double reference = against_stable ? e.stable_sum / e.stable_items : baseline.level;
  const double items = against_stable ? 1 / (1 / e.change_items + 1 / e.stable_items) : e.change_items;
  const double error = standard_error(baseline, baseline.level, items);
  if (!(error > 0)) return {};
  const double sign = direction == Direction::increase ? 1 : -1;
  return {sign * (e.change_sum / e.change_items - reference), 1 / (error * error)};
}

}  // namespace breakglass::sim
