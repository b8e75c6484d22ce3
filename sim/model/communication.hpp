// Communication: telling customers and the rest of the company what is happening, in parallel to the fix.
//
// Once it is out, those of the informed who heed it stay away from what harms them, and fewer people
// interrupt those who work. Until then every interruption costs the work that it falls into.
#pragma once

#include "sim/kernel/distribution.hpp"
#include "sim/kernel/field.hpp"
#include "sim/kernel/time.hpp"

namespace breakglass::sim {

struct InterruptionsParams {
  double per_second = 0;  // calls for a status, while people work
  Distribution each{.kind = Distribution::Kind::fixed, .a = 180, .b = 0, .atoms = {}};  // seconds
};

struct CommunicationParams {
  Distribution time{.kind = Distribution::Kind::fixed, .a = 1800, .b = 0, .atoms = {}};  // seconds
  double informed = 0.5;  // share of the users whom it reaches
  double heeded = 0;      // share of those who then avoid what harms them
  double calms = 0.5;     // share of the interruptions that it ends
  InterruptionsParams interruptions;
};

template <class V>
void fields(V& visit, InterruptionsParams& p) {
  visit(field("rate", "calls for a status update, while people work on the emergency").as(Unit::per_second),
        p.per_second);
  visit(field("each", "what one of them costs the work that it falls into").as(Unit::duration), p.each);
}
template <class V>
void fields(V& visit, CommunicationParams& p) {
  visit(field("time", "from triage to the message being out").as(Unit::duration), p.time);
  visit(field("informed", "share of the users whom the message reaches").as(Unit::share), p.informed);
  visit(field("heeded", "share of the informed who then avoid what harms them").as(Unit::share), p.heeded);
  visit(field("calms", "share of the interruptions that end once the message is out").as(Unit::share),
        p.calms);
  visit(field("interruptions", "what people are called for meanwhile"), p.interruptions);
}

// Share of the ongoing harm that is left once the message is out.
inline double left_after_message(const CommunicationParams& p) { return 1 - p.informed * p.heeded; }

}  // namespace breakglass::sim
