#include "tests/kernel/statistics_support.hpp"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>

#include "sim/kernel/draw.hpp"

namespace breakglass::tests {

std::vector<double> fixed_uniforms(std::size_t count, std::uint64_t stream) {
  std::vector<double> u(count);
  sim::fill_uniforms({.seed = 20'260'304, .entity = 7, .index = stream << 32}, u);
  return u;
}

double chi_square_p(const std::vector<double>& observed, const std::vector<double>& probabilities) {
  double total = 0;
  for (const double n : observed) total += n;
  double statistic = 0;
  for (std::size_t i = 0; i < observed.size(); ++i) {
    const double expected = total * probabilities[i];
    statistic += (observed[i] - expected) * (observed[i] - expected) / expected;
  }
  const boost::math::chi_squared law(static_cast<double>(observed.size() - 1));
  return boost::math::cdf(boost::math::complement(law, statistic));
}

double chi_square_p(const std::vector<double>& uniforms, const std::function<double(double)>& draw,
                    const std::function<double(double)>& cdf) {
  std::vector<double> draws(uniforms.size());
  std::transform(uniforms.begin(), uniforms.end(), draws.begin(), draw);
  std::sort(draws.begin(), draws.end());
  // At most 200 cells: the ends are taken from the draws, which costs nothing but a little power.
  const double least =
      std::max(50.0, static_cast<double>(draws.size()) / 200) / static_cast<double>(draws.size());
  std::vector<double> observed, probabilities;
  double below = 0;
  std::size_t from = 0;
  for (std::size_t i = 0; i < draws.size();) {
    const double value = draws[i];
    const auto next = static_cast<std::size_t>(
        std::upper_bound(draws.begin() + static_cast<long>(i), draws.end(), value) - draws.begin());
    const double reached = cdf(value);
    if (reached - below >= least && 1 - reached >= least) {
      observed.push_back(static_cast<double>(next - from));
      probabilities.push_back(reached - below);
      below = reached;
      from = next;
    }
    i = next;
  }
  if (observed.empty()) return 0;  // every draw in one cell: not this law, or not one worth testing
  observed.push_back(static_cast<double>(draws.size() - from));
  probabilities.push_back(1 - below);
  return chi_square_p(observed, probabilities);
}

double kolmogorov_p(std::vector<double> draws, const std::function<double(double)>& cdf) {
  std::sort(draws.begin(), draws.end());
  const auto n = static_cast<double>(draws.size());
  double distance = 0;
  for (std::size_t i = 0; i < draws.size(); ++i) {
    const double f = cdf(draws[i]);
    distance = std::max({distance, f - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - f});
  }
  const double x = (std::sqrt(n) + 0.12 + 0.11 / std::sqrt(n)) * distance;
  if (x < 0.3) return 1;  // the series converges slowly there
  double p = 0;
  for (int k = 1; k < 60; ++k) p += (k % 2 == 1 ? 2 : -2) * std::exp(-2 * k * k * x * x);
  return std::min(p, 1.0);
}

}  // namespace breakglass::tests
