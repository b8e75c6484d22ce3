// Building the graph, and the three checks. Boost.Graph does not leave this file.
#include "sim/rollout_graph.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dominator_tree.hpp>

#include "sim/step_ends.hpp"
#include "sim/way_back.hpp"

namespace breakglass::sim {
namespace {

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS>;

constexpr const char* kApproved = "approved";
constexpr const char* kRollingBack = "rolling back";
constexpr const char* kRolledBack = "rolled back";

struct Builder {
  const Scenario& scenario;
  const Strategy& strategy;
  RolloutGraph graph;

  int add(std::string name, double weight = 0, bool is_end = false) {
    graph.states.push_back({std::move(name), weight, is_end, ""});
    graph.moves.emplace_back();
    return static_cast<int>(graph.states.size()) - 1;
  }
  void move(int from, int to) { graph.moves[static_cast<std::size_t>(from)].push_back(to); }
  void stuck(int state, std::string why) {
    graph.states[static_cast<std::size_t>(state)].stuck = std::move(why);
  }
};

// Whether anybody whom the leaf's pages can reach may give the approval.
bool reachable(const std::vector<Approver>& people, const ApprovalLeaf& leaf) {
  int who = leaf.person;
  for (std::size_t hops = 0; who >= 0 && hops <= people.size(); ++hops) {
    const Approver& person = people[static_cast<std::size_t>(who)];
    if (holds(person.authority, leaf.needed) && person.miss < 1) return true;
    who = person.escalates_to;
  }
  return false;
}

bool can_be_approved(const Scenario& scenario, const ApprovalPlan& plan) {
  ApprovalState state;
  for (std::size_t i = 0; i < plan.leaves.size(); ++i) {
    (reachable(scenario.people, plan.leaves[i]) ? state.approved : state.refused) |= 1U << i;
  }
  return standing(plan, state) == Standing::approved;
}

template <class Has>
bool anybody(const Builder& b, Has has) {
  return std::any_of(b.scenario.people.begin(), b.scenario.people.end(), has);
}

// From the approvals on: the states through which the next stage is reached.
std::vector<int> add_approvals(Builder& b, int authoring, int given_up) {
  const int asked = b.add("approvals");
  const StrategyParams& p = b.strategy.params;
  std::vector<int> ways{asked};
  if (can_be_approved(b.scenario, b.strategy.plan)) {
    const int approved = b.add(kApproved);
    b.move(asked, approved);
    ways.push_back(approved);
  } else {
    b.stuck(asked, "rule \"" + p.approvals + "\" asks for approvals that nobody whom it can reach may give");
  }
  const bool refuses = anybody(b, [](const Approver& a) { return a.declines > 0 || a.sees_through > 0; });
  if (refuses && p.on_refusal == OnRefusal::ship) {
    const int refused = b.add("approval refused, and shipped all the same");
    b.move(asked, refused);
    ways.push_back(refused);
  } else if (refuses) {
    b.move(asked, given_up);
  }
  if (anybody(b, [](const Approver& a) { return a.catches > 0; })) b.move(asked, authoring);
  if (!p.check_identity && anybody(b, [](const Approver& a) { return a.impersonated > 0; })) {
    const int impostor = b.add("an approval from somebody else's account");
    b.move(asked, impostor);
    ways.push_back(impostor);
  }
  return ways;
}

void add_after_promotion(Builder& b, int complete, int rolling_back) {
  const StrategyParams& p = b.strategy.params;
  const Scenario& scenario = b.scenario;
  const int closed = b.add("closed", 1, true);
  b.move(complete, closed);
  const bool by_gate = b.strategy.gate_after && scenario.params.gates.eval_gate->sensitivity > 0;
  if (!by_gate && !reports_can_act(scenario.params, p) && scenario.params.response.verify.sensitivity <= 0)
    return;
  const int found = b.add("a regression or harm found after promotion", 1);
  b.move(complete, found);
  if (p.on_late_regression == OnLateRegression::roll_back || p.max_attempts == 1)
    return b.move(found, rolling_back);
  // By way of the gate and the approvals that are drawn above, while the change serves.
  const int refined = b.add("refined, in the last step", 1);
  b.move(found, refined);
  b.move(refined, complete);
  if (can_take_back(scenario.params, p, p.steps.size() - 1, true)) b.move(refined, rolling_back);
}

void add_steps(Builder& b, int deploying, int authoring, int given_up) {
  const StrategyParams& p = b.strategy.params;
  const int rolling_back = b.add(kRollingBack);
  const int rolled_back = b.add(kRolledBack);
  b.move(rolling_back, rolled_back);
  if (p.max_attempts > 1) {
    const int investigating = b.add("investigating");
    b.move(rolled_back, investigating);
    b.move(investigating, authoring);
  } else {
    b.move(rolled_back, given_up);
  }
  int before = deploying;
  for (std::size_t i = 0; i < p.steps.size(); ++i) {
    const int step = b.add("step " + std::to_string(i + 1) + " (" + weight_text(p.steps[i].weight) + ")",
                           p.steps[i].weight);
    b.move(before, step);
    if (can_take_back(b.scenario.params, p, i)) b.move(step, rolling_back);
    const std::string never = never_ends(b.scenario.params, p, i);
    if (!never.empty()) b.stuck(step, "this step can never end: " + never);
    before = step;
  }
  const int complete = b.add("complete", 1);
  b.move(before, complete);
  add_after_promotion(b, complete, rolling_back);
}

// The rollout starts within the horizon, if it is ready at the page.
bool opens_in_time(const Builder& b) {
  const Time opens = next_start(b.scenario.calendar, b.scenario.clock, Time{}, b.strategy.keeps_window,
                                b.strategy.keeps_freeze);
  return opens < horizon(b.scenario);
}

Graph boost_graph(const RolloutGraph& graph) {
  Graph g(graph.states.size());
  for (std::size_t i = 0; i < graph.moves.size(); ++i) {
    for (const int to : graph.moves[i]) boost::add_edge(i, static_cast<std::size_t>(to), g);
  }
  return g;
}

// The shortest path from the page to a state, that does not pass `avoided`; empty if there is none.
std::vector<std::string> path_to(const RolloutGraph& graph, std::size_t target, int avoided) {
  std::vector<int> from(graph.states.size(), -1);
  std::vector<std::size_t> queue{0};
  from[0] = 0;
  for (std::size_t next = 0; next < queue.size(); ++next) {
    for (const int to : graph.moves[queue[next]]) {
      const auto state = static_cast<std::size_t>(to);
      if (to == avoided || from[state] >= 0) continue;
      from[state] = static_cast<int>(queue[next]);
      queue.push_back(state);
    }
  }
  std::vector<std::string> path;
  if (from[target] < 0) return path;
  for (std::size_t at = target;; at = static_cast<std::size_t>(from[at])) {
    path.insert(path.begin(), graph.states[at].name);
    if (at == 0) return path;
  }
}

int find_state(const RolloutGraph& graph, const char* name) {
  for (std::size_t i = 0; i < graph.states.size(); ++i) {
    if (graph.states[i].name == name) return static_cast<int>(i);
  }
  return -1;
}

void check_approved(const RolloutGraph& graph, const Graph& g, std::vector<GraphFinding>& found) {
  const int approved = find_state(graph, kApproved);
  std::vector<std::size_t> dominator(graph.states.size(), boost::graph_traits<Graph>::null_vertex());
  boost::lengauer_tarjan_dominator_tree(g, 0, dominator.data());
  const auto dominated = [&](std::size_t state) {
    for (std::size_t at = state; at != boost::graph_traits<Graph>::null_vertex(); at = dominator[at]) {
      if (static_cast<int>(at) == approved) return true;
      if (at == 0) break;
    }
    return false;
  };
  for (std::size_t i = 0; i < graph.states.size(); ++i) {
    if (graph.states[i].weight < 1 || dominated(i)) continue;
    const auto path = path_to(graph, i, approved);
    if (path.empty()) continue;  // there is no way to it at all: a dead end before it
    found.push_back({GraphFinding::Kind::unapproved, path, "nobody has approved the change on this way"});
    return;
  }
}

// The states from which the change gets to "rolled back" while it serves. A way through another attempt does
// not count: that attempt begins where this one is gone.
std::vector<bool> with_way_back(const RolloutGraph& graph) {
  std::vector<bool> back(graph.states.size(), false);
  back[static_cast<std::size_t>(find_state(graph, kRolledBack))] = true;
  for (bool grows = true; grows;) {
    grows = false;
    for (std::size_t i = 0; i < graph.states.size(); ++i) {
      const bool serves = graph.states[i].weight > 0 || graph.states[i].name == kRollingBack;
      if (back[i] || !serves) continue;
      const auto& moves = graph.moves[i];
      if (std::none_of(moves.begin(), moves.end(),
                       [&back](int to) { return back[static_cast<std::size_t>(to)]; }))
        continue;
      back[i] = grows = true;
    }
  }
  return back;
}

void check_way_back(const RolloutGraph& graph, std::vector<GraphFinding>& found) {
  const std::vector<bool> back = with_way_back(graph);
  for (std::size_t i = 0; i < graph.states.size(); ++i) {
    const RolloutGraph::State& state = graph.states[i];
    if (state.weight <= 0 || state.is_end || back[i]) continue;
    const auto path = path_to(graph, i, -1);
    if (path.empty()) continue;
    found.push_back(
        {GraphFinding::Kind::no_way_back, path,
         "neither here nor later can anything roll this change back: no verdict that can fail, no "
         "watcher, no reader of reports, nothing that is found after promotion"});
    return;
  }
}

void check_dead_ends(const RolloutGraph& graph, std::vector<GraphFinding>& found) {
  for (std::size_t i = 0; i < graph.states.size(); ++i) {
    const RolloutGraph::State& state = graph.states[i];
    if (state.is_end || (!graph.moves[i].empty() && state.stuck.empty())) continue;
    const auto path = path_to(graph, i, -1);
    if (path.empty()) continue;
    found.push_back(
        {GraphFinding::Kind::dead_end, path, state.stuck.empty() ? "there is no way on" : state.stuck});
    return;
  }
}

}  // namespace

std::string weight_text(double weight) {
  const auto hundredths = static_cast<long long>(weight * 10000 + 0.5);
  const std::string rest = std::to_string(hundredths % 100 + 100).substr(1);
  std::string text = std::to_string(hundredths / 100) + "." + rest;
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text + "%";
}

RolloutGraph rollout_graph(const Scenario& scenario, const Strategy& strategy) {
  Builder b{scenario, strategy, {}};
  const int page = b.add("page");
  const int triage = b.add("triage");
  const int authoring = b.add("authoring");
  const int given_up = b.add("given up", 0, true);
  b.move(page, triage);
  b.move(triage, authoring);
  std::vector<int> from{authoring};
  const auto follow = [&](int state) {
    for (const int before : from) b.move(before, state);
    from = {state};
  };
  if (strategy.keeps_gate) {
    follow(b.add("eval gate"));
    b.move(from[0], authoring);
  }
  if (!strategy.plan.empty()) {
    std::vector<int> ways = add_approvals(b, authoring, given_up);
    follow(ways.front());
    from.assign(ways.begin() + 1, ways.end());
  }
  if (strategy.keeps_coordination) follow(b.add("coordination"));
  if (strategy.params.verify_rollback) follow(b.add("verifying the rollback"));
  follow(b.add("waiting for the window"));
  const int window = from[0];
  if (opens_in_time(b)) {
    follow(b.add("deploying"));
    add_steps(b, from[0], authoring, given_up);
  } else {
    b.stuck(window, "neither the change window nor the end of a freeze comes before the horizon");
    // What would follow is drawn all the same, so that its own faults are found too.
    add_steps(b, b.add("deploying"), authoring, given_up);
  }
  return std::move(b.graph);
}

std::vector<GraphFinding> check_graph(const RolloutGraph& graph) {
  const Graph g = boost_graph(graph);
  std::vector<GraphFinding> found;
  check_approved(graph, g, found);
  check_way_back(graph, found);
  check_dead_ends(graph, found);
  return found;
}

}  // namespace breakglass::sim
