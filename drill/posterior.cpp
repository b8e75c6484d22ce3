#include "drill/posterior.hpp"

#include <algorithm>
#include <initializer_list>

#include "sim/kernel/distribution.hpp"

namespace breakglass::drill {
namespace {

constexpr std::uint64_t kImagination = 0xB5297A4D3F84D5B5U;  // keeps these draws apart from the world's own
constexpr std::uint16_t kImagined = 4000;                    // and within those, from any entity's

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

std::vector<sim::OpenWork> open_work(const Drill& drill) {
  std::vector<sim::OpenWork> open;
  drill.world.queue.for_each_in_order([&](const auto& event) {
    const sim::Time start = began(drill, event.payload);
    if (start != sim::kNever) open.push_back({event.payload.kind, event.payload.who, start});
  });
  return open;
}

std::uint64_t imagination_of(const Drill& drill) {
  return drill.setup.seed ^ (drill.setup.replication * 0x9E3779B97F4A7C15U) ^ kImagination;
}

sim::Address draw_of(const Drill& drill, sim::Question question, std::uint32_t replication) {
  return {imagination_of(drill), replication, static_cast<std::uint8_t>(question), kImagined,
          static_cast<std::uint64_t>(drill.world.now.count())};
}

// The kinds of world as the belief and the scenario's base rates have them.
std::vector<Stratum> kinds_before(const Drill& drill) {
  const double real = drill.scenario().params.real;
  const sim::BeliefState& belief = drill.world.belief;
  const auto p = sim::probabilities(belief);
  std::vector<Stratum> kinds;
  for (int k = 0; k < std::max(1, belief.hypotheses); ++k) {
    const double of_change = belief.hypotheses > 0 ? p[static_cast<std::size_t>(k)] : 1;
    kinds.push_back({of_change * real, true, k, {}});
    kinds.push_back({of_change * (1 - real), false, k, {}});
  }
  std::erase_if(kinds, [](const Stratum& kind) { return kind.probability <= 0; });
  return kinds;
}

bool is_look(const sim::Reason& r) {
  return r.kind == sim::ReasonKind::not_resolved || r.kind == sim::ReasonKind::resolution_verified;
}

// What a look at the resolution has found of the change that serves, and the world as it stood then as far as
// that decides what it could find.
struct Look {
  bool found = false;
  sim::World then;
};

// Takes what happened into account.
void live_through(const sim::Reason& r, sim::World& world) {
  using enum sim::ReasonKind;
  switch (r.kind) {
    case step:
    case walking_back:
      world.rollout.weight = r.value;
      world.traffic.share = r.value2;
      return;
    case containment_on: world.record.contained = true; return;
    case containment_off: world.record.contained = false; return;
    case message_out: world.record.informed = true; return;
    default: return;
  }
}

std::vector<Look> looks_at_resolution(const Drill& drill) {
  std::vector<Look> looks;
  const sim::Time since = last_reason(drill, {sim::ReasonKind::rolled_back, sim::ReasonKind::refined});
  const auto of_this_change = [&](const sim::Reason& r) {
    return is_look(r) && (since == sim::kNever || r.at >= since);
  };
  if (std::none_of(drill.reasons.begin(), drill.reasons.end(), of_this_change)) return looks;
  sim::World world = drill.world;
  world.record.contained = world.record.informed = false;
  for (const sim::Reason& r : drill.reasons) {
    live_through(r, world);
    world.now = r.at;
    if (of_this_change(r)) looks.push_back({r.kind == sim::ReasonKind::not_resolved, world});
  }
  return looks;
}

// How likely it is, were that the truth, that the looks found what they found.
double likelihood(const Drill& drill, std::vector<Look>& looks, const sim::Truth& truth) {
  double product = 1;
  const double notices = drill.scenario().params.response.verify.sensitivity;
  for (Look& look : looks) {
    const double finds = sim::could_find_harm(drill.scenario(), drill.seat, truth, look.then) ? notices : 0;
    product *= look.found ? finds : 1 - finds;
  }
  return product;
}

// Weighs each kind by the looks, and how well the fix works within it.
void weigh_looks(const Drill& drill, std::vector<Stratum>& kinds) {
  std::vector<Look> looks = looks_at_resolution(drill);
  if (looks.empty()) return;
  const sim::Distribution& fix = drill.scenario().params.change.fix_effectiveness;
  for (Stratum& kind : kinds) {
    double sum = 0;
    for (int i = 0; i < kFixGrid; ++i) {
      const double effectiveness = std::clamp(sim::quantile(fix, (i + 0.5) / kFixGrid), 0.0, 1.0);
      sum += likelihood(drill, looks, {kind.real, kind.hypothesis, effectiveness}) / kFixGrid;
      kind.fix_below.push_back(sum);
    }
    kind.probability *= sum;
  }
}

// How likely it is that a person said so of a change that carries a regression with that probability.
// `known`: the belief has weighed already that an approver has not caught one.
double answer_likelihood(const sim::Approver& person, sim::ReasonKind said, bool real, double regression,
                         bool known) {
  const double sees = real ? 0 : person.sees_through;
  const double misses = 1 - person.catches * regression;
  if (said == sim::ReasonKind::declined) return sees + (1 - sees) * misses * person.declines;
  return (1 - sees) * (said == sim::ReasonKind::answered && !known ? misses : 1);
}

// What approvers say tells something of both: some see through a false emergency, some catch a regression. An
// answer about a change that is no more weighs on the emergency alone.
void weigh_answers(const Drill& drill, std::vector<Stratum>& kinds) {
  using enum sim::ReasonKind;
  const sim::Time written = last_reason(drill, {authored});
  const sim::Time approved_at = last_reason(drill, {approved});
  // A refinement is written while its forerunner serves, whom the belief is about.
  const sim::World& w = drill.world;
  const bool refines = w.rollout.weight > 0 && w.draft.attempt > w.change.attempt;
  for (const sim::Reason& r : drill.reasons) {
    if (r.kind != answered && r.kind != declined && r.kind != caught) continue;
    const sim::Approver& person = drill.scenario().people[static_cast<std::size_t>(r.value)];
    const bool about_this = r.kind != caught && !refines && r.at >= written;
    const bool known = approved_at != sim::kNever && approved_at >= r.at;
    double most = 0;
    for (Stratum& kind : kinds) {
      const double regression = about_this ? (kind.hypothesis > 0 ? 1 : 0) : std::max(0.0, r.belief);
      kind.probability *= answer_likelihood(person, r.kind, kind.real, regression, known || !about_this);
      most = std::max(most, kind.probability);
    }
    // Only the ratios matter, and hundreds of answers would leave nothing.
    if (most > 0)
      for (Stratum& kind : kinds) kind.probability /= most;
  }
}

// How well the fix works in one world of a kind, as a quantile of its law.
double fix_quantile(const Stratum& kind, double u) {
  if (kind.fix_below.empty()) return u;
  const double below = u * kind.fix_below.back();
  const auto at = std::upper_bound(kind.fix_below.begin(), kind.fix_below.end() - 1, below);
  const double from = at == kind.fix_below.begin() ? 0 : *(at - 1);
  const double part = *at > from ? (below - from) / (*at - from) : 0.5;
  return (static_cast<double>(at - kind.fix_below.begin()) + std::clamp(part, 0.001, 0.999)) / kFixGrid;
}

}  // namespace

Posterior posterior_of(const Drill& drill, int worlds) {
  std::vector<Stratum> kinds = kinds_before(drill);
  weigh_answers(drill, kinds);
  weigh_looks(drill, kinds);
  return {open_work(drill), share_out(std::move(kinds), worlds)};
}

namespace {

sim::World imagine_of(const Drill& drill, const Posterior& posterior, const Stratum& kind,
                      std::uint32_t replication) {
  const sim::Scenario& scenario = drill.scenario();
  const std::uint64_t seed = imagination_of(drill);
  const double u = sim::uniform(draw_of(drill, sim::Question::fix, replication));
  const double fix = sim::quantile(scenario.params.change.fix_effectiveness, fix_quantile(kind, u));
  const sim::Truth truth{kind.real, kind.hypothesis, std::clamp(fix, 0.0, 1.0)};
  return sim::imagine(scenario, drill.seat, drill.world, truth, posterior.open, seed, replication);
}

}  // namespace

sim::World imagine_world(const Drill& drill, const Posterior& posterior, std::uint32_t replication) {
  return imagine_of(drill, posterior, posterior.strata.kinds[posterior.strata.of_world[replication]],
                    replication);
}

sim::World imagine_one(const Drill& drill, std::uint32_t replication) {
  const Posterior posterior = posterior_of(drill, 0);
  double left = sim::uniform(draw_of(drill, sim::Question::is_real, replication));
  const auto& kinds = posterior.strata.kinds;
  std::size_t k = 0;
  for (; k + 1 < kinds.size() && left >= kinds[k].probability; ++k) left -= kinds[k].probability;
  return imagine_of(drill, posterior, kinds[k], replication);
}

}  // namespace breakglass::drill
