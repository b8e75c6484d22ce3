#include "sim/model/discipline.hpp"

#include <algorithm>

namespace breakglass::sim {

Element compensates(Compensation compensation) {
  switch (compensation) {
    case Compensation::run_after_promotion: return Element::eval_gate;
    case Compensation::faster_steps:
    case Compensation::intensive_monitoring: return Element::canary;
    case Compensation::on_call_cover: return Element::change_window;
    case Compensation::senior_approval: return Element::freeze;
    case Compensation::standard_sequence: return Element::coordination;
  }
  return Element::canary;
}

bool bypasses(const std::vector<BypassParams>& list, Element element) {
  return std::any_of(list.begin(), list.end(),
                     [element](const BypassParams& b) { return b.id == name_of(element); });
}

}  // namespace breakglass::sim
