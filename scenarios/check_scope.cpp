#include "scenarios/checks.hpp"

namespace breakglass::scenarios {

void check_scope(const Checker& check, const sim::ScenarioParams& p) {
  std::vector<std::string> elements;
  for (const auto& name : sim::kElementNames) elements.emplace_back(name.text);
  for (std::size_t i = 0; i < p.bypass_scope.size(); ++i) {
    if (has(elements, p.bypass_scope[i])) continue;
    check.unknown(at("/bypass_scope", i), "element of the discipline", p.bypass_scope[i], elements);
  }
  for (std::size_t i = 0; i < p.for_comparison.size(); ++i) {
    if (has(p.strategies, p.for_comparison[i])) continue;
    check.unknown(at("/for_comparison", i), "strategy of the list", p.for_comparison[i], p.strategies);
  }
}

}  // namespace breakglass::scenarios
