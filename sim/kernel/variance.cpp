#include "sim/kernel/variance.hpp"

#include "sim/kernel/fmath.hpp"

namespace breakglass::sim {
namespace {

double continuous_variance(const Distribution& d) {
  switch (d.kind) {
    case Distribution::Kind::fixed: return 0;
    case Distribution::Kind::uniform: return (d.b - d.a) * (d.b - d.a) / 12;
    case Distribution::Kind::exponential: return d.a * d.a;
    case Distribution::Kind::normal:
    case Distribution::Kind::gamma: return d.b * d.b;
    case Distribution::Kind::lognormal: {
      const double sigma = log(d.b / d.a) / kNormalP95;
      const double mean_value = d.a * exp(sigma * sigma / 2);
      return mean_value * mean_value * expm1(sigma * sigma);
    }
    case Distribution::Kind::beta: {
      const double sum = d.a + d.b;
      return d.a * d.b / (sum * sum * (sum + 1));
    }
  }
  return 0;
}

}  // namespace

double variance(const Distribution& d) {
  const Distribution continuous{d.kind, d.a, d.b, {}};
  const double centre = mean(d);
  double left = 1;
  double sum = 0;
  for (const auto& atom : d.atoms) {
    sum += atom.probability * (atom.value - centre) * (atom.value - centre);
    left -= atom.probability;
  }
  const double offset = mean(continuous) - centre;
  return sum + left * (continuous_variance(d) + offset * offset);
}

}  // namespace breakglass::sim
