// Where nothing queues, serving requests one by one and counting them in windows are the same model: what a
// world comes to has the same distribution, whatever the strategy. Two samples are compared, each at 99.9%:
// means by paired differences of the same worlds (their hidden truths and times are the same draws), whole
// distributions by Kolmogorov's and Smirnov's distance of independent worlds. Seeds fixed.
//
// Means are known to 0.5% and better where decisions are fixed or clear, so that an error of 1% is seen.
// Where a verdict is a close thing, one world differs from its twin by a whole rollback, and means are known
// to some 2% (all harm) to 8%.
#include <catch2/catch.hpp>

#include "tests/sim/request_scenes.hpp"
#include "tests/sim/statistics.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

constexpr std::uint32_t kServed = 4000, kCounted = 12'000;

struct Metric {
  const char* name;
  double (*of)(const sim::Outcome&);
};

double time_of(Time at) { return at == sim::kNever ? 1e6 : sim::to_seconds(at); }

const std::vector<Metric> kMetrics{
    {"ongoing harm", [](const sim::Outcome& o) { return o.harm[0]; }},
    {"residual harm", [](const sim::Outcome& o) { return o.harm[1]; }},
    {"harm by the regression", [](const sim::Outcome& o) { return o.harm[2]; }},
    {"all harm", [](const sim::Outcome& o) { return total(o); }},
    {"users harmed", [](const sim::Outcome& o) { return o.users_harmed; }},
    {"requests on the regression", [](const sim::Outcome& o) { return o.requests_on_regression; }},
    {"shipped at", [](const sim::Outcome& o) { return time_of(o.shipped_at); }},
    {"full at", [](const sim::Outcome& o) { return time_of(o.full_at); }},
    {"stopped at", [](const sim::Outcome& o) { return time_of(o.harm_stopped_at); }},
    {"rolled back", [](const sim::Outcome& o) { return o.has(sim::Flag::rolled_back) ? 1.0 : 0; }},
    {"clean, and rolled back",
     [](const sim::Outcome& o) { return o.has(sim::Flag::rolled_back_clean) ? 1.0 : 0; }},
    {"regression at 100%",
     [](const sim::Outcome& o) { return o.has(sim::Flag::regression_reached_full) ? 1.0 : 0; }},
    {"harm stopped", [](const sim::Outcome& o) { return o.has(sim::Flag::harm_stopped) ? 1.0 : 0; }},
};

std::vector<sim::Outcome> outcomes(const sim::ScenarioParams& p, const sim::StrategyParams& s,
                                   std::uint64_t seed, std::uint32_t worlds) {
  const Prepared run(p, s);
  std::vector<sim::Outcome> all;
  for (std::uint32_t r = 0; r < worlds; ++r) all.push_back(run.outcome(seed, r));
  return all;
}

std::vector<double> sorted(const std::vector<sim::Outcome>& all, const Metric& metric) {
  std::vector<double> values;
  for (const auto& o : all) values.push_back(metric.of(o));
  std::sort(values.begin(), values.end());
  return values;
}

// The largest distance of two distribution functions, times sqrt(n m / (n + m)). Ties only make it smaller.
double smirnov(const std::vector<double>& a, const std::vector<double>& b) {
  const auto n = static_cast<double>(a.size()), m = static_cast<double>(b.size());
  double worst = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const double x = std::min(a[i], b[j]);
    while (i < a.size() && a[i] <= x) ++i;
    while (j < b.size() && b[j] <= x) ++j;
    worst = std::max(worst, std::abs(static_cast<double>(i) / n - static_cast<double>(j) / m));
  }
  return worst * std::sqrt(n * m / (n + m));
}

struct Agreement {
  std::string different;  // names of what is not the same
  std::string vague;      // of the means that could be 1% off unseen
};

void compare_mean(const Metric& metric, const std::vector<sim::Outcome>& served,
                  const std::vector<sim::Outcome>& counted, Agreement& result) {
  Moments difference, level;
  for (std::size_t r = 0; r < served.size(); ++r) {
    difference.add(metric.of(served[r]) - metric.of(counted[r]));
    level.add(metric.of(counted[r]));
  }
  const std::string name = std::string(metric.name) + "; ";
  if (!near(difference.mean(), difference.mean_error(), 0)) result.different += "mean " + name;
  // An error of 1% of the level would be 1% away from what was found, and is out of the interval.
  if (2 * kZ * difference.mean_error() > 0.01 * level.mean()) result.vague += name;
}

Agreement agreement(const sim::ScenarioParams& windows, const sim::ScenarioParams& requests,
                    const sim::StrategyParams& s) {
  const auto served = outcomes(requests, s, 1, kServed);
  const auto paired = outcomes(windows, s, 1, kServed), counted = outcomes(windows, s, 2, kCounted);
  Agreement result;
  for (const Metric& metric : kMetrics) {
    compare_mean(metric, served, paired, result);
    if (smirnov(sorted(served, metric), sorted(counted, metric)) > kKolmogorov999)
      result.different += std::string("law of ") + metric.name + "; ";
  }
  return result;
}

// 1.5 requests a second for two and a half hours. Every other change is a bad one, and a bad one shows at
// once or to half of the requests after ten minutes.
sim::ScenarioParams emergency() {
  sim::ScenarioParams p = scene(seconds{9000});
  p.traffic.entry[0].rate_per_s = 1.5;
  p.harm.ongoing.growth.doubling = hours{2};
  p.harm.ongoing.growth.cap_factor = 2;
  p.change.fix_effectiveness = fixed(0.8);
  p.change.fix_effectiveness.atoms = {{1, 0.5}};
  auto& regression = p.change.regression;
  regression.probability = 0.5;
  regression.severities = {severity(0.6, 0.1), severity(0.4, 0.3)};
  regression.severities[1].id = "late";
  regression.severities[1].onset.delay = minutes{10};
  regression.severities[1].onset.segment = 0.5;
  for (auto& s : regression.severities) {
    sim::MoveParams move;
    move.id = "errors";
    move.ratio = 4;
    s.moves.push_back(move);
  }
  p.signals.push_back(ratio_signal(0.05));
  p.signals[0].delay = seconds{30};
  return p;
}

// So many servers that nobody ever waits.
sim::ScenarioParams ample(const sim::ScenarioParams& p) { return served(p, 2000, exponential_time(0.5)); }

sim::StrategyParams stepwise() {
  sim::StrategyParams s = rollout({{0.1, minutes{10}}, {0.4, minutes{10}}, {1, minutes{20}}});
  s.decision_maker = true;
  s.staff_rollback = true;
  return s;
}

sim::StrategyParams judged() {
  sim::StrategyParams s = stepwise();
  sim::VerdictParams v;
  v.signal = "errors";
  v.no_data = sim::NoData::ignore;
  v.threshold.emplace();
  v.threshold->above = 0.12;
  v.threshold->failure_limit = 1;
  v.threshold->min_items = 5;
  s.monitoring.verdicts = {v};
  v.threshold.reset();
  v.sprt.emplace();
  v.sprt->ratio = 3;
  v.sprt->alpha = 0.01;
  s.monitoring.verdicts.push_back(v);
  return s;
}

sim::StrategyParams ticking() {
  sim::StrategyParams s = rollout({});
  for (int i = 1; i <= 10; ++i) s.steps.push_back({0.1 * i, minutes{2}});
  s.monitoring.interval = minutes{2};
  s.monitoring.automatic = true;
  sim::VerdictParams v;
  v.signal = "errors";
  v.no_data = sim::NoData::ignore;
  v.ticks.emplace();
  v.ticks->above = 0.12;
  v.ticks->threshold = 2;
  s.monitoring.verdicts.push_back(v);
  return s;
}

sim::StrategyParams watched() {
  sim::StrategyParams s = rollout({{1, minutes{40}}});
  s.monitoring.watchers = 2;
  s.monitoring.on_concern = sim::OnConcern::roll_back;
  s.monitoring.reports_to_act = 2;
  return s;
}

sim::StrategyParams paced() {
  sim::StrategyParams s = stepwise();
  s.pacing.emplace();
  s.pacing->budget = 40;
  s.pacing->risk = 0.05;
  s.monitoring.verdicts = judged().monitoring.verdicts;
  return s;
}

sim::ScenarioParams with_users(sim::ScenarioParams p) {
  p.traffic.routing = sim::Routing::sticky;
  p.traffic.users.emplace();
  p.traffic.users->population = 600;
  p.traffic.users->classes = {{0.2, 20}, {0.8, 2}};
  return p;
}

sim::ScenarioParams with_bursts(sim::ScenarioParams p) {
  p.start = "2026-03-02T08:30:00+00:00";
  auto& entry = p.traffic.entry[0];
  entry.rate_per_s = 1;
  entry.daily.assign(24, 1);
  entry.daily[9] = 2;
  entry.daily[10] = 0.5;
  entry.burst.emplace();
  entry.burst->factor = 3;
  entry.burst->mean_gap = minutes{20};
  entry.burst->mean_length = minutes{6};
  return p;
}

// A trace of 20 minutes with a lull, over and over.
sim::ScenarioParams with_trace(sim::ScenarioParams p, bool exact) {
  auto& entry = p.traffic.entry[0];
  entry.rate_per_s = 0;
  entry.trace.emplace();
  auto& data = entry.trace->data;
  entry.trace->exact = exact;
  data.bin = minutes{1};
  data.length = minutes{20};
  data.bin_counts.assign(20, 0);
  for (Time t{}; t < data.length; t += std::chrono::milliseconds{t < minutes{12} ? 400 : 1900}) {
    data.arrivals.push_back(t);
    data.bin_counts[static_cast<std::size_t>(t / data.bin)] += 1;
  }
  return p;
}

// Two ways in, one of which asks the released service for six requests in ten.
sim::ScenarioParams with_gateway(sim::ScenarioParams p) {
  p.services.push_back({"gateway", {{"agent", 0.6}}});
  sim::EntryParams entry;
  entry.id = "gateway";
  entry.rate_per_s = 1.5;
  p.traffic.entry[0].rate_per_s = 0.5;
  p.traffic.entry.push_back(entry);
  p.reports.emplace();
  p.reports->probability = 0.05;
  p.reports->delay = exponential_time(300);
  p.watch.false_alarms = 1.0 / 36000;
  return p;
}

void check_agreement(const sim::ScenarioParams& p, const sim::StrategyParams& s) {
  CHECK(agreement(p, ample(p), s).different == "");
}

}  // namespace

TEST_CASE("With decisions fixed, served and counted requests do the same harm, to 1% of every mean") {
  const sim::ScenarioParams p = emergency();
  const Agreement same = agreement(p, ample(p), stepwise());
  CHECK(same.different == "");
  CHECK(same.vague == "");
  sim::ScenarioParams busier = p;
  busier.traffic.entry[0].rate_per_s *= 1.01;
  CHECK(agreement(p, ample(busier), stepwise()).different.find("mean ongoing harm") != std::string::npos);
  // Service that takes too long: the lines fill, and requests are rejected.
  CHECK(agreement(p, served(p, 9, exponential_time(7)), stepwise()).different.find("law of all harm") !=
        std::string::npos);
}

TEST_CASE("A canary that verdicts stop for good reason does the same harm, to 1% of every mean") {
  sim::ScenarioParams p = emergency();
  for (auto& severity : p.change.regression.severities) severity.moves[0].ratio = 40;
  p.signals[0].baseline = 0.01;
  p.signals[0].window = minutes{5};
  sim::StrategyParams s = judged();
  s.monitoring.interval = minutes{5};
  s.monitoring.verdicts.pop_back();
  s.monitoring.verdicts[0].threshold->failure_limit = 0;
  const Agreement same = agreement(p, ample(p), s);
  CHECK(same.different == "");
  CHECK(same.vague == "regression at 100%; ");  // that hardly ever happens
}
TEST_CASE("A canary that verdicts stop now and then ends the same way, served or counted") {
  check_agreement(emergency(), judged());
  sim::ScenarioParams noisier = ample(emergency());
  noisier.signals[0].baseline = 0.055;
  CHECK(agreement(emergency(), noisier, judged()).different.find("mean clean, and rolled back") !=
        std::string::npos);
}
TEST_CASE("Sticky users are moved and harmed alike, served or counted") {
  check_agreement(with_users(emergency()), judged());
}
TEST_CASE("Bursts and the day's curve bring the same, served or counted") {
  check_agreement(with_bursts(emergency()), ticking());
}
TEST_CASE(
    "A trace that is replayed brings the same, served or counted, but for the first request's instant") {
  // Counted, it lies anywhere in its window; served, it comes when the trace says.
  const sim::ScenarioParams p = with_trace(emergency(), true);
  CHECK(agreement(p, ample(p), judged()).different == "law of shipped at; ");
}
TEST_CASE("A trace that is resampled brings the same, served or counted") {
  check_agreement(with_trace(emergency(), false), ticking());
}
TEST_CASE("Straight to all, with watchers and reports, goes the same way, served or counted") {
  check_agreement(with_gateway(emergency()), watched());
}
TEST_CASE("A ramp by the risk of ruin goes the same way, served or counted") {
  check_agreement(with_users(emergency()), paced());
}
