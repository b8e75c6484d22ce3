#include "sim/model/monitor/verdict.hpp"

#include <algorithm>
#include <cmath>

namespace breakglass::sim {

Judgement without_data(NoData policy) {
  switch (policy) {
    case NoData::error: return Judgement::error;
    case NoData::fail: return Judgement::fail;
    case NoData::pass: return Judgement::pass;
    case NoData::ignore: return Judgement::ignore;
  }
  return Judgement::error;
}

std::optional<double> measured(Measure measure, double min_items, const Evidence& e) {
  const double enough = std::max(min_items, 1e-9);
  if (e.change_items < enough) return std::nullopt;
  const double level = e.change_sum / e.change_items;
  if (!needs_stable(measure)) return level;
  if (e.stable_items < enough) return std::nullopt;
  const double stable = e.stable_sum / e.stable_items;
  if (measure == Measure::difference_to_stable) return level - stable;
  if (stable <= 0) return std::nullopt;
  return level / stable;
}

double standard_error(const Baseline& baseline, double level, double items) {
  switch (baseline.law) {
    case Baseline::Law::bernoulli: return std::sqrt(level * (1 - level) / items);
    case Baseline::Law::poisson: return std::sqrt(level / items);
    case Baseline::Law::normal: return baseline.sd / std::sqrt(items);
  }
  return 0;
}

}  // namespace breakglass::sim
