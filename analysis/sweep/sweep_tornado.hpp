// The questions behind a sweep's tornado table, and their answers put together.
#pragma once

#include <optional>
#include <vector>

#include "analysis/sweep/sweep.hpp"
#include "analysis/sweep/units.hpp"

namespace breakglass::analysis {

// Which strategy is best at the scenario's own numbers, which one comes next, and by how much.
struct BaseAnswer {
  RaceResult race;
  Estimate difference;  // of next - best, from the tornado's number of worlds
};

Unit base_unit(const SweepRequest& request);  // named "base"
BaseAnswer read_base(const std::vector<double>& answer, std::size_t strategies);

// Both ends of every number, and the samples of the total-order indices where there are two numbers or more.
std::vector<Unit> tornado_units(const SweepRequest& request, const BaseAnswer& base);
Tornado tornado_from(const SweepRequest& request, const BaseAnswer& base, const Journal& journal,
                     std::size_t strategies);

// What the scenario itself says of each of the grid's numbers.
std::vector<std::optional<double>> own_values(const SweepRequest& request);

}  // namespace breakglass::analysis
