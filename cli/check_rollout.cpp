#include "cli/check_rollout.hpp"

#include <fmt/format.h>

#include "scenarios/visible.hpp"
#include "sim/bypass_scope.hpp"
#include "sim/rollout_graph.hpp"

namespace breakglass::cli {
namespace {

using Kind = sim::GraphFinding::Kind;

const char* headline(Kind kind) {
  switch (kind) {
    case Kind::unapproved: return "the change can reach 100% without an approval";
    case Kind::no_way_back: return "the change can serve traffic with no way back";
    case Kind::dead_end: return "the rollout can get stuck";
  }
  return "";
}

std::string joined(const std::vector<std::string>& path) {
  std::string text;
  for (const std::string& state : path) text += (text.empty() ? "" : " -> ") + scenarios::visible(state);
  return text;
}

}  // namespace

RolloutFindings check_rollout(const sim::Scenario& scenario, const sim::Strategy& strategy,
                              bool for_comparison) {
  RolloutFindings findings;
  if (!strategy.params.ships) return findings;
  const std::string who = scenarios::visible(strategy.params.id);
  for (const sim::GraphFinding& found : sim::check_graph(sim::rollout_graph(scenario, strategy))) {
    findings.text += fmt::format("  {}: {}\n    {}\n    {}\n", who, headline(found.kind), joined(found.path),
                                 scenarios::visible(found.why));
    ++findings.failures;
  }
  for (const std::string& found : sim::outside_scope(scenario, strategy)) {
    findings.text += fmt::format("  {}: {}{}\n", who, for_comparison ? "for comparison only: " : "",
                                 scenarios::visible(found));
    if (!for_comparison) ++findings.failures;
  }
  return findings;
}

}  // namespace breakglass::cli
