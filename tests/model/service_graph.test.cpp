#include "sim/model/service_graph.hpp"

#include <catch2/catch.hpp>

#include <cmath>

#include "sim/kernel/draw.hpp"
#include "tests/sim/scenes.hpp"
#include "tests/sim/statistics.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

// Random calls between five services, cycles among them; each call below one, so that it can be one trial.
std::vector<sim::ServiceParams> random_graph(std::uint64_t seed) {
  std::vector<sim::ServiceParams> services(5);
  sim::Stream stream({.seed = seed});
  for (std::size_t i = 0; i < services.size(); ++i) services[i].id = "s" + std::to_string(i);
  for (auto& caller : services) {
    for (const auto& callee : services) {
      if (stream.uniform() < 0.5) caller.calls.push_back({callee.id, 0.3 * stream.uniform()});
    }
  }
  return services;
}

// One request at a time: each call of the row happens or not, and is a request at the callee.
double walk(const std::vector<sim::ServiceParams>& services, int entry, int target, sim::Stream& stream) {
  double visits = 0;
  std::vector<int> pending = {entry};
  while (!pending.empty()) {
    const int at = pending.back();
    pending.pop_back();
    visits += at == target ? 1 : 0;
    for (const auto& call : services[static_cast<std::size_t>(at)].calls) {
      if (stream.uniform() < call.per_request) pending.push_back(sim::find_service(services, call.id));
    }
  }
  return visits;
}

Moments walks(const std::vector<sim::ServiceParams>& services, int target, int count, std::uint64_t seed) {
  Moments m;
  for (int i = 0; i < count; ++i) {
    sim::Stream stream({.seed = seed, .index = static_cast<std::uint64_t>(i)});
    m.add(walk(services, 0, target, stream));
  }
  return m;
}

}  // namespace

TEST_CASE("The traffic equations give the visits of a request-by-request walk on random graphs") {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const auto services = random_graph(seed);
    REQUIRE(sim::spectral_radius(services) < 1);
    const auto visits = sim::visits_per_request(services, 0);
    for (int target = 0; target < 5; ++target) {
      const Moments m = walks(services, target, 40'000, seed);
      CHECK(near(m.mean(), m.mean_error() + 1e-12, visits[static_cast<std::size_t>(target)]));
    }
  }
}

TEST_CASE("A walk that is long enough tells the traffic equations from ones that are 1% off") {
  const std::vector<sim::ServiceParams> services = {
      {"a", {{"b", 0.9}, {"c", 0.5}}}, {"b", {{"c", 0.8}}}, {"c", {{"a", 0.1}}}};
  const auto visits = sim::visits_per_request(services, 0);
  CHECK(visits[2] == Approx((0.5 + 0.72) / (1 - 0.122)));  // a = 1 + 0.1 c, b = 0.9 a, c = 0.5 a + 0.8 b
  CHECK(mean_is(walks(services, 2, 400'000, 3), visits[2]));
}

TEST_CASE("A row may sum to more than one: fan-out multiplies") {
  const std::vector<sim::ServiceParams> services = {
      {"a", {{"b", 4}, {"c", 2.5}}}, {"b", {{"c", 3}}}, {"c", {}}};
  CHECK(sim::visits_per_request(services, 0) == std::vector<double>{1, 4, 14.5});
}

TEST_CASE("A network that would never empty has no visits, and one just below has many") {
  const std::vector<sim::ServiceParams> loop = {{"a", {{"b", 2}}}, {"b", {{"a", 0.5}}}};
  CHECK(sim::spectral_radius(loop) == Approx(1));
  CHECK(sim::visits_per_request(loop, 0).empty());
  const std::vector<sim::ServiceParams> grows = {{"a", {{"a", 1.5}}}};
  CHECK(sim::visits_per_request(grows, 0).empty());
  const std::vector<sim::ServiceParams> nearly = {{"a", {{"b", 2}}}, {"b", {{"a", 0.4995}}}};
  CHECK(sim::visits_per_request(nearly, 0)[0] == Approx(1000));
  CHECK(sim::visits_per_request(nearly, 2).empty());
  CHECK(sim::spectral_radius({}) == 0);
}

TEST_CASE("The blast radius is whoever can reach the released service") {
  const std::vector<sim::ServiceParams> services = {{"web", {{"agent", 1}}},
                                                    {"mobile", {{"web", 1}}},
                                                    {"batch", {{"store", 1}}},
                                                    {"agent", {{"store", 1}}},
                                                    {"store", {}},
                                                    {"silent", {{"agent", 0}}}};
  CHECK(sim::reaches(services, 3) == std::vector<bool>{true, true, false, true, false, false});
  CHECK(sim::reaches(services, 4) == std::vector<bool>{true, true, true, true, true, false});
}

TEST_CASE("Where no calls lead there is not the least visit, and everywhere else there is one") {
  // The elimination alone leaves 1.5e-16 of a visit of s1 to a request at s2.
  const std::vector<sim::ServiceParams> seen = {{"s0", {{"s2", 1.2807}, {"s3", 0.4713}}},
                                                {"s1", {{"s2", 1.8627}, {"s3", 0.2146}}},
                                                {"s2", {{"s3", 1.044}}},
                                                {"s3", {}}};
  CHECK(sim::visits_per_request(seen, 2)[1] == 0);
  int none = 0;
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    auto services = random_graph(seed);
    for (auto& caller : services) caller.calls.resize(caller.calls.size() / 2);
    const auto visits = sim::visits_per_request(services, 0);
    for (int target = 0; target < 5; ++target) {
      const bool reached = sim::reaches(services, target)[0];
      CHECK((visits[static_cast<std::size_t>(target)] > 0) == reached);
      none += !reached;
    }
  }
  CHECK(none > 100);
}

TEST_CASE("Only entry points in the blast radius bring traffic to the released service") {
  sim::ScenarioParams p = scene();
  p.services = {{"web", {{"agent", 0.5}}}, {"batch", {}}, {"agent", {{"agent", 0.2}}}};
  sim::EntryParams web, batch;
  web.id = "web";
  web.rate_per_s = 8;
  batch.id = "batch";
  batch.rate_per_s = 100;
  p.traffic.entry = {web, batch};
  const sim::Scenario scenario = sim::prepare(p);
  CHECK(scenario.flows.size() == 1);
  CHECK(scenario.mean_rate_per_s == Approx(8 * 0.5 / 0.8));
}
