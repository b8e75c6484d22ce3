// Who may approve what: the words that people, rules and changes share.
#pragma once

#include <array>
#include <cstdint>

#include "sim/kernel/enum_names.hpp"

namespace breakglass::sim {

// `none`: a deputy, or anybody who answers pages and may approve nothing.
enum class Authority : std::uint8_t { senior_engineer, platform_lead, security_lead, executive, none };
constexpr std::array kAuthorityNames{EnumName{"senior-engineer", 0}, EnumName{"platform-lead", 1},
                                     EnumName{"security-lead", 2}, EnumName{"executive", 3},
                                     EnumName{"none", 4}};
constexpr std::span<const EnumName> names(Authority) { return kAuthorityNames; }

// Whether an approval by `holder` counts where `needed` is asked for. Everybody stands in for their own
// authority; a platform lead and an executive for a senior engineer; an executive for a platform lead and for
// a security lead. Nobody stands in for an executive, and nobody may give what is `none`.
constexpr bool holds(Authority holder, Authority needed) {
  if (holder == Authority::none || needed == Authority::none) return false;
  if (holder == needed || holder == Authority::executive) return true;
  return holder == Authority::platform_lead && needed == Authority::senior_engineer;
}

}  // namespace breakglass::sim
