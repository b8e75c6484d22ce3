#include "cli/options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>
#include <memory>

#include "cli/command_texts.hpp"
#include "cli/help.hpp"
#include "cli/raw_options.hpp"
#include "cli/spelling.hpp"
#include "scenarios/nearest.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::cli {
namespace {

// An option whose value is a text; `value` is its name in the help.
CLI::Option* text(CLI::App& app, const char* name, std::string& out, const char* value, const char* about) {
  return app.add_option(name, out, about)->option_text(value);
}

// One value each time it is given, as often as wanted.
CLI::Option* texts(CLI::App& app, const char* name, std::vector<std::string>& out, const char* value,
                   const char* about) {
  return app.add_option(name, out, about)->option_text(value)->allow_extra_args(false);
}

void define_scenario(CLI::App& app, RawOptions& raw) {
  app.add_option("SCENARIO", raw.scenario,
                 "a path, the id of a shipped scenario (see list), or - for standard input");
}

// What makes the world another one.
void define_world(CLI::App& app, RawOptions& raw) {
  text(app, "--seed", raw.seed, "N", "the luck of all worlds: 0 to 2^64-1; default 1");
  texts(app, "--set", raw.sets, "POINTER=VALUE",
        "replace a value of the scenario, checked like the file; for example "
        "--set /change/regression/probability=0.4; repeatable");
  texts(app, "--traffic", raw.traffic, "[ENTRY=]CSV",
        "replace the traffic of the only (or the named) entry point by a trace: one row a request, or counts "
        "per "
        "bin; repeatable");
  app.add_flag("--traffic-exact", raw.traffic_exact,
               "replay the trace's arrivals as they are instead of resampling them");
}

void define_strategies(CLI::App& app, RawOptions& raw) {
  texts(app, "--strategy", raw.strategies, "S",
        "a path or the id of a shipped strategy; repeatable; default: those that the scenario lists");
}

// How long work is done, and where its result goes.
void define_results(CLI::App& app, RawOptions& raw) {
  text(app, "--threads", raw.threads, "N", "default: every processor; results do not depend on it");
  text(app, "--json", raw.json, "FILE",
       "write the result as JSON too; - is standard output, and then no table is printed");
  text(app, "--csv", raw.csv, "FILE", "write the result as CSV too, one number a line; - as for --json");
  app.add_flag("--quiet", raw.quiet, "no progress on standard error");
}

void define_compare(CLI::App& app, RawOptions& raw) {
  define_scenario(app, raw);
  define_strategies(app, raw);
  texts(app, "--without", raw.without, "DUTY",
        "compare one --strategy with itself without this duty, for example decision-maker; repeatable; "
        "each: every duty that it has, one at a time");
  text(app, "--replications", raw.replications, "N", "how many worlds; 1 to 100,000,000; default 10,000");
  text(app, "--precision", raw.precision, "P",
       "run until every 95% interval is this narrow: with 1%, each side at most 1% of a mean, 1 percentage "
       "point of "
       "a probability");
  text(app, "--max-replications", raw.max_replications, "N",
       "with --precision: give up there, and say that the result is partial; default 1,000,000");
  define_world(app, raw);
  define_results(app, raw);
  texts(app, "--fail-if", raw.fail_if, "EXPR",
        "exit with 1 if this holds of any strategy, with 3 if there are too few worlds to say; for example "
        "'rolled_back_clean > 5%' or 'time_to_full_s.p95[immediate] > 4h'; repeatable");
  app.add_flag("--require-winner", raw.require_winner,
               "exit with 3 if the strategy with the lowest mean harm is not told apart from every other");
}

void define_sweep(CLI::App& app, RawOptions& raw) {
  define_scenario(app, raw);
  texts(app, "--vary", raw.vary, "POINTER=LO:HI:N[:log]",
        "a number of the scenario over N values from LO to HI, evenly spaced or (log) each the same multiple "
        "of the last; once for a line, twice for a map");
  texts(app, "--tornado", raw.tornado, "POINTER=LO:HI[:log]",
        "another number whose effect is measured at the ends of its range; repeatable");
  define_strategies(app, raw);
  text(app, "--precision", raw.precision, "P",
       "how narrow a break-even is wanted: half of its interval as a share of it; default 5%");
  text(app, "--max-replications", raw.max_replications, "N",
       "worlds at most, for each strategy at each point and at each value of a break-even; at least 256; "
       "default 4096");
  text(app, "--checkpoint", raw.checkpoint, "FILE",
       "keep what is found there as it is found; killed at any moment, the same command goes on from it");
  define_world(app, raw);
  define_results(app, raw);
}

void define_run(CLI::App& app, RawOptions& raw) {
  define_scenario(app, raw);
  text(app, "--strategy", raw.strategy, "S",
       "a path or the id of a shipped strategy; default: the first that the scenario lists");
  text(app, "--replication", raw.replication, "N", "which world; default 0");
  define_world(app, raw);
  app.add_flag("--all-readings", raw.all_readings,
               "every reading of every dashboard, not only those that mattered");
  app.add_flag(
      "--hindsight", raw.hindsight,
      "also what nobody could see then: the harm as it was, what the change carried, and which alarms were "
      "false");
  text(app, "--json", raw.json, "FILE",
       "write the timeline and the outcome as one JSON object too; - is standard output, and then nothing "
       "else is "
       "printed");
}

// Where a finished drill is recorded.
void define_recording(CLI::App& app, RawOptions& raw) {
  text(app, "--history", raw.history, "FILE",
       "record the finished drill there; default: $BREAKGLASS_HISTORY, or history.db in the data folder");
  app.add_flag("--no-history", raw.no_history, "do not record it");
}

void define_drill(CLI::App& app, RawOptions& raw) {
  define_scenario(app, raw);
  text(app, "--tutorial", raw.tutorial, "LEVEL",
       "instead of a SCENARIO: a level of the tutorial, 1 to 3, five minutes each, with a coach; also a "
       "lesson's id or "
       "file");
  text(app, "--plan", raw.plan, "FILE",
       "a lesson plan: what an instructor throws in, and when (breakglass schema plan)");
  text(app, "--instructor", raw.instructor, "FILE",
       "a file or named pipe to which an instructor writes at another terminal: inject lag error-rate 5m");
  app.add_flag("--terminal", raw.terminal, "play line by line, from standard input; this is the default");
  text(app, "--script", raw.script, "FILE", "play the lines of a file; - is standard input");
  text(app, "--log", raw.log, "FILE",
       "write the log there, or go on with the drill that it holds; default: a new one in the data folder, "
       "none for a script");
  text(app, "--mode", raw.mode, "MODE", "practice, drill or assessed; default drill");
  text(app, "--from", raw.from, "LOG",
       "practice: instead of a SCENARIO, go back in this log to --at and go on differently; the log stays as "
       "it is");
  text(app, "--at", raw.at, "N", "with --from: the first action that is taken anew, counted from 1");
  text(app, "--new-luck", raw.luck, "N",
       "with --from: draw anew what was hidden or open then, what was seen stays; N from 1 is which draw");
  text(app, "--warn", raw.warn, "SHARE",
       "practice: warn before a decision that surely gives up more than this share of the stake; default 5% "
       "at "
       "a terminal, 0 never");
  text(app, "--replication", raw.replication, "N", "which world; default 0");
  text(app, "--seed", raw.seed, "N", "the luck of the world: 0 to 2^64-1; default 1");
  texts(app, "--set", raw.sets, "POINTER=VALUE",
        "replace a value of the scenario, checked like the file; repeatable");
  define_recording(app, raw);
}

void define_season(CLI::App& app, RawOptions& raw) {
  app.add_option("SEASON", raw.season, "a path or a shipped id");
  text(app, "--folder", raw.folder, "FOLDER",
       "where its logs are, or will be; default: one of the season's name in the data folder");
  text(app, "--script", raw.script, "FILE", "play the lines of a file; - is standard input");
  define_recording(app, raw);
}

void define_play(CLI::App& app, RawOptions& raw) {
  define_scenario(app, raw);
  text(app, "--tutorial", raw.tutorial, "LEVEL",
       "instead of a SCENARIO: a level of the tutorial, 1 to 3, with a coach; also a lesson's id or file");
  text(app, "--log", raw.log, "FILE",
       "write the log there, or go on with the drill that it holds; default: a new one in the data folder");
  text(app, "--mode", raw.mode, "MODE", "practice, drill or assessed; default drill");
  text(app, "--replication", raw.replication, "N", "which world; default 0");
  text(app, "--seed", raw.seed, "N", "the luck of the world: 0 to 2^64-1; default 1");
  texts(app, "--set", raw.sets, "POINTER=VALUE",
        "replace a value of the scenario, checked like the file; repeatable");
  define_recording(app, raw);
}

void define_replay(CLI::App& app, RawOptions& raw) { app.add_option("LOG", raw.log, "the log of a drill"); }

void define_debrief(CLI::App& app, RawOptions& raw) {
  app.add_option("LOG", raw.files, "the log of a drill; with --overlay, of several");
  app.add_flag("--overlay", raw.overlay,
               "several logs of the same scenario, seed and mode on one chart and in one table");
  app.add_flag("--interactive", raw.interactive,
               "first ask for a better move at each decision that is worth a second look; then the verdict");
  text(app, "--html", raw.html, "FILE",
       "write it as one page, complete without scripts and network: to read, print, attach; - is standard "
       "output");
  text(app, "--md", raw.md, "FILE", "write it as Markdown; - is standard output, which is the default");
  text(app, "--json", raw.json, "FILE",
       "write it as JSON; - is standard output, and then nothing else is printed");
  define_recording(app, raw);
}

void define_history(CLI::App& app, RawOptions& raw) {
  app.add_option("WHAT", raw.files, "show NUMBER: one drill in full; without it: all, one a line");
  text(app, "--scenario", raw.scenario, "ID", "only drills of this scenario");
  text(app, "--mode", raw.mode, "MODE", "only practice, drill or assessed");
  text(app, "--since", raw.since, "WHEN",
       "only what ended since a date (UTC), or that long ago: 2026-11-25, 7d");
  text(app, "--mistakes", raw.mistakes, "WHICH",
       "only drills with any of the common mistakes, with none, or with the one named, for example "
       "without-rollback");
  app.add_flag(
      "--summary", raw.summary,
      "what they show together, for each mode: mistakes, emergencies told from decoys, stated probabilities "
      "against what was");
  text(app, "--history", raw.history, "FILE",
       "the history to read; default: $BREAKGLASS_HISTORY, or history.db in the data folder");
  text(app, "--json", raw.json, "FILE",
       "write it as JSON too; - is standard output, and then no table is printed");
  text(app, "--csv", raw.csv, "FILE", "write it as CSV too, one drill a line; - as for --json");
}

void define_check(CLI::App& app, RawOptions& raw) {
  app.add_option("FILE", raw.files, "scenarios and strategies: paths or shipped ids; - is standard input");
}

void define_list(CLI::App&, RawOptions&) {}

void define_schema(CLI::App& app, RawOptions& raw) {
  app.add_option("KIND", raw.schema, "scenario, strategy, season, lesson, plan, debrief or history");
}

// In the order of their texts.
constexpr void (*kDefine[])(CLI::App&, RawOptions&) = {
    define_compare, define_sweep,   define_run,     define_drill, define_play, define_season,
    define_replay,  define_debrief, define_history, define_check, define_list, define_schema};
static_assert(std::size(kDefine) == std::size(kCommandTexts));

const CommandText* command_named(std::string_view name) {
  const auto* it = std::find_if(std::begin(kCommandTexts), std::end(kCommandTexts),
                                [&](const CommandText& c) { return c.name == name; });
  return it == std::end(kCommandTexts) ? nullptr : it;
}

std::unique_ptr<CLI::App> make_app(const CommandText& command, RawOptions& raw, bool& help) {
  auto app = std::make_unique<CLI::App>(std::string(command.about), std::string(command.name));
  app->set_help_flag();  // its own would be reported by an exception
  kDefine[&command - kCommandTexts](*app, raw);
  app->add_flag("-h,--help", help, "this text");
  return app;
}

std::vector<OptionSpelling> spellings(const CLI::App& app) {
  std::vector<OptionSpelling> out;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_positional()) continue;
    const bool takes_value = option->get_items_expected_max() > 0;
    const bool is_repeatable = option->get_expected_max() > 1 || option->get_items_expected_max() > 1;
    for (const std::string& name : option->get_lnames())
      out.push_back({"--" + name, takes_value, is_repeatable});
    for (const std::string& name : option->get_snames())
      out.push_back({"-" + name, takes_value, is_repeatable});
  }
  return out;
}

std::string help_of(const CommandText& command, const CLI::App& app, std::size_t width) {
  CommandHelp help{
      std::string(command.name), std::string(command.about), std::string(command.example), {}, {}};
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_positional()) {
      const bool is_list = option->get_items_expected_max() > 1;
      help.operands.push_back({option->get_name() + (is_list ? "..." : ""), option->get_description()});
    } else {
      const std::string value = option->get_option_text().empty() ? "" : " " + option->get_option_text();
      const std::string shorter =
          option->get_snames().empty() ? "" : "-" + option->get_snames().front() + ", ";
      help.options.push_back(
          {shorter + "--" + option->get_lnames().front() + value, option->get_description()});
    }
  }
  return render(help, width);
}

std::string overview(std::size_t width) {
  std::vector<HelpEntry> commands;
  for (const CommandText& command : kCommandTexts)
    commands.push_back({std::string(command.name), std::string(command.summary)});
  return render_overview(commands, width);
}

Request unknown_command(const std::string& word) {
  const std::vector<std::string> names = command_names();
  const std::vector<std::string_view> views(names.begin(), names.end());
  const std::string shown = scenarios::visible(word, 60);
  if (word.starts_with('-')) {
    constexpr std::string_view kGlobal[] = {"help", "version"};
    const std::string_view near =
        scenarios::nearest(std::string_view(word).substr(word.find_first_not_of('-')), kGlobal);
    return BadRequest{
        {{fmt::format("unknown option \"{}\"", shown),
          {near.empty() ? std::string("options come after a command: breakglass COMMAND [OPTION]...")
                        : fmt::format("did you mean \"--{}\"?", near)}}},
        {}};
  }
  std::string hint = scenarios::did_you_mean(word, views);
  const bool is_file = word.ends_with(".json");
  if (hint.empty() && is_file) hint = "did you mean: breakglass compare " + shown + "?";
  return BadRequest{{{fmt::format("unknown command \"{}\"", shown),
                      {"expected one of: " + scenarios::list_names(views), hint}}},
                    {}};
}

Request read_command(const CommandText& command, std::span<const std::string> words, std::size_t width) {
  RawOptions raw;
  bool help = false;
  const auto app = make_app(command, raw, help);
  const std::vector<OptionSpelling> known = spellings(*app);
  if (auto complaints = check_spelling(command.name, words, known); !complaints.empty()) {
    return BadRequest{std::move(complaints), {}};
  }
  try {
    app->parse(std::vector<std::string>(words.rbegin(), words.rend()));  // it wants them backwards
  } catch (const CLI::ExtrasError&) {
    const std::vector<std::string> extra = app->remaining();
    return BadRequest{{{fmt::format("{} does not know what to do with \"{}\"", command.name,
                                    scenarios::visible(extra.empty() ? std::string() : extra.front(), 60)),
                        {fmt::format("breakglass {} --help says what it takes", command.name)}}},
                      {}};
  } catch (const CLI::ParseError& error) {
    return BadRequest{{{scenarios::visible(error.what()), {}}}, {}};
  }
  if (help) return TextRequest{help_of(command, *app, width)};
  return to_request(command.name, raw);
}

}  // namespace

std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (const CommandText& command : kCommandTexts) names.emplace_back(command.name);
  return names;
}

std::vector<std::string> option_names(const std::string& command) {
  std::vector<std::string> names;
  RawOptions raw;
  bool help = false;
  if (const CommandText* found = command_named(command)) {
    for (const OptionSpelling& option : spellings(*make_app(*found, raw, help))) {
      if (option.name.starts_with("--")) names.push_back(option.name);
    }
  }
  return names;
}

Request read_command_line(std::span<const std::string> arguments, std::size_t width) {
  if (arguments.empty()) return BadRequest{{}, overview(width)};
  const std::string& first = arguments.front();
  if (first == "--version" || first == "-V") return TextRequest{"breakglass " BREAKGLASS_VERSION "\n"};
  if (first == "--help" || first == "-h") return TextRequest{overview(width)};
  if (first == "help") {
    if (arguments.size() == 1) return TextRequest{overview(width)};
    const std::vector<std::string> turned{arguments[1], "--help"};
    return read_command_line(turned, width);
  }
  const CommandText* command = command_named(first);
  if (command == nullptr) return unknown_command(first);
  return read_command(*command, arguments.subspan(1), width);
}

}  // namespace breakglass::cli
