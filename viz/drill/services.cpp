#include "viz/drill/services.hpp"

#include <algorithm>

#include "plot/graph.hpp"

namespace breakglass::viz {

void put_arrow(const Canvas& c, const plot::Box& from, const plot::Box& to, ImU32 ink) {
  const ImVec2 a = vec({from.right, (from.top + from.bottom) / 2});
  const ImVec2 b = vec({to.left, (to.top + to.bottom) / 2});
  const float head = 0.35F * c.line();
  const float bend = (b.x - a.x) * 0.45F;
  const float width = 1.4F * c.fonts.scale;
  c.list->AddBezierCubic(a, {a.x + bend, a.y}, {b.x - bend - head, b.y}, {b.x - head, b.y}, ink, width, 16);
  c.list->AddTriangleFilled(b, {b.x - head, b.y - 0.5F * head}, {b.x - head, b.y + 0.5F * head}, ink);
}

void draw_services(const Canvas& c, const std::vector<ServiceNode>& services, const plot::Box& box) {
  std::vector<std::vector<int>> edges;
  for (const ServiceNode& service : services) edges.push_back(service.calls);
  const plot::GraphLayout layout = plot::lay_out_graph(edges);
  const double line = c.line();
  const double pitch = box.width() / layout.columns;
  const double wide = std::min(pitch - 1.4 * line, 9.5 * line);
  std::vector<std::size_t> in_column(static_cast<std::size_t>(layout.columns), 0);
  for (const plot::Place& place : layout.places) ++in_column[static_cast<std::size_t>(place.column)];
  const auto most = static_cast<double>(*std::max_element(in_column.begin(), in_column.end()));
  const double high = std::clamp(box.height() / most - 0.4 * line, 0.9 * line, 1.7 * line);
  std::vector<plot::Box> places;
  for (const plot::Place& place : layout.places) {
    const double x = box.left + (place.column + 0.5) * pitch;
    const double y =
        std::clamp(box.top + place.row * box.height(), box.top + high / 2, box.bottom - high / 2);
    places.push_back({x - wide / 2, y - high / 2, x + wide / 2, y + high / 2});
  }
  for (std::size_t i = 0; i < services.size(); ++i) {
    for (const int to : services[i].calls) {
      if (to < 0) continue;
      const auto t = static_cast<std::size_t>(to);
      put_arrow(c, places[i], places[t], services[i].is_hit && services[t].is_hit ? c.ink.text : c.ink.axis);
    }
  }
  for (std::size_t i = 0; i < services.size(); ++i) {
    const ServiceNode& s = services[i];
    fill(c, places[i], c.ink.raised, 0.3F * c.line());
    const ImU32 edge = s.is_changed ? c.ink.change : s.is_hit ? c.ink.text : c.ink.axis;
    c.list->AddRect(vec({places[i].left, places[i].top}), vec({places[i].right, places[i].bottom}), edge,
                    0.3F * c.line(), 0,
                    (s.is_changed ? 2.4F
                     : s.is_hit   ? 1.6F
                                  : 1.0F) *
                        c.fonts.scale);
    const plot::Box inside{places[i].left + 0.3 * line, places[i].top, places[i].right - 0.3 * line,
                           places[i].bottom};
    put_text_in(c, s.is_changed ? c.fonts.bold : c.fonts.text, inside, s.is_hit ? c.ink.text : c.ink.muted,
                s.id, plot::Anchor::middle);
  }
}

}  // namespace breakglass::viz
