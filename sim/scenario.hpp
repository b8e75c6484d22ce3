// A scenario: everything that is given about one emergency. Read once, const ever after.
//
// ScenarioParams is what a file says; Scenario adds what is derived from it, once: integrals of the traffic,
// resolved names, the civil clock.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "sim/kernel/civil.hpp"
#include "sim/model/approvals.hpp"
#include "sim/model/calendar.hpp"
#include "sim/model/change.hpp"
#include "sim/model/communication.hpp"
#include "sim/model/discipline.hpp"
#include "sim/model/fleet.hpp"
#include "sim/model/gates.hpp"
#include "sim/model/harm.hpp"
#include "sim/model/inquiries.hpp"
#include "sim/model/recovery.hpp"
#include "sim/model/reports.hpp"
#include "sim/model/service_graph.hpp"
#include "sim/model/signal.hpp"
#include "sim/model/staffing.hpp"
#include "sim/model/traffic.hpp"
#include "sim/model/users.hpp"
#include "sim/model/watchers.hpp"

namespace breakglass::sim {

// In which worlds a fact that is told is wrong: whether the emergency is what it seems to be is drawn, and
// what people are told is not.
enum class WrongIf : std::uint8_t { never, real, false_alarm };
constexpr std::array kWrongIfNames{EnumName{"never", 0}, EnumName{"real", 1}, EnumName{"false-alarm", 2}};
constexpr std::span<const EnumName> names(WrongIf) { return kWrongIfNames; }

struct FactParams {
  Duration at{};
  std::string text;
  bool wrong = false;  // believed at the time, and not true in any world
  WrongIf wrong_if = WrongIf::never;
};

// Whether it is wrong in a world whose emergency is real, or is not.
inline bool is_wrong(const FactParams& fact, bool real) {
  return fact.wrong || fact.wrong_if == (real ? WrongIf::real : WrongIf::false_alarm);
}

struct BriefParams {
  std::string page;
  std::vector<FactParams> facts;
  std::vector<InquiryParams> calls;
  std::vector<Duration> status_due;
};

// What a scenario is for: a real emergency, a false one that should be refused, or a real one that looks like
// nothing. For the game's rules and the checks of content; it moves no result.
enum class Nature : std::uint8_t { emergency, decoy, inverse_decoy };
constexpr std::array kNatureNames{EnumName{"emergency", 0}, EnumName{"decoy", 1},
                                  EnumName{"inverse-decoy", 2}};
constexpr std::span<const EnumName> names(Nature) { return kNatureNames; }

// How urgent it is. Only active exploitation (or exfiltration) and an immediate deadline justify going to
// everybody at once, without any canary.
enum class Urgency : std::uint8_t {
  ongoing_harm,
  imminent_exposure,
  active_exploitation,
  immediate_deadline
};
constexpr std::array kUrgencyNames{EnumName{"ongoing-harm", 0}, EnumName{"imminent-exposure", 1},
                                   EnumName{"active-exploitation", 2}, EnumName{"immediate-deadline", 3}};
constexpr std::span<const EnumName> names(Urgency) { return kUrgencyNames; }

// The public case that a scenario is modelled on.
struct CaseParams {
  std::string name;
  std::string when;
  std::string source;   // who reported it, and where
  std::string differs;  // what was made up or changed
};

struct SourceParams {
  std::string parameter;  // JSON pointer into the scenario
  std::string source;     // where the number comes from, or that it is an assumption
};

struct GatesParams {
  std::optional<EvalGateParams> eval_gate;
  std::optional<WindowParams> change_window;
  std::vector<FreezeParams> freeze;
  std::vector<std::string> holidays;  // dates
  std::optional<CoordinationParams> coordination;
};

struct ScenarioParams {
  std::string id;
  std::string title;
  Category category = Category::incident;
  Urgency urgency = Urgency::ongoing_harm;
  std::vector<std::string> bypass_scope;  // elements; by category when empty
  Nature nature = Nature::emergency;
  double real = 1;    // probability that the emergency is what it seems to be
  std::string start;  // RFC 3339 with an offset: the moment of the page
  Duration horizon{};
  std::string harm_unit;
  BriefParams brief;
  std::optional<CaseParams> modelled_on;
  std::vector<ServiceParams> services;
  TrafficParams traffic;
  HarmParams harm;
  ChangeParams change;
  std::vector<SignalParams> signals;
  WatchParams watch;
  std::optional<ReportsParams> reports;
  std::vector<PersonParams> people;
  std::vector<ApprovalParams> approvals;
  GatesParams gates;
  std::optional<StaffingParams> staffing;
  ResponseParams response;
  std::optional<CommunicationParams> communication;
  RollbackParams rollback;
  std::vector<ContainmentParams> containment;
  std::vector<std::string> strategies;
  std::vector<std::string> for_comparison;  // of those: outside of the scope, and listed all the same
  std::vector<SourceParams> sources;
};

template <class V>
void fields(V& visit, FactParams& p) {
  visit(field("at", "time since the page").as(Unit::duration).required(), p.at);
  visit(field("text", "what is said").required(), p.text);
  visit(field("wrong", "believed at the time, and not true in any world"), p.wrong);
  visit(field("wrong_if", "in which worlds it is not true: where the emergency is real, or is a false alarm"),
        p.wrong_if);
}
template <class V>
void fields(V& visit, BriefParams& p) {
  visit(field("page", "the pager's text"), p.page);
  visit(field("facts", "what becomes known, and when"), p.facts);
  visit(field("calls", "who calls whoever leads the response; nobody calls a strategy"), p.calls);
  visit(
      field("status_due", "times since the page at which the status page is due").as(Unit::duration).above(0),
      p.status_due);
}
template <class V>
void fields(V& visit, CaseParams& p) {
  visit(field("name", "what happened, in a few words").required(), p.name);
  visit(field("when", "when it happened"), p.when);
  visit(field("source", "who reported it, and where").required(), p.source);
  visit(field("differs", "what was made up or changed"), p.differs);
}
template <class V>
void fields(V& visit, SourceParams& p) {
  visit(field("parameter", "JSON pointer of the number").required(), p.parameter);
  visit(field("source", "where it comes from, or that it is an assumption").required(), p.source);
}
template <class V>
void fields(V& visit, GatesParams& p) {
  visit(field("eval-gate", "the evaluation before a release"), p.eval_gate);
  visit(field("change-window", "when a rollout may start"), p.change_window);
  visit(field("freeze", "dates on which no rollout may start"), p.freeze);
  visit(field("holidays", "dates on which the change window stays closed and no shift begins"), p.holidays);
  visit(field("coordination", "other changes released in a planned order"), p.coordination);
}
template <class V>
void fields(V& visit, ScenarioParams& p) {
  visit(field("id", "the scenario's name").required(), p.id);
  visit(field("title", "one line that says what happens"), p.title);
  visit(field("category", "why it is an emergency").required(), p.category);
  visit(field("urgency",
              "how urgent it is; straight to 100% is reserved for active exploitation and immediate "
              "deadlines"),
        p.urgency);
  visit(field("bypass_scope", "elements that this emergency lets a strategy bypass; by category when absent"),
        p.bypass_scope);
  visit(field("nature",
              "what it is for: an emergency, a decoy to be refused, or an emergency that looks like "
              "nothing"),
        p.nature);
  visit(
      field("real", "probability that the emergency is what it seems to be; otherwise nothing harms anybody")
          .as(Unit::probability),
      p.real);
  visit(field("start", "the moment of the page, with its offset from UTC: \"2026-03-04T22:00:00+05:30\"")
            .required(),
        p.start);
  visit(field("horizon", "how long the world is watched").as(Unit::duration).at_least(60).required(),
        p.horizon);
  visit(field("harm_unit", "what harm is counted in").required(), p.harm_unit);
  visit(field("brief", "what people are told"), p.brief);
  visit(field("modelled_on", "the public case that it is modelled on"), p.modelled_on);
  visit(field("services", "the service graph").required(), p.services);
  visit(field("traffic", "the requests").required(), p.traffic);
  visit(field("harm", "what the emergency is about").required(), p.harm);
  visit(field("change", "the fix").required(), p.change);
  visit(field("signals", "what dashboards show"), p.signals);
  visit(field("watch", "how people who watch the dashboards notice"), p.watch);
  visit(field("reports", "what users report; nothing when absent"), p.reports);
  visit(field("people", "who can be paged"), p.people);
  visit(field("approvals", "who must approve, by rule").keyed(), p.approvals);
  visit(field("gates", "the elements of a normal release"), p.gates);
  visit(field("staffing", "when people are at work; always when absent"), p.staffing);
  visit(field("response", "times of the process"), p.response);
  visit(field("communication", "telling customers what is happening"), p.communication);
  visit(field("rollback", "going back").required(), p.rollback);
  visit(field("containment", "mitigations until a fix is out"), p.containment);
  visit(field("strategies", "strategies that `compare` runs when none are named"), p.strategies);
  visit(field("for_comparison",
              "strategies of the list that are outside of the bypass scope, and are compared all "
              "the same"),
        p.for_comparison);
  visit(field("sources", "where the numbers come from"), p.sources);
}

struct Scenario {
  ScenarioParams params;
  CivilClock clock;
  std::vector<Flow> flows;     // entry points that reach the released service
  double mean_rate_per_s = 0;  // of requests at the released service over the horizon, bursts included
  FleetPlan fleet;             // at request fidelity; empty for windows
  Growth growth;               // of the ongoing harm
  std::vector<UserClass> classes;
  std::vector<Approver> people;
  Calendar calendar;
  Staffing staffing;
  int hypotheses = 1;          // clean, and one a severity
  std::vector<double> shares;  // of the severities
  // moves[signal][hypothesis]: how each severity moves each signal; [0] moves nothing.
  std::array<std::array<Move, kMaxHypotheses>, kMaxSignals> moves{};
  std::string hash;  // of the scenario's canonical text and its traces; set by the loader
};

// Derives everything. `params` must be valid: names exist, ranges and limits hold (the scenario reader checks
// and reports what does not).
Scenario prepare(ScenarioParams params);

inline Time horizon(const Scenario& scenario) { return scenario.params.horizon; }

}  // namespace breakglass::sim
