// Reports from users: how something is found that no dashboard shows. A person who meets harm reports it with
// a small probability, after a delay; support triages the report, quickly where somebody is at work and
// slowly where nobody is; and once enough of them point to the change, it is acted on: during the steps at
// once, later after somebody has looked into them. Where that finds nothing the set is dismissed, and it
// takes a new one.
//
// Which exposures are reported: those to a regression while the change serves, and, once the rollout is
// complete, those to the ongoing harm where the fix does not stop it. (That the emergency itself does harm is
// known: nobody needs a report of it.) Of a batch of n exposures a binomial number is reported. The first
// reports decide, so only as many are followed as the strategy waits for: later ones join the tickets that
// are open. An exposure lies anywhere in its batch with equal chance, and its report comes a drawn delay
// later.
//
// A batch is known once harm is settled, which happens at every change of a rollout, and while something is
// there to report at intervals that grow (check_interval). A report that would have come within its own batch
// comes at the batch's end; where the delays are longer than the interval, arrival times are exact.
//
// Users also report things that have nothing to do with the change, a Poisson process; some of these are
// blamed on it all the same, because it is the last thing that changed.
#pragma once

#include <array>
#include <span>

#include "sim/kernel/distribution.hpp"
#include "sim/kernel/draw.hpp"
#include "sim/kernel/field.hpp"
#include "sim/kernel/time.hpp"

namespace breakglass::sim {

// How long support takes from a report to knowing what it is about, in seconds.
struct TriageParams {
  Distribution staffed{.kind = Distribution::Kind::fixed, .a = 1200, .b = 0, .atoms = {}};
  Distribution unstaffed{.kind = Distribution::Kind::fixed, .a = 7200, .b = 0, .atoms = {}};
};

struct ReportsParams {
  double probability = 0;  // that a harmful exposure is reported
  Distribution delay;      // seconds from the exposure to its report
  TriageParams triage;
  double false_rate = 0;  // per second, while the change serves: reports that have nothing to do with it
  double blamed = 0;      // probability that such a one is blamed on the change all the same
};

template <class V>
void fields(V& visit, TriageParams& p) {
  visit(field("staffed", "where support is at work when the report comes").as(Unit::duration), p.staffed);
  visit(field("unstaffed", "where it is not").as(Unit::duration), p.unstaffed);
}
template <class V>
void fields(V& visit, ReportsParams& p) {
  visit(field("probability", "that a harmful exposure is reported").as(Unit::probability).required(),
        p.probability);
  visit(field("delay", "from the exposure to its report").as(Unit::duration), p.delay);
  visit(field("triage", "from a report to support knowing what it is about"), p.triage);
  visit(field("false_rate", "reports that have nothing to do with the change, while it serves")
            .as(Unit::per_second),
        p.false_rate);
  visit(field("blamed", "probability that such a report is blamed on the change all the same")
            .as(Unit::probability),
        p.blamed);
}

inline constexpr int kMaxReportsToAct = 8;

struct ReportsState {
  std::array<Time, kMaxReportsToAct> due{};  // arrivals ahead, rising: the first `ahead` of them
  std::int32_t ahead = 0;
  std::int32_t came = 0;        // reports that count, so far, of the present set
  std::int32_t triaged = 0;     // of them, traced to the change
  std::int32_t dismissed = 0;   // of earlier sets, in this rollout
  bool looked_into = false;     // somebody is looking into the present set
  std::int32_t batches = 0;     // of exposures, so far
  double owed = 0;              // where counts are expectations: the part of a report that has not come yet
  Time showing_since = kNever;  // since when there has been something to report; kNever: nothing
  Time check_at = kNever;       // the next settlement for its own sake
};

template <class V>
void state_fields(V& visit, ReportsState& s) {
  visit("due", s.due);
  visit("ahead", s.ahead);
  visit("came", s.came);
  visit("triaged", s.triaged);
  visit("dismissed", s.dismissed);
  visit("looked_into", s.looked_into);
  visit("batches", s.batches);
  visit("owed", s.owed);
  visit("showing_since", s.showing_since);
  visit("check_at", s.check_at);
}

// Time to the next settlement where something to report has been going on for `age`: 5 minutes, and a quarter
// of the age once that is longer. So a week of it costs some 30 settlements, and no report is late by more
// than a fifth of the time that it was about.
Duration check_interval(Duration age);

// When the first `out.size()` of `reports` reports come, rising: each from an exposure somewhere in [from,
// until), a drawn delay later, and none before `until`. Up to kReportsOneByOne reports are drawn one by one;
// of more, the order statistics are inverted: the j-th smallest of n uniforms is 1 - (1 - previous) * (1 -
// u)^(1 / (n - j)), and one arrival's distribution function is the delay's, averaged over kPlaces places in
// the batch. `at` addresses the draws; its block numbers the reports. `reports` is a whole number, at least
// out.size(), which is at most kMaxReportsToAct.
inline constexpr int kReportsOneByOne = 64;
inline constexpr int kPlaces = 64;
void first_arrivals(const ReportsParams& params, double reports, Time from, Time until, std::span<Time> out,
                    const Address& at);

// Notes the arrival at `time`, unless `wanted` earlier ones are ahead already.
void expect_arrival(ReportsState& state, Time time, int wanted);
// Nothing is to the reports that were triaged: they no longer count.
void dismiss_reports(ReportsState& state);
// Takes the earliest arrival out of the list. There must be one.
Time take_arrival(ReportsState& state);

}  // namespace breakglass::sim
