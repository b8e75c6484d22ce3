// People who watch, users who report, and pacing, in whole runs.
#include <catch2/catch.hpp>

#include "tests/sim/scenes.hpp"
#include "tests/sim/statistics.hpp"

using namespace breakglass;
using namespace breakglass::tests;
using K = sim::ReasonKind;

namespace {

// A change that is bad with probability `p`: it doubles the errors, and harms one request in a thousand.
sim::ScenarioParams maybe_bad(double p) {
  sim::ScenarioParams s = scene(seconds{40000});
  s.harm.ongoing.per_request = 0.01;
  s.response.verify.sensitivity = 0;  // nobody else finds it
  s.change.regression.probability = p;
  s.change.regression.severities = {severity(1, 0.001)};
  s.change.regression.severities[0].moves = {{"errors", 2, 0}};
  s.signals = {ratio_signal(0.02)};
  return s;
}

sim::StrategyParams watched(int watchers, sim::OnConcern on_concern) {
  sim::StrategyParams s = rollout({{0.2, hours{1}}, {1, hours{1}}});
  s.max_attempts = 1;
  s.monitoring.watchers = watchers;
  s.monitoring.on_concern = on_concern;
  return s;
}

sim::ScenarioParams reported(double p) {
  sim::ScenarioParams s = maybe_bad(p);
  s.reports.emplace();
  s.reports->probability = 0.02;
  s.reports->delay = fixed(1200);
  s.reports->triage.staffed = s.reports->triage.unstaffed = fixed(300);
  return s;
}

sim::StrategyParams served_long() {
  sim::StrategyParams s = rollout({{1, hours{10}}});
  s.max_attempts = 1;
  return s;
}

// When something first happened in each of `runs` runs, in seconds; -1: never.
std::vector<double> first_times(const sim::ScenarioParams& p, const sim::StrategyParams& s, K kind,
                                int runs) {
  const Prepared prepared(p, s);
  std::vector<double> times;
  for (int r = 0; r < runs; ++r) {
    sim::Reasons reasons;
    prepared.run(4, static_cast<std::uint32_t>(r), false, &reasons);
    double at = -1;
    for (const auto& reason : reasons) {
      if (reason.kind == kind && at < 0) at = sim::to_seconds(reason.at);
    }
    times.push_back(at);
  }
  return times;
}

double share(const sim::ScenarioParams& p, const sim::StrategyParams& s, K kind, int runs = 300) {
  const auto times = first_times(p, s, kind, runs);
  return static_cast<double>(std::count_if(times.begin(), times.end(), [](double t) { return t >= 0; })) /
         runs;
}

}  // namespace

TEST_CASE("Watchers notice what doubles the errors, and rarely what is clean; without them nobody does") {
  const auto back = sim::OnConcern::roll_back;
  CHECK(share(maybe_bad(1), watched(2, back), K::noticed) > 0.98);
  CHECK(share(maybe_bad(0), watched(2, back), K::noticed) < 0.4);
  CHECK(share(maybe_bad(0), watched(0, back), K::noticed) == 0);
  CHECK(share(maybe_bad(1), watched(0, back), K::rolled_back) == 0);
  CHECK(share(maybe_bad(1), watched(2, back), K::rolled_back) > 0.98);
  sim::ScenarioParams falls = maybe_bad(1);
  falls.signals[0].worse = sim::Worse::decrease;  // they look for the wrong thing
  CHECK(share(falls, watched(2, back), K::noticed) < 0.05);
}

TEST_CASE("A concern that holds the rollout ends it where it is real, and lets it go on where it is not") {
  const auto hold = sim::OnConcern::hold;
  CHECK(share(maybe_bad(1), watched(2, hold), K::concern_real) > 0.98);
  sim::ScenarioParams clean = maybe_bad(0);
  clean.watch.false_alarms = 10 / 3600.0;
  CHECK(share(clean, watched(2, hold), K::concern_false) > 0.98);
  CHECK(share(clean, watched(2, hold), K::complete) == 1);
  CHECK(share(clean, watched(2, sim::OnConcern::roll_back), K::rolled_back) > 0.98);
  CHECK(share(clean, watched(2, sim::OnConcern::ignore), K::rolled_back) == 0);
}

TEST_CASE("The first report comes after an exponential wait and its delay, and triage follows") {
  // 10 requests a second, 0.001 of them harmed, 0.02 of these reported: 5000 s on average, from 1000 s on.
  std::vector<double> waits;
  for (const double t : first_times(reported(1), served_long(), K::report_came, 3000)) {
    if (t >= 0 && t - 2200 < 30000) waits.push_back(t - 2200);
  }
  const auto cdf = [](double mean) {
    return [mean](double t) { return -std::expm1(-std::max(t, 0.0) / mean) / -std::expm1(-30000 / mean); };
  };
  CHECK(kolmogorov(waits, cdf(5000)) < kKolmogorov999);
  CHECK(kolmogorov(waits, cdf(5500)) > kKolmogorov999);  // the twin
  const auto came = first_times(reported(1), served_long(), K::report_came, 100);
  const auto triaged = first_times(reported(1), served_long(), K::report_triaged, 100);
  for (std::size_t r = 0; r < came.size(); ++r) CHECK((came[r] < 0 || triaged[r] == Approx(came[r] + 300)));
}

TEST_CASE("Enough reports take the change back; nobody reads them at 0") {
  sim::StrategyParams s = served_long();
  CHECK(share(reported(1), s, K::rolled_back) > 0.98);
  CHECK(share(reported(0), s, K::rolled_back) == 0);
  s.monitoring.reports_to_act = 0;
  CHECK(share(reported(1), s, K::rolled_back) == 0);
  s.monitoring.reports_to_act = 8;  // eight reports take longer than one
  CHECK(share(reported(1), s, K::rolled_back) < 0.7);
}

TEST_CASE("Reports about something else are blamed on the change at their own rate") {
  sim::ScenarioParams p = reported(0);
  p.reports->false_rate = 1e-4;
  p.reports->blamed = 0.5;
  const double expected = -std::expm1(-5e-5 * 39000);
  const double blamed = share(p, served_long(), K::report_came, 1500);
  CHECK(near(blamed, share_error(expected, 1500), expected));
  CHECK_FALSE(near(blamed, share_error(expected, 1500), -std::expm1(-1e-4 * 39000)));  // the twin: all blamed
}

TEST_CASE("Paced by the risk of ruin, a rollout costs more than its budget no more often than the bound") {
  sim::StrategyParams s =
      rollout({{0.05, minutes{20}}, {0.2, minutes{20}}, {0.5, minutes{20}}, {1, minutes{20}}});
  s.max_attempts = 1;
  const auto over = [&](const sim::StrategyParams& strategy) {
    const Prepared prepared(maybe_bad(0.3), strategy);
    int count = 0;
    for (std::uint32_t r = 0; r < 3000; ++r) count += prepared.run(5, r).ledger.harm[2] > 6 ? 1 : 0;
    return count / 3000.0;
  };
  CHECK(over(s) > 0.2);  // the twin: nothing paces it
  s.pacing = sim::PacingParams{6, 0.02};
  CHECK(over(s) < 0.02 + kZ * share_error(0.02, 3000));
  CHECK(share(maybe_bad(0), s, K::complete) > 0.95);
  s.pacing->budget = 1e6;  // no risk in going straight to the last step
  CHECK(share(maybe_bad(0), s, K::paced) == 1);
  const auto full = first_times(maybe_bad(0), s, K::full, 20);
  for (const double t : full) CHECK(t == Approx(1000 + 20 * 60));
}
