#include "analysis/estimate/beta.hpp"
#include "analysis/estimate/binomial.hpp"
#include "analysis/estimate/student.hpp"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

namespace breakglass::analysis {
namespace {

double relative_error(double got, double expected) {
  if (got == expected) return 0;
  return std::fabs(got - expected) / std::fabs(expected);
}

// Points within six standard deviations of the mean, where tails are neither 0 nor 1.
std::vector<double> points_of(double a, double b) {
  const double mean = a / (a + b);
  const double sd = std::sqrt(mean * (1 - mean) / (a + b + 1));
  std::vector<double> points;
  for (double z = -6; z <= 6; z += 0.75) {
    const double x = mean + z * sd;
    if (x > 0 && x < 1) points.push_back(x);
  }
  for (const double x : {1e-6, 1e-3, 0.1, 0.5, 0.9, 0.999}) points.push_back(x);
  return points;
}

const std::vector<double> kShapes{0.01, 0.5, 1, 1.5, 3, 20, 150, 1e3, 1e5, 1e7};

TEST_CASE("both tails of the incomplete beta function agree with Boost.Math") {
  double worst = 0;
  for (const double a : kShapes) {
    for (const double b : kShapes) {
      for (const double x : points_of(a, b)) {
        const double lower = boost::math::ibeta(a, b, x);
        const double upper = boost::math::ibetac(a, b, x);
        const Tails got = incomplete_beta(a, b, x);
        INFO("a " << a << " b " << b << " x " << x);
        // The complement of a number near 1 keeps its absolute accuracy only; below a thousandth it must be
        // relative.
        if (lower > 1e-250 && lower < 0.5) worst = std::fmax(worst, relative_error(got.lower, lower));
        if (upper > 1e-250 && upper < 0.5) worst = std::fmax(worst, relative_error(got.upper, upper));
        REQUIRE(std::fabs(got.lower - lower) < 1e-11);
        REQUIRE(std::fabs(got.upper - upper) < 1e-11);
      }
    }
  }
  INFO("worst relative error, in units of 1e-14: " << worst * 1e14);
  REQUIRE(worst < 1e-11);
}

TEST_CASE("the beta quantile inverts the incomplete beta function as Boost.Math does") {
  double worst = 0;
  for (const double a : {0.5, 1.0, 2.5, 30.0, 1e4}) {
    for (const double b : {0.5, 1.0, 4.0, 200.0, 1e5}) {
      for (const double p : {1e-6, 0.001, 0.025, 0.3, 0.5, 0.8, 0.975, 0.9999}) {
        const double expected = boost::math::quantile(boost::math::beta_distribution<>(a, b), p);
        INFO("a " << a << " b " << b << " p " << p);
        const double error = relative_error(beta_quantile(p, a, b), expected);
        worst = std::fmax(worst, error);
        REQUIRE(error < 1e-10);
      }
    }
  }
  INFO("worst relative error, in units of 1e-14: " << worst * 1e14);
  REQUIRE(worst < 1e-11);
  REQUIRE(beta_quantile(0, 2, 3) == 0);
  REQUIRE(beta_quantile(1, 2, 3) == 1);
}

TEST_CASE("Student's quantile agrees with Boost.Math from one to ten million degrees of freedom") {
  double worst = 0;
  for (const double dof : {1.0, 2.0, 3.0, 4.0, 4.5, 9.0, 30.0, 199.0, 1023.0, 9999.0, 1e5, 999999.0, 1e7}) {
    for (const double p : {1e-6, 0.001, 0.025, 0.3, 0.4999, 0.5001, 0.6, 0.9, 0.975, 0.995, 1 - 1e-6}) {
      const double expected = boost::math::quantile(boost::math::students_t(dof), p);
      INFO("dof " << dof << " p " << p);
      const double error = relative_error(student_quantile(p, dof), expected);
      worst = std::fmax(worst, error);
      REQUIRE(error < 1e-10);
    }
  }
  INFO("worst relative error, in units of 1e-14: " << worst * 1e14);
  REQUIRE(worst < 1e-11);
}

TEST_CASE("Student's quantile has its closed forms, symmetry and ends") {
  REQUIRE(student_quantile(0.75, 1) == Approx(1).epsilon(1e-12));  // tan(pi / 4)
  REQUIRE(student_quantile(0.975, 2) == Approx(0.95 * std::sqrt(2 / (1 - 0.95 * 0.95))).epsilon(1e-12));
  REQUIRE(student_quantile(0.5, 7) == 0);
  REQUIRE(student_quantile(0.25, 7) == -student_quantile(0.75, 7));
  REQUIRE(student_quantile(1, 7) == std::numeric_limits<double>::max());
  REQUIRE(student_quantile(0, 7) == std::numeric_limits<double>::lowest());
}

TEST_CASE("Student's tails sum to one and invert the quantile") {
  for (const double t : {-30.0, -2.0, -1e-9, 0.0, 0.3, 5.0, 1e200}) {
    const Tails tails = student_tails(t, 12);
    REQUIRE(tails.lower + tails.upper == Approx(1).epsilon(1e-15));
    REQUIRE(student_tails(-t, 12).lower == tails.upper);
  }
  REQUIRE(student_tails(student_quantile(0.975, 12), 12).upper == Approx(0.025).epsilon(1e-12));
}

TEST_CASE("binomial tails and quantiles agree with Boost.Math up to a million trials") {
  for (const std::uint64_t n : {1U, 2U, 5U, 100U, 4096U, 1'000'000U}) {
    for (const double p : {1e-6, 0.01, 0.05, 0.5, 0.95, 0.99}) {
      const boost::math::binomial_distribution<> law(static_cast<double>(n), p);
      for (const double q : {0.001, 0.025, 0.5, 0.975}) {
        INFO("n " << n << " p " << p << " q " << q);
        const std::uint64_t k = binomial_quantile(q, n, p);
        const double at = static_cast<double>(k);
        REQUIRE(boost::math::cdf(law, at) >= q * (1 - 1e-9));
        if (k > 0) REQUIRE(boost::math::cdf(law, at - 1) < q * (1 + 1e-9));
        const Tails tails = binomial_tails(static_cast<std::int64_t>(k), n, p);
        REQUIRE(std::fabs(tails.lower - boost::math::cdf(law, at)) < 1e-11);
      }
    }
  }
}

TEST_CASE("the binomial law is defined at and beyond its ends") {
  REQUIRE(binomial_tails(-1, 5, 0.5).lower == 0);
  REQUIRE(binomial_tails(5, 5, 0.5).lower == 1);
  REQUIRE(binomial_tails(3, 5, 0).lower == 1);
  REQUIRE(binomial_tails(3, 5, 1).lower == 0);
  REQUIRE(binomial_quantile(0, 5, 0.5) == 0);
  REQUIRE(binomial_quantile(1, 5, 0.5) == 5);
  REQUIRE(binomial_quantile(0.5, 0, 0.5) == 0);
}

// The sabotage twin: a normal quantile in Student's place, the most common of all such mistakes, is far
// outside the accuracy that the tests above ask for, at every number of replications that anybody runs.
TEST_CASE("the accuracy asked for would catch a normal quantile in Student's place") {
  constexpr double kNormal = 1.959963984540054;
  for (const double dof : {4.0, 999.0, 9999.0, 1e6}) {
    REQUIRE(relative_error(kNormal, boost::math::quantile(boost::math::students_t(dof), 0.975)) > 1e-10);
  }
}

}  // namespace
}  // namespace breakglass::analysis
