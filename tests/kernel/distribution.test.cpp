#include "sim/kernel/distribution.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "tests/kernel/statistics_support.hpp"

using namespace breakglass::sim;
using breakglass::tests::fixed_uniforms;
using breakglass::tests::kolmogorov_p;
using breakglass::tests::plausible;
using Kind = Distribution::Kind;

namespace {

const std::vector<Distribution> kContinuous = {{Kind::uniform, -2, 5, {}}, {Kind::exponential, 3, 0, {}},
                                               {Kind::normal, 10, 2, {}},  {Kind::lognormal, 600, 1800, {}},
                                               {Kind::gamma, 6, 2, {}},    {Kind::gamma, 1, 3, {}},
                                               {Kind::beta, 8, 2, {}}};

}  // namespace

TEST_CASE("A default distribution is always 0") {
  CHECK(valid(Distribution{}));
  CHECK(quantile({}, 0.7) == 0);
  CHECK(mean({}) == 0);
  CHECK(cdf({}, 0) == 1);
  CHECK(cdf({}, -1e-300) == 0);
}

TEST_CASE("Draws follow cdf() and average to mean(), for every kind") {
  for (const auto& d : kContinuous) {
    CAPTURE(static_cast<int>(d.kind), d.a, d.b);
    REQUIRE(valid(d));
    auto values = fixed_uniforms(100'000, 20 + static_cast<std::uint64_t>(d.kind));
    double sum = 0, squares = 0;
    for (double& v : values) {
      v = quantile(d, v);
      sum += v;
      squares += v * v;
    }
    CHECK(plausible(kolmogorov_p(values, [&](double x) { return cdf(d, x); })));
    const double average = sum / 1e5;
    CHECK(std::fabs(average - mean(d)) < 4 * std::sqrt((squares / 1e5 - average * average) / 1e5));
  }
}

TEST_CASE("The quantile inverts cdf() for every kind, and one with another parameter does not") {
  for (const auto& d : kContinuous) {
    CAPTURE(static_cast<int>(d.kind));
    for (const double u : {1e-6, 0.1, 0.5, 0.95, 0.999999})
      CHECK(cdf(d, quantile(d, u)) == Approx(u).epsilon(1e-10));
    Distribution other = d;
    other.a = d.a * 1.01 + 0.001;
    if (valid(other)) CHECK(cdf(d, quantile(other, 0.5)) != Approx(0.5).epsilon(1e-4));
  }
}

TEST_CASE("Parameters mean what they say") {
  const Distribution lognormal{Kind::lognormal, 600, 1800, {}};
  CHECK(quantile(lognormal, 0.5) == Approx(600).epsilon(1e-12));
  CHECK(quantile(lognormal, 0.95) == Approx(1800).epsilon(1e-12));
  CHECK(mean({Kind::gamma, 6, 2, {}}) == 6);
  CHECK(mean({Kind::beta, 8, 2, {}}) == Approx(0.8));
  CHECK(mean({Kind::uniform, 2, 4, {}}) == 3);
  CHECK(quantile({Kind::fixed, 42, 0, {}}, 0.123) == 42);
}

TEST_CASE("Atoms take their probability off the continuous part") {
  const Distribution d{Kind::beta, 8, 2, {{0, 0.2}, {1, 0.1}}};
  REQUIRE(valid(d));
  CHECK(mean(d) == Approx(0.7 * 0.8 + 0.1));
  CHECK(quantile(d, 0.2) == 0);
  CHECK(quantile(d, 0.2000001) > 0);
  CHECK(quantile(d, 0.8999999) < 1);
  CHECK(quantile(d, 0.9000001) == 1);
  CHECK(cdf(d, 0) == Approx(0.2));
  CHECK(cdf(d, -0.1) == 0);
  CHECK(cdf(d, 0.999999999) == Approx(0.9).epsilon(1e-6));
  CHECK(cdf(d, 1) == 1);
  double last = 0;
  for (int i = 1; i < 10'000; ++i) {
    const double next = quantile(d, i / 10'000.0);
    REQUIRE(next >= last);
    last = next;
  }
}

TEST_CASE("Atoms alone make a discrete law, wherever the continuous part would be") {
  const Distribution d{Kind::fixed, 0, 0, {{1, 0.25}, {2, 0.5}, {7, 0.25}}};
  REQUIRE(valid(d));
  CHECK(quantile(d, 0x1p-53) == 1);
  CHECK(quantile(d, 0.25) == 1);
  CHECK(quantile(d, 0.3) == 2);
  CHECK(quantile(d, 0.7500001) == 7);
  CHECK(quantile(d, 1 - 0x1p-53) == 7);
  CHECK(mean(d) == Approx(3));
  CHECK(cdf(d, 5) == Approx(0.75));
  const Distribution tenths{Kind::exponential, 3, 0, {{0, 0.1}, {1, 0.2}, {2, 0.7}}};
  CHECK(valid(tenths));
  CHECK(quantile(tenths, 1 - 0x1p-53) == 2);
}

TEST_CASE("An atom inside the continuous part keeps the law") {
  const Distribution d{Kind::exponential, 2, 0, {{1, 0.3}}};
  int at_one = 0, above = 0;
  for (const double u : fixed_uniforms(100'000, 30)) {
    const double x = quantile(d, u);
    at_one += x == 1 ? 1 : 0;
    above += x > 1 ? 1 : 0;
  }
  CHECK(std::abs(at_one - 30'000) < 4 * 145);
  CHECK(std::abs(above - static_cast<int>(70'000 * std::exp(-0.5))) < 4 * 157);
}

TEST_CASE("What is out of range is not valid") {
  const double inf = std::numeric_limits<double>::infinity();
  CHECK_FALSE(valid({Kind::fixed, inf, 0, {}}));
  CHECK_FALSE(valid({Kind::fixed, std::nan(""), 0, {}}));
  CHECK_FALSE(valid({Kind::uniform, 2, 1, {}}));
  CHECK_FALSE(valid({Kind::exponential, -1, 0, {}}));
  CHECK_FALSE(valid({Kind::normal, 0, -1, {}}));
  CHECK_FALSE(valid({Kind::lognormal, 0, 1, {}}));
  CHECK_FALSE(valid({Kind::lognormal, 2, 1, {}}));
  CHECK_FALSE(valid({Kind::gamma, 0, 1, {}}));
  CHECK_FALSE(valid({Kind::gamma, 1, 0, {}}));
  CHECK_FALSE(valid({Kind::beta, 0, 1, {}}));
  CHECK_FALSE(valid({Kind::fixed, 0, 0, {{1, 0.5}, {1, 0.2}}}));
  CHECK_FALSE(valid({Kind::fixed, 0, 0, {{2, 0.5}, {1, 0.2}}}));
  CHECK_FALSE(valid({Kind::fixed, 0, 0, {{1, 0.8}, {2, 0.3}}}));
  CHECK_FALSE(valid({Kind::fixed, 0, 0, {{1, 0}}}));
  CHECK(valid({Kind::uniform, 2, 2, {}}));
  CHECK(valid({Kind::lognormal, 2, 2, {}}));
  CHECK(quantile({Kind::lognormal, 2, 2, {}}, 0.9) == 2);
}

TEST_CASE("Distributions are equal when everything is") {
  const Distribution d{Kind::beta, 8, 2, {{0, 0.2}}};
  Distribution e = d;
  CHECK(d == e);
  e.atoms[0].probability = 0.3;
  CHECK_FALSE(d == e);
}
