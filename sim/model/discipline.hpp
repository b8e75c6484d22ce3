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

// What makes up for a bypass, and what it does:
//   run-after-promotion   the eval runs once the change serves everybody, and a regression it finds is acted
//   on faster-steps          the canary is there, only faster: the strategy's steps are it
//   intensive-monitoring  the watch is the strategy's: every signal, short intervals, people watching
//   on-call-cover         no time of the process stretches outside of staffed hours
//   senior-approval       a platform lead or an executive must approve as well, and may find what is wrong
//   standard-sequence     the change goes in the usual order: no conflict with the changes that it passes
//   none                  nothing makes up for it
enum class Compensation : std::uint8_t {
  run_after_promotion,   // eval gate
  faster_steps,          // canary
  intensive_monitoring,  // canary
  on_call_cover,         // change window
  senior_approval,       // freeze
  standard_sequence,     // coordination
  none,                  // nothing makes up for it
};
constexpr std::array kCompensationNames{EnumName{"run-after-promotion", 0},
                                        EnumName{"faster-steps", 1},
                                        EnumName{"intensive-monitoring", 2},
                                        EnumName{"on-call-cover", 3},
                                        EnumName{"senior-approval", 4},
                                        EnumName{"standard-sequence", 5},
                                        EnumName{"none", 6}};
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

// Whether a compensation can make up for bypassing an element. `none` can stand for any: it says that nothing
// does.
bool compensates(Compensation compensation, Element element);

// Whether any bypass of the list has this compensation.
bool compensated(const std::vector<BypassParams>& list, Compensation compensation);

bool bypasses(const std::vector<BypassParams>& list, Element element);

}  // namespace breakglass::sim
