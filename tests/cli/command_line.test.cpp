#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "cli/arguments.hpp"
#include "cli/options.hpp"
#include "cli/ticket.hpp"

namespace breakglass::cli {
namespace {

Request read(const std::vector<std::string>& words) { return read_command_line(words, 80); }

template <class T>
T read_as(const std::vector<std::string>& words) {
  const Request request = read(words);
  if (const auto* bad = std::get_if<BadRequest>(&request)) UNSCOPED_INFO(render(bad->complaints));
  REQUIRE(std::holds_alternative<T>(request));
  return std::get<T>(request);
}

std::string complaints(const std::vector<std::string>& words) {
  return render(read_as<BadRequest>(words).complaints);
}

std::string file_text(const std::string& path) {
  std::ifstream file(std::string(BREAKGLASS_SOURCE_DIR "/") + path);
  REQUIRE(file);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST_CASE("every option of compare arrives as what it means") {
  const auto r = read_as<CompareRequest>({"compare",
                                          "s.json",
                                          "--strategy",
                                          "a",
                                          "--strategy=b",
                                          "--seed",
                                          "18446744073709551615",
                                          "--replications=7",
                                          "--threads",
                                          "3",
                                          "--set",
                                          "/a/b=-1",
                                          "--set",
                                          "/c=[1]",
                                          "--traffic",
                                          "api=t.csv",
                                          "--traffic-exact",
                                          "--json",
                                          "-",
                                          "--csv",
                                          "out.csv",
                                          "--quiet"});
  CHECK(r.world.scenario == "s.json");
  CHECK(r.strategies == std::vector<std::string>{"a", "b"});
  CHECK(r.options.seed == UINT64_MAX);
  CHECK(r.options.replications == 7);
  CHECK(r.options.threads == 3);
  CHECK(r.world.load.overrides == std::vector<std::string>{"/a/b=-1", "/c=[1]"});
  REQUIRE(r.world.load.traffic.size() == 1);
  CHECK(r.world.load.traffic[0].entry == "api");
  CHECK(r.world.load.traffic[0].file == "t.csv");
  CHECK(r.world.load.traffic[0].exact);
  CHECK_FALSE(r.world.load.check_listed_strategies);
  CHECK(r.json == "-");
  CHECK(r.csv == "out.csv");
  CHECK(r.quiet);
}

TEST_CASE("options may come before the scenario, and - is standard input") {
  const auto r = read_as<CompareRequest>({"compare", "--strategy", "a", "--seed", "0", "-"});
  CHECK(r.world.scenario == "-");
  CHECK(r.strategies == std::vector<std::string>{"a"});
  CHECK(r.options.seed == 0);
  CHECK(read_as<CompareRequest>({"compare", "--", "--odd.json"}).world.scenario == "--odd.json");
}

TEST_CASE("what is not given keeps its default") {
  const auto r = read_as<CompareRequest>({"compare", "x"});
  CHECK(r.options.seed == 1);
  CHECK(r.options.replications == 10'000);
  CHECK(r.options.precision == 0);
  CHECK(r.world.load.check_listed_strategies);
  const auto run = read_as<RunRequest>({"run", "x", "--replication", "12", "--hindsight", "--all-readings"});
  CHECK(run.replication == 12);
  CHECK(run.strategy.empty());
  CHECK(run.hindsight);
  CHECK(run.all_readings);
  CHECK(read_as<CheckRequest>({"check", "a", "list"}).files == std::vector<std::string>{"a", "list"});
}

TEST_CASE("a mistyped name is answered with the one that was meant, before anything else") {
  CHECK(
      complaints({"compar", "--replications", "0"}) ==
      "breakglass: error: unknown command \"compar\"\n"
      "  = expected one of: compare, sweep, run, drill, play, season, replay, debrief, history, check, list, "
      "schema\n"
      "  = did you mean \"compare\"?\n");
  CHECK(complaints({"compare", "--replication", "0", "--sed=1", "--threads", "0"}) ==
        "breakglass: error: unknown option \"--replication\"\n"
        "  = did you mean \"--replications\"?\n"
        "  = breakglass compare --help lists the options\n"
        "breakglass: error: unknown option \"--sed\"\n"
        "  = did you mean \"--seed\"?\n"
        "  = breakglass compare --help lists the options\n");
  CHECK(complaints({"--versoin"}) ==
        "breakglass: error: unknown option \"--versoin\"\n  = did you mean \"--version\"?\n");
}

TEST_CASE("everything else that is wrong with a command line is said at once") {
  CHECK(complaints({"compare", "--seed", "-1", "--replications", "0", "--threads", "2000", "--json", "x",
                    "--csv", "x", "--traffic-exact"}) ==
        "breakglass: error: compare needs a SCENARIO\n"
        "  = a path, or one of: addons-off, age-gate, approval-by-chat, assistant-exfiltration, "
        "broken-exporter, critical-but-not-for-us, flattering-model, friday-promise, "
        "good-file-bad-file, inconvenient-wait, manager-wants-it-now, ninety-seven-emails, "
        "our-own-deadline, patch-for-the-patch, patch-or-disconnect, pii-leak, polite-report, "
        "red-button-stampede, restore-in-batches, shortcut-in-an-emergency-coat, slow-guard, "
        "telemetry-overload, unreachable-cve, vip-with-workaround, waf-rule\n"
        "breakglass: error: --traffic-exact says how to replay a trace, and there is no --traffic\n"
        "breakglass: error: --seed -1 is out of range\n"
        "  = a seed is a whole number from 0 to 18446744073709551615\n"
        "breakglass: error: --replications 0 would simulate nothing\n"
        "  = write how many worlds to run, from 1 to 100,000,000: for example --replications 10000\n"
        "breakglass: error: --threads 2000 is out of range\n"
        "  = a number of threads is a whole number from 1 to 1024\n"
        "  = leave it out to use every processor; results do not depend on it\n"
        "breakglass: error: --json and --csv name the same file\n"
        "  = give one of them another FILE\n");
}

TEST_CASE("options without their value, given twice or with one too many are refused") {
  CHECK(complaints({"compare", "x", "--seed"}).starts_with("breakglass: error: --seed needs a value\n"));
  CHECK(complaints({"compare", "x", "--seed="}).starts_with("breakglass: error: --seed needs a value\n"));
  CHECK(complaints({"compare", "x", "--json", "--quiet"})
            .starts_with("breakglass: error: --json needs a value\n"));
  CHECK(complaints({"compare", "x", "--seed", "1", "--seed=2"})
            .starts_with("breakglass: error: --seed is given twice\n"));
  CHECK(complaints({"compare", "x", "--quiet=1"}) == "breakglass: error: --quiet takes no value\n");
  CHECK(complaints({"compare", "x", "y"})
            .starts_with("breakglass: error: compare does not know what to do with \"y\"\n"));
  CHECK(complaints({"compare", "-", "--strategy", "-"})
            .starts_with("breakglass: error: standard input can be read only once\n"));
}

TEST_CASE("duties to be without are known by name, and taken from one strategy") {
  const auto r = read_as<CompareRequest>({"compare", "x", "--strategy", "a", "--without", "reports",
                                          "--without=watchers", "--without", "reports"});
  CHECK(r.without == std::vector<std::string>{"reports", "watchers"});
  CHECK(complaints({"compare", "x", "--strategy", "a", "--without", "decison-maker"})
            .ends_with("  = did you mean \"decision-maker\"?\n"));
  CHECK(complaints({"compare", "x", "--without", "each"}) ==
        "breakglass: error: --without takes duties away from one strategy, and none is named\n"
        "  = name one: --strategy compressed-canary --without each\n");
  CHECK(complaints({"compare", "x", "--strategy", "a", "--strategy", "b", "--without", "each"})
            .find("and 2 are named") != std::string::npos);
}

TEST_CASE("escape sequences in arguments do not reach the terminal") {
  CHECK(complaints({"\x1b[2Jx"}).find('\x1b') == std::string::npos);
  CHECK(complaints({"compare", "x", "--\x1b[2J"}).find('\x1b') == std::string::npos);
  CHECK(complaints({"compare", "x", "--seed", "\x1b[2J"}).find('\x1b') == std::string::npos);
}

TEST_CASE("whole numbers are read from their text, without wrapping and without rounding") {
  CHECK(read_seed("0").value == 0);
  CHECK(read_seed("18446744073709551615").value == UINT64_MAX);
  CHECK_FALSE(read_seed("18446744073709551616").ok());
  CHECK_FALSE(read_seed("99999999999999999999999").ok());
  CHECK_FALSE(read_seed("-0").ok());
  CHECK_FALSE(read_seed("").ok());
  CHECK_FALSE(read_seed(" 1").ok());
  CHECK_FALSE(read_seed("0x10").ok());
  CHECK(read_replications("--replications", "100000000").value == 100'000'000);
  CHECK_FALSE(read_replications("--replications", "100000001").ok());
  CHECK_FALSE(read_replications("--replications", "000").ok());
  CHECK(read_replications("--replications", "10k").complaint.notes.back() ==
        "did you mean --replications 10000?");
  CHECK(read_replications("--replications", "1e4").complaint.notes.back() ==
        "did you mean --replications 10000?");
  CHECK(read_replications("--replications", "2.5").complaint.notes.back() ==
        "for example --replications 10000");
  CHECK(read_replication("4294967296").complaint.what == "--replication 4294967296 is out of range");
}

TEST_CASE("a precision is a percentage or a share, and 1 is neither") {
  CHECK(read_precision("1%").value == Approx(0.01));
  CHECK(read_precision("0.01").value == Approx(0.01));
  CHECK(read_precision("0.5%").value == Approx(0.005));
  CHECK(read_precision("1").complaint.notes.back() == "did you mean --precision 1%?");
  for (const char* wrong : {"0", "0%", "-1%", "51%", "nan", "inf", "one", "", "%", "1%%", "1e-9"}) {
    INFO(wrong);
    CHECK_FALSE(read_precision(wrong).ok());
  }
}

TEST_CASE("every option of history arrives as what it means") {
  const auto r = read_as<HistoryRequest>({"history", "--scenario", "pii-leak", "--mode=assessed", "--since",
                                          "2026-11-25 14:00+05:30", "--mistakes", "without-rollback",
                                          "--summary", "--history", "h.db", "--json", "-"});
  CHECK(r.filter.scenario == "pii-leak");
  CHECK(r.filter.mode == "assessed");
  CHECK(r.filter.since == "2026-11-25T08:30:00Z");
  CHECK(r.filter.mistakes == "without-rollback");
  CHECK(r.summary);
  CHECK(r.path == "h.db");
  CHECK(r.json == "-");
  CHECK(read_as<HistoryRequest>({"history", "show", "12"}).show == 12);
  CHECK(read_as<HistoryRequest>({"history", "--since", "2026-11-25"}).filter.since == "2026-11-25T00:00:00Z");
  CHECK(read_as<HistoryRequest>({"history", "--since", "0s"}).filter.since.size() == 20);
  CHECK(read_as<DrillRequest>({"drill", "x", "--no-history"}).history.off);
  CHECK(read_as<DebriefRequest>({"debrief", "x", "--history", "h"}).history.path == "h");
}

TEST_CASE("what is wrong with a question to the history is said at once") {
  CHECK(complaints({"history", "--since", "yesterday", "--mistakes", "without-rolback", "--mode", "exam"}) ==
        "breakglass: error: there is no mode \"exam\"\n"
        "  = expected one of: practice, drill, assessed\n"
        "breakglass: error: --since \"yesterday\" is neither a date nor a length of time\n"
        "  = write a date such as --since 2026-11-25 (in UTC), or how long ago: --since 7d\n"
        "breakglass: error: there is no mistake \"without-rolback\"\n"
        "  = expected one of: any, none, routine-as-emergency, without-approval, without-canary, "
        "without-rollback, without-follow-up, refused-emergency, normal-process\n"
        "  = did you mean \"without-rollback\"?\n");
  CHECK(complaints({"history", "shwo", "3"}).find("did you mean \"show\"?") != std::string::npos);
  CHECK(complaints({"history", "show", "x"}).find("needs the number of one drill") != std::string::npos);
  CHECK(complaints({"history", "show", "3", "--summary"}).find("filters and --summary are about many") !=
        std::string::npos);
  CHECK(complaints({"drill", "x", "--history", "h", "--no-history"}).find("give one of them") !=
        std::string::npos);
}

TEST_CASE("a trace may name its entry point, and a path with an equals sign is still a path") {
  CHECK(read_traffic("t.csv", false).entry.empty());
  CHECK(read_traffic("gate-way_1=t=2.csv", false).entry == "gate-way_1");
  CHECK(read_traffic("gate-way_1=t=2.csv", false).file == "t=2.csv");
  CHECK(read_traffic("./a=b.csv", false).file == "./a=b.csv");
  CHECK(read_traffic("=b.csv", false).file == "=b.csv");
}

TEST_CASE("the ticket repeats everything that makes the world, quoted for a shell") {
  const auto r = read_as<CompareRequest>({"compare", "my file.json", "--set", "/a=it's", "--traffic", "t.csv",
                                          "--traffic-exact", "--seed", "7"});
  const std::string ticket =
      "breakglass run 'my file.json' --strategy immediate --seed 7 --replication N --set '/a=it'\\''s' "
      "--traffic t.csv --traffic-exact";
  CHECK(replay_command(r.world, "immediate", 7, "N", false) == ticket);
  CHECK(replay_command(r.world, "immediate", 7, "N", true) == ticket + " --hindsight");
  CHECK(changes_of(r.world) == std::vector<std::string>{"/a=it's", "traffic from t.csv (replayed as it is)"});
  CHECK(shell_word("") == "''");
}

TEST_CASE("every command has help with an example, and the manual and the completion know every option") {
  const std::string manual = file_text("docs/breakglass.1");
  const std::string completion = file_text("cli/completion/breakglass.bash");
  for (const std::string& command : command_names()) {
    const std::string help = read_as<TextRequest>({command, "--help"}).text;
    CHECK(help.starts_with("usage: breakglass " + command));
    CHECK(help.find("\nexample:\n  breakglass " + command) != std::string::npos);
    CHECK(help == read_as<TextRequest>({"help", command}).text);
    CHECK(manual.find(".B " + command + "\n") != std::string::npos);
    for (const std::string& option : option_names(command)) {
      INFO(command << " " << option);
      CHECK(help.find(option) != std::string::npos);
      CHECK(completion.find(option) != std::string::npos);
      std::string in_roff;
      for (const char c : option) in_roff += c == '-' ? std::string("\\-") : std::string(1, c);
      CHECK(manual.find(in_roff) != std::string::npos);
    }
  }
}

}  // namespace
}  // namespace breakglass::cli
