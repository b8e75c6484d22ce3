#include "sim/model/discipline.hpp"

#include <algorithm>

namespace breakglass::sim {

bool compensates(Compensation compensation, Element element) {
  switch (compensation) {
    case Compensation::run_after_promotion: return element == Element::eval_gate;
    case Compensation::faster_steps:
    case Compensation::intensive_monitoring: return element == Element::canary;
    case Compensation::on_call_cover: return element == Element::change_window;
    case Compensation::senior_approval: return element == Element::freeze;
    case Compensation::standard_sequence: return element == Element::coordination;
    case Compensation::none: return true;
  }
  return false;
}

bool compensated(const std::vector<BypassParams>& list, Compensation compensation) {
  return std::any_of(list.begin(), list.end(),
                     [compensation](const BypassParams& b) { return b.compensation == compensation; });
}

bool bypasses(const std::vector<BypassParams>& list, Element element) {
  return std::any_of(list.begin(), list.end(),
                     [element](const BypassParams& b) { return b.id == name_of(element); });
}

}  // namespace breakglass::sim
