// Two strategies in one replication live in the same world: their difference varies less than that of two
// strategies in worlds of their own.
#include <catch2/catch.hpp>

#include "tests/sim/golden_worlds.hpp"
#include "tests/sim/statistics.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

struct Pair {
  std::optional<sim::Scenario> scenario;
  std::optional<sim::Strategy> a, b;
};

Pair pii_leak(const std::string& a, const std::string& b) {
  for (const auto& file : scenarios::shipped_files()) {
    if (file.kind != "scenario" || file.id != "pii-leak") continue;
    Pair pair;
    pair.scenario = shipped_scenario(file);
    pair.a = shipped_strategy(*pair.scenario, a);
    pair.b = shipped_strategy(*pair.scenario, b);
    return pair;
  }
  return {};
}

// Log harm: it has heavy tails, and one replication would drown the comparison.
double log_harm(const sim::Outcome& o) {
  double sum = 1;
  for (const double h : o.harm) sum += h;
  return std::log(sum);
}

double variance_ratio(const Pair& pair, std::uint64_t seed_b, std::uint32_t runs) {
  Moments difference, a, b;
  for (std::uint32_t r = 0; r < runs; ++r) {
    const double x = log_harm(sim::simulate(*pair.scenario, *pair.a, 101, r));
    const double y = log_harm(sim::simulate(*pair.scenario, *pair.b, seed_b, r));
    a.add(x);
    b.add(y);
    difference.add(x - y);
  }
  return difference.variance() / (a.variance() + b.variance());
}

}  // namespace

TEST_CASE("Paired differences vary far less than differences of independent runs") {
  const Pair pair = pii_leak("compressed-canary", "immediate");
  REQUIRE(pair.b);
  const double ratio = variance_ratio(pair, 101, 2'000);
  WARN("variance of the paired difference over that of independent runs: " << ratio);
  CHECK(ratio < 0.5);
  const double independent = variance_ratio(pair, 102, 2'000);  // the twin: worlds of their own
  CHECK(independent > 0.85);
  CHECK(independent < 1.15);
}

TEST_CASE("A strategy against itself in the same world differs by nothing") {
  const Pair pair = pii_leak("full-canary", "full-canary");
  REQUIRE(pair.b);
  CHECK(variance_ratio(pair, 101, 50) == 0);
}
