// The discipline that a normal release passes, and what a strategy bypasses of it: each bypass with its
// reason and its compensation.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "sim/kernel/enum_names.hpp"
#include "sim/kernel/field.hpp"

namespace breakglass::sim {

enum class Category : std::uint8_t { security, regulatory, incident, customer_blocking, none };
constexpr std::array kCategoryNames{EnumName{"security", 0}, EnumName{"regulatory", 1},
                                    EnumName{"incident", 2}, EnumName{"customer-blocking", 3},
                                    EnumName{"none", 4}};
constexpr std::span<const EnumName> names(Category) { return kCategoryNames; }

enum class Element : std::uint8_t { eval_gate, canary, change_window, freeze, coordination };
constexpr std::array kElementNames{EnumName{"eval-gate", 0}, EnumName{"canary", 1},
                                   EnumName{"change-window", 2}, EnumName{"freeze", 3},
                                   EnumName{"coordination", 4}};
constexpr std::span<const EnumName> names(Element) { return kElementNames; }

// What makes up for a bypass. Only run-after-promotion moves a result in this version (the eval runs after
// promotion, and a regression that it finds is acted on); the others are stated, checked against the element
// that they compensate, and printed.
enum class Compensation : std::uint8_t {
  run_after_promotion,   // eval gate
  faster_steps,          // canary
  intensive_monitoring,  // canary
  on_call_cover,         // change window
  senior_approval,       // freeze
  standard_sequence,     // coordination
};
constexpr std::array kCompensationNames{
    EnumName{"run-after-promotion", 0}, EnumName{"faster-steps", 1},    EnumName{"intensive-monitoring", 2},
    EnumName{"on-call-cover", 3},       EnumName{"senior-approval", 4}, EnumName{"standard-sequence", 5}};
constexpr std::span<const EnumName> names(Compensation) { return kCompensationNames; }

struct BypassParams {
  std::string id;      // the element's name
  std::string reason;  // specific: why waiting does more harm
  Compensation compensation = Compensation::faster_steps;
};

template <class V>
void fields(V& visit, BypassParams& p) {
  visit(field("reason", "the specific reason").required(), p.reason);
  visit(field("compensation", "what makes up for it").required(), p.compensation);
}

// Which element a compensation belongs to.
Element compensates(Compensation compensation);

bool bypasses(const std::vector<BypassParams>& list, Element element);

}  // namespace breakglass::sim
