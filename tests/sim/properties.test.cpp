// What must hold of every world, tried on 10,000 random scenarios each: no request is lost or counted twice,
// harm never falls, a copy has its original's future, and every run ends. A case that fails is printed with
// its seed.
#include <catch2/catch.hpp>
#include <cmath>

#include "sim/kernel/samplers.hpp"
#include "sim/model/questions.hpp"
#include "tests/sim/random_scenarios.hpp"
#include "tests/sim/scenes.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

constexpr int kCases = 10'000;
constexpr int kMostEvents = 100'000;

// Turns the ledger into a counter of requests: every request does one unit of harm, whichever arm serves it
// and whatever it carries; nothing else does.
void count_every_request(RandomCase& c) {
  auto& p = c.scenario;
  p.harm.ongoing = {};
  p.harm.ongoing.per_request = 1;
  p.harm.regression = {};
  p.change.fix_effectiveness = fixed(0);
  for (auto& severity : p.change.regression.severities) {
    severity.harm_per_request = 1;
    severity.onset = {};
    severity.stays = 0;
  }
  for (auto& mitigation : p.containment) mitigation.stops = 0;
  if (p.communication) p.communication->heeded = 0;
  p.real = 1;
}

// Expected requests in [from, until) as a person would add them up: hour by hour from the rates and curves.
double by_hand(const sim::Scenario& scenario, const sim::EntryParams& entry, Time from, Time until) {
  double sum = 0;
  for (Time t = from; t < until;) {
    const auto into = std::chrono::seconds{sim::local_second_of_day(scenario.clock, t) % 3600};
    const Time next = std::min(until, t + hours{1} - into - t % seconds{1});
    double rate = entry.rate_per_s;
    if (!entry.daily.empty())
      rate *= entry.daily[static_cast<std::size_t>(sim::local_hour(scenario.clock, t))];
    if (!entry.weekly.empty())
      rate *= entry.weekly[static_cast<std::size_t>(sim::local_weekday(scenario.clock, t))];
    sum += rate * sim::to_seconds(next - t);
    t = next;
  }
  return sum;
}

// A second bookkeeper beside the world: sees the burst states and the share of traffic before each event, and
// adds the traffic up for itself.
struct Bookkeeper {
  const Prepared& prepared;
  double expected = 0;  // since the last count
  double stable = 0, change = 0, regressed = 0;

  double arriving(const sim::World& w, Time until) const {
    double sum = 0;
    std::size_t flow = 0;
    for (const auto& entry : prepared.scenario.params.traffic.entry) {
      if (flow == prepared.scenario.flows.size()) break;
      const auto& services = prepared.scenario.params.services;
      const auto visits = sim::visits_per_request(services, sim::find_service(services, entry.id));
      const double here = visits[static_cast<std::size_t>(
          sim::find_service(services, prepared.scenario.params.change.service))];
      if (here <= 0) continue;
      const auto states = sim::burst_states(entry);
      const double factor = states.empty() ? 1 : states[w.traffic.burst[flow]].factor;
      sum += here * factor * by_hand(prepared.scenario, entry, w.now, until);
      ++flow;
    }
    return sum;
  }

  void counted(const sim::World& before, Time until) {
    const double share = before.traffic.share;
    double to_stable = expected * (1 - share), to_change = expected * share;
    if (prepared.scenario.params.traffic.counts == sim::Counts::drawn) {
      const auto u =
          sim::uniform2(sim::draw_at(before, sim::Question::arrivals, 0,
                                     static_cast<std::uint64_t>(before.traffic.counted_until.count())));
      to_stable = share < 1 && expected > 0 ? sim::poisson_quantile(u.first, to_stable) : 0;
      to_change = share > 0 && expected > 0 ? sim::poisson_quantile(u.second, to_change) : 0;
    }
    if (until == before.traffic.counted_until) return;
    stable += to_stable;
    change += to_change;
    if (before.change.hypothesis > 0) regressed += to_change;
    expected = 0;
  }

  // Runs the world to its end, watching.
  sim::Outcome follow(sim::World& w) {
    const Time end = sim::horizon(prepared.scenario);
    while (w.queue.next_time() <= end) {
      const sim::World before = w;
      sim::advance(prepared.scenario, prepared.strategy, w, w.queue.next_time());
      expected += arriving(before, w.now);
      if (w.traffic.counted_until != before.traffic.counted_until) counted(before, w.now);
    }
    expected += arriving(w, end);
    sim::advance(prepared.scenario, prepared.strategy, w, end);
    counted(w, end);
    return sim::outcome_of(prepared.scenario, prepared.strategy, w);
  }
};

bool same_count(double a, double b) { return std::abs(a - b) <= 1e-7 * (1 + std::abs(b)); }

std::string conserves(RandomCase c) {
  count_every_request(c);
  const Prepared prepared(c.scenario, c.strategy);
  Bookkeeper books{prepared};
  sim::World w = prepared.begin(c.seed, 0);
  const sim::Outcome outcome = books.follow(w);
  const auto say = [](const char* what, double served, double arrived) {
    return std::string(what) + ": " + std::to_string(served) + " served, " + std::to_string(arrived) +
           " arrived";
  };
  if (!same_count(outcome.harm[0], books.stable)) return say("stable", outcome.harm[0], books.stable);
  if (!same_count(outcome.harm[1], books.change)) return say("change", outcome.harm[1], books.change);
  if (!same_count(outcome.harm[2], books.regressed))
    return say("regression", outcome.harm[2], books.regressed);
  if (!same_count(outcome.requests_on_regression, books.regressed))
    return say("recorded", outcome.requests_on_regression, books.regressed);
  return {};
}

double replayed(const sim::Scenario& scenario) {
  double sum = 0;
  for (const auto& flow : scenario.flows)
    sum += std::floor(flow.visits * sim::replayed_until(*flow.replay, sim::horizon(scenario)));
  return sum;
}

struct Totals {
  std::array<double, 5> harm{}, exposures{};
  double users = 0, regressed = 0;
  std::uint32_t flags = 0;
};

Totals at_the_end(const Prepared& prepared, const sim::World& w) {
  Totals t;
  const sim::Outcome outcome = sim::outcome_of(prepared.scenario, prepared.strategy, w);
  t.harm = outcome.harm;
  t.exposures = w.ledger.exposures;
  t.users = outcome.users_harmed;
  t.regressed = outcome.requests_on_regression;
  return t;
}

bool fell(double before, double after) { return after < before - 1e-9 * (1 + std::abs(before)); }

// What a twin does to a world at every stop; nothing where the world itself is tried.
using Spoil = void (*)(sim::World&);

std::string rises(const RandomCase& c, Spoil spoil = nullptr) {
  const Prepared prepared(c.scenario, c.strategy);
  Dice dice(c.seed, 100);
  sim::World w = prepared.begin(c.seed, 0);
  // Each stop compares what has been booked, not what a settlement here would draw: asking must not count.
  Totals last;
  while (w.now < sim::horizon(prepared.scenario)) {
    sim::advance(prepared.scenario, prepared.strategy, w, w.now + dice.seconds(1, 20'000));
    if (spoil) spoil(w);
    Totals t;
    t.harm = w.ledger.harm;
    t.exposures = w.ledger.exposures;
    t.users = sim::users_harmed(w.users, prepared.scenario.classes);
    t.regressed = w.record.requests_on_regression;
    t.flags = w.record.flags;
    for (std::size_t i = 0; i < t.harm.size(); ++i) {
      if (!std::isfinite(t.harm[i])) return "harm " + std::to_string(i) + " is no number";
      if (fell(last.harm[i], t.harm[i])) return "harm " + std::to_string(i) + " fell";
      if (fell(last.exposures[i], t.exposures[i])) return "exposures " + std::to_string(i) + " fell";
    }
    if (fell(last.users, t.users)) return "fewer users are harmed than before";
    if (fell(last.regressed, t.regressed)) return "fewer requests met the regression than before";
    if ((last.flags & ~t.flags) != 0) return "a flag was taken back";
    last = t;
  }
  const Totals end = at_the_end(prepared, w);
  for (std::size_t i = 0; i < end.harm.size(); ++i) {
    if (fell(last.harm[i], end.harm[i])) return "harm " + std::to_string(i) + " fell at the end";
  }
  return {};
}

// Event by event to the horizon, beside a copy that goes in random strides.
std::string ends_as_its_copy(const RandomCase& c, Spoil spoil = nullptr) {
  const Prepared prepared(c.scenario, c.strategy);
  const Time end = sim::horizon(prepared.scenario);
  sim::World w = prepared.begin(c.seed, 1, true);
  int events = 0;
  for (; w.queue.next_time() <= end; ++events) {
    if (spoil) spoil(w);
    if (events > kMostEvents) return "it does not end: " + std::to_string(events) + " events";
    if (w.queue.next_time() < w.now) return "an event lies in the past";
    sim::advance(prepared.scenario, prepared.strategy, w, w.queue.next_time());
    if (w.now > end) return "an event lies beyond the horizon";
  }
  sim::advance(prepared.scenario, prepared.strategy, w, end + hours{100});
  if (w.now != end) return "it ends at " + std::to_string(sim::to_seconds(w.now)) + " s";
  Dice dice(c.seed, 101);
  sim::World copy = prepared.begin(c.seed, 1, true);
  while (copy.now < end) {
    const sim::World another = copy;
    sim::advance(prepared.scenario, prepared.strategy, copy, copy.now + dice.seconds(1, 50'000));
    if (dice.chance(0.2)) {  // the copy of a copy catches up and goes on in its place
      sim::World late = another;
      sim::advance(prepared.scenario, prepared.strategy, late, copy.now);
      copy = late;
    }
  }
  const auto differences = sim::diff(w, copy);
  return differences.empty() ? "" : "the copy differs in " + differences[0].field;
}

}  // namespace

TEST_CASE("Random cases are sound: the scenario reader has nothing to say of them") {
  CHECK(first_failure(1, 4000, complaints, kEverything & ~kReplay) == "");
}

TEST_CASE("Requests served are requests arrived, by version and in total") {
  CHECK(first_failure(100'000, kCases, conserves, kEverything & ~kReplay & ~kFleet) == "");
}

TEST_CASE("Of a trace that is replayed every request is served, once") {
  int replays = 0;
  const auto check = [&](RandomCase c) -> std::string {
    count_every_request(c);
    const Prepared prepared(c.scenario, c.strategy);
    for (const auto& flow : prepared.scenario.flows) {
      if (!flow.replay) return {};
    }
    ++replays;
    const sim::Outcome outcome = prepared.outcome(c.seed, 0);
    const double served = outcome.harm[0] + outcome.harm[1], arrived = replayed(prepared.scenario);
    if (same_count(served, arrived)) return {};
    return std::to_string(served) + " served, " + std::to_string(arrived) + " arrived";
  };
  CHECK(first_failure(200'000, kCases, check, kEverything & ~kFleet) == "");
  CHECK(replays > 300);
}

TEST_CASE("Harm never falls, and nothing that is counted does") {
  CHECK(first_failure(300'000, kCases, [](const RandomCase& c) { return rises(c); }) == "");
}

TEST_CASE("Every run ends at the horizon, and so does its copy, in the same world") {
  CHECK(first_failure(400'000, kCases, [](const RandomCase& c) { return ends_as_its_copy(c); }) == "");
}

TEST_CASE("Harm that is taken back, a copy that differs and a run that goes on for ever are found") {
  const Spoil takes_back = [](sim::World& w) { w.ledger.harm[0] *= 0.9999; };
  const Spoil differs = [](sim::World& w) { w.seed += 1; };
  const Spoil goes_on = [](sim::World& w) {
    w.queue.push(w.now + Duration{1}, 0, sim::Event{.kind = sim::EventKind::repaired});
  };
  int fell_back = 0, told_apart = 0;
  for (std::uint64_t seed = 300'000; seed < 300'200; ++seed) {
    fell_back += !rises(random_case(seed), takes_back).empty();
    told_apart += !ends_as_its_copy(random_case(seed), differs).empty();
  }
  CHECK(fell_back > 100);
  CHECK(told_apart > 150);
  CHECK(ends_as_its_copy(random_case(300'000), goes_on).find("does not end") != std::string::npos);
}

TEST_CASE("A bookkeeper who is told of 1% less traffic finds the books wrong") {
  int found = 0;
  for (std::uint64_t seed = 100'000; seed < 100'100; ++seed) {
    RandomCase c = random_case(seed, kEverything & ~kReplay & ~kFleet);
    count_every_request(c);
    c.scenario.traffic.counts = sim::Counts::expected;
    const Prepared prepared(c.scenario, c.strategy);
    for (auto& entry : c.scenario.traffic.entry) entry.rate_per_s *= 0.99;
    const Prepared wrong(c.scenario, c.strategy);
    Bookkeeper books{wrong};
    sim::World w = prepared.begin(seed, 0);
    // The books are kept of the wrong scenario while the right one runs.
    const Time end = sim::horizon(prepared.scenario);
    while (w.queue.next_time() <= end) {
      const sim::World before = w;
      sim::advance(prepared.scenario, prepared.strategy, w, w.queue.next_time());
      books.expected += books.arriving(before, w.now);
      if (w.traffic.counted_until != before.traffic.counted_until) books.counted(before, w.now);
    }
    found += !same_count(w.ledger.harm[0], books.stable) || w.ledger.harm[0] == 0;
  }
  CHECK(found == 100);
}
