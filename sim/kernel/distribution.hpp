// A distribution as a value: what a scenario file says about a duration, a severity or an effectiveness.
//
// A distribution is a continuous part and, optionally, atoms: values that occur with a probability of their
// own. The continuous part has whatever probability the atoms leave. "30% do not fix, else beta(8, 2)" is
// {beta, 8, 2, {{0.0, 0.3}}}.
//
// The parameters by kind:
//
//     fixed        a                      always a
//     uniform      a, b                   between a and b, a <= b
//     exponential  a = mean               a >= 0
//     normal       a = mean, b = sd       b >= 0. May be negative: a caller that needs a duration clamps at
//     0. lognormal    a = median, b = p95    0 < a <= b: the 95th percentile is b gamma        a = mean, b =
//     sd       a > 0, b > 0 beta         a, b = shapes          a > 0, b > 0; mean a / (a + b)
//
// Default-constructed: always 0. The unit is the field's that holds it; durations are held in seconds.
#pragma once

#include <cstdint>
#include <vector>

namespace breakglass::sim {

struct Distribution {
  enum class Kind : std::uint8_t { fixed, uniform, exponential, normal, lognormal, gamma, beta };

  struct Atom {
    double value = 0;
    double probability = 0;
    friend bool operator==(const Atom&, const Atom&) = default;
  };

  Kind kind = Kind::fixed;
  double a = 0;
  double b = 0;
  std::vector<Atom> atoms;  // values rising strictly, probabilities > 0 with a sum of at most 1

  friend bool operator==(const Distribution&, const Distribution&) = default;
};

// The 95th percentile of a standard normal: sigma of a lognormal is log(p95 / median) / this.
inline constexpr double kNormalP95 = 1.6448536269514722;

// Whether the parameters are in the ranges above and the atoms in order. What is not valid must not reach
// the functions below: they check.
bool valid(const Distribution& d);

// The value at u in (0, 1). Rises with u as long as every atom lies at or below, or at or above, all of the
// continuous part, as an effectiveness with atoms at 0 and 1 does; then it is the true quantile. An atom
// inside the continuous part is placed before it in u: the law is still right, only the order is not.
double quantile(const Distribution& d, double u);

// Expected value. (Of a normal, before any clamping.)
double mean(const Distribution& d);

// P(X <= x), atoms included. About 1e-13.
double cdf(const Distribution& d, double x);

}  // namespace breakglass::sim
