// Help texts as values, and their layout.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace breakglass::cli {

struct HelpEntry {
  std::string name;   // "--seed N", "SCENARIO", "compare"
  std::string about;  // wrapped by the layout
};

struct CommandHelp {
  std::string command;
  std::string about;
  std::string example;
  std::vector<HelpEntry> operands;
  std::vector<HelpEntry> options;
};

std::string render(const CommandHelp& help, std::size_t width);

// `breakglass --help`.
std::string render_overview(const std::vector<HelpEntry>& commands, std::size_t width);

}  // namespace breakglass::cli
