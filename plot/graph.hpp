// Drawing a directed graph in layers: every edge points from a column to one further right where there is no
// cycle. Positions only; whoever draws chooses shapes.
//
// Source: layers by longest path, then sweeps that put each node at the mean of its neighbours (K. Sugiyama,
// S. Tagawa, M. Toda, "Methods for visual understanding of hierarchical system structures", IEEE Trans. SMC
// 11(2), 1981). Made for tens of nodes.
#pragma once

#include <vector>

#include "plot/scene.hpp"

namespace breakglass::plot {

struct Place {
  int column = 0;  // from the left
  double row = 0;  // 0 to 1, from the top; nodes of one column are spread evenly
};

struct GraphLayout {
  int columns = 1;
  std::vector<Place> places;  // one a node
};

// `edges[i]`: the nodes that i points to, by index; those that do not exist are passed over.
GraphLayout lay_out_graph(const std::vector<std::vector<int>>& edges);

}  // namespace breakglass::plot
