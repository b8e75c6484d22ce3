#include "drill/posterior.hpp"

#include <algorithm>
#include <initializer_list>

namespace breakglass::drill {
namespace {

constexpr std::uint64_t kImagination = 0xB5297A4D3F84D5B5U;  // keeps these draws apart from the world's own
constexpr int kTries = 64;

sim::Time last_order(const Drill& drill, sim::Order order) {
  const auto at = std::find_if(drill.entries.rbegin(), drill.entries.rend(), [&](const Entry& e) {
    return e.action.verb == Verb::order && e.action.order == order;
  });
  return at == drill.entries.rend() ? sim::kNever : at->at;
}

sim::Time last_reason(const Drill& drill, std::initializer_list<sim::ReasonKind> kinds, int who = -1) {
  const auto at = std::find_if(drill.reasons.rbegin(), drill.reasons.rend(), [&](const sim::Reason& r) {
    return std::find(kinds.begin(), kinds.end(), r.kind) != kinds.end() && (who < 0 || r.who == who);
  });
  return at == drill.reasons.rend() ? sim::kNever : at->at;
}

// The later of two, of those that are.
sim::Time latest(sim::Time a, sim::Time b) {
  if (a == sim::kNever || b == sim::kNever) return std::min(a, b);
  return std::max(a, b);
}

// When the last page for that leaf of the approval plan was sent.
sim::Time last_page(const Drill& drill, std::size_t leaf) {
  using enum sim::ReasonKind;
  const int person = drill.seat.plan.leaves[leaf].person;
  const int reached = drill.world.approvals.by[leaf];
  const auto at = std::find_if(drill.reasons.rbegin(), drill.reasons.rend(), [&](const sim::Reason& r) {
    if (r.kind == approval_asked || r.kind == answered_twice) return r.who == person;
    if (r.kind == page_missed || r.kind == passed_on) return static_cast<int>(r.value) == reached;
    return r.kind == impostor_noticed;
  });
  return at == drill.reasons.rend() ? sim::kNever : at->at;
}

sim::Time began(const Drill& drill, const sim::Event& event) {
  using enum sim::ReasonKind;
  using sim::EventKind;
  using sim::Order;
  switch (event.kind) {
    case EventKind::stage_done:
      switch (static_cast<sim::Stage>(event.who)) {
        case sim::Stage::triage: return sim::Time{};
        case sim::Stage::authoring:
          return latest(last_reason(drill, {triaged, gate_flagged, caught, investigated}),
                        last_order(drill, Order::fix_forward));
        case sim::Stage::eval_gate: return last_order(drill, Order::run_gate);
        case sim::Stage::coordination: return last_order(drill, Order::coordinate);
        case sim::Stage::deploying: return last_reason(drill, {deploying});
        case sim::Stage::investigating: return last_reason(drill, {rolled_back});
        default: return sim::kNever;  // its length is known, as the rehearsal's and the window's are
      }
    case EventKind::answered: return last_page(drill, event.who);
    case EventKind::rollback_decided: return last_reason(drill, {rollback_asked});
    case EventKind::rollback_tried: return last_reason(drill, {rollback_began, rollback_failed});
    case EventKind::late_gate: return last_order(drill, Order::run_bypassed_gates);
    case EventKind::late_investigated:
    case EventKind::concern_resolved:
    case EventKind::reports_looked_into: return last_order(drill, Order::investigate);
    case EventKind::verified: return last_order(drill, Order::verify_resolution);
    case EventKind::communicated: return last_order(drill, Order::communicate);
    case EventKind::contained: return last_order(drill, Order::contain);
    case EventKind::postmortem_held: return last_order(drill, Order::hold_postmortem);
    default: return sim::kNever;
  }
}

// How likely it is, were that the truth, that looks at the resolution found what they found.
double likelihood(const Drill& drill, const sim::World& world) {
  using enum sim::ReasonKind;
  const sim::Time since = latest(last_reason(drill, {complete}), last_reason(drill, {rolled_back, refined}));
  double product = 1;
  const double notices = drill.scenario().params.response.verify.sensitivity;
  for (const sim::Reason& r : drill.reasons) {
    if (r.at < since || (r.kind != not_resolved && r.kind != resolution_verified)) continue;
    const double finds = could_find_harm(drill.scenario(), drill.seat, world) ? notices : 0;
    product *= r.kind == not_resolved ? finds : 1 - finds;
  }
  return product;
}

}  // namespace

std::vector<sim::OpenWork> open_work(const Drill& drill) {
  std::vector<sim::OpenWork> open;
  drill.world.queue.for_each_in_order([&](const auto& event) {
    const sim::Time start = began(drill, event.payload);
    if (start != sim::kNever) open.push_back({event.payload.kind, event.payload.who, start});
  });
  return open;
}

sim::World imagine_world(const Drill& drill, const std::vector<sim::OpenWork>& open,
                         std::uint32_t replication) {
  const sim::Scenario& scenario = drill.scenario();
  const std::uint64_t seed =
      drill.setup.seed ^ (drill.setup.replication * 0x9E3779B97F4A7C15U) ^ kImagination;
  sim::Truth truth;
  for (int i = 0; i < kTries; ++i) {
    const std::uint64_t luck = seed + static_cast<std::uint64_t>(i) * 0xD1342543DE82EF95U;
    truth = sim::imagine_truth(scenario, drill.world, luck, replication);
    const double p = likelihood(drill, sim::with_truth(scenario, drill.seat, drill.world, truth));
    if (p >= 1) break;
    const sim::Address at{luck, replication, static_cast<std::uint8_t>(sim::Question::verify_notices), 4001,
                          static_cast<std::uint64_t>(drill.world.now.count())};
    if (sim::uniform(at) < p) break;
  }
  return sim::imagine(scenario, drill.seat, drill.world, truth, open, seed, replication);
}

}  // namespace breakglass::drill
