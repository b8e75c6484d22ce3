// Random numbers for testing estimators: a small generator of its own, so that a fault in the simulator's
// draws cannot hide a fault in the statistics.
#pragma once

#include <cmath>
#include <cstdint>

namespace breakglass::analysis::testing {

// SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, OOPSLA 2014).
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : state_(seed) {}

  std::uint64_t bits() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }
  // In (0, 1), never an end.
  double uniform() { return (static_cast<double>(bits() >> 11U) + 0.5) * 0x1p-53; }
  bool happens(double probability) { return uniform() < probability; }
  double exponential() { return -std::log(uniform()); }
  // Box and Muller (1958).
  double normal() {
    const double radius = std::sqrt(-2 * std::log(uniform()));
    return radius * std::cos(6.283185307179586 * uniform());
  }
  // A whole number in [0, n).
  std::uint64_t below(std::uint64_t n) { return bits() % n; }

 private:
  std::uint64_t state_;
};

}  // namespace breakglass::analysis::testing
