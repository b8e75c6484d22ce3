// The command line of breakglass-viz.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/kernel/time.hpp"
#include "viz/app.hpp"

namespace breakglass::viz {

struct Arguments {
  bool plays = false;  // `breakglass-viz play`: the rooms; otherwise one run is looked at
  PlayRequest play;
  std::string scenario;
  std::string strategy;  // empty: the first that the scenario lists
  std::uint64_t seed = 1;
  std::uint32_t replication = 0;
  std::string screenshot;  // a file; empty: open the window
  int width = 1280;
  int height = 720;
  float scale = 0;              // of fonts; 0: the monitor's, or 1 in a screenshot
  std::optional<sim::Time> at;  // a screenshot's instant; absent: the end of the story
  std::string gallery;          // a folder that all pictures are written to; empty: none
  bool help = false;
};

// `problem` is empty, or says what is wrong and what to write instead; then the arguments are not to be used.
struct ParsedArguments {
  Arguments arguments;
  std::string problem;
};
ParsedArguments parse_arguments(const std::vector<std::string>& words);

extern const char* const kUsage;

}  // namespace breakglass::viz
