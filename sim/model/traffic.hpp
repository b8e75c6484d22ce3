// Traffic at the released service: how many requests arrive in a window, and how many of them the change
// serves.
//
// Each entry point has a base rate (with daily and weekly curves, or a trace) and may burst (a
// Markov-modulated process). Arrivals are a non-homogeneous Poisson process, so the count of a window is
// Poisson with the integral of the rate, counts of disjoint windows are independent, and simulating windows
// is exact. A trace is resampled (a Poisson process of its binned rate) or replayed (exactly its arrivals).
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/kernel/civil.hpp"
#include "sim/kernel/draw.hpp"
#include "sim/kernel/enum_names.hpp"
#include "sim/kernel/field.hpp"
#include "sim/kernel/time.hpp"
#include "sim/model/limits.hpp"
#include "sim/model/rate_curve.hpp"

namespace breakglass::sim {

// Which requests the change serves at weight w.
enum class Routing : std::uint8_t {
  request,  // each request independently with probability w
  sticky,   // each user is assigned once; raising w moves more users over, lowering it moves the newest back
};
constexpr std::array kRoutingNames{EnumName{"request", 0}, EnumName{"sticky", 1}};
constexpr std::span<const EnumName> names(Routing) { return kRoutingNames; }

// Whether counts are drawn or are their expectations (a world without noise, for pencil-and-paper checks).
enum class Counts : std::uint8_t { drawn, expected };
constexpr std::array kCountsNames{EnumName{"drawn", 0}, EnumName{"expected", 1}};
constexpr std::span<const EnumName> names(Counts) { return kCountsNames; }

// How requests are simulated.
enum class Fidelity : std::uint8_t {
  windows,   // as counts: exact where nothing queues, and its cost does not depend on the traffic
  requests,  // one by one, through servers and lines
};
constexpr std::array kFidelityNames{EnumName{"windows", 0}, EnumName{"requests", 1}};
constexpr std::span<const EnumName> names(Fidelity) { return kFidelityNames; }

struct BurstStateParams {
  double factor = 1;         // multiplies the rate
  Duration mean_length{};    // exponential
  std::vector<double> next;  // odds of the state that follows, by position; empty: any other, equally likely
};

// Two states by `factor`, `mean_gap`, `mean_length`; or any number by `states`. Starts in the first state.
struct BurstParams {
  double factor = 0;
  Duration mean_gap{};
  Duration mean_length{};
  std::vector<BurstStateParams> states;
};

// What a trace file holds, once read: the arrivals themselves, or counts per bin. Filled by the loader.
struct TraceData {
  std::vector<Time> arrivals;      // ascending, the first at 0; empty for a trace of counts
  std::vector<double> bin_counts;  // per `bin` from 0; the last bin may be cut short by `length`
  Duration bin{};
  Duration length{};  // after which the trace repeats
  std::uint64_t content_hash = 0;
};

struct TraceParams {
  std::string file;
  bool exact = false;  // replay the arrivals rather than resample them
  double scale = 1;    // multiplies the traffic
  bool repeat = true;  // start again when the trace ends; otherwise there is no traffic after it
  TraceData data;      // not a field of the file
};

struct EntryParams {
  std::string id;  // the service where requests enter
  double rate_per_s = 0;
  std::vector<double> daily;   // 24 factors by local hour
  std::vector<double> weekly;  // 7 factors by local day, Monday first
  std::optional<BurstParams> burst;
  std::optional<TraceParams> trace;
};

struct UserClassParams {
  double share = 1;             // of the population
  double requests_per_day = 1;  // activity, relative to the other classes
};

struct UsersParams {
  double population = 1;
  std::vector<UserClassParams> classes;
};

struct TrafficParams {
  std::vector<EntryParams> entry;
  std::optional<UsersParams> users;
  Routing routing = Routing::request;
  Counts counts = Counts::drawn;
  Fidelity fidelity = Fidelity::windows;
};

template <class V>
void fields(V& visit, BurstStateParams& p) {
  visit(field("factor", "multiplies the rate in this state").at_least(0).required(), p.factor);
  visit(field("mean_length", "mean time in this state (exponential)").as(Unit::duration).above(0).required(),
        p.mean_length);
  visit(
      field("next", "odds of the state that follows, by position; any other state equally likely when absent")
          .at_least(0),
      p.next);
}
template <class V>
void fields(V& visit, BurstParams& p) {
  visit(field("factor", "multiplies the rate in a burst").at_least(0), p.factor);
  visit(field("mean_gap", "mean time between bursts (exponential)").as(Unit::duration).above(0), p.mean_gap);
  visit(field("mean_length", "mean length of a burst (exponential)").as(Unit::duration).above(0),
        p.mean_length);
  visit(field("states", "instead of the three above: any number of states"), p.states);
}
template <class V>
void fields(V& visit, TraceParams& p) {
  visit(field("file", "CSV file, beside the scenario: one row a request, or counts per bin").required(),
        p.file);
  visit(field("exact", "replay the arrivals exactly rather than resample a Poisson process of their rate"),
        p.exact);
  visit(field("scale", "multiplies the traffic").above(0), p.scale);
  visit(field("repeat", "start again when the trace ends"), p.repeat);
}
template <class V>
void fields(V& visit, EntryParams& p) {
  visit(field("rate", "mean request rate").as(Unit::per_second), p.rate_per_s);
  visit(field("daily", "24 factors by local hour, multiplying the rate").at_least(0), p.daily);
  visit(field("weekly", "7 factors by local day from Monday, multiplying the rate").at_least(0), p.weekly);
  visit(field("burst", "random bursts"), p.burst);
  visit(field("trace", "a recorded trace instead of the rate"), p.trace);
}
template <class V>
void fields(V& visit, UserClassParams& p) {
  visit(field("share", "share of the population").as(Unit::share).required(), p.share);
  visit(field("requests_per_day", "how active its users are, relative to the other classes")
            .at_least(0)
            .required(),
        p.requests_per_day);
}
template <class V>
void fields(V& visit, UsersParams& p) {
  visit(field("population", "people who use the service").at_least(1).at_most(1e12).required(), p.population);
  visit(field("classes", "activity classes; their shares sum to 1").required(), p.classes);
}
template <class V>
void fields(V& visit, TrafficParams& p) {
  visit(field("entry", "entry points, by the service where requests enter").keyed().required(), p.entry);
  visit(field("users", "the people behind the requests, for unique users harmed"), p.users);
  visit(field("routing", "which requests the change serves at a weight"), p.routing);
  visit(field("counts", "drawn at random, or their expectations (no noise)"), p.counts);
  visit(field("fidelity", "as counts of windows, or one by one through servers and lines"), p.fidelity);
}

// The states of a burst process, whichever way it was written. Empty when there is none.
std::vector<BurstStateParams> burst_states(const EntryParams& entry);

// P(next state = j) after `state`: the stated odds, or every other state equally likely.
std::vector<double> burst_odds(const std::vector<BurstStateParams>& states, int state);

// The base rate of an entry over [0, horizon) as steps: curves at local hours, or the trace by minutes.
RateCurve base_curve(const EntryParams& entry, const CivilClock& clock, Time horizon);

// Replayed arrivals in [0, t), repeats and scale included: not necessarily a whole number.
double replayed_until(const TraceParams& trace, Time t);

// What reaches the released service from one entry point, prepared once for a scenario.
struct Flow {
  RateCurve curve;                              // of the entry's base rate
  double visits = 1;                            // visits of the released service per request at the entry
  std::vector<BurstStateParams> bursts;         // empty: none
  std::vector<std::vector<double>> burst_odds;  // of the next state, by state
  std::optional<TraceParams> replay;            // set when arrivals are replayed exactly
};

struct TrafficState {
  Time counted_until{};                             // requests are counted up to here
  Time expected_until{};                            // and expected from there up to here: still to be counted
  Time weighed_until{};                             // requests are weighed by harm's growth up to here
  std::array<std::uint8_t, kMaxEntries> burst{};    // current burst state, by flow
  std::array<std::uint32_t, kMaxEntries> bursts{};  // burst states so far, by flow
  double share = 0;                                 // realised share of traffic on the change
  double open_drawn = 0;     // expected since the last count: of the flows that are drawn
  double open_replayed = 0;  // known since the last count: of those that are replayed
  // Since the ledger was last settled: requests by arm, and expected requests plain and weighted by growth.
  std::array<double, 2> pending{};
  double pending_smooth = 0;
  double pending_weighted = 0;
};

template <class V>
void state_fields(V& visit, TrafficState& s) {
  visit("counted_until", s.counted_until);
  visit("expected_until", s.expected_until);
  visit("weighed_until", s.weighed_until);
  visit("burst", s.burst);
  visit("bursts", s.bursts);
  visit("share", s.share);
  visit("open_drawn", s.open_drawn);
  visit("open_replayed", s.open_replayed);
  visit("pending", s.pending);
  visit("pending_smooth", s.pending_smooth);
  visit("pending_weighted", s.pending_weighted);
}

// What a window is expected to bring, given the burst states. Expectations of adjacent windows add up, and a
// Poisson count of their sum has the law of the sum of their counts: so a burst that begins only moves
// expectations on, and nothing is drawn before somebody needs the count.
struct Expectation {
  double drawn = 0;     // expected requests of the flows whose arrivals are drawn
  double replayed = 0;  // requests of the flows that are replayed: known

  double requests() const { return drawn + replayed; }
};
Expectation expect_requests(std::span<const Flow> flows, const TrafficState& state, Time from, Time until);

// How harm's growth weighs on the requests of a window, by the rates of all flows.
struct Weighed {
  double requests = 0;  // expected, plain
  double weighted = 0;  // the same, each weighted by the growth of harm when it arrives
};
// growth_from and growth_until are the integrals of harm's growth at the two ends.
Weighed weigh_requests(std::span<const Flow> flows, const TrafficState& state, Time from, Time until,
                       double growth_from, double growth_until);

// How many arrived, by arm: {stable, change}.
struct Arrivals {
  double stable = 0;
  double change = 0;
};

// Draws the window's arrivals at the share of traffic on the change. `at` names seed and replication; the
// questions and the window's start are filled in here.
Arrivals draw_arrivals(const Expectation& expected, double share, Counts counts, Address at, Time from);

}  // namespace breakglass::sim
