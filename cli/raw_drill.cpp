#include "cli/raw_drill.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/arguments.hpp"
#include "cli/reading.hpp"
#include "drill/mistakes.hpp"
#include "scenarios/nearest.hpp"
#include "scenarios/quantity.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::cli {
namespace {

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

}  // namespace

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
    reading.wrong("season needs a SEASON", {"a path, or one of: " + shipped_names("season")});
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

}  // namespace breakglass::cli
