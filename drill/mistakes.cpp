#include "drill/mistakes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/estimate/moments.hpp"
#include "analysis/timeline_text.hpp"
#include "drill/arrange.hpp"
#include "drill/moments.hpp"
#include "sim/simulator.hpp"

namespace breakglass::drill {
namespace {

constexpr std::uint32_t kWorlds = 4000;
constexpr double kNormal99 = 2.5758293035489004;

bool is_decoy(const Drill& drill) { return drill.scenario().params.nature == sim::Nature::decoy; }

// What asks for approval was approved, by whom it may, for the change in front of traffic.
std::string unapproved(const Drill& at) {
  if (at.seat.plan.empty()) return "no approval rule was chosen, and nobody was asked";
  if (at.world.approvals.approved == 0) {
    return first_order(at, sim::Order::ask_approval) == sim::kNever ? "nobody was asked"
                                                                    : "nobody had approved yet";
  }
  if ((at.world.approvals.approved & at.world.approvals.impostor) != 0)
    return "an approval came from an account that is not its approver's";
  return standing(at.seat.plan, at.world.approvals) == sim::Standing::approved
             ? ""
             : "not everybody whom the rule needs had approved";
}

// Mean harm that the jump cost, in worlds that are not the trainee's; nothing where it is not told apart
// from 0.
std::string cost_of_jump(const Drill& at) {
  const auto compressed = find_strategy(at, "compressed-canary");
  if (!compressed) return "";
  sim::StrategyParams bold = at.seat.params;
  sim::StrategyParams careful = bold;
  careful.steps = compressed->params.steps;
  careful.monitoring.verdicts = compressed->params.monitoring.verdicts;
  const sim::Scenario& page = at.loaded->scenario;  // before any inject: worlds begin at the page
  const sim::Strategy a = sim::prepare(page, std::move(bold));
  const sim::Strategy b = sim::prepare(page, std::move(careful));
  analysis::Moments difference;
  const std::uint64_t seed = at.setup.seed ^ 0x9E3779B97F4A7C15U;
  for (std::uint32_t r = 0; r < kWorlds; ++r) {
    analysis::add(difference, sim::total_harm(sim::simulate(page, a, seed, r)) -
                                  sim::total_harm(sim::simulate(page, b, seed, r)));
  }
  const double half = kNormal99 * analysis::standard_error(difference);
  if (difference.mean - half <= 0) return "";
  return fmt::format(
      "over {} other worlds the same with a compressed canary does {:.3g} {} less on average (99% interval "
      "{:.3g} to {:.3g})",
      kWorlds, difference.mean, at.scenario().params.harm_unit, difference.mean - half,
      difference.mean + half);
}

void check_shipping(const Drill& drill, std::vector<Finding>& out) {
  const sim::Time shipped = first_traffic(drill);
  if (shipped == sim::kNever) return;
  const Drill at = as_of(drill, shipped);
  const bool as_emergency =
      !at.seat.params.bypasses.empty() || (at.notes.category && *at.notes.category != sim::Category::none);
  if (is_decoy(drill) && as_emergency) {
    out.push_back({Mistake::routine_as_emergency, shipped,
                   fmt::format("{} bypassed for what is no emergency: {}",
                               at.seat.params.bypasses.empty() ? "nothing was" : "the discipline was",
                               drill.scenario().params.title)});
  }
  if (const std::string why = unapproved(at); !why.empty())
    out.push_back({Mistake::without_approval, shipped, why});
  if (!at.world.rollout.rollback_verified) {
    out.push_back({Mistake::without_rollback, shipped,
                   first_order(drill, sim::Order::verify_rollback) <= shipped
                       ? "the rehearsal of the way back had not ended"
                       : "nobody had rehearsed the way back"});
  }
  const auto first = std::find_if(drill.reasons.begin(), drill.reasons.end(),
                                  [](const auto& r) { return r.kind == sim::ReasonKind::step; });
  if (first->value >= 1 && !is_decoy(drill)) {
    if (const std::string why = cost_of_jump(at); !why.empty())
      out.push_back({Mistake::without_canary, shipped, why});
  }
  if (at.seat.params.bypasses.empty() && !is_decoy(drill)) {
    out.push_back({Mistake::normal_process, shipped,
                   fmt::format("nothing was bypassed: the first request came {} after the page, and the harm "
                               "had run all that time",
                               analysis::short_time(sim::to_seconds(shipped)))});
  }
}

std::string left_undone(const Drill& drill) {
  const sim::World& w = drill.world;
  std::string out;
  const auto add = [&](bool missing, const char* what) {
    if (missing) out += (out.empty() ? "" : ", ") + std::string(what);
  };
  const bool gate_bypassed = drill.scenario().params.gates.eval_gate &&
                             sim::bypasses(drill.seat.params.bypasses, sim::Element::eval_gate);
  add(!w.record.verified, "the resolution was not verified");
  add(gate_bypassed && !w.record.gates_ran && !w.seat.looked_into,
      "the bypassed evaluation was not run and settled");
  add(first_order(drill, sim::Order::hold_postmortem) == sim::kNever, "no postmortem was called");
  return out;
}

}  // namespace

std::string_view name_of(Mistake mistake) {
  switch (mistake) {
    case Mistake::routine_as_emergency: return "routine framed as an emergency";
    case Mistake::without_approval: return "emergency without approval";
    case Mistake::without_canary: return "emergency without a compressed canary";
    case Mistake::without_rollback: return "emergency without a rollback ready";
    case Mistake::without_follow_up: return "emergency without post-incident discipline";
    case Mistake::refused_emergency: return "a real emergency refused";
    case Mistake::normal_process: return "the full normal process while harm runs";
  }
  return "";
}

std::string_view id_of(Mistake mistake) {
  switch (mistake) {
    case Mistake::routine_as_emergency: return "routine-as-emergency";
    case Mistake::without_approval: return "without-approval";
    case Mistake::without_canary: return "without-canary";
    case Mistake::without_rollback: return "without-rollback";
    case Mistake::without_follow_up: return "without-follow-up";
    case Mistake::refused_emergency: return "refused-emergency";
    case Mistake::normal_process: return "normal-process";
  }
  return "";
}

std::vector<Finding> find_mistakes(const Drill& drill) {
  std::vector<Finding> out;
  check_shipping(drill, out);
  const bool shipped = first_traffic(drill) != sim::kNever;
  const sim::Time end = drill.notes.closed_at == sim::kNever ? drill.world.now : drill.notes.closed_at;
  if (!is_decoy(drill) && is_over(drill) && !shipped) {
    out.push_back({Mistake::refused_emergency, end,
                   drill.notes.refused ? "refused: " + drill.notes.refusal : "nothing was shipped"});
  }
  if (shipped && is_over(drill)) {
    if (const std::string what = left_undone(drill); !what.empty())
      out.push_back({Mistake::without_follow_up, end, what});
  }
  std::stable_sort(out.begin(), out.end(), [](const Finding& a, const Finding& b) { return a.at < b.at; });
  return out;
}

}  // namespace breakglass::drill
