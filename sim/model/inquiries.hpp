// Calls for whoever leads the response: a manager, a customer, a regulator. The people who work are
// interrupted as well (communication.hpp); what one such call costs, and the share of them that the message
// to customers ends, are the same there and here.
//
// Calls move no result of a strategy: nobody sits in its seat who could answer.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "sim/kernel/distribution.hpp"
#include "sim/kernel/enum_names.hpp"
#include "sim/kernel/field.hpp"
#include "sim/kernel/time.hpp"

namespace breakglass::sim {

enum class Caller : std::uint8_t { manager, customer, regulator };
constexpr std::array kCallerNames{EnumName{"manager", 0}, EnumName{"customer", 1}, EnumName{"regulator", 2}};
constexpr std::span<const EnumName> names(Caller) { return kCallerNames; }

inline constexpr std::size_t kMaxInquiries = 32;  // of one scenario

struct InquiryParams {
  Caller from = Caller::manager;
  std::string text;                                                                   // what they ask
  Distribution at{.kind = Distribution::Kind::fixed, .a = 900, .b = 0, .atoms = {}};  // seconds from the page
  Duration patience = std::chrono::minutes{10};
};

template <class V>
void fields(V& visit, InquiryParams& p) {
  visit(field("from", "who calls").required(), p.from);
  visit(field("text", "what they ask").required(), p.text);
  visit(field("at", "time from the page to the call").as(Unit::duration), p.at);
  visit(field("patience", "how long they wait for an answer").as(Unit::duration).above(0), p.patience);
}

}  // namespace breakglass::sim
