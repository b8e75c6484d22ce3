// What a shipped scenario has to say about itself, as a list of complaints: empty where all is there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/text_node.hpp"
#include "sim/scenario.hpp"

namespace breakglass::tests {

// The emergencies, decoys and inverse decoys that the program ships, by what they are.
struct Promised {
  std::string_view id;
  sim::Nature nature;
};
const std::vector<Promised>& promised_scenarios();

// Those of the promised that `ids` does not hold.
std::vector<std::string> missing_scenarios(const std::vector<std::string>& ids);

// The complaints about one scenario's content: its brief, its sources, its case. `root` is its document.
std::vector<std::string> content_complaints(const sim::ScenarioParams& p, const scenarios::Node& root);

}  // namespace breakglass::tests
