// Watchers in closed form: z-scores, the vigilance decrement, the chance of noticing and of a false alarm.
#include "sim/model/watchers.hpp"

#include <catch2/catch.hpp>

#include <cmath>

#include "sim/kernel/samplers.hpp"
#include "tests/sim/statistics.hpp"

using namespace breakglass;
using namespace breakglass::tests;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

double phi(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }

// E f(Z) of a standard normal Z, by Simpson's rule over +-10.
template <class F>
double over_normal(F f) {
  const int n = 4000;
  const double h = 20.0 / n;
  double sum = 0;
  for (int i = 0; i <= n; ++i) {
    const double z = -10 + i * h;
    const double weight = i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2;
    sum += weight * f(z) * std::exp(-z * z / 2) / std::sqrt(2 * std::acos(-1.0));
  }
  return sum * h / 3;
}

// One glance of `watchers` at an anomaly of z standard errors, after `on_watch`.
double noticed(const sim::WatchParams& p, double z, sim::Duration on_watch, int watchers) {
  return sim::notice_probability(sim::stands_out(p, z), sim::vigilance(p, on_watch), watchers);
}

sim::Noise ratio(double level, double overdispersion = 1) {
  sim::Noise noise;
  noise.level = level;
  noise.overdispersion = overdispersion;
  return noise;
}

}  // namespace

TEST_CASE("A ratio is compared with the stable arm by the pooled two-sample z") {
  const sim::Sight sight{200, 20, 800, 40};
  const double pooled = 60.0 / 1000;
  const double z = (0.1 - 0.05) / std::sqrt(pooled * (1 - pooled) * (1 / 200.0 + 1 / 800.0));
  CHECK(sim::worse_by(ratio(0.5), sight) == Approx(z));
  CHECK(sim::worse_by(ratio(0.5, 4), sight) == Approx(z / 2));
  sim::Noise falls = ratio(0.5);
  falls.rises = false;
  CHECK(sim::worse_by(falls, sight) == Approx(-z));
}

TEST_CASE("Without a stable arm the baseline takes its place") {
  CHECK(sim::worse_by(ratio(0.05), {400, 40, 0, 0}) == Approx((0.1 - 0.05) / std::sqrt(0.05 * 0.95 / 400)));
  CHECK(sim::worse_by(ratio(0.1), {400, 40, 0, 0}) == Approx(0).margin(1e-12));
}

TEST_CASE("Counts and means have the variance of their own law") {
  sim::Noise count;
  count.law = sim::Noise::Law::poisson;
  count.level = 0.2;
  CHECK(sim::worse_by(count, {100, 30, 0, 0}) == Approx(0.1 / std::sqrt(0.2 / 100)));
  CHECK(sim::worse_by(count, {100, 30, 300, 50}) ==
        Approx((0.3 - 50 / 300.0) / std::sqrt(80 / 400.0 * (1 / 100.0 + 1 / 300.0))));
  sim::Noise mean;
  mean.law = sim::Noise::Law::normal;
  mean.level = 0.86;
  mean.sd = 0.2;
  mean.rises = false;
  CHECK(sim::worse_by(mean, {50, 40, 0, 0}) == Approx((0.86 - 0.8) / (0.2 / std::sqrt(50.0))));
}

TEST_CASE("Nothing published, or nothing that can vary, is no anomaly") {
  CHECK(sim::worse_by(ratio(0.05), {0, 0, 500, 30}) == 0);
  CHECK(sim::worse_by(ratio(0.05), {100, 0, 500, 0}) == 0);
}

TEST_CASE("Vigilance halves towards its floor") {
  sim::WatchParams p;
  p.vigilance_half_life = hours{2};
  p.vigilance_floor = 0.3;
  CHECK(sim::vigilance(p, seconds{0}) == Approx(1));
  CHECK(sim::vigilance(p, hours{2}) == Approx(0.3 + 0.35));
  CHECK(sim::vigilance(p, hours{4}) == Approx(0.3 + 0.175));
  CHECK(sim::vigilance(p, hours{200}) == Approx(0.3));
  p.vigilance_half_life = hours{1};
  CHECK(sim::vigilance(p, hours{2}) == Approx(0.3 + 0.175));
  p.vigilance_floor = 0.9;
  CHECK(sim::vigilance(p, hours{2}) == Approx(0.9 + 0.025));
}

TEST_CASE("A fresh watcher notices half the time at half_at, and more watchers notice more") {
  sim::WatchParams p;
  CHECK(noticed(p, p.half_at, {}, 1) == Approx(0.5));
  CHECK(noticed(p, p.half_at, {}, 3) == Approx(1 - 0.125));
  CHECK(noticed(p, p.half_at + p.spread, {}, 1) == Approx(phi(1)));
  p.spread = 2;
  CHECK(noticed(p, p.half_at - 2, {}, 1) == Approx(phi(-1)));
  p.half_at = 1;
  CHECK(noticed(p, 3, {}, 1) == Approx(phi(1)));
  CHECK(noticed(p, 3, p.vigilance_half_life, 1) == Approx(0.65 * phi(1)));
}

TEST_CASE("Over the noise of a clean change a fresh watcher notices something with Phi(-h / sqrt(1 + s^2))") {
  // Z - half_at + noise of sd spread is normal: the integral over z has a closed form for one watcher.
  for (const double half_at : {1.0, 2.0, 3.0}) {
    for (const double spread : {0.3, 0.7, 2.0}) {
      sim::WatchParams p;
      p.half_at = half_at;
      p.spread = spread;
      const auto notices = [&](double z) { return noticed(p, z, {}, 1); };
      const double expected = phi(-half_at / std::sqrt(1 + spread * spread));
      CHECK(over_normal(notices) == Approx(expected).epsilon(1e-9));
      CHECK(over_normal(notices) != Approx(phi(-half_at)).epsilon(0.01));  // the twin: watchers without noise
    }
  }
}

TEST_CASE("By n glances at the same anomaly a lone watcher has noticed with 1 - (1 - p)^n") {
  sim::WatchParams p;
  p.vigilance_floor = 1;
  const double one = noticed(p, 2.5, minutes{90}, 1);
  int seen = 0;
  const int runs = 1'000'000;
  sim::BulkUniforms uniforms({.seed = 5, .question = 80});
  for (int r = 0; r < runs; ++r) {
    for (int glance = 0; glance < 4; ++glance) {
      if (uniforms() < one) {
        ++seen;
        break;
      }
    }
  }
  CHECK(share_is(seen, runs, 1 - std::pow(1 - one, 4)));
}

TEST_CASE("False alarms are a Poisson process of the watchers together") {
  sim::WatchParams p;
  p.false_alarms = 0.5 / 3600;
  CHECK(sim::false_alarm_probability(p, minutes{10}, 1) == Approx(1 - std::exp(-0.5 / 6)));
  CHECK(sim::false_alarm_probability(p, minutes{10}, 4) == Approx(1 - std::exp(-2.0 / 6)));
  CHECK(sim::false_alarm_probability(p, minutes{10}, 0) == 0);
}

TEST_CASE("Glances come at even intervals, and none at the instant that it is asked after") {
  const seconds every{300};
  CHECK(sim::glance_after(every, seconds{1000}, seconds{0}) == seconds{1300});
  CHECK(sim::glance_after(every, seconds{1000}, seconds{1000}) == seconds{1300});
  CHECK(sim::glance_after(every, seconds{1000}, seconds{1299}) == seconds{1300});
  CHECK(sim::glance_after(every, seconds{1000}, seconds{1300}) == seconds{1600});
}
