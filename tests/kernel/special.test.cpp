#include "sim/kernel/special.hpp"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

namespace sim = breakglass::sim;
namespace bm = boost::math;

namespace {

double relative(double got, long double want) {
  return static_cast<double>(std::fabs((static_cast<long double>(got) - want) / want));
}

}  // namespace

TEST_CASE("Poisson probabilities agree with an extended-precision reference") {
  for (const double mean : {1e-6, 0.3, 5.0, 24.0, 2400.0, 1e6}) {
    const bm::poisson_distribution<long double> law(mean);
    for (const double z : {-6.0, -2.0, -0.3, 0.0, 0.7, 3.0, 8.0}) {
      const double k = std::floor(mean + z * std::sqrt(mean));
      if (k < 0) continue;
      CHECK(relative(sim::poisson_pmf(k, mean), bm::pdf(law, k)) < 3e-13);
      CHECK(sim::log_poisson_pmf(k, mean) ==
            Approx(static_cast<double>(std::log(bm::pdf(law, k)))).epsilon(1e-12));
    }
  }
  CHECK(sim::poisson_pmf(0, 0) == 1);
  CHECK(sim::poisson_pmf(3, 0) == 0);
}

TEST_CASE("Binomial probabilities agree with an extended-precision reference") {
  for (const double n : {1.0, 7.0, 24.0, 2400.0, 1e6}) {
    for (const double p : {1e-5, 0.008, 0.3, 0.5, 0.9}) {
      const bm::binomial_distribution<long double> law(n, p);
      for (const double z : {-4.0, -1.0, 0.0, 0.5, 2.0, 5.0}) {
        const double k = std::floor(n * p + z * std::sqrt(n * p * (1 - p)));
        if (k < 0 || k > n) continue;
        CHECK(relative(sim::binomial_pmf(k, n, p), bm::pdf(law, k)) < 1e-12);
      }
    }
  }
  CHECK(sim::binomial_pmf(0, 5, 0) == 1);
  CHECK(sim::binomial_pmf(5, 5, 1) == 1);
  CHECK(sim::binomial_pmf(4, 5, 1) == 0);
  CHECK(sim::log_binomial_pmf(1, 5, 0, 1) == -std::numeric_limits<double>::infinity());
  CHECK(sim::binomial_pmf(0, 0, 0.3) == 1);
}

TEST_CASE("Both tails of the gamma law are accurate on their own") {
  for (const double shape : {0.01, 0.5, 1.0, 3.7, 50.0, 1e4}) {
    const bm::gamma_distribution<long double> law(shape);
    for (const double p : {1e-9, 0.01, 0.3, 0.5, 0.9, 0.9999}) {
      const auto x = static_cast<double>(bm::quantile(law, p));
      if (x < 1e-280) continue;
      const sim::Tails tails = sim::gamma_tails(x, shape);
      CHECK(relative(tails.lower, bm::cdf(law, x)) < 1e-12);
      CHECK(relative(tails.upper, bm::cdf(bm::complement(law, x))) < 1e-12);
      CHECK(relative(tails.slope, bm::pdf(law, x) * x) < 1e-12);
    }
  }
  CHECK(sim::gamma_tails(0, 2).lower == 0);
  CHECK(sim::gamma_tails(std::numeric_limits<double>::infinity(), 2).upper == 0);
}

TEST_CASE("Both tails of the beta law are accurate on their own") {
  for (const double a : {0.05, 0.9, 2.0, 80.0, 1e4}) {
    for (const double b : {0.3, 1.0, 8.0, 2000.0}) {
      const bm::beta_distribution<long double> law(a, b);
      for (const double x : {1e-6, 0.01, 0.3, 0.5, 0.875, 0.999}) {
        const long double lower = bm::cdf(law, x), upper = bm::cdf(bm::complement(law, x));
        const sim::Tails tails = sim::beta_tails(x, 1 - x, a, b);
        if (lower > 1e-280L) CHECK(relative(tails.lower, lower) < 2e-11);
        if (upper > 1e-280L) CHECK(relative(tails.upper, upper) < 2e-11);
      }
    }
  }
  CHECK(sim::beta_tails(0, 1, 2, 3).lower == 0);
  CHECK(sim::beta_tails(1, 0, 2, 3).upper == 0);
}

TEST_CASE("log_beta does not cancel where one shape is huge") {
  for (const double a : {0.01, 0.5, 3.0, 400.0}) {
    for (const double b : {0.2, 1.0, 50.0, 1e6}) {
      const long double want = bm::lgamma(static_cast<long double>(a)) +
                               bm::lgamma(static_cast<long double>(b)) -
                               bm::lgamma(static_cast<long double>(a) + static_cast<long double>(b));
      CHECK(std::fabs(sim::log_beta(a, b) - static_cast<double>(want)) <
            1e-11 * (1 + std::fabs(static_cast<double>(want))));
    }
  }
}

TEST_CASE("The deviance is exact at its zero and smooth across the switch of formula") {
  CHECK(sim::deviance(7, 7) == 0);
  CHECK(sim::deviance(0, 3) == 3);
  for (const double x : {0.5, 10.0, 1e6}) {
    for (const double ratio : {0.5, 0.8181, 0.8182, 0.99, 1.000001, 1.2222, 1.2223, 3.0}) {
      const double m = x * ratio;
      const long double difference = static_cast<long double>(m) - static_cast<long double>(x);
      const long double want =
          difference - static_cast<long double>(x) * std::log1p(difference / static_cast<long double>(x));
      CHECK(relative(sim::deviance(x, m), want) < 1e-12);
    }
  }
}
