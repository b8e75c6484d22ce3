// The rollout graph: the states that a scenario and a strategy allow a change to be in, and the moves between
// them. Checked on the graph, not on runs, so what it says holds for every run:
//
//   * every path to 100% passes an approval: "approved" dominates every state of full weight (T. Lengauer and
//     R. E. Tarjan, "A fast algorithm for finding dominators in a flowgraph", ACM TOPLAS 1(1), 1979);
//   * every state with traffic on the change can reach "rolled back" while that change serves (or what was
//     put in its place): the way through another attempt does not count. sim/way_back.hpp says what can act;
//   * nothing dead-ends: every state that is no end has a way on, and every step can end (sim/step_ends.hpp).
#pragma once

#include <string>
#include <vector>

#include "sim/scenario.hpp"
#include "sim/strategy.hpp"

namespace breakglass::sim {

struct RolloutGraph {
  struct State {
    std::string name;     // "eval gate", "step 2 (10%)"
    double weight = 0;    // of traffic on the change, as far as the state says
    bool is_end = false;  // the emergency may end here
    std::string stuck;    // why there is no way on, where that is known
  };
  std::vector<State> states;            // the first is the page
  std::vector<std::vector<int>> moves;  // by state: where it can go
};

// A weight as states are named by it: "12.5%", in hundredths at most.
std::string weight_text(double weight);

// `strategy` ships something.
RolloutGraph rollout_graph(const Scenario& scenario, const Strategy& strategy);

struct GraphFinding {
  enum class Kind { unapproved, no_way_back, dead_end } kind = Kind::dead_end;
  std::vector<std::string> path;  // from the page to the state that it is about
  std::string why;                // what is missing there
};

// What is wrong with the graph, the first offending state of each kind by order of the rollout. Empty:
// nothing.
std::vector<GraphFinding> check_graph(const RolloutGraph& graph);

}  // namespace breakglass::sim
