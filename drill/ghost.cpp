#include "drill/ghost.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "plot/axis.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::drill {

std::string ghost_text(const Course& left, sim::Time now, const std::string& harm_unit) {
  const auto next = std::upper_bound(left.points.begin(), left.points.end(), now,
                                     [](sim::Time at, const CoursePoint& p) { return at < p.at; });
  const CoursePoint& p = next == left.points.begin() ? left.points.front() : *(next - 1);
  return fmt::format("    ghost: the line you left {} {} on the change and about {} {}\n",
                     next == left.points.end() ? "had ended with" : "had", plot::short_percent(p.weight),
                     plot::short_number(p.reckoned), scenarios::visible(harm_unit, 40));
}

}  // namespace breakglass::drill
