#include "plot/graph.hpp"

#include <algorithm>
#include <cstddef>

namespace breakglass::plot {
namespace {

using Edges = std::vector<std::vector<int>>;

bool exists(const Edges& edges, int node) { return node >= 0 && node < static_cast<int>(edges.size()); }

// Longest paths by relaxation, as often as there are nodes at most: a cycle ends there.
std::vector<int> columns_of(const Edges& edges) {
  const std::size_t n = edges.size();
  std::vector<int> column(n, 0);
  for (std::size_t round = 0; round < n; ++round) {
    bool moved = false;
    for (std::size_t i = 0; i < n; ++i) {
      for (const int to : edges[i]) {
        if (!exists(edges, to) || to == static_cast<int>(i)) continue;
        int& there = column[static_cast<std::size_t>(to)];
        const int wanted = std::min(column[i] + 1, static_cast<int>(n) - 1);
        moved = moved || there < wanted;
        there = std::max(there, wanted);
      }
    }
    if (!moved) break;
  }
  return column;
}

void spread(std::vector<Place>& places, const std::vector<int>& order) {
  for (std::size_t k = 0; k < order.size(); ++k) {
    places[static_cast<std::size_t>(order[k])].row =
        (static_cast<double>(k) + 0.5) / static_cast<double>(order.size());
  }
}

double mean_row(const std::vector<Place>& places, const std::vector<int>& neighbours, double own) {
  if (neighbours.empty()) return own;
  double sum = 0;
  for (const int n : neighbours) sum += places[static_cast<std::size_t>(n)].row;
  return sum / static_cast<double>(neighbours.size());
}

}  // namespace

GraphLayout lay_out_graph(const Edges& edges) {
  GraphLayout out;
  const std::vector<int> column = columns_of(edges);
  Edges neighbours(edges.size());
  std::vector<std::vector<int>> columns;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    out.columns = std::max(out.columns, column[i] + 1);
    out.places.push_back({column[i], 0});
    for (const int to : edges[i]) {
      if (!exists(edges, to)) continue;
      neighbours[i].push_back(to);
      neighbours[static_cast<std::size_t>(to)].push_back(static_cast<int>(i));
    }
  }
  columns.resize(static_cast<std::size_t>(out.columns));
  for (std::size_t i = 0; i < edges.size(); ++i)
    columns[static_cast<std::size_t>(column[i])].push_back(static_cast<int>(i));
  for (const auto& order : columns) spread(out.places, order);
  constexpr int kSweeps = 6;
  for (int sweep = 0; sweep < kSweeps; ++sweep) {
    for (auto& order : columns) {
      std::vector<std::pair<double, int>> wanted;
      for (const int node : order) {
        const auto i = static_cast<std::size_t>(node);
        wanted.emplace_back(mean_row(out.places, neighbours[i], out.places[i].row), node);
      }
      std::stable_sort(wanted.begin(), wanted.end(),
                       [](const auto& a, const auto& b) { return a.first < b.first; });
      for (std::size_t k = 0; k < order.size(); ++k) order[k] = wanted[k].second;
      spread(out.places, order);
    }
  }
  return out;
}

}  // namespace breakglass::plot
