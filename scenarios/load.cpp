#include "scenarios/load.hpp"

#include <algorithm>
#include <filesystem>

#include "scenarios/checks.hpp"
#include "scenarios/load_traces.hpp"
#include "scenarios/read_file.hpp"
#include "scenarios/shipped.hpp"
#include "sim/kernel/hash.hpp"

namespace breakglass::scenarios {
namespace {

namespace fs = std::filesystem;

bool looks_like_path(const std::string& name) {
  return name == "-" || name.find('/') != std::string::npos || name.ends_with(".json");
}

bool is_file(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

// A tutorial is a scenario that no list of scenarios names.
const ShippedFile* find_shipped(std::string_view kind, std::string_view id) {
  for (const ShippedFile& file : shipped_files()) {
    const bool is_kind = file.kind == kind || (kind == "scenario" && file.kind == "tutorial");
    if (is_kind && file.id == id) return &file;
  }
  return nullptr;
}

std::optional<int> not_shipped(const std::string& kind, const std::string& name, Problems& problems) {
  std::vector<std::string_view> ids;
  for (const ShippedFile& file : shipped_files()) {
    if (file.kind == kind) ids.push_back(file.id);
  }
  problems.add_at(whole(problems.add_source(name, "")), "no " + kind + " of this name is shipped",
                  "a path to a file, or one of: " + list_names(ids), did_you_mean(name, ids));
  return std::nullopt;
}

// Registers the text behind a name as a source. A name without a slash or .json is first a shipped id, then a
// file.
std::optional<int> open_text(const std::string& kind, const std::string& name, Problems& problems) {
  if (looks_like_path(name)) return read_file(name, problems);
  if (const ShippedFile* file = find_shipped(kind, name)) {
    return problems.add_source(std::string(file->path), std::string(file->text));
  }
  std::error_code error;
  if (fs::exists(name, error)) return read_file(name, problems);  // it says so if that is a folder
  return not_shipped(kind, name, problems);
}

// A strategy that somebody named on the command line: any path, or an id.
std::optional<int> open_strategy(const std::string& name, const std::string& folder, Problems& problems) {
  if (!looks_like_path(name) && !folder.empty()) {
    for (const fs::path& path :
         {fs::path(folder) / "strategies" / (name + ".json"), fs::path(folder) / (name + ".json")}) {
      if (is_file(path)) return read_file(path.string(), problems);
    }
  }
  if (looks_like_path(name) && !is_file(name) && !folder.empty() && is_file(fs::path(folder) / name)) {
    return read_file((fs::path(folder) / name).string(), problems);
  }
  return open_text("strategy", name, problems);
}

// The names of the strategies that a scenario in `folder` can list.
std::vector<std::string> known_strategies(const std::string& folder) {
  std::vector<std::string> ids;
  for (const ShippedFile& file : shipped_files()) {
    if (file.kind == "strategy") ids.emplace_back(file.id);
  }
  std::error_code error;
  fs::directory_iterator entry(fs::path(folder) / "strategies", error);
  for (; !folder.empty() && !error && entry != fs::directory_iterator() && ids.size() < 100;
       entry.increment(error)) {
    if (entry->path().extension() == ".json") ids.push_back(entry->path().stem().string());
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

// A strategy that the scenario lists: an id, or a path inside the scenario's folder. Complains at its place
// in the list.
std::optional<int> open_listed(const Checker& check, std::size_t i, const std::string& name,
                               const std::string& folder) {
  std::vector<std::string> candidates{name};
  if (!looks_like_path(name)) candidates = {"strategies/" + name + ".json", name + ".json"};
  for (const std::string& candidate : candidates) {
    const auto path = inside(folder, candidate);
    if (path && is_file(*path)) return read_file(path->string(), check.problems);
  }
  const ShippedFile* file = find_shipped("strategy", name);
  if (file) return check.problems.add_source(std::string(file->path), std::string(file->text));
  if (looks_like_path(name) && !inside(folder, name)) {
    check.say(at("/strategies", i), "this file lies outside the scenario's folder", "a path below it",
              "name any file with --strategy");
  } else {
    check.unknown(at("/strategies", i), "strategy", name, known_strategies(folder));
  }
  return std::nullopt;
}

// A trace counts by what is in it, not by what it is called.
std::string scenario_hash(sim::ScenarioParams params) {
  for (auto& entry : params.traffic.entry) {
    if (entry.trace) entry.trace->file = sim::hex(entry.trace->data.content_hash);
  }
  return sim::hex(sim::hash_text(canonical_text(std::move(params))));
}

// Reads a strategy and, with a scenario, what does not fit it, at once. Nothing if there was any problem.
std::optional<sim::StrategyParams> read_fitting(int source, const sim::ScenarioParams* scenario,
                                                Problems& problems) {
  const std::size_t before = problems.count();
  auto draft = draft_strategy(problems, source);
  if (draft && scenario) check_fit({draft->root, problems, draft->unread}, draft->params, *scenario);
  if (!draft || problems.count() > before) return std::nullopt;
  return std::move(draft->params);
}

// Where a scenario's own files are; empty for a shipped one, whose files are in the program.
std::string folder_of(const std::string& name) {
  if (!looks_like_path(name) && find_shipped("scenario", name)) return {};
  const std::string folder = name == "-" ? "" : fs::path(name).parent_path().string();
  return folder.empty() ? "." : folder;
}

// The strategies that the scenario lists: all must exist; those that fit are made ready.
void load_listed(const Checker& check, LoadedScenario& loaded, const std::vector<std::string>& listed,
                 bool is_sound) {
  for (std::size_t i = 0; i < listed.size(); ++i) {
    const auto source = open_listed(check, i, listed[i], loaded.folder);
    if (!source || !is_sound) continue;  // what fits a scenario that is wrong, nobody can say
    auto params = read_fitting(*source, &loaded.scenario.params, check.problems);
    if (params) loaded.strategies.push_back(sim::prepare(loaded.scenario, std::move(*params)));
  }
}

}  // namespace

std::optional<LoadedScenario> load_scenario(const std::string& name, const LoadOptions& options,
                                            Problems& problems) {
  const auto source = open_text("scenario", name, problems);
  if (!source) return std::nullopt;
  const std::size_t before = problems.count();
  auto draft = draft_scenario(problems, *source, options.overrides);
  if (!draft) return std::nullopt;
  const Checker check{draft->root, problems, draft->unread};

  LoadedScenario loaded;
  loaded.text = problems.source(*source).text;
  loaded.folder = folder_of(name);
  read_traces(check, draft->params, loaded.folder, options.traffic);
  const std::vector<std::string> listed = draft->params.strategies;
  const bool is_sound = problems.count() == before;
  if (is_sound) {
    loaded.scenario = sim::prepare(std::move(draft->params));
    loaded.scenario.hash = scenario_hash(loaded.scenario.params);
  }
  if (options.check_listed_strategies) load_listed(check, loaded, listed, is_sound);
  if (problems.count() > before) return std::nullopt;
  return loaded;
}

std::optional<sim::Strategy> load_strategy(const std::string& name, const LoadedScenario& scenario,
                                           Problems& problems) {
  const auto source = open_strategy(name, scenario.folder, problems);
  if (!source) return std::nullopt;
  auto params = read_fitting(*source, &scenario.scenario.params, problems);
  if (!params) return std::nullopt;
  return sim::prepare(scenario.scenario, std::move(*params));
}

std::optional<sim::StrategyParams> load_strategy_params(const std::string& name, Problems& problems) {
  const auto source = open_strategy(name, "", problems);
  return source ? read_fitting(*source, nullptr, problems) : std::nullopt;
}

}  // namespace breakglass::scenarios
