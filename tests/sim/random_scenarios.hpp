// Random scenarios with a strategy each, for properties that must hold of every world. A case is named by its
// seed, and is the same on every machine; what it may use is a set of features, so that a case that fails can
// be shrunk by leaving features out.
//
// Every case is sound: the scenario reader accepts it (a test says so), and every part of the model occurs in
// some share of them (random_coverage.test.cpp). A field that joins the model joins
// here with one line, in the function named after its part.
#pragma once

#include <cstdint>
#include <string>

#include "sim/simulator.hpp"

namespace breakglass::tests {

// What a case may use. Each part draws from a stream of its own, so leaving one out changes no other.
enum Feature : std::uint32_t {
  kGraph = 1,   // several services
  kCurves = 2,  // daily and weekly curves
  kBursts = 4,
  kReplay = 8,  // an exact trace
  kUsers = 16,
  kSticky = 32,  // needs kUsers
  kGrowth = 64,
  kHeavySeverity = 128,  // severities of exposures that vary
  kDeadline = 256,
  kOnsets = 512,  // late, at a weight, for a segment
  kOverdispersion = 1024,
  kDrift = 2048,
  kPeople = 4096,  // approvals
  kGates = 8192,
  kLateGate = 16384,  // the eval runs after promotion
  kContainment = 32768,
  kVerdicts = 65536,
  kExpected = 131072,          // counts are expectations, in one case of four
  kAttempts = 262144,          // more than one
  kStaffing = 1U << 19U,       // shifts, and holidays
  kCommunication = 1U << 20U,  // interruptions, and telling customers
  kReports = 1U << 21U,
  kPacing = 1U << 22U,
  kWatchers = 1U << 23U,
  kDamage = 1U << 24U,         // a regression's harm that goes on after a rollback
  kWayBack = 1U << 25U,        // rollbacks that walk, or are a new rollout
  kReadiness = 1U << 26U,      // who decides a rollback, and who stands at the controls
  kApprovalGraph = 1U << 27U,  // rules that need rules, refusals, accounts of others; needs kPeople
  kControllers = 1U << 28U,    // inline and background analysis, dry runs, ticks; needs kVerdicts
  kTests = 1U << 29U,          // tests that look again and again, and judges; needs kVerdicts
  kFleet = 1U << 30U,          // requests one by one, in one case of four
};
inline constexpr std::uint32_t kEverything = (1U << 31U) - 1;

struct RandomCase {
  std::uint64_t seed = 0;
  std::uint32_t features = kEverything;
  sim::ScenarioParams scenario;
  sim::StrategyParams strategy;
};

RandomCase random_case(std::uint64_t seed, std::uint32_t features = kEverything);

// What the scenario reader says of a case: nothing, if it is sound.
std::string complaints(const RandomCase& c);

// The case as two files, to replay it by hand.
std::string to_text(const RandomCase& c);

// Decisions that nothing moves: no verdict, no eval after promotion, nobody who watches, reads reports, paces
// or notices that harm goes on; one attempt.
void fix_decisions(RandomCase& c);

// Uniform draws for choices in tests: SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, OOPSLA 2014).
class Dice {
 public:
  Dice(std::uint64_t seed, std::uint64_t stream) : state_(seed * 0x9E3779B97F4A7C15U ^ (stream << 32U)) {
    bits();
    bits();
  }
  std::uint64_t bits();
  double uniform() { return (static_cast<double>(bits() >> 11U) + 0.5) * 0x1p-53; }
  bool chance(double p) { return uniform() < p; }
  double between(double a, double b) { return a + (b - a) * uniform(); }
  double log_between(double a, double b);
  int whole(int a, int b) { return a + static_cast<int>(bits() % static_cast<std::uint64_t>(b - a + 1)); }
  sim::Duration seconds(double a, double b);  // whole seconds, log-uniform
  // Rounded, so that a text of the case reads back to the same number.
  double nice(double a, double b);

 private:
  std::uint64_t state_;
};

// A time of the process, about so many seconds, of any law; and n shares that sum to 1.
sim::Distribution time_about(Dice& dice, double seconds);
std::vector<double> shares(Dice& dice, int n);

// Runs `check(case)` on `count` cases from `first` on; it returns what is wrong, or nothing. The first case
// that fails is shrunk, and reported with its seed.
template <class Check>
std::string first_failure(std::uint64_t first, int count, Check check, std::uint32_t features = kEverything) {
  for (int i = 0; i < count; ++i) {
    RandomCase c = random_case(first + static_cast<std::uint64_t>(i), features);
    std::string wrong = check(c);
    if (wrong.empty()) continue;
    for (std::uint32_t bit = 1; bit <= kEverything; bit *= 2) {
      if ((c.features & bit) == 0) continue;
      RandomCase less = random_case(c.seed, c.features & ~bit);
      const std::string still = check(less);
      if (still.empty()) continue;
      c = std::move(less);
      wrong = still;
    }
    return "seed " + std::to_string(c.seed) + ", features " + std::to_string(c.features) + ": " + wrong +
           "\n" + to_text(c);
  }
  return {};
}

}  // namespace breakglass::tests
