// The belief that an ideal observer holds: a martingale, calibrated, Bayes' rule to the digit, and blind to
// the hidden truth.
#include <catch2/catch.hpp>

#include "tests/sim/scenes.hpp"
#include "tests/sim/statistics.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

constexpr double kPrior = 0.4;

// Two severities, one of them delayed, three kinds of signal, one overdispersed; nothing ends the watch
// early.
sim::ScenarioParams watched() {
  sim::ScenarioParams p = scene(seconds{3000});
  p.harm.ongoing.per_request = 0;
  p.change.regression.probability = kPrior;
  p.change.regression.severities = {severity(0.7), severity(0.3)};
  sim::SeverityParams& mild = p.change.regression.severities[0];
  sim::SeverityParams& late = p.change.regression.severities[1];
  mild.moves = {{"errors", 1.4, 0}, {"score", 1, -0.01}};
  late.moves = {{"errors", 2.5, 0}, {"retries", 1.5, 0}};
  late.onset.delay = seconds{500};
  p.signals = {ratio_signal(0.05, seconds{100}), ratio_signal(0.2, seconds{100}),
               ratio_signal(0.86, seconds{200})};
  p.signals[0].overdispersion = 1.4;
  p.signals[1].id = "retries";
  p.signals[1].kind = sim::SignalKind::count;
  p.signals[2].id = "score";
  p.signals[2].kind = sim::SignalKind::mean;
  p.signals[2].sd = 0.2;
  p.signals[2].sample = 0.3;
  for (auto& signal : p.signals) signal.delay = seconds{30};
  return p;
}

sim::StrategyParams watching() {
  sim::StrategyParams s = rollout({{0.05, seconds{600}}, {0.5, seconds{400}}, {1, seconds{900}}});
  s.max_attempts = 1;
  s.monitoring.interval = seconds{100};
  for (const char* id : {"errors", "retries", "score"}) {
    sim::VerdictParams v;
    v.signal = id;
    v.threshold.emplace();
    v.threshold->above = 1e9;
    v.no_data = sim::NoData::ignore;  // it outlives the looks before the first publication
    s.monitoring.verdicts.push_back(v);
  }
  return s;
}

// A watch that rolls back when the errors look bad: the belief must not mind that observation stops.
sim::StrategyParams stopping() {
  sim::StrategyParams s = watching();
  s.monitoring.verdicts[0].threshold->above = 0.08;
  s.monitoring.verdicts[0].threshold->failure_limit = 1;
  return s;
}

struct Track {
  std::array<Moments, 4> belief, error;  // at four times: the belief, and belief minus truth
  std::array<std::array<double, 10>, 4> said{}, came{}, count{};
};

constexpr std::array kTimes = {seconds{1150}, seconds{1500}, seconds{1900}, seconds{2950}};

Track follow(const sim::ScenarioParams& p, const sim::StrategyParams& s, std::uint32_t runs) {
  const Prepared prepared(p, s);
  Track track;
  for (std::uint32_t r = 0; r < runs; ++r) {
    sim::World w = prepared.begin(91, r, true);
    for (std::size_t t = 0; t < kTimes.size(); ++t) {
      sim::advance(prepared.scenario, prepared.strategy, w, kTimes[t]);
      const double belief = sim::regression_probability(w.belief);
      const double truth = w.change.hypothesis > 0 ? 1 : 0;
      track.belief[t].add(belief);
      track.error[t].add(belief - truth);
      const auto bin = std::min<std::size_t>(static_cast<std::size_t>(belief * 10), 9);
      track.said[t][bin] += belief;
      track.came[t][bin] += truth;
      track.count[t][bin] += 1;
    }
  }
  return track;
}

bool martingale(const Track& track, double prior) {
  bool holds = true;
  for (std::size_t t = 0; t < kTimes.size(); ++t) {
    holds &= near(track.belief[t].mean(), track.belief[t].mean_error(), prior);
    holds &= near(track.error[t].mean(), track.error[t].mean_error(), 0);
  }
  return holds;
}

// Of the runs where the belief says so much, as many carry a regression; within chance and `tolerance`.
bool calibrated(const Track& track, double tolerance) {
  bool holds = true;
  for (std::size_t t = 0; t < kTimes.size(); ++t) {
    for (std::size_t b = 0; b < 10; ++b) {
      const double n = track.count[t][b];
      if (n < 100) continue;
      const double said = track.said[t][b] / n, came = track.came[t][b] / n;
      holds &= std::abs(said - came) <= kZ * share_error(said, n) + tolerance;
    }
  }
  return holds;
}

}  // namespace

TEST_CASE("Without drift the mean belief is the prior at every time, and the belief is calibrated") {
  const Track track = follow(watched(), watching(), 40'000);
  CHECK(martingale(track, kPrior));
  CHECK(calibrated(track, 0));
  CHECK(track.belief[3].variance() > 0.5 * kPrior * (1 - kPrior));  // it learns a lot
  CHECK_FALSE(martingale(track, kPrior * 1.02));                    // the twin
}

TEST_CASE("Rolling back on what is seen keeps the belief a martingale, and calibrated") {
  const Track track = follow(watched(), stopping(), 40'000);
  CHECK(martingale(track, kPrior));
  CHECK(calibrated(track, 0));
}

// An observer outside of the world, who hears what is published of the errors and takes it for what
// `modelled` says: how much windows vary, and how late they are. Late news misjudged is news of the wrong
// window, and so of a regression that showed, or did not show yet.
Track observe_from_outside(const sim::ScenarioParams& real, const sim::ScenarioParams& modelled,
                           std::uint32_t runs) {
  sim::StrategyParams patient = watching();
  for (auto& verdict : patient.monitoring.verdicts) verdict.no_data = sim::NoData::ignore;
  const Prepared world(real, patient);
  const Prepared observer(modelled, patient);
  const sim::SignalParams& signal = modelled.signals[0];
  const Time shows = seconds{1000} + modelled.change.regression.severities[1].onset.delay;
  Track track;
  for (std::uint32_t r = 0; r < runs; ++r) {
    sim::BeliefState belief;
    sim::begin_belief(belief, kPrior, observer.scenario.shares);
    sim::Reasons reasons;
    const sim::World w = world.run(91, r, false, &reasons);
    for (const auto& reason : reasons) {
      if (reason.kind != sim::ReasonKind::published || reason.who != 0) continue;
      std::array<double, 3> logs{};
      const sim::Reading reading{static_cast<double>(reason.n), reason.value * reason.n};
      const Time begins = reason.at - signal.delay - signal.window;
      for (std::size_t k = 0; k < 3; ++k) {
        const double shown = k == 2 && begins < shows ? 0 : 1;
        logs[k] = sim::log_likelihood(signal, reading,
                                      sim::moved_level(signal, 0.05, observer.scenario.moves[0][k], shown));
      }
      sim::observe(belief, logs);
    }
    const double b = sim::regression_probability(belief);
    const auto bin = std::min<std::size_t>(static_cast<std::size_t>(b * 10), 9);
    track.said[3][bin] += b;
    track.came[3][bin] += w.change.hypothesis > 0 ? 1 : 0;
    track.count[3][bin] += 1;
  }
  return track;
}

TEST_CASE("An observer who takes the overdispersion for chance, or late news for fresh, is found out") {
  sim::ScenarioParams real = watched();
  real.signals[0].overdispersion = 3;
  real.signals[0].delay = seconds{400};
  real.change.regression.severities[1].moves[0].ratio = 1.7;
  real.change.regression.severities[1].onset.delay = seconds{1100};
  CHECK(calibrated(observe_from_outside(real, real, 20'000), 0));  // who has it right is calibrated
  sim::ScenarioParams modelled = real;
  modelled.signals[0].overdispersion = 1;
  CHECK_FALSE(calibrated(observe_from_outside(real, modelled, 20'000), 0));
  modelled = real;
  modelled.signals[0].delay = seconds{0};
  CHECK_FALSE(calibrated(observe_from_outside(real, modelled, 20'000), 0));
}

TEST_CASE("On a tiny case the belief is Bayes' rule, enumerated") {
  sim::ScenarioParams p = watched();
  p.signals = {ratio_signal(0.05, seconds{100})};
  p.signals[0].delay = seconds{10};
  p.change.regression.severities[0].moves = {{"errors", 1.4, 0}};
  p.change.regression.severities[1].moves = {{"errors", 2.5, 0}};
  p.change.regression.severities[1].onset.delay =
      seconds{100};  // shows in the second window, not in the first
  sim::StrategyParams s = watching();
  s.steps = {{0.3, seconds{350}}, {1, seconds{100}}};
  s.monitoring.verdicts.resize(1);
  const Prepared prepared(p, s);
  const double levels[3][2] = {{0.05, 0.05}, {0.07, 0.07}, {0.05, 0.125}};
  const double priors[3] = {0.6, 0.28, 0.12};
  for (std::uint32_t r = 0; r < 200; ++r) {
    sim::World w = prepared.begin(92, r, true);
    sim::Reasons reasons;
    sim::advance(prepared.scenario, prepared.strategy, w, seconds{1250}, &reasons);
    double posterior[3], sum = 0;
    for (int k = 0; k < 3; ++k) {
      posterior[k] = priors[k];
      int window = 0;
      for (const auto& reason : reasons) {
        if (reason.kind != sim::ReasonKind::published) continue;
        const double n = reason.n, x = std::round(reason.value * n), level = levels[k][window++];
        posterior[k] *= std::exp(std::lgamma(n + 1) - std::lgamma(x + 1) - std::lgamma(n - x + 1) +
                                 x * std::log(level) + (n - x) * std::log(1 - level));
      }
      REQUIRE(window == 2);
      sum += posterior[k];
    }
    const auto belief = sim::probabilities(w.belief);
    for (std::size_t k = 0; k < 3; ++k) CHECK(belief[k] == Approx(posterior[k] / sum).epsilon(1e-9));
  }
}

TEST_CASE("Worlds with the same published measurements have the same belief, whatever the truth") {
  const Prepared prepared(watched(), watching());
  for (std::uint32_t r = 0; r < 50; ++r) {
    sim::World a = prepared.begin(93, r, true);
    sim::advance(prepared.scenario, prepared.strategy, a, seconds{1405});  // measured, on their way
    sim::World b = a;
    b.change.hypothesis = (a.change.hypothesis + 1) % 3;
    b.change.effectiveness = 0.123;
    b.seed = 999;
    const auto before = sim::probabilities(a.belief);
    for (sim::World* w : {&a, &b}) sim::advance(prepared.scenario, prepared.strategy, *w, seconds{1440});
    CHECK(sim::probabilities(a.belief) == sim::probabilities(b.belief));
    CHECK(sim::probabilities(a.belief) != before);  // something was published meanwhile
  }
}

TEST_CASE("A gate's pass and its flag enter the belief by Bayes' rule") {
  sim::BeliefState belief;
  const std::array<double, 2> shares = {0.7, 0.3};
  sim::begin_belief(belief, 0.2, shares);
  sim::observe_gate(belief, 0.95, 0.3);
  CHECK(sim::regression_probability(belief) == Approx(sim::after_passing(0.2, 0.7, 0.95)));
  CHECK(sim::probabilities(belief)[1] / sim::probabilities(belief)[2] == Approx(7.0 / 3));
  sim::begin_belief(belief, 0.2, shares);
  sim::observe_gate(belief, 0.05, 0.7);
  CHECK(sim::regression_probability(belief) == Approx(sim::after_flagging(0.2, 0.7, 0.95)));
}

TEST_CASE("With drift the filter's belief stays calibrated within four points") {
  sim::ScenarioParams p = watched();
  p.signals[0].drift = sim::DriftParams{0.3, seconds{600}};
  p.signals[2].drift = sim::DriftParams{0.02, seconds{600}};
  const Track track = follow(p, watching(), 15'000);
  CHECK(calibrated(track, 0.04));
  for (std::size_t t = 0; t < kTimes.size(); ++t) CHECK(std::abs(track.error[t].mean()) < 0.015);
}
