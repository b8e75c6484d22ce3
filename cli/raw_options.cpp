#include "cli/raw_options.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/without.hpp"
#include "cli/arguments.hpp"
#include "drill/mistakes.hpp"
#include "scenarios/nearest.hpp"
#include "scenarios/quantity.hpp"
#include "scenarios/shipped.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::cli {
namespace {

// Collects complaints while options are read one after the other.
class Reading {
 public:
  template <class T>
  void number(std::string_view text, Answer<T> answer, T& out) {
    if (text.empty()) return;
    if (answer.ok()) {
      out = answer.value;
    } else {
      complaints_.push_back(std::move(answer.complaint));
    }
  }
  void wrong(std::string what, std::vector<std::string> notes = {}) {
    complaints_.push_back({std::move(what), std::move(notes)});
  }
  Request done(Request request) {
    if (complaints_.empty()) return request;
    return BadRequest{std::move(complaints_), {}};
  }

 private:
  std::vector<Complaint> complaints_;
};

std::vector<std::string_view> shipped_ids(std::string_view kind) {
  std::vector<std::string_view> ids;
  for (const auto& file : scenarios::shipped_files()) {
    if (file.kind == kind) ids.push_back(file.id);
  }
  return ids;
}

WorldRequest read_world(std::string_view command, const RawOptions& raw, Reading& reading) {
  WorldRequest world{raw.scenario, {}};
  const bool brings_its_own = !raw.tutorial.empty() || !raw.from.empty() || !raw.plan.empty();
  if (raw.scenario.empty() && !brings_its_own && command != "play") {
    reading.wrong(fmt::format("{} needs a SCENARIO", command),
                  {"a path, or one of: " + scenarios::list_names(shipped_ids("scenario"))});
  }
  world.load.overrides = raw.sets;
  for (const std::string& text : raw.traffic)
    world.load.traffic.push_back(read_traffic(text, raw.traffic_exact));
  if (raw.traffic_exact && raw.traffic.empty()) {
    reading.wrong("--traffic-exact says how to replay a trace, and there is no --traffic");
  }
  return world;
}

// Standard input can be read once, whoever reads it.
void check_inputs(const WorldRequest& world, const std::vector<std::string>& strategies, Reading& reading) {
  std::size_t uses = world.scenario == "-" ? 1 : 0;
  for (const std::string& name : strategies) uses += name == "-" ? 1 : 0;
  for (const auto& traffic : world.load.traffic) uses += traffic.file == "-" ? 1 : 0;
  if (uses > 1) reading.wrong("standard input can be read only once", {"give - for one of the files"});
}

void check_outputs(const RawOptions& raw, Reading& reading) {
  if (!raw.json.empty() && raw.json == raw.csv) {
    reading.wrong(raw.json == "-" ? "--json and --csv cannot both go to standard output"
                                  : "--json and --csv name the same file",
                  {"give one of them another FILE"});
  }
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

void check_mode(const RawOptions& raw, Reading& reading) {
  if (raw.mode.empty() ||
      std::find(std::begin(drill::kModes), std::end(drill::kModes), raw.mode) != std::end(drill::kModes))
    return;
  reading.wrong(
      fmt::format("there is no mode \"{}\"", scenarios::visible(raw.mode, 60)),
      {"expected one of: practice, drill, assessed", scenarios::did_you_mean(raw.mode, drill::kModes)});
}

HistoryChoice read_history(const RawOptions& raw, Reading& reading) {
  if (raw.no_history && !raw.history.empty())
    reading.wrong("--history says where to record the drill, and --no-history not to", {"give one of them"});
  return {raw.history, raw.no_history};
}

// A lesson brings its scenario, its world and its mode.
void check_tutorial(const RawOptions& raw, Reading& reading) {
  if (raw.tutorial.empty()) return;
  const bool is_other = !raw.scenario.empty() || !raw.seed.empty() || !raw.replication.empty() ||
                        !raw.mode.empty() || !raw.sets.empty();
  if (is_other) {
    reading.wrong("--tutorial brings its own scenario, seed, replication and mode",
                  {"leave out SCENARIO, --seed, --replication, --mode and --set"});
  }
}

void read_branch(const RawOptions& raw, Reading& reading, DrillRequest& request) {
  std::uint64_t at = 0, luck = 0;
  reading.number(raw.at, read_count("--at", raw.at, 1'000'000), at);
  reading.number(raw.luck, read_count("--new-luck", raw.luck, drill::kMostLuck), luck);
  reading.number(raw.warn, read_share("--warn", raw.warn), request.warn_share);
  request.from = raw.from;
  request.at = static_cast<std::size_t>(at);
  request.luck = static_cast<std::uint32_t>(luck);
  if (raw.from.empty()) {
    if (!raw.at.empty() || !raw.luck.empty())
      reading.wrong("--at and --new-luck say where and how a log is gone back in",
                    {"name it with --from LOG"});
    if (!raw.warn.empty() && request.mode != "practice" && raw.tutorial.empty())
      reading.wrong("--warn is for practice: nobody warns in a drill", {"add --mode practice"});
    return;
  }
  if (raw.at.empty())
    reading.wrong("--from needs --at: which action is taken anew", {"breakglass debrief LOG numbers them"});
  const bool is_other = !raw.scenario.empty() || !raw.seed.empty() || !raw.replication.empty() ||
                        !raw.sets.empty() || !raw.tutorial.empty();
  if (is_other || (!raw.mode.empty() && raw.mode != "practice")) {
    reading.wrong("--from brings the scenario, seed and replication of its log, and is practice",
                  {"leave out SCENARIO, --seed, --replication, --mode, --set and --tutorial"});
  }
  if (raw.log == raw.from && !raw.log.empty())
    reading.wrong("--log and --from name the same file: the line that is left stays as it is");
}

DrillRequest read_drill(std::string_view command, const RawOptions& raw, Reading& reading) {
  DrillRequest request;
  request.world = read_world(command, raw, reading);
  reading.number(raw.seed, read_seed(raw.seed), request.seed);
  reading.number(raw.replication, read_replication(raw.replication), request.replication);
  request.mode = raw.mode.empty() ? "drill" : raw.mode;
  check_mode(raw, reading);
  request.history = read_history(raw, reading);
  request.tutorial = raw.tutorial;
  check_tutorial(raw, reading);
  read_branch(raw, reading, request);
  request.plan = raw.plan;
  request.instructor = raw.instructor;
  request.has_seed = !raw.seed.empty();
  request.has_replication = !raw.replication.empty();
  if (!raw.plan.empty() && !raw.tutorial.empty())
    reading.wrong("--plan and --tutorial both bring an emergency", {"give one of them"});
  if (raw.plan == "-") reading.wrong("the lesson plan cannot come from standard input", {"give its path"});
  if (raw.terminal && !raw.script.empty()) {
    reading.wrong("--terminal and --script are two ways to play", {"give one of them"});
  }
  if (raw.scenario == "-") {
    reading.wrong("a drill's scenario cannot come from standard input: its log must find it again",
                  {"give it by its path or id"});
  }
  request.script = raw.script;
  request.log = raw.log;
  return request;
}

Request drill_request(const RawOptions& raw) {
  Reading reading;
  DrillRequest request = read_drill("drill", raw, reading);
  return reading.done(std::move(request));
}

Request play_request(const RawOptions& raw) {
  Reading reading;
  PlayRequest request{read_drill("play", raw, reading)};
  if (!raw.tutorial.empty()) request.drill.mode.clear();  // the lesson's
  return reading.done(std::move(request));
}

Request season_request(const RawOptions& raw) {
  Reading reading;
  if (raw.season.empty()) {
    reading.wrong("season needs a SEASON",
                  {"a path, or one of: " + scenarios::list_names(shipped_ids("season"))});
  }
  if (raw.season == "-")
    reading.wrong("a season cannot come from standard input: going on has to find it again",
                  {"give it by its path or id"});
  return reading.done(SeasonRequest{raw.season, raw.folder, raw.script, read_history(raw, reading)});
}

Request debrief_request(const RawOptions& raw) {
  Reading reading;
  DebriefRequest request;
  if (raw.files.empty()) reading.wrong("debrief needs a LOG", {"the file that a drill wrote"});
  if (raw.overlay) {
    request.overlay = raw.files;
    if (raw.files.size() == 1) reading.wrong("--overlay needs several logs");
    if (raw.interactive || !raw.json.empty())
      reading.wrong("--overlay is a page or a text", {"leave out --interactive and --json"});
  } else if (!raw.files.empty()) {
    request.log = raw.files[0];
    if (raw.files.size() > 1) reading.wrong("debrief is of one LOG", {"several of one world: add --overlay"});
  }
  const std::pair<const char*, const std::string&> outputs[] = {
      {"--html", raw.html}, {"--md", raw.md}, {"--json", raw.json}};
  for (std::size_t a = 0; a < std::size(outputs); ++a) {
    for (std::size_t b = a + 1; b < std::size(outputs); ++b) {
      if (!outputs[a].second.empty() && outputs[a].second == outputs[b].second)
        reading.wrong(fmt::format("{} and {} name the same file", outputs[a].first, outputs[b].first));
    }
  }
  if (raw.interactive && (raw.html == "-" || raw.md == "-" || raw.json == "-"))
    reading.wrong("--interactive asks on standard output: nothing else can be written there");
  request.interactive = raw.interactive;
  request.html = raw.html;
  request.md = raw.md;
  request.json = raw.json;
  request.history = read_history(raw, reading);
  return reading.done(std::move(request));
}

// "any", "none", or one of the mistakes that drills are searched for.
void read_mistakes(const RawOptions& raw, Reading& reading, std::string& out) {
  std::vector<std::string_view> known{"any", "none"};
  for (int m = 0; m < drill::kMistakes; ++m) known.push_back(drill::id_of(static_cast<drill::Mistake>(m)));
  if (!raw.mistakes.empty() && std::find(known.begin(), known.end(), raw.mistakes) == known.end()) {
    reading.wrong(
        fmt::format("there is no mistake \"{}\"", scenarios::visible(raw.mistakes, 60)),
        {"expected one of: " + scenarios::list_names(known), scenarios::did_you_mean(raw.mistakes, known)});
  }
  out = raw.mistakes;
}

// Nothing, or: show NUMBER.
void read_shown(const RawOptions& raw, Reading& reading, std::int64_t& out) {
  if (raw.files.empty()) return;
  if (raw.files[0] != "show") {
    constexpr std::string_view kWords[] = {"show"};
    reading.wrong(
        fmt::format("history does not know what to do with \"{}\"", scenarios::visible(raw.files[0], 60)),
        {"write: breakglass history, or breakglass history show 12",
         scenarios::did_you_mean(raw.files[0], kWords)});
    return;
  }
  const auto number =
      raw.files.size() == 2 ? scenarios::parse_integer(raw.files[1]) : scenarios::Parsed<std::int64_t>{};
  if (number.ok() && number.value > 0) {
    out = number.value;
  } else {
    reading.wrong("history show needs the number of one drill", {"for example: breakglass history show 12"});
  }
  const bool filtered =
      !raw.scenario.empty() || !raw.mode.empty() || !raw.since.empty() || !raw.mistakes.empty();
  if (filtered || raw.summary) {
    reading.wrong("history show is about one drill: filters and --summary are about many",
                  {"leave them out, or leave out show"});
  }
}

Request history_request(const RawOptions& raw) {
  Reading reading;
  HistoryRequest request;
  request.path = raw.history;
  request.filter.scenario = raw.scenario;
  request.filter.mode = raw.mode;
  check_mode(raw, reading);
  reading.number(raw.since, read_since(raw.since), request.filter.since);
  read_mistakes(raw, reading, request.filter.mistakes);
  read_shown(raw, reading, request.show);
  check_outputs(raw, reading);
  request.summary = raw.summary;
  request.json = raw.json;
  request.csv = raw.csv;
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
