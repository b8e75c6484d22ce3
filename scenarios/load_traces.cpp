#include "scenarios/load_traces.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/quantity.hpp"
#include "scenarios/read_file.hpp"
#include "scenarios/trace_csv.hpp"

namespace breakglass::scenarios {

namespace fs = std::filesystem;

std::optional<fs::path> inside(const std::string& folder, const std::string& file) {
  const fs::path path(file);
  if (file.empty() || folder.empty() || path.is_absolute()) return std::nullopt;
  std::error_code error;
  const fs::path root = fs::weakly_canonical(folder, error);
  const fs::path whole = fs::weakly_canonical(fs::path(folder) / path, error);
  if (error) return std::nullopt;
  const auto [end, ignored] = std::mismatch(root.begin(), root.end(), whole.begin(), whole.end());
  if (end != root.end()) return std::nullopt;
  return fs::path(folder) / path;
}

namespace {

// Of a trace longer than the horizon only the counts up to there.
sim::TraceData to_data(const Trace& trace, sim::Duration horizon) {
  sim::TraceData data;
  data.length = sim::Duration{trace.length_ns};
  data.content_hash = trace.hash;
  if (trace.kind == Trace::Kind::counts) {
    data.bin = sim::Duration{trace.bin_ns};
    for (const auto count : trace.counts) {
      data.bin_counts.push_back(static_cast<double>(count));
      if (static_cast<std::int64_t>(data.bin_counts.size()) * trace.bin_ns >= horizon.count()) break;
    }
    return data;
  }
  data.bin = std::chrono::minutes{1};
  data.arrivals.reserve(trace.arrivals_ns.size());
  for (const auto ns : trace.arrivals_ns) data.arrivals.emplace_back(ns);
  std::int64_t counted = 0;
  const std::int64_t last = std::min(trace.length_ns, horizon.count());
  for (sim::Duration end = data.bin;; end += data.bin) {
    const std::int64_t until = cumulative_count(trace, std::min(end.count(), trace.length_ns));
    data.bin_counts.push_back(static_cast<double>(until - counted));
    counted = until;
    if (end.count() >= last) break;
  }
  return data;
}

std::string entry_pointer(const sim::EntryParams& entry) {
  std::string where = "/traffic/entry";
  append_token(where, entry.id);
  return where;
}

// Steps of the rate that a trace brings by the horizon.
double steps_by(const Trace& trace, bool repeat, double horizon_s) {
  const double bin_s = trace.kind == Trace::Kind::counts ? trace.bin_s() : 60;
  const double bins = std::ceil(std::min(trace.length_s(), horizon_s) / bin_s);
  return repeat ? bins * std::ceil(horizon_s / trace.length_s()) : bins;
}

// Reads the trace of an entry point. Problems with the file are its own; what it brings to the scenario is
// complained about there.
void read_trace_of(const Checker& check, sim::EntryParams& entry, const std::string& path,
                   const sim::ScenarioParams& params) {
  Problems& problems = check.problems;
  const auto chunks = open_chunks(path, problems);
  if (!chunks) return;
  const auto trace = read_trace(path, *chunks, problems);
  if (!trace || !check.whole("/horizon")) return;
  const auto complain = [&](std::string what, std::string expected) {
    problems.add_at(whole(problems.add_source(path, "")), std::move(what), std::move(expected));
  };
  if (trace->length_ns <= 0) return complain("the trace spans no time", "rows at different times");
  const double steps = steps_by(*trace, entry.trace->repeat, sim::to_seconds(params.horizon));
  if (steps > kMostSteps) {
    return complain("the trace is too short, or its bins are: its rate changes " + plain(steps) +
                        " times by the horizon of " + print_duration(params.horizon),
                    "at most " + plain(kMostSteps) + " times");
  }
  entry.trace->data = to_data(*trace, params.horizon);
  const int target = sim::find_service(params.services, params.change.service);
  const int from = sim::find_service(params.services, entry.id);
  if (target < 0 || from < 0 || params.services.size() > kMostServices || !check.whole("/services")) return;
  const auto visits = sim::visits_per_request(params.services, from);
  if (!visits.empty()) check_requests(check, entry, visits[static_cast<std::size_t>(target)], params.horizon);
}

// The trace that the scenario itself names.
void read_own_trace(const Checker& check, sim::EntryParams& entry, const sim::ScenarioParams& params,
                    const std::string& folder) {
  const std::string where = entry_pointer(entry) + "/trace/file";
  if (!check.whole(where)) return;
  const auto path = inside(folder, entry.trace->file);
  std::error_code error;
  if (!path) {
    check.say(where, "this file lies outside the scenario's folder", "a path below it",
              "name any file with --traffic");
  } else if (fs::exists(*path, error) && !fs::is_regular_file(*path, error) &&
             !fs::is_directory(*path, error)) {
    check.say(where, "this is a device or a pipe", "a file");
  } else {
    read_trace_of(check, entry, path->string(), params);
  }
}

// The entry point that `--traffic` means; complains in the argument's own text if there is none.
sim::EntryParams* find_entry(sim::ScenarioParams& params, const TrafficOverride& traffic,
                             Problems& problems) {
  auto& entries = params.traffic.entry;
  for (auto& entry : entries) {
    if (entry.id == traffic.entry || (traffic.entry.empty() && entries.size() == 1)) return &entry;
  }
  const auto ids = ids_of(entries);
  const std::vector<std::string_view> views(ids.begin(), ids.end());
  const std::string text = traffic.entry.empty() ? traffic.file : traffic.entry + "=" + traffic.file;
  const int source = problems.add_source("--traffic", text, 0);
  const Place place{source, 0, static_cast<std::uint32_t>(traffic.entry.size())};
  const std::string several =
      entries.empty() ? "this scenario has no entry point" : "this scenario has several entry points";
  problems.add_at(place, traffic.entry.empty() ? several : "unknown entry point \"" + traffic.entry + "\"",
                  "ENTRY=CSV with one of: " + list_names(views), did_you_mean(traffic.entry, views));
  return nullptr;
}

void replace_traffic(const Checker& check, sim::EntryParams& entry, const TrafficOverride& traffic,
                     const sim::ScenarioParams& params) {
  entry.rate_per_s = 0;
  entry.daily.clear();
  entry.weekly.clear();
  entry.burst.reset();
  entry.trace = sim::TraceParams{};
  entry.trace->file = traffic.file;
  entry.trace->exact = traffic.exact;
  read_trace_of(check, entry, traffic.file, params);
}

}  // namespace

void read_traces(const Checker& check, sim::ScenarioParams& params, const std::string& folder,
                 const std::vector<TrafficOverride>& replaced) {
  std::vector<const sim::EntryParams*> done;
  for (const TrafficOverride& traffic : replaced) {
    sim::EntryParams* entry = find_entry(params, traffic, check.problems);
    if (!entry) continue;
    replace_traffic(check, *entry, traffic, params);
    done.push_back(entry);
  }
  for (auto& entry : params.traffic.entry) {
    const bool is_done = std::find(done.begin(), done.end(), &entry) != done.end();
    if (entry.trace && !is_done) read_own_trace(check, entry, params, folder);
  }
  const auto& entries = params.traffic.entry;
  if (std::any_of(entries.begin(), entries.end(), [](const auto& entry) { return entry.trace.has_value(); }))
    check_fleet_budget(check, params);
}

}  // namespace breakglass::scenarios
