// The grader's values against drills that are solved exactly.
#include <catch2/catch.hpp>

#include "drill/points.hpp"
#include "drill/valuation.hpp"
#include "sim/simulator.hpp"
#include "tests/drill/small_play.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

bool deep() { return std::getenv("BREAKGLASS_DEEP") != nullptr; }
const int kWorlds = deep() ? 65536 : 8192;
constexpr double kSigmas = 3.5;  // of some 200 values, one is farther off in one run of ten

// What an option of a decision comes to from now on. `after`: of orders, where the rollout then stands.
double exact_while_serving(const SmallSolution& exact, const drill::Drill& at, const drill::Option& option) {
  using Kind = drill::Option::Kind;
  SmallState s = state_of(at, exact.drill());
  int items = -1;
  for (const sim::Measurement& m : at.world.pending) {
    if (m.signal >= 0 && m.attempt == at.world.change.attempt) items = static_cast<int>(m.items[1]);
  }
  bool entered = at.world.rollout.step_began == at.world.now;
  if (option.kind == Kind::order && option.command.order == sim::Order::roll_back) return exact.roll_back(s);
  if (option.kind == Kind::order) {
    s.step = option.command.step < 0 ? s.step + 1 : option.command.step;
    entered = true;
  }
  if (s.step == static_cast<int>(exact.drill().weights.size())) {
    // Past the last step the rollout is declared complete, and nothing more is measured.
    s.step -= 1;
    if (exact.drill().lag > 0 || option.wait)
      return std::nan("");  // what is on its way still comes: not worked out
    return exact.best(s) == Move::roll_back ? exact.roll_back(s) : exact.never_decide(s);
  }
  if (!option.wait || option.wait->at_most == Duration{}) return exact.value_given(s, items);
  // The next reading, or the end of a step, asks again: after a period, or two before the first reading.
  const bool step_ends = entered && s.step + 1 < static_cast<int>(exact.drill().weights.size());
  const int until_news = step_ends || exact.drill().lag == 0 || s.pending >= 0 ? 1 : 2;
  const int periods = std::min(until_news, static_cast<int>(option.wait->at_most / kPeriod));
  return s.period + periods >= exact.drill().periods ? exact.never_decide(s) : exact.hold(s, periods, items);
}

// The period at whose beginning the last rollback was asked for.
int last_asked_back(const drill::Drill& drill) {
  int period = 0;
  for (const sim::Reason& r : drill.reasons) {
    if (r.kind == sim::ReasonKind::rollback_began) period = static_cast<int>((r.at - kReadyAt) / kPeriod);
  }
  return period;
}

double exact_before(const SmallSolution& exact, const drill::Drill& at, const drill::Option& option) {
  using Kind = drill::Option::Kind;
  const SmallDrill& small = exact.drill();
  const int attempt = at.world.draft.attempt;
  const double now = sim::to_seconds(at.world.now - kReadyAt) / sim::to_seconds(kPeriod);
  if (at.world.seat.ready) {
    const int period = static_cast<int>(std::lround(now));
    const SmallState shipped{attempt, period, 0, -1, 0, 0};
    if (option.kind == Kind::refuse) return exact.on_autopilot(period);
    if (option.kind == Kind::order) {
      return option.wait && option.wait->at_most > Duration{} ? exact.hold(shipped) : exact.value(shipped);
    }
    return option.wait ? exact.ongoing(small.periods - period) : exact.ready(attempt, period);
  }
  // Nothing to be done before the change is ready: the first, or the one after a rollback.
  const bool first = at.world.now < kReadyAt;
  const int period = first ? 0 : last_asked_back(at) + small.rework;
  const bool none = attempt > 0 || at.world.change.attempt > 0 || period >= small.periods;
  if (none) return exact.ongoing(small.periods - now);
  const double rest =
      option.kind == Kind::refuse ? exact.on_autopilot(period) : exact.ready(first ? 0 : 1, period);
  return exact.ongoing(period - now) + rest;
}

double exact_value(const SmallSolution& exact, const drill::DecisionPoint& point,
                   const drill::Option& option) {
  const drill::Drill& at = point.at;
  const double past = sim::total_harm(sim::outcome_of(at.scenario(), at.seat, at.world));
  const bool serves = at.world.rollout.weight > 0;
  return past + (serves ? exact_while_serving : exact_before)(exact, at, option);
}

void forget_last_window(drill::Drill& drill) {
  const auto last = std::find_if(drill.reasons.rbegin(), drill.reasons.rend(),
                                 [](const sim::Reason& r) { return r.kind == sim::ReasonKind::published; });
  if (last != drill.reasons.rend()) drill.reasons.erase(std::next(last).base());
}

// What was found against what should have been.
struct Comparison {
  int values = 0;
  int off = 0;  // by more than kSigmas standard errors
  std::string details;
  double weights = 0, weighted = 0;  // of the relative errors of independent values, by their precision

  double pooled() const { return weighted / weights; }  // relative error of them all
  double pooled_se() const { return 1 / std::sqrt(weights); }
};

// A posterior that has not heard of the last window.
enum class Hears { everything, all_but_the_last };

void add(Comparison& out, const drill::DecisionPoint& point, const drill::Valuation& v, std::size_t o,
         double should) {
  if (std::isnan(should)) return;
  const drill::WeightedMean found = drill::mean_harm(v, o, drill::Half::all);
  const bool is_off = std::abs(found.mean - should) > kSigmas * found.se + 1e-6 * should;
  ++out.values;
  out.off += is_off;
  if (is_off) {
    out.details += fmt::format("{} s: {}: {} +- {}, exact {}\n", sim::to_seconds(point.at.world.now),
                               v.options[o].name, found.mean, found.se, should);
  }
  if (o != drill::kReference || found.se <= 0) return;
  const double precision = should * should / (found.se * found.se);
  out.weights += precision;
  out.weighted += precision * (found.mean / should - 1);
}

// One opinion of what the values should be, and how they compare with it.
struct Opinion {
  const SmallSolution* exact;
  Hears hears = Hears::everything;
  Comparison result{};
};

// Every option of every decision of a perfect player, against each opinion.
void compare(const SmallSolution& player, std::uint64_t luck, std::span<Opinion> opinions) {
  const auto loaded = load(player.drill());
  const drill::Drill drill = play(loaded, player, luck, perfect(player));
  for (const drill::DecisionPoint& point :
       drill::find_points(drill, loaded->strategies.back(), decider(player))) {
    drill::Valuation v = drill::begin_valuation(point, kWorlds);
    drill::value_worlds(v, kWorlds, 2);
    for (Opinion& opinion : opinions) {
      drill::DecisionPoint heard = point;
      if (opinion.hears == Hears::all_but_the_last) forget_last_window(heard.at);
      for (std::size_t o = 0; o < v.options.size(); ++o)
        add(opinion.result, heard, v, o, exact_value(*opinion.exact, heard, v.options[o]));
    }
  }
}

std::string text_of(const Comparison& c) {
  return fmt::format("{} values, {} off, in all by {:.5f} +- {:.5f}\n", c.values, c.off, c.pooled(),
                     c.pooled_se());
}

void check(const Comparison& c) {
  INFO(text_of(c) << c.details);
  CHECK(c.off == 0);
  CHECK(std::abs(c.pooled()) < 3 * c.pooled_se());
  CHECK(3 * c.pooled_se() < 0.01);  // an error of 1% would be seen
  if (deep()) WARN(text_of(c));
}

}  // namespace

TEST_CASE("three small drills drawn at random: every value is within its error of the exact one") {
  int deaf_off = 0;
  for (const std::uint64_t seed : {1, 2, 3}) {
    const SmallDrill small = random_small(seed);
    SmallDrill other = small;
    other.prior *= 1.05;
    const SmallSolution exact(small), with_other_prior(other);
    Opinion opinions[] = {{&exact}, {&with_other_prior}, {&exact, Hears::all_but_the_last}};
    for (std::uint64_t luck = 1; luck <= 2; ++luck) compare(exact, luck, opinions);
    INFO("drill " << seed);
    check(opinions[0].result);
    CHECK(opinions[0].result.values > 15);
    // The twins are found out: a prior that is 5% off, and a posterior that has not heard of one window.
    INFO(text_of(opinions[1].result));
    CHECK(opinions[1].result.off > 0);
    deaf_off += opinions[2].result.off;
  }
  CHECK(deaf_off > 0);
}

// Worked out with a pencil. Every request on a regression fails and none on a clean change, so one request
// tells. A period brings 5 requests, one of them at 20%; harm runs at 1.8 a period where the change does not
// stop it, and a request on a regression does 1. A rollback takes a fifth of a period.
//
//   at 20 min   no request has come (probability e^-1 = 0.367879): P(regression) = 1/2
//                 promote     1/2 * 5                      = 2.5
//                 hold        0.8 * 1.8 + 1/2 * 1          = 1.94
//                 roll back   0.2 * 1.94 + 0.8 * 1.8       = 1.828     the best
//               one has come, and passed: promote: 0
//               one has come, and failed
//                 promote     5
//                 hold        0.8 * 1.8 + 1                = 2.44
//                 roll back   0.2 * 2.44 + 0.8 * 1.8       = 1.928     the best
//   at 10 min   ship at 20%   0.8 * 1.8 + 1/2 * 1 + 0.367879 * 1.828 + 0.632121 * 1/2 * 1.928 = 3.221848
//               never ship    2 * 1.8                      = 3.6
//   at the page               1.8 + 3.221848               = 5.021848
TEST_CASE("a small drill worked out by hand: the solver and the grader agree with the pencil") {
  SmallDrill small;
  small.prior = 0.5;
  small.requests = 5;
  small.clean = 1e-9;
  small.bad = 1 - 1e-9;
  small.harm_per_s = 0.003;
  small.half_fix = 0;
  small.periods = 2;
  const SmallSolution exact(small);
  const SmallState none{0, 1, 0, -1, 0, 0}, passed{0, 1, 0, -1, 0, 1}, failed{0, 1, 0, -1, 1, 0};
  CHECK(exact.never_decide({0, 1, 1, -1, 0, 0}) == Approx(2.5));
  CHECK(exact.hold(none) == Approx(1.94));
  CHECK(exact.roll_back(none) == Approx(1.828));
  CHECK(exact.promote(passed) == Approx(0).margin(1e-6));
  CHECK(exact.never_decide({0, 1, 1, -1, 1, 0}) == Approx(5));
  CHECK(exact.roll_back(failed) == Approx(1.928));
  CHECK(exact.ready(0, 0) == Approx(3.221848).epsilon(1e-6));
  CHECK(exact.best(none) == Move::roll_back);
  CHECK(exact.best(passed) == Move::promote);
  SmallDrill other = small;
  other.prior *= 1.05;
  const SmallSolution with_other_prior(other);
  Opinion opinions[] = {{&exact}, {&with_other_prior}};
  for (std::uint64_t luck = 1; luck <= 6; ++luck) compare(exact, luck, opinions);  // all three happen
  check(opinions[0].result);
  const Comparison& twin = opinions[1].result;
  INFO(text_of(twin));
  CHECK(std::abs(twin.pooled()) > 3 * twin.pooled_se());
}
