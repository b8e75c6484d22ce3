// Plays drills and prints their logs, to be compared between compilers: the same decisions give the same log
// byte for byte, and it plays again to the same end, whichever compiler built the program.
#include <fmt/format.h>

#include <cstdio>

#include "drill/log.hpp"
#include "drill/view.hpp"
#include "scenarios/quantity.hpp"
#include "sim/kernel/hash.hpp"

using namespace breakglass;

namespace {

constexpr const char* kScenarios[] = {"pii-leak", "waf-rule", "friday-promise"};
constexpr std::uint64_t kSeeds = 4;
// What is not possible in a world is passed over.
constexpr const char* kLines[] = {
    "wait 5m",
    "classify security",
    "believe regression=0.2 real=0.95",
    "assign decision-maker",
    "assign rollback-operator",
    "bypass canary faster-steps \"a canary of days would leave the harm running for days\"",
    "watchers 2",
    "communicate",
    "verify-rollback",
    "rule emergency",
    "schedule compressed-canary",
    "wait",
    "wait 40m",
    "ask-approval",
    "wait 30m",
    "ship",
    "wait 20m",
    "promote",
    "wait",
    "promote",
    "wait 20m",
    "promote",
    "wait",
    "run-bypassed-gates",
    "verify-resolution",
    "wait 90m",
    "roll-back",
    "wait 7h",
    "close",
};

void play(drill::Drill& drill, const std::string& line) {
  if (line == "wait") return drill::wait_for_news(drill, drill.world.now + std::chrono::hours{24});
  if (line.starts_with("wait "))
    return drill::wait_until(drill, drill.world.now + scenarios::parse_duration(line.substr(5)).value);
  const drill::ReadAction read = drill::read_action(line);
  if (read.error.empty() && drill::query(drill, read.action).empty()) drill::submit(drill, read.action);
}

std::string log_text(const drill::Drill& drill, const std::string& scenario) {
  std::uint64_t chain = 0;
  std::string text =
      drill::header_line({BREAKGLASS_VERSION, scenario, {}, drill.scenario().hash, drill.setup}, chain);
  for (std::size_t i = 0; i < drill.entries.size(); ++i)
    text += drill::entry_line(drill.entries[i], i + 1, chain);
  return text;
}

// Prints one drill; whether its log plays again to the same end.
bool print_drill(const std::shared_ptr<const scenarios::LoadedScenario>& loaded, const std::string& id,
                 std::uint64_t seed) {
  drill::Drill drill = drill::begin_drill(loaded, {.seed = seed});
  for (const char* line : kLines) play(drill, line);
  const std::string text = log_text(drill, id);
  const drill::Replayed again = drill::replay(drill::read_log(text).log, loaded);
  if (!again.drill) {
    std::fputs((again.error + "\n").c_str(), stderr);
    return false;
  }
  drill::Drill ended = *again.drill;
  drill::wait_until(ended, drill.world.now);
  const std::string end = sim::hex(sim::fingerprint(drill.world));
  std::fputs((text + end + "\n").c_str(), stdout);
  return end == sim::hex(sim::fingerprint(ended.world)) && drill.entries.size() > 5;
}

}  // namespace

int main() {
  bool sound = true;
  for (const char* id : kScenarios) {
    scenarios::Problems problems;
    auto found = scenarios::load_scenario(id, {}, problems);
    if (!found) return 1;
    const auto loaded = std::make_shared<const scenarios::LoadedScenario>(std::move(*found));
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) sound = print_drill(loaded, id, seed) && sound;
  }
  return sound ? 0 : 1;
}
