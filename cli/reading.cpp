#include "cli/reading.hpp"

#include <fmt/format.h>

#include "scenarios/nearest.hpp"
#include "scenarios/shipped.hpp"

namespace breakglass::cli {

std::string shipped_names(std::string_view kind) {
  const std::vector<std::string> ids = scenarios::shipped_ids(kind);
  return scenarios::list_names(std::vector<std::string_view>(ids.begin(), ids.end()));
}

WorldRequest read_world(std::string_view command, const RawOptions& raw, Reading& reading) {
  WorldRequest world{raw.scenario, {}};
  const bool brings_its_own = !raw.tutorial.empty() || !raw.from.empty() || !raw.plan.empty();
  if (raw.scenario.empty() && !brings_its_own && command != "play") {
    reading.wrong(fmt::format("{} needs a SCENARIO", command),
                  {"a path, or one of: " + shipped_names("scenario")});
  }
  world.load.overrides = raw.sets;
  for (const std::string& text : raw.traffic)
    world.load.traffic.push_back(read_traffic(text, raw.traffic_exact));
  if (raw.traffic_exact && raw.traffic.empty()) {
    reading.wrong("--traffic-exact says how to replay a trace, and there is no --traffic");
  }
  return world;
}

void check_outputs(const RawOptions& raw, Reading& reading) {
  if (!raw.json.empty() && raw.json == raw.csv) {
    reading.wrong(raw.json == "-" ? "--json and --csv cannot both go to standard output"
                                  : "--json and --csv name the same file",
                  {"give one of them another FILE"});
  }
}

}  // namespace breakglass::cli
