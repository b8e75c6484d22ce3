// Continuous samplers against their laws: Kolmogorov's test on fixed uniforms, p in (0.001, 0.999).
#include "sim/kernel/samplers.hpp"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <stdexcept>

#include "tests/kernel/statistics_support.hpp"

namespace sim = breakglass::sim;
namespace bm = boost::math;
using breakglass::tests::chi_square_p;
using breakglass::tests::fixed_uniforms;
using breakglass::tests::kolmogorov_p;
using breakglass::tests::plausible;

namespace {

constexpr double kLeastU = 0x1p-53, kLargestU = 1 - 0x1p-53;
using Cdf = std::function<double(double)>;

std::vector<double> drawn(std::size_t count, std::uint64_t stream,
                          const std::function<double(double)>& draw) {
  auto values = fixed_uniforms(count, stream);
  for (double& v : values) v = draw(v);
  return values;
}

std::vector<double> streamed(std::size_t count, std::uint16_t entity,
                             const std::function<double(sim::Stream&)>& draw) {
  std::vector<double> values(count);
  for (std::size_t i = 0; i < count; ++i) {
    sim::Stream stream({.seed = 31, .entity = entity, .index = i});
    values[i] = draw(stream);
  }
  return values;
}

double phi(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }
Cdf gamma_law(double shape, double scale) {
  return [=](double x) { return bm::cdf(bm::gamma_distribution<>(shape, scale), x); };
}
Cdf beta_law(double a, double b) {
  return [=](double x) { return bm::cdf(bm::beta_distribution<>(a, b), std::min(x, 1.0)); };
}

void check_rises(const std::function<double(double)>& draw) {
  double last = draw(kLeastU);
  for (int i = 1; i < 20'000; ++i) {
    const double next = draw(i / 20'000.0);
    REQUIRE(next >= last);
    last = next;
  }
  CHECK(draw(kLargestU) >= last);
}

}  // namespace

TEST_CASE("Exponential, normal and lognormal draws follow their laws") {
  const auto exponential = drawn(1'000'000, 10, [](double u) { return sim::exponential_quantile(u, 3); });
  CHECK(plausible(kolmogorov_p(exponential, [](double x) { return -std::expm1(-x / 3); })));
  const auto normal = drawn(1'000'000, 11, [](double u) { return sim::normal_quantile(u, 5, 2); });
  CHECK(plausible(kolmogorov_p(normal, [](double x) { return phi((x - 5) / 2); })));
  const auto lognormal = drawn(1'000'000, 12, [](double u) { return sim::lognormal_quantile(u, 600, 0.8); });
  CHECK(plausible(kolmogorov_p(lognormal, [](double x) { return phi(std::log(x / 600) / 0.8); })));
}

TEST_CASE("A scale given as a rate, or 1% wrong, is caught") {
  const auto rate = drawn(1'000'000, 10, [](double u) { return sim::exponential_quantile(u, 1.0 / 3); });
  CHECK_FALSE(plausible(kolmogorov_p(rate, [](double x) { return -std::expm1(-x / 3); })));
  const auto off = drawn(1'000'000, 10, [](double u) { return sim::exponential_quantile(u, 3.03); });
  CHECK_FALSE(plausible(kolmogorov_p(off, [](double x) { return -std::expm1(-x / 3); })));
  const auto gamma = drawn(200'000, 13, [](double u) { return sim::gamma_quantile(u, 4, 0.5); });
  CHECK_FALSE(plausible(kolmogorov_p(gamma, gamma_law(4, 2))));
  const auto wide = drawn(1'000'000, 12, [](double u) { return sim::normal_quantile(u, 0, 1.01); });
  CHECK_FALSE(plausible(kolmogorov_p(wide, phi)));
}

TEST_CASE("Gamma quantiles invert the law on both sides of shape 1, where the start changes") {
  for (const double shape : {1e-3, 0.05, 0.5, 0.999, 1.0, 1.5, 4.0, 100.0, 1e5}) {
    const bm::gamma_distribution<> law(shape, 2);
    for (const double u : {1e-12, 1e-5, 0.01, 0.3, 0.4999, 0.5, 0.5001, 0.9, 0.9999, 1 - 1e-9}) {
      CAPTURE(shape, u);
      const double x = sim::gamma_quantile(u, shape, 2);
      if (x < 1e-290) continue;
      CHECK(bm::cdf(law, x) == Approx(u).epsilon(1e-11));
      CHECK(bm::cdf(bm::complement(law, x)) == Approx(1 - u).epsilon(1e-11));
    }
  }
  CHECK(plausible(kolmogorov_p(drawn(200'000, 14, [](double u) { return sim::gamma_quantile(u, 0.5, 2); }),
                               gamma_law(0.5, 2))));
  CHECK(plausible(kolmogorov_p(drawn(200'000, 15, [](double u) { return sim::gamma_quantile(u, 4, 2); }),
                               gamma_law(4, 2))));
}

TEST_CASE("Beta quantiles invert the law for every mix of shapes below and above 1") {
  for (const double a : {0.01, 0.2, 0.999, 1.0, 3.0, 80.0, 1e4}) {
    for (const double b : {0.01, 0.5, 1.0, 2.0, 50.0, 1e4}) {
      const bm::beta_distribution<> law(a, b);
      for (const double u : {1e-12, 1e-5, 0.01, 0.3, 0.5, 0.50001, 0.9, 0.9999, 1 - 1e-9}) {
        CAPTURE(a, b, u);
        const double x = sim::beta_quantile(u, a, b);
        REQUIRE((x >= 0 && x <= 1));
        if (x < 1e-290 || x > 1 - 1e-4) continue;  // nearer to 1 the double itself is too coarse
        CHECK(bm::cdf(law, x) == Approx(u).epsilon(1e-9));
        CHECK(bm::cdf(bm::complement(law, x)) == Approx(1 - u).epsilon(1e-9));
      }
    }
  }
  CHECK(plausible(kolmogorov_p(drawn(200'000, 16, [](double u) { return sim::beta_quantile(u, 8, 2); }),
                               beta_law(8, 2))));
  CHECK_FALSE(plausible(kolmogorov_p(
      drawn(200'000, 16, [](double u) { return sim::beta_quantile(u, 8, 2.02); }), beta_law(8, 2))));
}

TEST_CASE("Rejection samplers follow their laws on both sides of shape 1") {
  for (const double shape : {0.1, 0.7, 0.999, 1.0, 1.001, 4.0, 300.0}) {
    CAPTURE(shape);
    const auto entity = static_cast<std::uint16_t>(shape * 100);
    const auto values = streamed(200'000, entity, [&](sim::Stream& s) { return sim::gamma_draw(s, shape); });
    CHECK(plausible(kolmogorov_p(values, gamma_law(shape, 1))));
  }
  const double kShapes[][2] = {{0.2, 0.3}, {0.5, 4}, {1, 1}, {8, 2}, {900, 100}};
  for (const auto& [a, b] : kShapes) {
    CAPTURE(a, b);
    const auto entity = static_cast<std::uint16_t>(1000 + a);
    const auto values =
        streamed(200'000, entity, [a = a, b = b](sim::Stream& s) { return sim::beta_draw(s, a, b); });
    CHECK(plausible(kolmogorov_p(values, beta_law(a, b))));
  }
}

TEST_CASE("A rejection sampler with its shape off by 2% is caught") {
  const auto values = streamed(200'000, 1, [](sim::Stream& s) { return sim::gamma_draw(s, 4.08); });
  CHECK_FALSE(plausible(kolmogorov_p(values, gamma_law(4, 1))));
}

TEST_CASE("Tiny beta shapes give values at the ends, never nonsense") {
  for (std::uint64_t i = 0; i < 2'000; ++i) {
    sim::Stream stream({.seed = 8, .index = i});
    const double x = sim::beta_draw(stream, 1e-3, 1e-3);
    REQUIRE((x >= 0 && x <= 1));
  }
}

TEST_CASE("Categories come with their weights, never with none") {
  const std::vector<double> weights = {1, 0, 2.5, 0.5, 0};
  std::vector<double> seen(3);
  const std::size_t cell[] = {0, 9, 1, 2, 9};
  for (const double u : fixed_uniforms(1'000'000, 17)) seen.at(cell[sim::categorical(u, weights)]) += 1;
  CHECK(plausible(chi_square_p(seen, {0.25, 0.625, 0.125})));
  CHECK_FALSE(plausible(chi_square_p(seen, {0.25, 0.620, 0.130})));
  CHECK(sim::categorical(kLeastU, std::vector<double>{0, 0, 1}) == 2);
  CHECK(sim::categorical(kLargestU, std::vector<double>{1, 1e-300, 0}) == 0);
  CHECK(sim::categorical(kLargestU, std::vector<double>{0.1, 0.2, 0.7, 0}) == 2);
}

TEST_CASE("Continuous quantiles rise with u") {
  check_rises([](double u) { return sim::exponential_quantile(u, 3); });
  check_rises([](double u) { return sim::lognormal_quantile(u, 3, 0.5); });
  for (const double shape : {0.3, 1.0, 4.0, 200.0}) {
    CAPTURE(shape);
    check_rises([&](double u) { return sim::gamma_quantile(u, shape, 1); });
    check_rises([&](double u) { return sim::beta_quantile(u, shape, 2); });
    check_rises([&](double u) { return sim::beta_quantile(u, 0.5, shape); });
  }
}

TEST_CASE("Continuous draws at the ends of u are finite, and degenerate parameters give their point") {
  for (const double u : {kLeastU, kLargestU}) {
    for (const double x :
         {sim::exponential_quantile(u, 3), sim::normal_quantile(u, 0, 1), sim::lognormal_quantile(u, 1, 1),
          sim::gamma_quantile(u, 0.01, 1), sim::gamma_quantile(u, 1e6, 1), sim::beta_quantile(u, 0.01, 100),
          sim::beta_quantile(u, 1e6, 1e-2)}) {
      CHECK(std::isfinite(x));
    }
    CHECK(sim::exponential_quantile(u, 0) == 0);
    CHECK(sim::normal_quantile(u, 7, 0) == 7);
    CHECK(sim::lognormal_quantile(u, 7, 0) == 7);
  }
}

TEST_CASE("Parameters out of range stop the program") {
  const auto before = sim::set_check_handler(
      [](const sim::CheckFailure& f) { throw std::runtime_error(std::string(f.what)); });
  CHECK_THROWS(sim::exponential_quantile(0, 1));
  CHECK_THROWS(sim::exponential_quantile(1, 1));
  CHECK_THROWS(sim::exponential_quantile(0.5, -1));
  CHECK_THROWS(sim::poisson_quantile(0.5, -1));
  CHECK_THROWS(sim::poisson_quantile(0.5, std::nan("")));
  CHECK_THROWS(sim::binomial_quantile(0.5, 2.5, 0.5));
  CHECK_THROWS(sim::binomial_quantile(0.5, 2, 1.5));
  CHECK_THROWS(sim::gamma_quantile(0.5, 0, 1));
  CHECK_THROWS(sim::beta_quantile(0.5, 1, -1));
  CHECK_THROWS(sim::categorical(0.5, std::vector<double>{}));
  CHECK_THROWS(sim::categorical(0.5, std::vector<double>{0, 0}));
  CHECK_THROWS(sim::categorical(0.5, std::vector<double>{1, -1}));
  sim::set_check_handler(before);
}
