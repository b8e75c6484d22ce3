#include "viz/drill/staged.hpp"

#include "scenarios/load.hpp"

namespace breakglass::viz {
namespace {

constexpr const char* kFounding[] = {
    "wait 5m",
    "classify security",
    "believe regression=20% real=95%",
    "assign decision-maker",
    "assign rollback-operator",
    "assign on-call-cover",
    "bypass eval-gate run-after-promotion \"the evaluation takes hours, and every hour does harm\"",
    "bypass canary faster-steps \"a canary of days would leave the harm running for days\"",
    "bypass change-window on-call-cover \"it is 22:00 and the window is closed\"",
    "watchers 2",
    "communicate",
    "verify-rollback",
    "rule emergency",
    "schedule compressed-canary",
    "wait change",
    "ask-approval",
    "wait 2m",
    "wait approval",
    "ship",
    "wait traffic",
    "wait step",
    "promote",
    "wait step",
    "promote",
    "wait step",
    "promote",
    "yes",
    "run-bypassed-gates",
    "wait step",
    "verify-resolution",
    "wait resolution",
    "wait gate",
    "hold-postmortem",
    "close",
    "yes"};

}  // namespace

std::vector<std::string> founding_lines(std::string_view until) {
  std::vector<std::string> lines;
  for (const char* line : kFounding) {
    lines.emplace_back(line);
    if (!until.empty() && lines.back().starts_with(until)) break;
  }
  return lines;
}

std::unique_ptr<DrillSeat> stage_drill(const std::string& scenario, std::uint64_t seed,
                                       const std::vector<std::string>& lines, std::string& problem) {
  scenarios::Problems problems;
  auto loaded = scenarios::load_scenario(scenario, {}, problems);
  if (!loaded || !problems.empty()) {
    problem = scenarios::render(problems);
    return nullptr;
  }
  auto seat = std::make_unique<DrillSeat>();
  drill::LogHeader header{"", scenario, {}, loaded->scenario.hash, {.seed = seed}};
  seat->session.drill =
      drill::begin_drill(std::make_shared<const scenarios::LoadedScenario>(std::move(*loaded)), header.setup);
  drill::open_session(seat->session, header);
  sit_down(*seat);
  for (const std::string& line : lines) carry_out(*seat, {Command::Kind::say, line, 1});
  return seat;
}

}  // namespace breakglass::viz
