#include "sim/model/service_graph.hpp"

#include <Eigen/Dense>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/reverse_graph.hpp>

namespace breakglass::sim {
namespace {

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS>;

Eigen::MatrixXd call_matrix(const std::vector<ServiceParams>& services) {
  const auto n = static_cast<Eigen::Index>(services.size());
  Eigen::MatrixXd calls = Eigen::MatrixXd::Zero(n, n);
  for (Eigen::Index a = 0; a < n; ++a) {
    for (const CallParams& call : services[static_cast<std::size_t>(a)].calls) {
      const int b = find_service(services, call.id);
      if (b >= 0) calls(a, b) += call.per_request;
    }
  }
  return calls;
}

Graph call_graph(const std::vector<ServiceParams>& services) {
  Graph graph(services.size());
  for (std::size_t a = 0; a < services.size(); ++a) {
    for (const CallParams& call : services[a].calls) {
      const int b = find_service(services, call.id);
      if (b >= 0 && call.per_request > 0) boost::add_edge(a, static_cast<std::size_t>(b), graph);
    }
  }
  return graph;
}

// For each vertex: whether a walk from `start` comes there.
template <class AnyGraph>
std::vector<bool> visited(const AnyGraph& graph, int start) {
  std::vector<boost::default_color_type> colours(boost::num_vertices(graph), boost::white_color);
  boost::queue<std::size_t> pending;
  const auto map = boost::make_iterator_property_map(colours.begin(), boost::get(boost::vertex_index, graph));
  boost::breadth_first_visit(graph, static_cast<std::size_t>(start), pending, boost::default_bfs_visitor{},
                             map);
  std::vector<bool> result(colours.size());
  for (std::size_t i = 0; i < result.size(); ++i) result[i] = colours[i] != boost::white_color;
  return result;
}

}  // namespace

int find_service(const std::vector<ServiceParams>& services, const std::string& id) {
  for (std::size_t i = 0; i < services.size(); ++i) {
    if (services[i].id == id) return static_cast<int>(i);
  }
  return -1;
}

double spectral_radius(const std::vector<ServiceParams>& services) {
  if (services.empty()) return 0;
  const Eigen::EigenSolver<Eigen::MatrixXd> solver(call_matrix(services), /*computeEigenvectors=*/false);
  return solver.eigenvalues().cwiseAbs().maxCoeff();
}

std::vector<double> visits_per_request(const std::vector<ServiceParams>& services, int entry) {
  const auto n = static_cast<Eigen::Index>(services.size());
  // The last digits of an eigenvalue are noise: a radius this near to one is as good as one.
  if (entry < 0 || entry >= n || spectral_radius(services) >= 1 - 1e-9) return {};
  Eigen::VectorXd source = Eigen::VectorXd::Zero(n);
  source(entry) = 1;
  const Eigen::MatrixXd system = Eigen::MatrixXd::Identity(n, n) - call_matrix(services).transpose();
  const Eigen::VectorXd solved = system.partialPivLu().solve(source);
  std::vector<double> visits(solved.data(), solved.data() + n);
  // Elimination leaves rounding errors where no walk leads: there, nothing.
  const std::vector<bool> reached = visited(call_graph(services), entry);
  for (std::size_t i = 0; i < visits.size(); ++i) visits[i] = reached[i] ? visits[i] : 0;
  return visits;
}

std::vector<bool> reaches(const std::vector<ServiceParams>& services, int target) {
  return visited(boost::make_reverse_graph(call_graph(services)), target);
}

}  // namespace breakglass::sim
