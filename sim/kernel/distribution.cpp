#include "sim/kernel/distribution.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/kernel/check.hpp"
#include "sim/kernel/fmath.hpp"
#include "sim/kernel/samplers.hpp"

namespace breakglass::sim {
namespace {

using Kind = Distribution::Kind;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
// What sums of probabilities such as 0.1 + 0.2 + 0.7 may exceed 1 by.
constexpr double kRounding = 1e-12;

double sigma(const Distribution& d) { return log(d.b / d.a) / kNormalP95; }
double gamma_shape(const Distribution& d) { return (d.a / d.b) * (d.a / d.b); }
double gamma_scale(const Distribution& d) { return d.b * d.b / d.a; }

double top_of_support(const Distribution& d) {
  switch (d.kind) {
    case Kind::fixed: return d.a;
    case Kind::uniform: return d.b;
    case Kind::beta: return 1;
    case Kind::exponential:
    case Kind::normal:
    case Kind::lognormal:
    case Kind::gamma: break;
  }
  return kInfinity;
}

double continuous_quantile(const Distribution& d, double u) {
  switch (d.kind) {
    case Kind::fixed: return d.a;
    case Kind::uniform: return std::clamp(d.a + (d.b - d.a) * u, d.a, d.b);
    case Kind::exponential: return exponential_quantile(u, d.a);
    case Kind::normal: return normal_quantile(u, d.a, d.b);
    case Kind::lognormal: return lognormal_quantile(u, d.a, sigma(d));
    case Kind::gamma: return gamma_quantile(u, gamma_shape(d), gamma_scale(d));
    case Kind::beta: return beta_quantile(u, d.a, d.b);
  }
  return d.a;
}

double continuous_mean(const Distribution& d) {
  switch (d.kind) {
    case Kind::fixed:
    case Kind::exponential:
    case Kind::normal:
    case Kind::gamma: return d.a;
    case Kind::uniform: return d.a + (d.b - d.a) / 2;
    case Kind::lognormal: return d.a * exp(0.5 * sigma(d) * sigma(d));
    case Kind::beta: return d.a / (d.a + d.b);
  }
  return d.a;
}

double continuous_cdf(const Distribution& d, double x) {
  switch (d.kind) {
    case Kind::fixed: return x >= d.a ? 1 : 0;
    case Kind::uniform:
      if (x >= d.b) return 1;
      return x <= d.a ? 0 : (x - d.a) / (d.b - d.a);
    case Kind::exponential:
      if (d.a == 0) return x >= 0 ? 1 : 0;
      return x <= 0 ? 0 : -expm1(-x / d.a);
    case Kind::normal:
      if (d.b == 0) return x >= d.a ? 1 : 0;
      return normal_cdf((x - d.a) / d.b);
    case Kind::lognormal:
      if (d.b == d.a) return x >= d.a ? 1 : 0;
      return x <= 0 ? 0 : normal_cdf(log(x / d.a) / sigma(d));
    case Kind::gamma: return gamma_cdf(x, gamma_shape(d), gamma_scale(d));
    case Kind::beta: return beta_cdf(x, d.a, d.b);
  }
  return 0;
}

double atom_probability(const Distribution& d) {
  double sum = 0;
  for (const auto& atom : d.atoms) sum += atom.probability;
  return std::min(sum, 1.0);
}

bool valid_parameters(const Distribution& d) {
  if (!std::isfinite(d.a) || !std::isfinite(d.b)) return false;
  switch (d.kind) {
    case Kind::fixed: return true;
    case Kind::uniform: return d.a <= d.b && std::isfinite(d.b - d.a);
    case Kind::exponential: return d.a >= 0;
    case Kind::normal: return d.b >= 0;
    case Kind::lognormal: return d.a > 0 && d.b >= d.a && std::isfinite(d.b / d.a);
    case Kind::gamma: {
      if (!(d.a > 0 && d.b > 0)) return false;
      const double shape = gamma_shape(d);
      return shape >= 1e-6 && shape <= 1e10 && gamma_scale(d) > 0 && std::isfinite(gamma_scale(d));
    }
    case Kind::beta: return d.a >= 1e-6 && d.b >= 1e-6 && d.a <= 1e10 && d.b <= 1e10;
  }
  return false;
}

}  // namespace

bool valid(const Distribution& d) {
  if (!valid_parameters(d)) return false;
  double sum = 0;
  double last = -kInfinity;
  for (const auto& atom : d.atoms) {
    if (!std::isfinite(atom.value) || !(atom.value > last)) return false;
    if (!(atom.probability > 0 && atom.probability <= 1)) return false;
    last = atom.value;
    sum += atom.probability;
  }
  return sum <= 1 + kRounding;
}

double quantile(const Distribution& d, double u) {
  BG_CHECK(u > 0 && u < 1, "quantile: u is not inside (0, 1)");
  if (d.atoms.empty()) return continuous_quantile(d, u);
  const double top = top_of_support(d);
  const double rest = 1 - atom_probability(d);
  double below = 0;
  auto atom = d.atoms.begin();
  for (; atom != d.atoms.end() && atom->value < top; ++atom) {
    below += atom->probability;
    if (u <= below) return atom->value;
  }
  if (rest > kRounding && (u <= below + rest || atom == d.atoms.end())) {
    // Scaled back into the open interval, of which rounding may take it out.
    return continuous_quantile(d, std::clamp((u - below) / rest, 0x1p-53, 1 - 0x1p-53));
  }
  below += rest;
  for (; atom != d.atoms.end(); ++atom) {
    below += atom->probability;
    if (u <= below) return atom->value;
  }
  return d.atoms.back().value;
}

double mean(const Distribution& d) {
  double sum = (1 - atom_probability(d)) * continuous_mean(d);
  for (const auto& atom : d.atoms) sum += atom.probability * atom.value;
  return sum;
}

double cdf(const Distribution& d, double x) {
  const double rest = 1 - atom_probability(d);
  const double continuous = rest > kRounding ? continuous_cdf(d, x) : 1;
  // Nothing lies above: exactly 1, whatever the sum below rounds to.
  if (continuous == 1 && (d.atoms.empty() || d.atoms.back().value <= x)) return 1;
  double sum = rest > kRounding ? rest * continuous : 0;
  for (const auto& atom : d.atoms) {
    if (atom.value <= x) sum += atom.probability;
  }
  return std::min(sum, 1.0);
}

}  // namespace breakglass::sim
