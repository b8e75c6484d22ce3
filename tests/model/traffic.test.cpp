#include "sim/model/traffic.hpp"

#include <catch2/catch.hpp>

#include <boost/math/distributions/chi_squared.hpp>
#include <fstream>

#include "scenarios/load.hpp"
#include "tests/sim/scenes.hpp"
#include "tests/sim/statistics.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

sim::Address address(std::uint64_t seed, std::uint32_t replication) {
  return {.seed = seed, .replication = replication};
}

// P(a chi-square this large) of counts against Poisson(mean), cells with 20 expected draws or more.
double poisson_p(const std::vector<double>& counts, double mean) {
  std::vector<double> cells(200, 0);
  for (const double c : counts) cells[static_cast<std::size_t>(std::min(c, 199.0))] += 1;
  const auto n = static_cast<double>(counts.size());
  double chi = 0, seen = 0, expected = 0, pmf = std::exp(-mean), left = 1;
  int used = 0;
  for (std::size_t k = 0; k < cells.size(); ++k) {
    seen += cells[k];
    expected += n * pmf;
    left -= pmf;
    if (expected >= 20 && n * left >= 20) {
      chi += (seen - expected) * (seen - expected) / expected;
      ++used;
      seen = expected = 0;
    }
    pmf *= mean / static_cast<double>(k + 1);
  }
  expected += n * std::max(left, 0.0);
  chi += (seen - expected) * (seen - expected) / expected;
  return boost::math::cdf(boost::math::complement(boost::math::chi_squared(used), chi));
}

std::vector<double> drawn(const sim::Expectation& e, double share, int arm, int count, Time from = {}) {
  std::vector<double> counts;
  for (int r = 0; r < count; ++r) {
    const auto a =
        sim::draw_arrivals(e, share, sim::Counts::drawn, address(31, static_cast<std::uint32_t>(r)), from);
    counts.push_back(arm == 0 ? a.stable : arm == 1 ? a.change : a.stable + a.change);
  }
  return counts;
}

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  Moments x, y;
  for (const double v : a) x.add(v);
  for (const double v : b) y.add(v);
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - x.mean()) * (b[i] - y.mean());
  return sum / (x.n() - 1) / std::sqrt(x.variance() * y.variance());
}

}  // namespace

TEST_CASE("Arrivals of a window are Poisson in each arm and in sum") {
  for (const double mean : {3.0, 40.0}) {
    const sim::Expectation e{mean, 0};
    CHECK(poisson_p(drawn(e, 0.25, 0, 100'000), mean * 0.75) > 0.001);
    CHECK(poisson_p(drawn(e, 0.25, 1, 100'000), mean * 0.25) > 0.001);
    CHECK(poisson_p(drawn(e, 0.25, 2, 100'000), mean) > 0.001);
    CHECK(poisson_p(drawn(e, 0.25, 2, 100'000), mean * 1.01) < 0.001 + (mean < 10 ? 0.2 : 0));
  }
}

TEST_CASE("Counts of disjoint windows and of the two arms are independent") {
  const sim::Expectation e{20, 0};
  const auto a = drawn(e, 0.5, 0, 100'000);
  const double bound = kZ / std::sqrt(100'000.0);
  CHECK(std::abs(correlation(a, drawn(e, 0.5, 1, 100'000))) < bound);
  CHECK(std::abs(correlation(a, drawn(e, 0.5, 0, 100'000, seconds{60}))) < bound);
  CHECK(correlation(a, drawn(e, 0.5, 0, 100'000)) == Approx(1));  // the twin: one window twice
}

TEST_CASE("A window split in two has the law of the whole") {
  const auto first = drawn({8, 0}, 0, 0, 100'000), second = drawn({12, 0}, 0, 0, 100'000, seconds{8});
  std::vector<double> sum;
  for (std::size_t i = 0; i < first.size(); ++i) sum.push_back(first[i] + second[i]);
  CHECK(poisson_p(sum, 20) > 0.001);
  const auto same = drawn({12, 0}, 0, 0, 100'000);  // the twin: both halves at one address
  for (std::size_t i = 0; i < first.size(); ++i) sum[i] = first[i] + same[i];
  CHECK(poisson_p(sum, 20) < 1e-6);
}

TEST_CASE("However a world is interrupted, expected traffic adds up") {
  sim::ScenarioParams p = scene(hours{30});
  p.traffic.entry[0].daily.assign(24, 1);
  for (std::size_t h = 0; h < 24; ++h) p.traffic.entry[0].daily[h] = static_cast<double>(h % 5);
  const sim::Scenario s = sim::prepare(p);
  const sim::TrafficState state;
  const double whole = sim::expect_requests(s.flows, state, Time{0}, hours{30}).drawn;
  double sum = 0, weighted = 0;
  const sim::Growth growth = sim::prepare_growth({hours{3}, {}, 10});
  std::vector<double> g;
  auto flows = s.flows;
  for (auto& f : flows) sim::integrate(f.curve, [&](Time t) { return sim::growth_integral(growth, t); });
  Time from{0};
  for (int i = 0; from < hours{30}; ++i) {
    const Time until = std::min<Time>(hours{30}, from + seconds{1 + 977 * (i % 9)});
    sum += sim::expect_requests(flows, state, from, until).drawn;
    weighted += sim::weigh_requests(flows, state, from, until, sim::growth_integral(growth, from),
                                    sim::growth_integral(growth, until))
                    .weighted;
    from = until;
  }
  CHECK(sum == Approx(whole).epsilon(1e-12));
  const double at_once =
      sim::weigh_requests(flows, state, Time{0}, hours{30}, 0, sim::growth_integral(growth, hours{30}))
          .weighted;
  CHECK(weighted == Approx(at_once).epsilon(1e-12));
}

namespace {

sim::TraceParams small_trace() {
  sim::TraceParams t;
  t.exact = true;
  t.data.length = seconds{100};
  t.data.bin = seconds{40};
  t.data.bin_counts = {3, 1, 2};  // the last bin is 20 s long
  for (const int s : {0, 5, 39, 40, 81, 99}) t.data.arrivals.push_back(seconds{s});
  return t;
}

sim::ScenarioParams traced(const sim::TraceParams& trace, Duration horizon) {
  sim::ScenarioParams p = scene(horizon);
  p.traffic.entry[0].rate_per_s = 0;
  p.traffic.entry[0].trace = trace;
  p.harm.ongoing.per_request = 1;
  return p;
}

}  // namespace

TEST_CASE("An exact replay brings the trace's own arrivals, repeated and scaled") {
  sim::TraceParams t = small_trace();
  CHECK(sim::replayed_until(t, seconds{0}) == 0);
  CHECK(sim::replayed_until(t, seconds{5}) == 1);  // [0, 5): an arrival at 5 belongs to the next window
  CHECK(sim::replayed_until(t, seconds{41}) == 4);
  CHECK(sim::replayed_until(t, seconds{100}) == 6);
  CHECK(sim::replayed_until(t, seconds{1006}) == 62);
  t.scale = 2.5;
  CHECK(sim::replayed_until(t, seconds{1006}) == 155);
  t.repeat = false;
  CHECK(sim::replayed_until(t, seconds{1006}) == 15);
  t = small_trace();
  for (std::uint32_t r = 0; r < 5; ++r)
    CHECK(total(Prepared(traced(t, seconds{1000}), do_nothing()).outcome(1, r)) == 60);
  t.scale = 1.5;  // 1.5 arrivals each: whole requests all the same
  CHECK(total(Prepared(traced(t, seconds{1000}), do_nothing()).outcome(1, 0)) == 90);
}

TEST_CASE("A trace of counts is replayed bin by bin, in proportion within a bin") {
  sim::TraceParams t = small_trace();
  t.data.arrivals.clear();
  CHECK(sim::replayed_until(t, seconds{20}) == 1.5);
  CHECK(sim::replayed_until(t, seconds{80}) == 4);
  CHECK(sim::replayed_until(t, seconds{90}) == 5);
  CHECK(sim::replayed_until(t, seconds{290}) == 17);
}

TEST_CASE("Replayed requests are routed by weight, and none is lost to it") {
  Moments change;
  for (std::uint32_t r = 0; r < 200'000; ++r) {
    const auto a = sim::draw_arrivals({0, 40}, 0.3, sim::Counts::drawn, address(32, r), Time{0});
    CHECK(a.stable + a.change == 40);
    change.add(a.change);
  }
  CHECK(mean_is(change, 12));
  CHECK(near(change.variance(), change.variance_error(), 8.4));
  CHECK_FALSE(near(change.variance(), change.variance_error(), 8.4 * 1.02));
}

TEST_CASE("A resampled trace has the rate of its bins") {
  sim::TraceParams t = small_trace();
  t.exact = false;
  t.scale = 50;
  const Prepared nothing(traced(t, seconds{1000}), do_nothing());
  Moments m;
  for (std::uint32_t r = 0; r < 200'000; ++r) m.add(total(nothing.outcome(33, r)));
  CHECK(mean_is(m, 3000));
  CHECK(near(m.variance(), m.variance_error(), 3000));
  CHECK_FALSE(near(m.variance(), m.variance_error(), 3000 * 1.02));
  const auto& curve = nothing.scenario.flows[0].curve;
  CHECK(sim::requests_between(curve, seconds{80}, seconds{100}) == Approx(100));  // two in 20 s, times 50
}

TEST_CASE("A recorded trace drives a world exactly") {
  const std::string file =
      std::string(BREAKGLASS_DATA_DIR) + "/azure-llm-2023/AzureLLMInferenceTrace_code.csv";
  std::ifstream rows(file);
  if (!rows) {
    WARN("skipped: there is no " + file);
    return;
  }
  double lines = 0;
  for (std::string line; std::getline(rows, line);) lines += line.size() > 1 ? 1 : 0;
  scenarios::Problems problems;
  scenarios::LoadOptions options;
  options.overrides = {"/harm/ongoing/per_request=1", "/harm/ongoing/severity=1",
                       "/harm/ongoing/per_time=0/s", "/traffic/counts=drawn"};
  options.traffic = {{"", file, true}};
  const auto loaded = scenarios::load_scenario(std::string(BREAKGLASS_SOURCE_DIR) + "/tests/sim/pencil.json",
                                               options, problems);
  INFO(scenarios::render(problems));
  REQUIRE(loaded);
  const auto& trace = *loaded->scenario.flows.at(0).replay;
  CHECK(static_cast<double>(trace.data.arrivals.size()) == lines - 1);             // all but the header
  const double expected = std::floor(0.5 * sim::replayed_until(trace, hours{3}));  // half a call a request
  const sim::Strategy nothing = sim::prepare(loaded->scenario, do_nothing());
  CHECK(expected > lines);
  CHECK(sim::simulate(loaded->scenario, nothing, 1, 0).harm[0] == expected);
}
