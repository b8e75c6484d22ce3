// Rules as a graph: in which order they depend on one another, whether one needs itself, whom to page, and
// where a request for approval stands. Boost.Graph does not leave this file.
#include "sim/model/approvals.hpp"

#include <algorithm>
#include <bit>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/depth_first_search.hpp>
#include <utility>

namespace breakglass::sim {
namespace {

// An edge from each rule to those that it needs: named in its list, or waited for.
using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;

const std::vector<std::string>& list_of(const ApprovalParams& rule) {
  return !rule.all.empty() ? rule.all : !rule.any.empty() ? rule.any : rule.of;
}

int needed_of(const ApprovalParams& rule) {
  if (!rule.all.empty()) return static_cast<int>(rule.all.size());
  return !rule.any.empty() ? 1 : static_cast<int>(rule.k);
}

int find_rule(std::span<const ApprovalParams> rules, std::string_view name) {
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (rules[i].id == name) return static_cast<int>(i);
  }
  return -1;
}

Graph graph_of(std::span<const ApprovalParams> rules, std::span<const PersonParams> people) {
  Graph graph(rules.size());
  const auto join = [&](std::size_t from, const std::string& name) {
    const int to = find_rule(rules, name);
    if (to >= 0) boost::add_edge(from, static_cast<std::size_t>(to), graph);
  };
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (!rules[i].after.empty()) join(i, rules[i].after);
    for (const std::string& name : list_of(rules[i])) {
      if (find_approver(people, name) < 0) join(i, name);
    }
  }
  return graph;
}

// What a walk from one rule finds: the rules in an order in which each stands behind those that it needs, or
// the first cycle. (boost::topological_sort would do half of it, and throws.)
struct Walk {
  std::vector<std::size_t> path;  // from the start to where the walk stands
  std::vector<std::size_t> order;
  std::vector<std::size_t> cycle;
};

struct Visitor : boost::default_dfs_visitor {
  Walk* walk;
  explicit Visitor(Walk& w) : walk(&w) {}

  void discover_vertex(std::size_t v, const Graph&) { walk->path.push_back(v); }
  void finish_vertex(std::size_t v, const Graph&) {
    walk->path.pop_back();
    walk->order.push_back(v);
  }
  template <class Edge>
  void back_edge(Edge edge, const Graph& graph) {
    if (!walk->cycle.empty()) return;
    const std::size_t again = boost::target(edge, graph);
    walk->cycle.assign(std::find(walk->path.begin(), walk->path.end(), again), walk->path.end());
    walk->cycle.push_back(again);
  }
};

Walk walk_from(const Graph& graph, int rule) {
  Walk walk;
  std::vector<boost::default_color_type> colours(boost::num_vertices(graph), boost::white_color);
  boost::depth_first_visit(
      graph, static_cast<std::size_t>(rule), Visitor(walk),
      boost::make_iterator_property_map(colours.begin(), boost::get(boost::vertex_index, graph)));
  return walk;
}

// A node for one rule, its leaves appended to the plan's; `node_of` knows the nodes that stand before it.
ApprovalNode make_node(std::span<const ApprovalParams> rules, std::span<const PersonParams> people,
                       const ApprovalParams& rule, const std::vector<int>& node_of, ApprovalPlan& plan) {
  ApprovalNode node;
  node.needed = needed_of(rule);
  if (const int after = find_rule(rules, rule.after); after >= 0) {
    node.after = node_of[static_cast<std::size_t>(after)];
  }
  for (const std::string& name : list_of(rule)) {
    const int person = find_approver(people, name);
    if (person >= 0) {
      node.leaves.push_back(static_cast<int>(plan.leaves.size()));
      plan.leaves.push_back({person, people[static_cast<std::size_t>(person)].authority});
    } else if (const int other = find_rule(rules, name); other >= 0) {
      node.nodes.push_back(node_of[static_cast<std::size_t>(other)]);
    }
  }
  return node;
}

bool names_person(const ApprovalPlan& plan, int person) {
  return std::any_of(plan.leaves.begin(), plan.leaves.end(),
                     [person](const ApprovalLeaf& leaf) { return leaf.person == person; });
}

// The leaf of a senior approval, made if the rule does not have it; -1: nobody could give it.
int senior_leaf(std::span<const PersonParams> people, ApprovalPlan& plan) {
  int named = -1;
  for (const Authority authority : {Authority::platform_lead, Authority::executive}) {
    for (std::size_t i = 0; i < people.size(); ++i) {
      const int person = static_cast<int>(i);
      if (people[i].authority != authority || names_person(plan, person)) continue;
      plan.leaves.push_back({person, authority});
      return static_cast<int>(plan.leaves.size()) - 1;
    }
  }
  for (std::size_t i = 0; i < plan.leaves.size(); ++i) {
    const Authority needed = plan.leaves[i].needed;
    if (needed == Authority::platform_lead || needed == Authority::executive) named = static_cast<int>(i);
  }
  return named;
}

void add_senior(std::span<const PersonParams> people, ApprovalPlan& plan) {
  const int leaf = senior_leaf(people, plan);
  if (leaf < 0) return;
  ApprovalNode both;
  both.leaves = {leaf};
  if (!plan.nodes.empty()) both.nodes = {static_cast<int>(plan.nodes.size()) - 1};
  both.needed = static_cast<int>(both.leaves.size() + both.nodes.size());
  plan.nodes.push_back(both);
}

std::uint32_t bit(int i) { return 1U << i; }
bool has(std::uint32_t bits, int i) { return (bits & bit(i)) != 0; }

std::uint32_t bits_of(const std::vector<int>& list) {
  std::uint32_t bits = 0;
  for (const int i : list) bits |= bit(i);
  return bits;
}

// Which nodes are approved by these leaves. (No allocation: this is asked inside of a replication.)
std::uint32_t approved_nodes(const ApprovalPlan& plan, std::uint32_t leaves) {
  std::uint32_t approved = 0;
  for (std::size_t n = 0; n < plan.nodes.size(); ++n) {
    const ApprovalNode& node = plan.nodes[n];
    if (node.after >= 0 && !has(approved, node.after)) continue;
    const int count =
        std::popcount(leaves & bits_of(node.leaves)) + std::popcount(approved & bits_of(node.nodes));
    if (count >= node.needed) approved |= bit(static_cast<int>(n));
  }
  return approved;
}

bool is_approved(const ApprovalPlan& plan, std::uint32_t leaves) {
  return has(approved_nodes(plan, leaves), static_cast<int>(plan.nodes.size()) - 1);
}

}  // namespace

int find_approver(std::span<const PersonParams> people, std::string_view name) {
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (people[i].id == name) return static_cast<int>(i);
  }
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (people[i].authority != Authority::none && name_of(people[i].authority) == name)
      return static_cast<int>(i);
  }
  return -1;
}

std::vector<std::string> approval_cycle(std::span<const ApprovalParams> rules,
                                        std::span<const PersonParams> people, std::string_view rule) {
  const int root = find_rule(rules, rule);
  std::vector<std::string> names;
  if (root < 0) return names;
  for (const std::size_t v : walk_from(graph_of(rules, people), root).cycle) names.push_back(rules[v].id);
  return names;
}

ApprovalPlan plan_approvals(std::span<const ApprovalParams> rules, std::span<const PersonParams> people,
                            std::string_view rule, bool senior) {
  ApprovalPlan plan;
  if (const int root = find_rule(rules, rule); root >= 0) {
    const Walk walk = walk_from(graph_of(rules, people), root);
    if (!walk.cycle.empty()) return plan;
    std::vector<int> node_of(rules.size(), -1);
    for (const std::size_t v : walk.order) {
      ApprovalNode node = make_node(rules, people, rules[v], node_of, plan);
      node_of[v] = static_cast<int>(plan.nodes.size());
      plan.nodes.push_back(std::move(node));
    }
  }
  if (senior) add_senior(people, plan);
  return plan;
}

std::uint32_t leaves_to_page(const ApprovalPlan& plan, const ApprovalState& state) {
  if (plan.empty()) return 0;
  const std::uint32_t approved = approved_nodes(plan, state.approved);
  const std::uint32_t possible = approved_nodes(plan, ~state.refused);
  std::uint32_t wanted = bit(static_cast<int>(plan.nodes.size()) - 1);
  std::uint32_t leaves = 0;
  for (int n = static_cast<int>(plan.nodes.size()) - 1; n >= 0; --n) {
    if (!has(wanted & ~approved & possible, n)) continue;
    const ApprovalNode& node = plan.nodes[static_cast<std::size_t>(n)];
    if (node.after >= 0 && !has(approved, node.after)) {
      wanted |= bit(node.after);
      continue;
    }
    wanted |= bits_of(node.nodes);
    leaves |= bits_of(node.leaves);
  }
  return leaves & ~state.asked & ~state.approved & ~state.refused;
}

Standing standing(const ApprovalPlan& plan, const ApprovalState& state) {
  if (plan.empty() || is_approved(plan, state.approved)) return Standing::approved;
  return is_approved(plan, ~state.refused) ? Standing::open : Standing::refused;
}

}  // namespace breakglass::sim
