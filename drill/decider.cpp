#include "drill/decider.hpp"

#include <algorithm>

#include "sim/simulator.hpp"

namespace breakglass::drill {
namespace {

constexpr int kMostOrders = 16;  // at one moment

void decide_now(const sim::Scenario& scenario, const sim::Strategy& seat, const Decider& decider,
                sim::World& world) {
  for (int i = 0; i < kMostOrders; ++i) {
    const auto command = decider(view_of_decider(world));
    if (!command || sim::query(scenario, seat, world, *command) != sim::Hindrance::none) return;
    sim::submit(scenario, seat, world, *command);
    sim::advance(scenario, seat, world, world.now);
  }
}

}  // namespace

DeciderView view_of_decider(const sim::World& world) {
  const bool serves = world.rollout.weight > 0;
  DeciderView s;
  s.now = world.now;
  s.attempt = serves ? world.change.attempt : world.draft.attempt;
  s.ready = world.seat.ready && world.rollout.stage == sim::Stage::waiting;
  s.weight = world.rollout.weight;
  if (serves) {
    s.step = world.rollout.step;
    s.rollout_began = world.rollout.rollout_began;
    s.step_began = world.rollout.step_began;
  }
  if (world.belief.hypotheses > 0) s.belief = sim::probabilities(world.belief);
  return s;
}

double harm_of_deciding(const sim::Scenario& scenario, const sim::Strategy& seat, const Decider& decider,
                        sim::World world) {
  const sim::Time end = sim::horizon(scenario);
  sim::Reasons news;
  decide_now(scenario, seat, decider, world);
  while (world.now < end) {
    news.clear();
    while (news.empty() && world.now < end)
      sim::advance(scenario, seat, world, std::min(world.queue.next_time(), end), &news);
    if (world.now < end) decide_now(scenario, seat, decider, world);
  }
  return sim::total_harm(sim::outcome_of(scenario, seat, std::move(world)));
}

}  // namespace breakglass::drill
