// Who plays small drills: somebody who decides by what was published, at the end of every period.
#pragma once

#include <catch2/catch.hpp>
#include <functional>

#include "drill/decider.hpp"
#include "tests/drill/small_solution.hpp"

namespace breakglass::tests {

using Player = std::function<Move(const SmallState&, double last_share_failed)>;

inline sim::Time end_of_period(int period) { return kReadyAt + period * kPeriod; }

// Where the rollout in a drill stands at the end of a period, by what was published and done.
inline SmallState state_of(const drill::Drill& drill, const SmallDrill& small) {
  SmallState s;
  s.attempt = drill.world.change.attempt;
  s.period = static_cast<int>((drill.world.now - kReadyAt) / kPeriod);
  s.step = drill.world.rollout.step;
  for (const sim::Reason& r : drill.reasons) {
    if (r.kind == sim::ReasonKind::deploying) s.failed = s.passed = 0, s.pending = -1;
    if (r.kind == sim::ReasonKind::step && small.lag > 0 && r.at < drill.world.now) s.pending = r.n;
    if (r.kind != sim::ReasonKind::published || r.n == 0) continue;
    const int failed = static_cast<int>(std::lround(r.value * r.n));
    s.failed += failed;
    s.passed += r.n - failed;
  }
  return s;
}

// Of the last window that was published; below 0: none.
inline double last_share_failed(const drill::Drill& drill) {
  double share = -1;
  for (const sim::Reason& r : drill.reasons) {
    if (r.kind == sim::ReasonKind::deploying) share = -1;
    if (r.kind == sim::ReasonKind::published) share = r.value;
  }
  return share;
}

inline void order(drill::Drill& drill, sim::Order order) {
  drill::Action action;
  action.verb = drill::Verb::order;
  action.order = order;
  INFO(drill::query(drill, action) << " at " << sim::to_seconds(drill.world.now));
  REQUIRE(drill::query(drill, action).empty());
  drill::submit(drill, action);
}

inline drill::Drill play(const std::shared_ptr<const scenarios::LoadedScenario>& loaded,
                         const SmallSolution& solution, std::uint64_t seed, const Player& player) {
  const SmallDrill& small = solution.drill();
  drill::Drill drill =
      drill::begin_drill(loaded, {.seed = seed, .replication = 0, .mode = drill::Mode::drill});
  drill::Action schedule;
  schedule.verb = drill::Verb::schedule;
  schedule.steps = loaded->strategies.back().params.steps;
  drill::submit(drill, schedule);
  for (int period = 0; period < small.periods; ++period) {
    drill::wait_until(drill, end_of_period(period));
    if (drill.world.seat.ready && solution.ships(drill.world.draft.attempt, period))
      order(drill, sim::Order::ship);
    drill::wait_until(drill, end_of_period(period));  // it is in front of traffic at once
    while (drill.world.rollout.stage == sim::Stage::stepping) {
      const SmallState s = state_of(drill, small);
      const Move move = player(s, last_share_failed(drill));
      if (move == Move::roll_back) order(drill, sim::Order::roll_back);
      if (move == Move::promote && s.step + 1 < static_cast<int>(small.weights.size()))
        order(drill, sim::Order::promote);
      else
        break;
    }
  }
  drill::wait_until(drill, sim::horizon(loaded->scenario));
  return drill;
}

inline Player perfect(const SmallSolution& solution) {
  return [&solution](const SmallState& s, double) { return solution.best(s); };
}

// The same decisions, for the grader to go on with: by time, steps and belief.
inline drill::Decider decider(const SmallSolution& solution) {
  return [&solution](const drill::DeciderView& seen) -> std::optional<sim::Command> {
    if (seen.now < kReadyAt || (seen.now - kReadyAt) % kPeriod != Duration{}) return std::nullopt;
    SmallState s;
    s.attempt = seen.attempt;
    s.period = static_cast<int>((seen.now - kReadyAt) / kPeriod);
    if (s.period >= solution.drill().periods) return std::nullopt;
    if (seen.ready && solution.ships(s.attempt, s.period)) return sim::Command{sim::Order::ship};
    if (seen.step < 0) return std::nullopt;
    s.step = seen.step;
    if (solution.drill().lag > 0 && seen.rollout_began < seen.now)
      s.pending = seen.step_began < seen.now ? s.step : s.step - 1;
    std::tie(s.failed, s.passed) = solution.counts_of(std::log(seen.belief[1] / seen.belief[0]));
    switch (solution.best(s)) {
      case Move::promote: return sim::Command{sim::Order::promote};
      case Move::roll_back: return sim::Command{sim::Order::roll_back};
      case Move::hold: break;
    }
    return std::nullopt;
  };
}

}  // namespace breakglass::tests
