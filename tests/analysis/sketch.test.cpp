#include "analysis/estimate/sketch.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "draws.hpp"

namespace breakglass::analysis {
namespace {

// Half zeros and losses of either sign over many orders of magnitude.
std::vector<double> wild_values(std::uint64_t seed, std::size_t n) {
  testing::Draws draws(seed);
  std::vector<double> values(n);
  for (double& value : values) {
    value = draws.happens(0.3) ? 0 : std::exp(8 * draws.normal());
    if (draws.happens(0.2)) value = -value;
  }
  return values;
}

Sketch sketch_of(const std::vector<double>& values) {
  Sketch sketch;
  for (const double value : values) add(sketch, value);
  return sketch;
}

// The worst relative error over all ranks; what is below the smallest magnitude must be read as 0.
double worst_error(const Sketch& sketch, std::vector<double> values, std::uint64_t stride) {
  std::sort(values.begin(), values.end());
  double worst = 0;
  for (std::uint64_t k = 1; k <= values.size(); k += stride) {
    const double expected = values[k - 1];
    const double got = at_rank(sketch, k);
    if (std::fabs(expected) < kSketchSmallest) {
      if (got != 0) return 1;
      continue;
    }
    worst = std::max(worst, std::fabs(got - expected) / std::fabs(expected));
  }
  return worst;
}

TEST_CASE("every order statistic is read back within the stated relative error") {
  const auto values = wild_values(3, 20'000);
  const Sketch sketch = sketch_of(values);
  REQUIRE(sketch.count == values.size());
  const double worst = worst_error(sketch, values, 7);
  REQUIRE(worst <= kSketchRelativeError);
  REQUIRE(worst >
          kSketchRelativeError / 3);  // the test is near its limit: with half as many buckets it fails
}

TEST_CASE("a sketch with half as many buckets fails the stated error") {
  // Planted: the last kept bit of the mantissa is cleared before adding, as if a power of two had 256 parts.
  const auto values = wild_values(3, 20'000);
  Sketch coarse;
  for (const double value : values) {
    int exponent = 0;
    const double mantissa = std::frexp(value, &exponent);
    add(coarse, std::ldexp(std::trunc(mantissa * 512) / 512, exponent));
  }
  REQUIRE(worst_error(coarse, values, 7) > kSketchRelativeError);
}

TEST_CASE("merges in any order and grouping give the same sketch") {
  std::vector<Sketch> parts;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) parts.push_back(sketch_of(wild_values(seed, 500)));
  Sketch forward;
  for (const Sketch& part : parts) merge(forward, part);
  Sketch backward;
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) merge(backward, *part);
  Sketch right = parts[3];
  merge(right, parts[4]);
  Sketch left = parts[1];
  merge(left, parts[0]);
  merge(left, parts[2]);
  merge(left, right);
  merge(left, Sketch{});
  REQUIRE(forward == backward);
  REQUIRE(forward == left);
}

TEST_CASE("the sum of the largest values takes a fraction of the last one") {
  const std::vector<double> values{1, 2, 4, 8, -16, 0};
  const Sketch sketch = sketch_of(values);
  const auto is_near = [](double got, double expected) {
    return std::fabs(got - expected) <= kSketchRelativeError * std::fabs(expected);
  };
  REQUIRE(upper_sum(sketch, 0) == 0);
  REQUIRE(is_near(upper_sum(sketch, 0.5), 4));
  REQUIRE(is_near(upper_sum(sketch, 2.5), 13));
  REQUIRE(is_near(upper_sum(sketch, 5), 15));
  REQUIRE(is_near(upper_sum(sketch, 5.5), 7));
}

TEST_CASE("the smallest and the largest doubles have their places, and memory stays small") {
  Sketch sketch = sketch_of({1e-300, 1e-9, 1, 1e18});
  REQUIRE(sketch.zeros == 1);
  REQUIRE(at_rank(sketch, 1) == 0);
  REQUIRE(at_rank(sketch, 4) == Approx(1e18).epsilon(kSketchRelativeError));
  REQUIRE(sketch.positive.counts.size() * sizeof(std::uint64_t) < 370'000);
  add(sketch, std::numeric_limits<double>::max());
  REQUIRE(std::isfinite(at_rank(sketch, 5)));
}

}  // namespace
}  // namespace breakglass::analysis
