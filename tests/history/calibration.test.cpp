// The Brier score and its parts against worked examples and exact expectations.
#include <catch2/catch.hpp>

#include "history/calibration.hpp"
#include "sim/kernel/special.hpp"

namespace breakglass::history {
namespace {

std::vector<Forecast> alike(double stated, int so, int not_so) {
  std::vector<Forecast> out(static_cast<std::size_t>(so), {stated, true});
  out.insert(out.end(), static_cast<std::size_t>(not_so), {stated, false});
  return out;
}

std::vector<Forecast> both(std::vector<Forecast> a, const std::vector<Forecast>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

double closing(const Calibration& c, double Part::* which) {
  return c.reliability.*which - c.resolution.*which + c.uncertainty.*which + c.within.*which;
}

}  // namespace

TEST_CASE("a worked example has Murphy's parts") {
  const Calibration c = calibrate(both(alike(0.8, 3, 1), alike(0.2, 1, 3)));
  CHECK(c.count == 8);
  CHECK(c.brier.value == Approx(0.19));
  CHECK(c.reliability.value == Approx(0.0025));
  CHECK(c.resolution.value == Approx(0.0625));
  CHECK(c.uncertainty.value == Approx(0.25));
  CHECK(c.within.value == 0);
  REQUIRE(c.groups.size() == 2);
  CHECK(c.groups[1].stated == Approx(0.8));
  CHECK(c.groups[1].was_so == Approx(0.75));
  CHECK(c.groups[1].ci95 == analysis::wilson_interval(3, 4));
}

TEST_CASE("unequal forecasts in one group leave a rest, and the parts close with it") {
  std::vector<Forecast> forecasts;
  for (int i = 0; i <= 40; ++i) forecasts.push_back({i / 40.0, (i * 7) % 11 < 5});
  const Calibration c = calibrate(forecasts);
  CHECK(c.within.value != 0);
  CHECK(closing(c, &Part::value) == Approx(c.brier.value).margin(1e-12));
  CHECK(closing(c, &Part::corrected) == Approx(c.brier.value).margin(1e-12));
  CHECK(c.brier.corrected == Approx(c.brier.value).margin(1e-12));
  REQUIRE(c.groups.size() == 10);
  CHECK(c.groups.back().stated > 0.9);
}

TEST_CASE("the corrected reliability of a calibrated forecaster is 0 on average, and the plain one is not") {
  constexpr int kForecasts = 12;
  constexpr double kTruth = 0.3;
  double plain = 0;
  double corrected = 0;
  for (int so = 0; so <= kForecasts; ++so) {
    const double weight = sim::binomial_pmf(so, kForecasts, kTruth);
    const Calibration c = calibrate(alike(kTruth, so, kForecasts - so));
    plain += weight * c.reliability.value;
    corrected += weight * c.reliability.corrected;
  }
  CHECK(plain == Approx(kTruth * (1 - kTruth) / kForecasts));
  CHECK(corrected == Approx(0).margin(1e-12));
}

TEST_CASE("the interval of the Brier score is Student's of the squared errors") {
  const Calibration c = calibrate(both(alike(0.8, 3, 1), alike(0.2, 1, 3)));
  analysis::Moments errors;
  for (const double e : {0.04, 0.04, 0.04, 0.64, 0.64, 0.04, 0.04, 0.04}) analysis::add(errors, e);
  const auto expected = analysis::student_interval(errors);
  REQUIRE(c.brier.ci95);
  CHECK(expected->low < 0);
  CHECK(c.brier.ci95->low == 0);  // cut to what a score can be
  CHECK(c.brier.ci95->high == Approx(expected->high));
  CHECK(c.uncertainty.ci95->high <= 0.25);
}

TEST_CASE("few forecasts claim little") {
  CHECK(calibrate({}).count == 0);
  CHECK(calibrate({}).groups.empty());
  const Calibration one = calibrate(alike(0.9, 1, 0));
  CHECK(one.brier.value == Approx(0.01));
  CHECK(one.brier.corrected == Approx(0.01));
  CHECK_FALSE(one.brier.ci95);
  CHECK(calibrate(alike(1, 1, 0)).groups[0].stated == 1);
}

}  // namespace breakglass::history
