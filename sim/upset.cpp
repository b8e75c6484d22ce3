#include "sim/upset.hpp"

#include <array>

#include "sim/run.hpp"

namespace breakglass::sim {

void settle(const Scenario& scenario, const Strategy& strategy, World& world) {
  Run run{scenario, strategy, world, nullptr};
  settle_harm(run);
}

void answer_later(World& world, int person, Duration by) {
  std::array<Scheduled<Event>, kMaxPeople> moved{};
  std::size_t count = 0;
  const auto is_theirs = [&](const auto& event) {
    return event.payload.kind == EventKind::answered && world.approvals.by[event.payload.who] == person;
  };
  world.queue.for_each_in_order([&](const auto& event) {
    if (is_theirs(event) && count < moved.size()) moved[count++] = event;
  });
  world.queue.cancel_if(is_theirs);
  for (std::size_t i = 0; i < count; ++i)
    world.queue.push(moved[i].at + by, static_cast<std::uint8_t>(phase_of(moved[i].payload.kind)),
                     moved[i].payload);
}

}  // namespace breakglass::sim
