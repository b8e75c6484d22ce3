// What a person in the seat can order, as values. `query` says whether an order is possible now, and why not;
// `submit` carries it out. Buttons, terminal, scripts and replays all go through this door.
//
// What a person has arranged (bypasses, the schedule, who watches, whose approval is needed) is the Strategy
// that they hand in with every call. It may change between calls, except that the steps, the verdicts and
// their signals stay as they are from the first request on a change to the end of its rollout, and the
// approval rule while its approvers are being asked.
#pragma once

#include <array>
#include <cstdint>

#include "sim/kernel/enum_names.hpp"
#include "sim/reason.hpp"
#include "sim/scenario.hpp"
#include "sim/strategy.hpp"
#include "sim/world.hpp"

namespace breakglass::sim {

enum class Order : std::uint8_t {
  run_gate,            // the evaluation, before the rollout
  ask_approval,        // pages those whom the strategy's rule needs
  coordinate,          // waits for the other changes of the planned order
  verify_rollback,     // rehearses the way back
  communicate,         // has customers told
  contain,             // switches the strategy's mitigation on
  lift_containment,    // and off
  check_accounts,      // from now on an approval counts only from its approver's own account
  ship,                // starts the rollout, once the change window is open or bypassed
  promote,             // on to a step; one past the last declares the rollout complete
  roll_back,           //
  investigate,         // what the evaluation flagged, or a suspicion, which finds what shows by then
  verify_resolution,   // has somebody look whether the harm has stopped
  run_bypassed_gates,  // the evaluation, after promotion
  fix_forward,         // has a refinement written while the change serves
  hold_postmortem,
};
constexpr std::array kOrderNames{EnumName{"run-gate", 0},
                                 EnumName{"ask-approval", 1},
                                 EnumName{"coordinate", 2},
                                 EnumName{"verify-rollback", 3},
                                 EnumName{"communicate", 4},
                                 EnumName{"contain", 5},
                                 EnumName{"lift-containment", 6},
                                 EnumName{"check-accounts", 7},
                                 EnumName{"ship", 8},
                                 EnumName{"promote", 9},
                                 EnumName{"roll-back", 10},
                                 EnumName{"investigate", 11},
                                 EnumName{"verify-resolution", 12},
                                 EnumName{"run-bypassed-gates", 13},
                                 EnumName{"fix-forward", 14},
                                 EnumName{"hold-postmortem", 15}};
constexpr std::span<const EnumName> names(Order) { return kOrderNames; }

struct Command {
  Order order = Order::ship;
  std::int32_t step = -1;  // promote: to which step, counted from 0; -1: the next one
};

// Why an order cannot be carried out now.
enum class Hindrance : std::uint8_t {
  none,
  over,             // the horizon is reached
  not_here,         // the scenario has no such thing: no evaluation, no mitigation, nobody to tell
  no_change,        // no change is ready
  no_schedule,      // the strategy has no steps
  nobody_needed,    // the strategy names no approval rule
  under_way,        // it is being done
  done,             // it has been done for this change
  nothing_serves,   // no traffic is on the change
  not_stepping,     // the change is not in its steps
  no_such_step,     // behind, or past the last
  coming_back,      // a rollback is under way
  no_attempts,      // no further change will be written
  not_complete,     // the change does not serve everybody yet
  nothing_flagged,  // nothing is there to look into
};

Hindrance query(const Scenario& scenario, const Strategy& strategy, const World& world,
                const Command& command);

// Carries out a command that `query` calls possible (a check). Costs no simulated time by itself.
void submit(const Scenario& scenario, const Strategy& strategy, World& world, const Command& command,
            Reasons* reasons = nullptr);

// Lets the strategy go on by itself from where a person has brought the world: what is done is not done
// again, what is under way is waited for. Steps and verdicts must be those of the rollout that is under way.
void hand_over(const Scenario& scenario, const Strategy& strategy, World& world, Reasons* reasons = nullptr);

}  // namespace breakglass::sim
