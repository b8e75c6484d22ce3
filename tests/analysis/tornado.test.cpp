#include "analysis/sweep/tornado.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "draws.hpp"

namespace breakglass::analysis {
namespace {

// f(x) = x0 + 2 x1 + 0 x2 + 4 x0 x2 over the unit cube, with noise of a known variance.
double f(const std::vector<double>& x) { return x[0] + 2 * x[1] + 4 * x[0] * x[2]; }

// Its variance: with x0' = x0 (1 + 4 x2), Var = 4/12 + E[(1 + 4 x2)^2] / 3 - (3/2)^2 = 1/3 + 31/9 - 9/4.
constexpr double kVariance = 1.0 / 3 + 31.0 / 9 - 9.0 / 4;
// Total effects: E[Var(f | all others)] = E[(1 + 4 x2)^2] / 12, 4 / 12, E[16 x0^2] / 12.
const std::vector<double> kTotals{31.0 / 3 / 12 / kVariance, 4.0 / 12 / kVariance, 16.0 / 3 / 12 / kVariance};

std::vector<SobolSample> samples_of(std::size_t n, double noise, bool says_noise) {
  const SobolDesign design = sobol_design(3, n, 1);
  testing::Draws draws(3);
  std::vector<SobolSample> out;
  for (std::size_t j = 0; j < n; ++j) {
    SobolSample sample;
    const double base = f(design.shares[j][0]);
    sample.base = base + noise * draws.normal();
    sample.base_noise = says_noise ? noise * noise : 0;
    for (std::size_t i = 0; i < 3; ++i) {
      sample.step.push_back(f(design.shares[j][1 + i]) - base + noise * draws.normal());
      sample.step_noise.push_back(says_noise ? noise * noise : 0);
    }
    out.push_back(sample);
  }
  return out;
}

TEST_CASE("total-order indices are those of the closed form, within their stated errors") {
  for (const double noise : {0.0, 0.7}) {
    const std::vector<TotalIndex> found = total_indices(samples_of(4000, noise, true));
    for (std::size_t i = 0; i < 3; ++i) {
      CAPTURE(noise, i, found[i].value, kTotals[i], found[i].error);
      REQUIRE(std::abs(found[i].value - kTotals[i]) < 3 * found[i].error);
      REQUIRE(found[i].error < 0.06);
    }
  }
}

TEST_CASE("noise that is not taken off is caught") {
  const std::vector<TotalIndex> found = total_indices(samples_of(4000, 0.7, false));
  REQUIRE(std::abs(found[1].value - kTotals[1]) > 3 * found[1].error);
}

TEST_CASE("a number that does nothing has an index of zero") {
  std::vector<SobolSample> samples = samples_of(200, 0, true);
  for (SobolSample& sample : samples) sample.step[1] = 0;
  REQUIRE(total_indices(samples)[1].value == 0);
  REQUIRE(total_indices(std::vector<SobolSample>(2)).empty());
}

TEST_CASE("a design changes one number at a time") {
  const SobolDesign design = sobol_design(3, 5, 9);
  for (const auto& points : design.shares) {
    REQUIRE(points.size() == 4);
    for (std::size_t i = 0; i < 3; ++i) {
      for (std::size_t k = 0; k < 3; ++k) REQUIRE((points[1 + i][k] == points[0][k]) == (k != i));
    }
  }
}

}  // namespace
}  // namespace breakglass::analysis
