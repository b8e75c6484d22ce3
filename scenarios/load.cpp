#include "scenarios/load.hpp"

#include <filesystem>

#include "scenarios/checks.hpp"
#include "scenarios/read_file.hpp"
#include "scenarios/reader.hpp"
#include "scenarios/shipped.hpp"
#include "scenarios/trace_csv.hpp"
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

const ShippedFile* find_shipped(std::string_view kind, std::string_view id) {
  for (const ShippedFile& file : shipped_files()) {
    if (file.kind == kind && file.id == id) return &file;
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
  if (is_file(name)) return read_file(name, problems);
  return not_shipped(kind, name, problems);
}

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

// A scenario may come from a stranger: the files that it names stay inside its folder.
bool stays_inside(const std::string& file) {
  const fs::path path(file);
  if (path.is_absolute()) return false;
  for (const auto& part : path) {
    if (part == "..") return false;
  }
  return true;
}

sim::TraceData to_data(const Trace& trace) {
  sim::TraceData data;
  data.length = sim::Duration{trace.length_ns};
  data.content_hash = trace.hash;
  if (trace.kind == Trace::Kind::counts) {
    data.bin = sim::Duration{trace.bin_ns};
    for (const auto count : trace.counts) data.bin_counts.push_back(static_cast<double>(count));
    return data;
  }
  data.bin = std::chrono::minutes{1};
  data.arrivals.reserve(trace.arrivals_ns.size());
  for (const auto ns : trace.arrivals_ns) data.arrivals.emplace_back(ns);
  std::int64_t counted = 0;
  for (sim::Duration end = data.bin;; end += data.bin) {
    const std::int64_t until = cumulative_count(trace, std::min(end.count(), trace.length_ns));
    data.bin_counts.push_back(static_cast<double>(until - counted));
    counted = until;
    if (end.count() >= trace.length_ns) break;
  }
  return data;
}

bool read_trace_into(sim::TraceParams& params, const std::string& path, sim::Duration horizon,
                     Problems& problems) {
  const auto chunks = open_chunks(path, problems);
  if (!chunks) return false;
  const auto trace = read_trace(path, *chunks, problems);
  if (!trace) return false;
  if (trace->length_ns <= 0 || horizon.count() / trace->length_ns > 1'000'000) {
    problems.add_at(whole(problems.add_source(path, "")),
                    "the trace is too short to repeat: it spans " + std::to_string(trace->length_s()) + " s",
                    "a longer trace");
    return false;
  }
  params.data = to_data(*trace);
  return true;
}

bool read_own_traces(sim::ScenarioParams& params, const Node& root, const std::string& folder,
                     Problems& problems) {
  bool ok = true;
  for (auto& entry : params.traffic.entry) {
    if (!entry.trace) continue;
    if (!stays_inside(entry.trace->file)) {
      std::string where = "/traffic/entry";
      append_token(where, entry.id);
      Checker{root, problems}.say(where + "/trace/file", "this file lies outside the scenario's folder",
                                  "a path below it", "name any file with --traffic");
      ok = false;
      continue;
    }
    ok &= read_trace_into(*entry.trace, (fs::path(folder) / entry.trace->file).string(), params.horizon,
                          problems);
  }
  return ok;
}

bool override_traffic(sim::ScenarioParams& params, const TrafficOverride& traffic, Problems& problems) {
  auto& entries = params.traffic.entry;
  sim::EntryParams* target = nullptr;
  for (auto& entry : entries) {
    if (entry.id == traffic.entry || (traffic.entry.empty() && entries.size() == 1)) target = &entry;
  }
  if (!target) {
    const auto ids = ids_of(entries);
    const std::vector<std::string_view> views(ids.begin(), ids.end());
    const int source = problems.add_source(
        "--traffic", traffic.entry.empty() ? traffic.file : traffic.entry + "=" + traffic.file, 0);
    const Place place{source, 0, static_cast<std::uint32_t>(traffic.entry.size())};
    problems.add_at(place,
                    traffic.entry.empty() ? "this scenario has several entry points"
                                          : "unknown entry point \"" + traffic.entry + "\"",
                    "ENTRY=CSV with one of: " + list_names(views), did_you_mean(traffic.entry, views));
    return false;
  }
  target->rate_per_s = 0;
  target->daily.clear();
  target->weekly.clear();
  target->burst.reset();
  target->trace = sim::TraceParams{};
  target->trace->file = traffic.file;
  target->trace->exact = traffic.exact;
  return read_trace_into(*target->trace, traffic.file, params.horizon, problems);
}

// A trace counts by what is in it, not by what it is called.
std::string scenario_hash(sim::ScenarioParams params) {
  for (auto& entry : params.traffic.entry) {
    if (entry.trace) entry.trace->file = sim::hex(entry.trace->data.content_hash);
  }
  return sim::hex(sim::hash_text(canonical_text(std::move(params))));
}

std::optional<sim::StrategyParams> open_and_read(const std::string& name, const std::string& folder,
                                                 const sim::ScenarioParams* scenario, Problems& problems) {
  const auto source = open_strategy(name, folder, problems);
  if (!source) return std::nullopt;
  auto params = read_strategy(problems, *source);
  if (!params || !scenario) return params;
  const std::size_t before = problems.count();
  Problems quiet = problems;  // the text has been read once without a complaint
  if (const auto root = parse_text(quiet, *source)) check_fit({*root, problems}, *params, *scenario);
  if (problems.count() > before) return std::nullopt;
  return params;
}

}  // namespace

std::optional<LoadedScenario> load_scenario(const std::string& name, const LoadOptions& options,
                                            Problems& problems) {
  const auto source = open_text("scenario", name, problems);
  if (!source) return std::nullopt;
  const std::size_t before = problems.count();
  auto params = read_scenario(problems, *source, options.overrides);
  if (!params) return std::nullopt;

  LoadedScenario loaded;
  loaded.text = problems.source(*source).text;
  const bool shipped = !looks_like_path(name) && find_shipped("scenario", name) != nullptr;
  if (!shipped && name != "-") loaded.folder = fs::path(name).parent_path().string();
  if (!shipped && loaded.folder.empty()) loaded.folder = ".";
  bool ok = true;
  for (const auto& traffic : options.traffic) ok &= override_traffic(*params, traffic, problems);
  Problems quiet = problems;
  const auto root = parse_text(quiet, *source);
  for (auto& entry : params->traffic.entry) {
    if (entry.trace && entry.trace->data.length.count() == 0) {
      ok &= read_own_traces(*params, *root, loaded.folder, problems);
      break;
    }
  }
  if (!ok) return std::nullopt;
  loaded.scenario = sim::prepare(std::move(*params));
  loaded.scenario.hash = scenario_hash(loaded.scenario.params);
  if (options.check_listed_strategies) {
    for (const auto& listed : loaded.scenario.params.strategies) {
      if (auto strategy = load_strategy(listed, loaded, problems))
        loaded.strategies.push_back(std::move(*strategy));
    }
  }
  if (problems.count() > before) return std::nullopt;
  return loaded;
}

std::optional<sim::Strategy> load_strategy(const std::string& name, const LoadedScenario& scenario,
                                           Problems& problems) {
  auto params = open_and_read(name, scenario.folder, &scenario.scenario.params, problems);
  if (!params) return std::nullopt;
  return sim::prepare(scenario.scenario, std::move(*params));
}

std::optional<sim::StrategyParams> load_strategy_params(const std::string& name, Problems& problems) {
  return open_and_read(name, "", nullptr, problems);
}

}  // namespace breakglass::scenarios
