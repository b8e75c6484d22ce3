// Loading whole files: traces, strategies and arguments that are wrong, and files that are no files. Every
// case gets a folder of its own with the sound scenario in it.
#include <catch2/catch.hpp>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "scenarios/load.hpp"
#include "tests/scenarios/golden_support.hpp"
#include "tests/scenarios/spoiled_support.hpp"

namespace breakglass::tests {
namespace {

using namespace scenarios;
namespace fs = std::filesystem;

// A folder that is removed at the end, with a name that does not change.
class Folder {
 public:
  explicit Folder(const std::string& name)
      : path_(fs::path(BREAKGLASS_BINARY_DIR) / ("bad_scenario_" + name)), before_(fs::current_path()) {
    fs::remove_all(path_);
    fs::create_directories(path_ / "case");
    fs::current_path(path_);
  }
  ~Folder() {
    fs::current_path(before_);
    std::error_code error;
    fs::remove_all(path_, error);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

 private:
  fs::path path_;
  fs::path before_;
};

void write(const std::string& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

std::string said_of_load(const std::string& name, const LoadOptions& options = {}) {
  Problems problems;
  const auto loaded = load_scenario(name, options, problems);
  CHECK(loaded.has_value() == problems.empty());
  return render(problems);
}

// The scenario is sound, but the shipped strategy that it lists wants other signals.
const std::string kFits = "[\"full-canary\", \"do-nothing\"] => [\"do-nothing\"]\n";

// The traces of golden/scenario_traces.txt are files beside the scenario; `text` is what stands in them.
const std::string kTraced =
    R"({"rate": "40/s", "burst": {"factor": 3, "mean_gap": "4h", "mean_length": "10m"}} => )"
    "{\"trace\": {\"file\": \"trace.csv\"}}\n";

std::string said_of_trace(const std::string& text) {
  const Folder folder("trace");
  write("case/base.json", spoiled(sound_file("base.json"), kTraced + kFits));
  write("case/trace.csv", text);
  return said_of_load("case/base.json");
}

// The same where requests are served one by one; the first line holds more of the trace's fields.
std::string said_of_served_trace(const std::string& text) {
  const Folder folder("served_trace");
  const std::size_t end = text.find('\n');
  std::string traced = kTraced;
  traced.insert(traced.rfind("}}"), ", " + text.substr(0, end));
  const std::string served = R"("routing": "sticky" => "routing": "sticky", "fidelity": "requests")";
  write("case/base.json", spoiled(sound_file("base.json"), traced + kFits + served + "\n"));
  write("case/trace.csv", text.substr(end + 1));
  return said_of_load("case/base.json");
}

// Lines of options, "--set POINTER=VALUE" or "--traffic [ENTRY=]CSV", for the sound scenario.
std::string said_of_options(const std::string& lines) {
  const Folder folder("options");
  write("case/base.json", spoiled(sound_file("base.json"), kFits));
  write("case/trace.csv", "time\n0\n1\n2\n60\n");
  LoadOptions options;
  std::istringstream in(lines);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("--set ")) {
      options.overrides.push_back(line.substr(6));
      continue;
    }
    REQUIRE(line.starts_with("--traffic "));
    const std::string value = line.substr(10);
    const std::size_t equals = value.find('=');
    const std::string entry = equals == std::string::npos ? "" : value.substr(0, equals);
    options.traffic.push_back({entry, equals == std::string::npos ? value : value.substr(equals + 1), false});
  }
  return said_of_load("case/base.json", options);
}

// Edits of the sound scenario, loaded from a folder with a strategy of its own.
std::string said_of_references(const std::string& edits) {
  const Folder folder("references");
  fs::create_directories("case/strategies");
  write("outside.json", sound_file("strategy.json"));
  write("outside.csv", "time\n0\n1\n");
  fs::create_symlink("../outside.csv", "case/link.csv");
  ::mkfifo("case/pipe.csv", 0600);
  write("case/strategies/swift.json", sound_file("strategy.json"));
  write("case/strategies/wrong.json",
        spoiled(sound_file("strategy.json"), R"("weight": 0.25 => "weight": 0.001
"signal": "errors" => "signal": "eror")"));
  write("case/base.json", spoiled(sound_file("base.json"), edits));
  return said_of_load("case/base.json");
}

}  // namespace

TEST_CASE("traces that a scenario names are read or explained") {
  check_golden("scenario_traces.txt", said_of_trace);
}
TEST_CASE("traces of more requests than can be served one by one are refused") {
  check_golden("scenario_fleet_traces.txt", said_of_served_trace);
}
TEST_CASE("options that do not fit a scenario are explained") {
  check_golden("scenario_options.txt", said_of_options);
}
TEST_CASE("files that a scenario names exist, and lie inside its folder") {
  check_golden("scenario_references.txt", said_of_references);
}

TEST_CASE("several entry points want to be told which one a trace replaces") {
  const Folder folder("several");
  write("case/base.json", spoiled(sound_file("base.json"),
                                  R"({"gateway": {"rate" => {"agent": {"rate": "1/s"}, "gateway": {"rate")"
                                  "\n" +
                                      kFits));
  write("trace.csv", "time\n0\n1\n");
  LoadOptions options;
  options.traffic = {{"", "trace.csv", false}};
  CHECK(said_of_load("case/base.json", options) ==
        "--traffic: error: this scenario has several entry points\n"
        "      | trace.csv\n"
        "      | ^\n"
        "      = expected ENTRY=CSV with one of: agent, gateway\n"
        "\n"
        "1 problem in --traffic\n");
  options.traffic = {{"agent", "trace.csv", false}};
  CHECK(said_of_load("case/base.json", options).empty());
}

TEST_CASE("a scenario that is no file, empty, or too large is refused at once") {
  const Folder folder("files");
  fs::create_directories("folder.json");
  write("empty.json", "");
  write("large.json", std::string((std::size_t{17} << 20), ' '));
  write("deep.json", std::string(100'000, '[') + std::string(100'000, ']'));
  write("twice.json", R"({"id": "a", "id": "b"})");
  write("zero.json", std::string(64, '\0'));
  std::string said;
  for (const char* name :
       {"missing.json", "folder.json", "empty.json", "large.json", "deep.json", "zero.json", "pii-lek"}) {
    said += said_of_load(name) + "\n";
  }
  check_golden("scenario_files.txt", [&](const std::string&) { return said; });
}

TEST_CASE("a scenario that may not be read is refused") {
  const Folder folder("permission");
  write("case/base.json", sound_file("base.json"));
  fs::permissions("case/base.json", fs::perms::none);
  // Root may read everything, so an unprivileged child looks.
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) ::_exit(77);
    if (::access(".", R_OK | X_OK) != 0) ::_exit(77);  // the build itself is out of reach
    Problems problems;
    load_scenario("case/base.json", {}, problems);
    ::_exit(render(problems) ==
                    "case/base.json: error: no permission to read it\n\n1 problem in case/base.json\n"
                ? 0
                : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  if (WEXITSTATUS(status) == 77) {
    WARN("skipped: this user cannot become an unprivileged one that sees the folder");
    return;
  }
  CHECK(WEXITSTATUS(status) == 0);
}

}  // namespace breakglass::tests
