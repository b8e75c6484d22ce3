#include "cli/raw_options.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/without.hpp"
#include "cli/arguments.hpp"
#include "cli/raw_drill.hpp"
#include "cli/reading.hpp"
#include "scenarios/nearest.hpp"
#include "scenarios/quantity.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::cli {
namespace {

// Standard input can be read once, whoever reads it.
void check_inputs(const WorldRequest& world, const std::vector<std::string>& strategies, Reading& reading) {
  std::size_t uses = world.scenario == "-" ? 1 : 0;
  for (const std::string& name : strategies) uses += name == "-" ? 1 : 0;
  for (const auto& traffic : world.load.traffic) uses += traffic.file == "-" ? 1 : 0;
  if (uses > 1) reading.wrong("standard input can be read only once", {"give - for one of the files"});
}

void read_size(const RawOptions& raw, Reading& reading, analysis::CompareOptions& options) {
  reading.number(raw.replications, read_replications("--replications", raw.replications),
                 options.replications);
  reading.number(raw.precision, read_precision(raw.precision), options.precision);
  reading.number(raw.max_replications, read_replications("--max-replications", raw.max_replications),
                 options.max_replications);
  if (!raw.replications.empty() && !raw.precision.empty()) {
    reading.wrong(
        "--replications and --precision are two answers to one question",
        {"give --replications for a fixed number of worlds, or --precision to run until it is reached"});
  }
  if (!raw.max_replications.empty() && raw.precision.empty()) {
    reading.wrong("--max-replications is the limit of --precision, and there is none",
                  {"for a fixed number of worlds write --replications"});
  }
}

// Duties are switched off in one strategy, so that there is one thing that the differences are from.
void read_without(const RawOptions& raw, Reading& reading, std::vector<std::string>& out) {
  std::vector<std::string_view> known{"each"};
  for (const analysis::Duty& duty : analysis::duties()) known.push_back(duty.id);
  for (const std::string& name : raw.without) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      reading.wrong(
          fmt::format("there is no duty \"{}\" to be without", scenarios::visible(name, 60)),
          {"expected one of: " + scenarios::list_names(known), scenarios::did_you_mean(name, known)});
    } else if (std::find(out.begin(), out.end(), name) == out.end()) {
      out.push_back(name);
    }
  }
  if (raw.without.empty() || raw.strategies.size() == 1) return;
  reading.wrong("--without takes duties away from one strategy, and " +
                    (raw.strategies.empty() ? std::string("none is named")
                                            : fmt::format("{} are named", raw.strategies.size())),
                {"name one: --strategy compressed-canary --without each"});
}

Request compare_request(const RawOptions& raw) {
  Reading reading;
  CompareRequest request;
  request.world = read_world("compare", raw, reading);
  request.strategies = raw.strategies;
  request.world.load.check_listed_strategies = raw.strategies.empty();
  read_without(raw, reading, request.without);
  reading.number(raw.seed, read_seed(raw.seed), request.options.seed);
  read_size(raw, reading, request.options);
  reading.number(raw.threads, read_threads(raw.threads), request.options.threads);
  check_inputs(request.world, request.strategies, reading);
  check_outputs(raw, reading);
  request.json = raw.json;
  request.csv = raw.csv;
  request.quiet = raw.quiet;
  request.gates = {raw.fail_if, raw.require_winner};
  return reading.done(std::move(request));
}

// Every point reads the scenario again, so nothing of it can come from standard input.
void check_rereadable(const WorldRequest& world, const std::vector<std::string>& strategies,
                      Reading& reading) {
  bool is_piped = world.scenario == "-";
  for (const std::string& name : strategies) is_piped = is_piped || name == "-";
  for (const auto& traffic : world.load.traffic) is_piped = is_piped || traffic.file == "-";
  if (is_piped) {
    reading.wrong(
        "a sweep reads its scenario, strategies and traffic again at every point, not from standard input",
        {"give a file instead of -"});
  }
}

Request sweep_request(const RawOptions& raw) {
  Reading reading;
  SweepRequest request;
  request.world = read_world("sweep", raw, reading);
  request.strategies = raw.strategies;
  request.world.load.check_listed_strategies = raw.strategies.empty();
  reading.number(raw.seed, read_seed(raw.seed), request.options.seed);
  reading.number(raw.precision, read_precision(raw.precision), request.options.precision);
  reading.number(raw.max_replications, read_replications("--max-replications", raw.max_replications),
                 request.options.max_worlds);
  if (request.options.max_worlds < 256)
    reading.wrong("--max-replications is too small for a point of a sweep", {"at least 256"});
  reading.number(raw.threads, read_threads(raw.threads), request.options.threads);
  if (raw.vary.empty() || raw.vary.size() > 2) {
    reading.wrong(raw.vary.empty() ? "sweep needs something to vary" : "a sweep varies at most two numbers",
                  {"for example --vary /change/regression/probability=0.05:0.6:12",
                   "for the effect of others add --tornado POINTER=LO:HI"});
  }
  if (raw.vary.size() + raw.tornado.size() > analysis::kMostNumbers)
    reading.wrong(fmt::format("at most {} numbers can be varied", analysis::kMostNumbers));
  check_rereadable(request.world, request.strategies, reading);
  check_outputs(raw, reading);
  request.vary = raw.vary;
  request.tornado = raw.tornado;
  request.options.checkpoint = raw.checkpoint;
  request.json = raw.json;
  request.csv = raw.csv;
  request.quiet = raw.quiet;
  return reading.done(std::move(request));
}

Request run_request(const RawOptions& raw) {
  Reading reading;
  RunRequest request;
  request.world = read_world("run", raw, reading);
  request.strategy = raw.strategy;
  request.world.load.check_listed_strategies = raw.strategy.empty();
  reading.number(raw.seed, read_seed(raw.seed), request.seed);
  reading.number(raw.replication, read_replication(raw.replication), request.replication);
  check_inputs(request.world, {request.strategy}, reading);
  request.all_readings = raw.all_readings;
  request.hindsight = raw.hindsight;
  request.json = raw.json;
  return reading.done(std::move(request));
}

Request replay_request(const RawOptions& raw) {
  Reading reading;
  if (raw.log.empty()) reading.wrong("replay needs a LOG", {"the file that a drill wrote"});
  return reading.done(ReplayRequest{raw.log});
}

Request check_request(const RawOptions& raw) {
  Reading reading;
  if (raw.files.empty()) {
    reading.wrong("check needs a FILE", {"a scenario or a strategy, for example scenarios/pii-leak.json"});
  }
  if (std::count(raw.files.begin(), raw.files.end(), "-") > 1) {
    reading.wrong("standard input can be read only once", {"give - once"});
  }
  return reading.done(CheckRequest{raw.files});
}

Request schema_request(const RawOptions& raw) {
  constexpr std::string_view kKinds[] = {"scenario", "strategy", "season", "lesson",
                                         "plan",     "debrief",  "history"};
  if (std::find(std::begin(kKinds), std::end(kKinds), raw.schema) != std::end(kKinds))
    return SchemaRequest{raw.schema};
  Reading reading;
  if (raw.schema.empty()) {
    reading.wrong("schema needs to know of what",
                  {"write: breakglass schema scenario, strategy, season, lesson, plan, debrief, or history"});
  } else {
    reading.wrong(fmt::format("there is no schema of \"{}\"", scenarios::visible(raw.schema, 60)),
                  {"expected one of: scenario, strategy, season, lesson, plan, debrief, history",
                   scenarios::did_you_mean(raw.schema, kKinds)});
  }
  return reading.done(SchemaRequest{});
}

}  // namespace

Request to_request(std::string_view command, const RawOptions& raw) {
  if (command == "compare") return compare_request(raw);
  if (command == "sweep") return sweep_request(raw);
  if (command == "run") return run_request(raw);
  if (command == "drill") return drill_request(raw);
  if (command == "season") return season_request(raw);
  if (command == "play") return play_request(raw);
  if (command == "replay") return replay_request(raw);
  if (command == "debrief") return debrief_request(raw);
  if (command == "history") return history_request(raw);
  if (command == "check") return check_request(raw);
  if (command == "schema") return schema_request(raw);
  return ListRequest{};
}

}  // namespace breakglass::cli
