// What is done with a random case: checked, printed, its decisions fixed.
#include <algorithm>
#include <cmath>

#include "scenarios/checks.hpp"
#include "scenarios/load.hpp"
#include "scenarios/writer.hpp"
#include "tests/sim/random_scenarios.hpp"

namespace breakglass::tests {

using sim::Duration;
using Kind = sim::Distribution::Kind;

std::uint64_t Dice::bits() {
  state_ += 0x9E3779B97F4A7C15U;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}
double Dice::log_between(double a, double b) { return a * std::pow(b / a, uniform()); }
Duration Dice::seconds(double a, double b) {
  return std::chrono::seconds{static_cast<std::int64_t>(std::ceil(log_between(a, b)))};
}
double Dice::nice(double a, double b) { return std::max(a, std::round(between(a, b) * 1e4) / 1e4); }

// A time of the process, about `s` seconds.
sim::Distribution time_about(Dice& dice, double s) {
  const double a = std::ceil(dice.log_between(s / 5, s * 3));
  switch (dice.whole(0, 4)) {
    case 0: return {Kind::fixed, a, 0, {}};
    case 1: return {Kind::exponential, a, 0, {}};
    case 2: return {Kind::uniform, std::floor(a / 2), a * 2, {}};
    case 3: return {Kind::gamma, a, std::ceil(a / 3), {}};
    default: return {Kind::lognormal, a, a * 3, {}};
  }
}

std::vector<double> shares(Dice& dice, int n) {
  std::vector<double> result;
  double left = 1;
  for (int i = 0; i + 1 < n; ++i) {
    result.push_back(std::round(left * dice.between(0.2, 0.7) * 100) / 100);
    left -= result.back();
  }
  result.push_back(left);
  return result;
}

std::string to_text(const RandomCase& c) {
  return scenarios::to_json(c.scenario) + "\n" + scenarios::to_json(c.strategy);
}

std::string complaints(const RandomCase& c) {
  scenarios::Problems problems("scenario.json", scenarios::to_json(c.scenario));
  const auto scenario = scenarios::draft_scenario(problems, 0, {});
  scenarios::Problems own("strategy.json", scenarios::to_json(c.strategy));
  const auto strategy = scenarios::draft_strategy(own, 0);
  if (scenario && strategy)
    scenarios::check_fit({strategy->root, own, strategy->unread}, strategy->params, scenario->params);
  return scenarios::render(problems) + scenarios::render(own);
}

void fix_decisions(RandomCase& c) {
  c.strategy.monitoring.verdicts.clear();
  c.strategy.monitoring.watchers = 0;
  c.strategy.monitoring.reports_to_act = 0;
  c.strategy.pacing.reset();
  c.strategy.max_attempts = 1;
  std::erase_if(c.strategy.bypasses, [](const auto& b) { return b.id == "eval-gate"; });
  c.scenario.response.verify.sensitivity = 0;
}

}  // namespace breakglass::tests
