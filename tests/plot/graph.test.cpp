#include "plot/graph.hpp"

#include <catch2/catch.hpp>

namespace breakglass::plot {
namespace {

TEST_CASE("every edge points to the right where there is no cycle") {
  const std::vector<std::vector<int>> edges{{1, 2}, {3}, {3, 4}, {}, {3}};
  const GraphLayout layout = lay_out_graph(edges);
  for (std::size_t i = 0; i < edges.size(); ++i) {
    for (const int to : edges[i])
      CHECK(layout.places[i].column < layout.places[static_cast<std::size_t>(to)].column);
  }
  CHECK(layout.columns == 4);  // 0, 2, 4, 3
}

TEST_CASE("nodes of one column stand apart, and inside") {
  const GraphLayout layout = lay_out_graph({{3}, {3}, {3}, {}});
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(layout.places[i].row > 0);
    CHECK(layout.places[i].row < 1);
    for (std::size_t j = 0; j < i; ++j) CHECK(std::abs(layout.places[i].row - layout.places[j].row) > 0.2);
  }
}

TEST_CASE("a cycle, a loop and an edge to nowhere end, and leave every node a place") {
  const GraphLayout layout = lay_out_graph({{1}, {0, 1, 7, -1}});
  CHECK(layout.places.size() == 2);
  CHECK(lay_out_graph({}).places.empty());
}

}  // namespace
}  // namespace breakglass::plot
