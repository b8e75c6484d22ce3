// The harm of doing nothing against closed forms. Every estimate agrees with its form at 99.9% confidence,
// and disagrees with a form that is 1% off (see statistics.hpp).
#include <catch2/catch.hpp>

#include "tests/sim/scenes.hpp"
#include "tests/sim/statistics.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

Moments harm_of(const sim::ScenarioParams& p, std::uint32_t replications, std::uint64_t seed) {
  const Prepared nothing(p, do_nothing());
  Moments m;
  for (std::uint32_t r = 0; r < replications; ++r) m.add(total(nothing.outcome(seed, r)));
  return m;
}

double expected_harm_of(sim::ScenarioParams p) {
  p.traffic.counts = sim::Counts::expected;
  return total(Prepared(p, do_nothing()).outcome(1, 0));
}

}  // namespace

TEST_CASE("Doing nothing at a constant rate does Poisson harm: mean and variance are lambda h T") {
  const Moments m = harm_of(scene(), 900'000, 11);  // 10/s x 0.1 x 10,000 s
  CHECK(mean_is(m, 10'000));
  CHECK(variance_is(m, 10'000));
}

TEST_CASE("A severity makes it compound Poisson: mean n m, variance n E[S^2]") {
  sim::ScenarioParams p = scene();
  p.traffic.entry[0].rate_per_s = 100;
  // Uniform between 0 and 2: mean 1, E[S^2] = 4/3.
  p.harm.ongoing.severity = {sim::Distribution::Kind::uniform, 0, 2, {}};
  const Moments many = harm_of(p, 900'000, 12);  // 100,000 exposures, by matched moments
  CHECK(mean_is(many, 100'000));
  CHECK(variance_is(many, 100'000 * 4.0 / 3));
}

TEST_CASE("Few exposures have their severities drawn one by one, with the same compound law") {
  sim::ScenarioParams p = scene();
  p.traffic.entry[0].rate_per_s = 0.02;  // 20 exposures
  p.harm.ongoing.severity = {sim::Distribution::Kind::exponential, 3, 0, {}};
  const Moments few = harm_of(p, 900'000, 13);
  CHECK(mean_is(few, 20 * 3));
  CHECK(near(few.variance(), few.variance_error(), 20 * 18));  // E[S^2] = 2 x 3^2
  CHECK_FALSE(near(few.variance(), few.variance_error(), 20 * 18 * 1.02));
}

TEST_CASE("Exponential growth follows its integral, up to the cap and beyond it") {
  sim::ScenarioParams p = scene();
  p.harm.ongoing.per_request = 0.01;
  p.harm.ongoing.growth = {seconds{2000}, {}, 8};  // doubles every 2000 s; meets 8 at 6000 s
  const double k = std::log(2.0) / 2000;
  const double integral = (8 - 1) / k + 8 * 4000;
  CHECK(expected_harm_of(p) == Approx(0.1 * integral).epsilon(1e-12));
  const Moments m = harm_of(p, 200, 14);
  CHECK(mean_is(m, 0.1 * integral));
  p.harm.ongoing.growth.cap_factor = 8.4;  // meets it later
  CHECK_FALSE(near(harm_of(p, 200, 14).mean(), m.mean_error(), 0.1 * integral));
}

TEST_CASE("A ramp follows its integral") {
  sim::ScenarioParams p = scene();
  p.harm.ongoing.growth = {{}, seconds{5000}, 5};
  const double integral = 5000 * 3 + 5000 * 5;  // mean height 3 while it rises
  CHECK(expected_harm_of(p) == Approx(integral).epsilon(1e-12));
  CHECK(mean_is(harm_of(p, 200, 15), integral));
}

TEST_CASE("Without a cap exponential growth goes on") {
  sim::ScenarioParams p = scene();
  p.harm.ongoing.per_request = 0.001;
  p.harm.ongoing.growth = {seconds{2000}, {}, 0};
  CHECK(expected_harm_of(p) == Approx(0.01 * 31 * 2000 / std::log(2.0)).epsilon(1e-12));
}

TEST_CASE("Harm per unit of time is exact whatever the draws") {
  sim::ScenarioParams p = scene();
  p.harm.ongoing.per_request = 0;
  p.harm.ongoing.per_second = 0.25;
  p.harm.ongoing.growth = {{}, seconds{5000}, 5};
  p.harm.ongoing.exchange = sim::ExchangeParams{"blocked minute", 4, "by contract"};
  const Prepared nothing(p, do_nothing());
  for (std::uint32_t r = 0; r < 5; ++r) CHECK(total(nothing.outcome(16, r)) == Approx(40'000).epsilon(1e-12));
}

TEST_CASE("Daily and weekly curves multiply the rate by the local hour and day") {
  sim::ScenarioParams p = scene(hours{24 * 8});
  p.start = "2026-03-02T05:30:00+05:30";  // local: Monday 05:30
  p.traffic.entry[0].rate_per_s = 1;
  p.traffic.entry[0].daily.assign(24, 1);
  p.traffic.entry[0].weekly.assign(7, 1);
  double expected = 0;
  for (std::size_t h = 0; h < 24; ++h) p.traffic.entry[0].daily[h] = 1 + 0.05 * static_cast<double>(h);
  for (std::size_t d = 0; d < 7; ++d) p.traffic.entry[0].weekly[d] = 2 - 0.2 * static_cast<double>(d);
  // Half hours from Monday 05:30 on.
  for (int half = 0; half < 2 * 24 * 8; ++half) {
    const int local = 11 + half;
    const int hour = local / 2 % 24, day = local / 48 % 7;
    expected += 1800 * 0.1 * (1 + 0.05 * hour) * (2 - 0.2 * day);
  }
  CHECK(expected_harm_of(p) == Approx(expected).epsilon(1e-12));
  CHECK(mean_is(harm_of(p, 100, 17), expected));
  p.start = "2026-03-02T05:30:00+04:30";  // the same local clock: the offset alone changes nothing
  CHECK(expected_harm_of(p) == Approx(expected).epsilon(1e-12));
  p.start = "2026-03-02T06:30:00+05:30";
  CHECK_FALSE(expected_harm_of(p) == Approx(expected).epsilon(1e-6));
}

namespace {

// E[integral of the factor over T] of a two-state process that starts in state 0 with factor 1, from its
// occupation time: with rates a (leaving 0) and b (leaving 1), P(state 1 at t) = a / (a + b) (1 - e^-(a+b)t).
double two_state_integral(double a, double b, double factor, double t) {
  const double c = a + b;
  return t + (factor - 1) * a / c * (t - (1 - std::exp(-c * t)) / c);
}

}  // namespace

TEST_CASE("Bursts of two states multiply the traffic by their expected occupation") {
  sim::ScenarioParams p = scene(seconds{50'000});
  sim::BurstParams burst;
  burst.factor = 3;
  burst.mean_gap = seconds{400};
  burst.mean_length = seconds{100};
  p.traffic.entry[0].burst = burst;
  const double expected = two_state_integral(1.0 / 400, 1.0 / 100, 3, 50'000);
  const Moments m = harm_of(p, 4'000, 18);
  CHECK(mean_is(m, expected));
  const Prepared prepared(p, do_nothing());
  CHECK(prepared.scenario.mean_rate_per_s == Approx(14).epsilon(1e-9));  // 10 x (0.8 + 0.2 x 3)
  // Bursts spread the counts: the variance is far above that of Poisson harm.
  CHECK(m.variance() > 3 * expected);
}

TEST_CASE("Bursts of three states follow the jump chain and the lengths of its states") {
  sim::ScenarioParams p = scene(seconds{40'000});
  sim::BurstParams burst;
  burst.states = {{1, seconds{100}, {0, 3, 1}}, {2, seconds{50}, {1, 0, 1}}, {6, seconds{25}, {1, 0, 0}}};
  p.traffic.entry[0].burst = burst;
  // Forward equations p' = p Q by small steps, second order.
  const double q[3][3] = {
      {-1.0 / 100, 0.75 / 100, 0.25 / 100}, {0.5 / 50, -1.0 / 50, 0.5 / 50}, {1.0 / 25, 0, -1.0 / 25}};
  const double factors[3] = {1, 2, 6};
  double s[3] = {1, 0, 0};
  double expected = 0;
  const auto flow = [&](const double* x, double* out) {
    for (int j = 0; j < 3; ++j) out[j] = x[0] * q[0][j] + x[1] * q[1][j] + x[2] * q[2][j];
  };
  for (int i = 0; i < 400'000; ++i) {
    double d[3], mid[3], e[3];
    flow(s, d);
    for (int j = 0; j < 3; ++j) mid[j] = s[j] + 0.05 * d[j];
    flow(mid, e);
    for (int j = 0; j < 3; ++j) {
      expected += 0.1 * factors[j] * mid[j];
      s[j] += 0.1 * e[j];
    }
  }
  const Moments m = harm_of(p, 6'000, 19);
  CHECK(mean_is(m, expected));
  p.traffic.entry[0].burst->states[2].factor = 6.3;  // the twin: 5% more in one state
  CHECK_FALSE(near(harm_of(p, 6'000, 19).mean(), m.mean_error(), expected));
}
