// When the first reports of a batch come, one by one and by inversion, and the list of those on their way.
#include "sim/model/reports.hpp"

#include <catch2/catch.hpp>

#include <cmath>

#include "tests/sim/statistics.hpp"

using namespace breakglass;
using namespace breakglass::tests;
using sim::Duration;
using sim::Time;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

sim::Distribution exponential(double mean) { return {sim::Distribution::Kind::exponential, mean, 0, {}}; }

sim::Address at(std::uint64_t index) {
  return {.seed = 11, .replication = 0, .question = 85, .entity = 2, .index = index};
}

// The first arrivals, in seconds since the batch began.
std::vector<std::vector<double>> firsts(const sim::ReportsParams& p, double reports, double length,
                                        std::size_t want, int runs) {
  std::vector<std::vector<double>> drawn(want);
  std::array<Time, sim::kMaxReportsToAct> out{};
  for (int r = 0; r < runs; ++r) {
    const Time from = seconds{500};
    sim::first_arrivals(p, reports, from, from + sim::from_seconds(length), {out.data(), want},
                        at(static_cast<std::uint64_t>(r)));
    for (std::size_t j = 0; j < want; ++j) drawn[j].push_back(sim::to_seconds(out[j] - from));
  }
  return drawn;
}

// P(one report has come t seconds after its batch began): exponential delay, even exposures.
double one_by(double t, double length, double mean) {
  const double late = std::max(t - length, 0.0);
  const double until = std::min(t, length);
  return (until - mean * (std::exp(-late / mean) - std::exp(-t / mean))) / length;
}

// P(the first of n): none before t.
double first_by(double t, double n, double length, double mean) {
  return 1 - std::pow(1 - one_by(t, length, mean), n);
}

// P(the second of n).
double second_by(double t, double n, double length, double mean) {
  const double f = one_by(t, length, mean);
  return 1 - std::pow(1 - f, n) - n * f * std::pow(1 - f, n - 1);
}

}  // namespace

TEST_CASE("A lone report comes after an even wait for its exposure and the delay") {
  sim::ReportsParams p;
  p.delay = exponential(2000);
  const double length = 300;
  auto drawn = firsts(p, 1, length, 1, 20'000)[0];
  // None before the batch ends: the law holds from there on.
  const auto cdf = [&](double t) { return t < length ? 0 : one_by(t, length, 2000); };
  std::vector<double> later;
  for (const double t : drawn) {
    CHECK(t >= length);
    if (t > length) later.push_back(t);
  }
  const double clamped = one_by(length, length, 2000);
  CHECK(near(1 - static_cast<double>(later.size()) / 20'000, share_error(clamped, 20'000), clamped));
  const auto beyond = [&](double t) { return (cdf(t) - clamped) / (1 - clamped); };
  CHECK(kolmogorov(later, beyond) < kKolmogorov999);
  CHECK(kolmogorov(later, [&](double t) { return beyond(t - 60); }) > kKolmogorov999);  // the twin
}

TEST_CASE("The first two of many reports follow the order statistics, however they are drawn") {
  sim::ReportsParams p;
  p.delay = exponential(200'000);
  const double length = 300;
  for (const double n : {40.0, 200.0}) {  // one by one; by inversion
    const auto drawn = firsts(p, n, length, 2, 8'000);
    std::array<std::vector<double>, 2> later;
    for (std::size_t j = 0; j < 2; ++j) {
      for (const double t : drawn[j]) {
        if (t > length) later[j].push_back(t);
      }
    }
    const auto cut = [&](auto by) {
      const double before = by(length, n, length, 200'000);
      return [=](double t) { return (by(t, n, length, 200'000) - before) / (1 - before); };
    };
    CHECK(kolmogorov(later[0], cut(first_by)) < kKolmogorov999);
    CHECK(kolmogorov(later[1], cut(second_by)) < kKolmogorov999);
    CHECK(kolmogorov(later[0], [&](double t) { return cut(first_by)(t * 1.06); }) > kKolmogorov999);
    CHECK(kolmogorov(later[1], cut(first_by)) > kKolmogorov999);  // the twin: the first taken for the second
  }
}

TEST_CASE("A report comes its delay after an exposure of its batch, and never before the batch ends") {
  sim::ReportsParams p;
  p.delay.a = 3600;
  for (const double n : {1.0, 64.0, 65.0, 1e6}) {
    const auto late = firsts(p, n, 300, 1, 50)[0];
    for (const double t : late) {
      CHECK(t >= 3600);
      CHECK(t <= 3900);
    }
  }
  p.delay.a = 0;
  for (const double n : {1.0, 64.0, 65.0}) {
    const auto early = firsts(p, n, 300, 1, 20)[0];
    for (const double t : early) CHECK(t == 300);
  }
}

TEST_CASE("Arrivals rise, whatever their number") {
  sim::ReportsParams p;
  p.delay = exponential(5000);
  for (const double n : {8.0, 64.0, 65.0, 1e9}) {
    const auto drawn = firsts(p, n, 300, 8, 50);
    for (std::size_t r = 0; r < 50; ++r) {
      for (std::size_t j = 1; j < 8; ++j) CHECK(drawn[j][r] >= drawn[j - 1][r]);
    }
  }
}

TEST_CASE("Only the earliest reports that are wanted are kept on the list") {
  sim::ReportsState state;
  for (const int t : {50, 20, 40, 10, 30, 60}) sim::expect_arrival(state, seconds{t}, 3);
  CHECK(state.ahead == 3);
  CHECK(sim::take_arrival(state) == seconds{10});
  CHECK(sim::take_arrival(state) == seconds{20});
  sim::expect_arrival(state, seconds{25}, 1);
  CHECK(state.ahead == 1);
  CHECK(sim::take_arrival(state) == seconds{25});
  CHECK(state.ahead == 0);
  for (const Time due : state.due) CHECK(due == Time{});
}

TEST_CASE("Settlements for the sake of reports come every five minutes, and then ever more rarely") {
  CHECK(sim::check_interval(seconds{0}) == minutes{5});
  CHECK(sim::check_interval(minutes{20}) == minutes{5});
  CHECK(sim::check_interval(hours{8}) == hours{2});
  int checks = 0;
  for (Duration age{}; age < hours{24 * 7}; age += sim::check_interval(age)) ++checks;
  CHECK(checks < 35);
}
