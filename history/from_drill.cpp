#include "history/from_drill.hpp"

#include "drill/mistakes.hpp"
#include "drill/moments.hpp"
#include "drill/tasks.hpp"
#include "sim/kernel/hash.hpp"
#include "sim/simulator.hpp"

namespace breakglass::history {
namespace {

// Whatever was said, shipping without it having been refused treats the page as an emergency.
std::optional<bool> treated_as_emergency(const drill::Drill& drill) {
  if (drill.notes.refused) return false;
  if (drill.notes.category && *drill.notes.category != sim::Category::none) return true;
  if (!drill.seat.params.bypasses.empty() && drill::first_traffic(drill) != sim::kNever) return true;
  if (drill.notes.category) return false;
  return std::nullopt;
}

// The first change; nothing where none was made.
std::optional<bool> carried_regression(const drill::Drill& drill) {
  const sim::Time ready = drill::first_reason(drill, sim::ReasonKind::authored);
  if (ready == sim::kNever) return std::nullopt;
  return drill::as_of(drill, ready).world.draft.hypothesis > 0;
}

double final_harm(const drill::Drill& drill) {
  return sim::total_harm(sim::outcome_of(drill.scenario(), drill.seat, drill::run_out(drill)));
}

}  // namespace

Played played_of(const drill::Drill& drill, const drill::LogHeader& header, std::uint64_t chain) {
  const sim::ScenarioParams& scenario = drill.scenario().params;
  Played out;
  out.identity = sim::hex(chain);
  out.scenario = scenario.id;
  out.hash = header.hash;
  out.version = header.version;
  out.seed = header.setup.seed;
  out.replication = header.setup.replication;
  out.mode = drill::kModes[static_cast<std::size_t>(header.setup.mode)];
  for (const auto& task : drill::critical_tasks(drill)) out.tasks.push_back({task.name, task.passed});
  for (const auto& found : drill::find_mistakes(drill)) {
    out.mistakes.push_back({std::string(drill::id_of(found.mistake)), sim::to_seconds(found.at)});
  }
  out.harm = final_harm(drill);
  out.harm_unit = scenario.harm_unit;
  out.is_emergency = scenario.nature != sim::Nature::decoy;
  out.treated_as_emergency = treated_as_emergency(drill);
  if (drill.notes.real >= 0) out.stated.push_back({"real", drill.notes.real, drill.world.record.real, {}});
  if (drill.notes.regression >= 0) {
    out.stated.push_back({"regression", drill.notes.regression, carried_regression(drill), {}});
  }
  return out;
}

}  // namespace breakglass::history
