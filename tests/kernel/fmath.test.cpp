#include "sim/kernel/fmath.hpp"

#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <limits>

#include "tests/kernel/statistics_support.hpp"

namespace sim = breakglass::sim;
using breakglass::tests::fixed_uniforms;

namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();

using Function = std::function<double(double)>;
using Reference = std::function<long double(double)>;

// The largest error in units of the last place over 200,000 arguments place(u), against an 80-bit reference.
double worst_ulps(const Function& ours, const Reference& truth, const Function& place) {
  double worst = 0;
  for (const double u : fixed_uniforms(200'000, 1)) {
    const double x = place(u);
    const long double want = truth(x);
    const auto rounded = std::fabs(static_cast<double>(want));
    const double ulp = std::nextafter(rounded, kInf) - rounded;
    const double error = static_cast<double>(std::fabs((static_cast<long double>(ours(x)) - want) / ulp));
    if (!(error <= worst)) worst = error;
  }
  return worst;
}

Function between(double low, double high) {
  return [=](double u) { return low + (high - low) * u; };
}
Function decades(double low, double high) {
  return [=](double u) { return std::exp(std::log(low) + (std::log(high) - std::log(low)) * u); };
}

}  // namespace

TEST_CASE("log is right to the last place") {
  const Reference truth = [](double x) { return std::log(static_cast<long double>(x)); };
  CHECK(worst_ulps(sim::log, truth, between(0.5, 2)) < 1);
  CHECK(worst_ulps(sim::log, truth, between(0.99, 1.01)) < 1);
  CHECK(worst_ulps(sim::log, truth, decades(1e-300, 1e300)) < 1);
  CHECK(worst_ulps(sim::log, truth, decades(1e-323, 1e-308)) < 1);
  CHECK(sim::log(1) == 0);
  CHECK(sim::log(0) == -kInf);
  CHECK(sim::log(kInf) == kInf);
  CHECK(std::isnan(sim::log(-1)));
  CHECK(std::isnan(sim::log(kInf - kInf)));
}

TEST_CASE("A logarithm with one coefficient off by a part in ten million is caught") {
  const Reference truth = [](double x) { return std::log(static_cast<long double>(x)); };
  CHECK(worst_ulps([](double x) { return sim::log(x) * (1 + 1e-15); }, truth, between(0.5, 2)) > 2);
}

TEST_CASE("exp is right to the last place") {
  const Reference truth = [](double x) { return std::exp(static_cast<long double>(x)); };
  CHECK(worst_ulps(sim::exp, truth, between(-1, 1)) < 1);
  CHECK(worst_ulps(sim::exp, truth, between(-708, 709.7)) < 1);
  CHECK(sim::exp(0) == 1);
  CHECK(sim::exp(710) == kInf);
  CHECK(sim::exp(kInf) == kInf);
  CHECK(sim::exp(-746) == 0);
  CHECK(sim::exp(-kInf) == 0);
  CHECK(sim::exp(-744) > 0);
  CHECK(std::isnan(sim::exp(kInf - kInf)));
}

TEST_CASE("log1p and expm1 lose nothing near zero") {
  const Reference log1p = [](double x) { return std::log1p(static_cast<long double>(x)); };
  const Reference expm1 = [](double x) { return std::expm1(static_cast<long double>(x)); };
  CHECK(worst_ulps(sim::log1p, log1p, decades(1e-20, 10)) < 2);
  CHECK(worst_ulps(sim::log1p, log1p, between(-0.999, 0.1)) < 2);
  CHECK(worst_ulps(sim::expm1, expm1, decades(1e-20, 1)) < 2);
  CHECK(worst_ulps(sim::expm1, expm1, between(-45, 45)) < 2);
  CHECK(sim::log1p(-1) == -kInf);
  CHECK(std::isnan(sim::log1p(-1.5)));
  CHECK(sim::expm1(-kInf) == -1);
  CHECK(sim::expm1(kInf) == kInf);
}

TEST_CASE("pow is right to two places, and follows the rules at its edges") {
  for (const double y : {0.37, -2.5, 30.0, 1e-3}) {
    const Reference truth = [y](double x) {
      return std::pow(static_cast<long double>(x), static_cast<long double>(y));
    };
    CHECK(worst_ulps([y](double x) { return sim::pow(x, y); }, truth, decades(1e-9, 1e9)) < 2);
  }
  const Reference steep = [](double x) { return std::pow(static_cast<long double>(x), 2900.0L); };
  CHECK(worst_ulps([](double x) { return sim::pow(x, 2900); }, steep, between(0.8, 1.25)) < 2);
  CHECK(sim::pow(2, 10) == 1024);
  CHECK(sim::pow(-2, 3) == -8);
  CHECK(sim::pow(-2, 4) == 16);
  CHECK(std::isnan(sim::pow(-2, 0.5)));
  CHECK(sim::pow(0, 0) == 1);
  CHECK(sim::pow(0, 2) == 0);
  CHECK(sim::pow(0, -1) == kInf);
  CHECK(sim::pow(10, 400) == kInf);
  CHECK(sim::pow(10, -400) == 0);
  CHECK(sim::pow(0.5, kInf) == 0);
  CHECK(sim::pow(0.5, -kInf) == kInf);
  CHECK(sim::pow(kInf, -1) == 0);
}

TEST_CASE("log_gamma keeps its relative accuracy, also at its zeros") {
  const Reference truth = [](double x) { return boost::math::lgamma(static_cast<long double>(x)); };
  CHECK(worst_ulps(sim::log_gamma, truth, between(0.001, 12)) < 8);
  CHECK(worst_ulps(sim::log_gamma, truth, between(0.9, 2.1)) < 8);
  CHECK(worst_ulps(sim::log_gamma, truth, decades(1e-20, 1)) < 8);
  CHECK(worst_ulps(sim::log_gamma, truth, decades(10, 1e15)) < 4);
  CHECK(sim::log_gamma(1) == 0);
  CHECK(sim::log_gamma(2) == 0);
  CHECK(sim::log_gamma(0) == kInf);
  CHECK(std::isnan(sim::log_gamma(-1)));
}

TEST_CASE("normal_cdf is accurate far into both tails") {
  const Reference truth = [](double x) {
    return 0.5L * boost::math::erfc(-static_cast<long double>(x) / std::sqrt(2.0L));
  };
  CHECK(worst_ulps(sim::normal_cdf, truth, between(-1, 8)) < 10);
  CHECK(worst_ulps(sim::normal_cdf, truth, between(-37, 0)) < 10);
  CHECK(sim::normal_cdf(0) == 0.5);
  CHECK(sim::normal_cdf(kInf) == 1);
  CHECK(sim::normal_cdf(-kInf) == 0);
}

TEST_CASE("normal_quantile inverts the distribution function to full precision") {
  const Reference truth = [](double p) {
    return p < 0.5 ? -std::sqrt(2.0L) * boost::math::erfc_inv(2 * static_cast<long double>(p))
                   : std::sqrt(2.0L) * boost::math::erfc_inv(2 * (1 - static_cast<long double>(p)));
  };
  CHECK(worst_ulps(sim::normal_quantile, truth, between(0, 0.499)) < 10);
  CHECK(worst_ulps(sim::normal_quantile, truth, decades(1e-300, 0.1)) < 10);
  CHECK(sim::normal_quantile(0.5) == 0);
  CHECK(sim::normal_quantile(0) == -kInf);
  CHECK(sim::normal_quantile(1) == kInf);
  CHECK(std::isnan(sim::normal_quantile(1.5)));
  for (const double u : fixed_uniforms(10'000, 2)) {
    REQUIRE(sim::normal_quantile(1 - u) == -sim::normal_quantile(u));
    REQUIRE(std::fabs(sim::normal_cdf(sim::normal_quantile(u)) - u) < 1e-15);
  }
}
