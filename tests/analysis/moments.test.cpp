#include "analysis/estimate/moments.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "draws.hpp"

namespace breakglass::analysis {
namespace {

std::vector<double> skewed_values(std::size_t n) {
  testing::Draws draws(11);
  std::vector<double> values(n);
  for (double& value : values) value = 1000 + draws.exponential() * 1e-3;
  return values;
}

Moments of_block(std::span<const double> values) {
  Moments m;
  for (const double value : values) add(m, value);
  return m;
}

Moments in_blocks(std::span<const double> values, std::size_t block) {
  Moments m;
  for (std::size_t i = 0; i < values.size(); i += block) {
    merge(m, of_block(values.subspan(i, std::min(block, values.size() - i))));
  }
  return m;
}

// The two-pass formulas in extended precision.
struct Exact {
  double mean, variance;
};
Exact two_pass(std::span<const double> values) {
  long double sum = 0;
  for (const double value : values) sum += value;
  const long double mean = sum / static_cast<long double>(values.size());
  long double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {static_cast<double>(mean),
          static_cast<double>(squares / static_cast<long double>(values.size() - 1))};
}

TEST_CASE("merged blocks give the mean and variance of the whole, far from zero as well") {
  const auto values = skewed_values(10'000);
  const Exact exact = two_pass(values);
  const Moments m = in_blocks(values, kBlockReplications);
  REQUIRE(m.count == values.size());
  REQUIRE(m.mean == Approx(exact.mean).epsilon(1e-14));
  REQUIRE(variance(m) == Approx(exact.variance).epsilon(1e-9));
  REQUIRE(m.min == *std::min_element(values.begin(), values.end()));
  REQUIRE(m.max == *std::max_element(values.begin(), values.end()));
}

// What the accuracy above guards against: the textbook "sum of squares less square of sum" has no digit left
// here.
TEST_CASE("the textbook one-pass variance fails where merged blocks do not") {
  const auto values = skewed_values(10'000);
  double sum = 0;
  double squares = 0;
  for (const double value : values) {
    sum += value;
    squares += value * value;
  }
  const auto n = static_cast<double>(values.size());
  const double textbook = (squares - sum * sum / n) / (n - 1);
  REQUIRE(std::fabs(textbook / two_pass(values).variance - 1) > 1e-6);
}

TEST_CASE("an empty operand of a merge changes no bit") {
  const auto values = skewed_values(100);
  const Moments m = of_block(values);
  Moments left;
  merge(left, m);
  REQUIRE(left == m);
  Moments right = m;
  merge(right, Moments{});
  REQUIRE(right == m);
}

TEST_CASE("one value has no spread, and equal values have exactly none") {
  Moments one;
  add(one, 5);
  REQUIRE(one.mean == 5);
  REQUIRE(variance(one) == 0);
  Moments equal;
  for (int i = 0; i < 1000; ++i) add(equal, 0.1);
  REQUIRE(variance(equal) == 0);
  REQUIRE(equal.mean == 0.1);
}

// The reason why the block size is part of the contract.
TEST_CASE("another block size gives other last bits, which is why it is fixed") {
  const auto values = skewed_values(10'000);
  REQUIRE_FALSE(in_blocks(values, 256) == in_blocks(values, 100));
}

}  // namespace
}  // namespace breakglass::analysis
