// Drills for tests: played line by line, without a file.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "drill/session.hpp"

namespace breakglass::tests {

inline std::shared_ptr<const scenarios::LoadedScenario> load(const std::string& id,
                                                             std::vector<std::string> overrides = {}) {
  scenarios::Problems problems;
  scenarios::LoadOptions options;
  options.overrides = std::move(overrides);
  auto loaded = scenarios::load_scenario(id, options, problems);
  if (!loaded) return nullptr;
  return std::make_shared<const scenarios::LoadedScenario>(std::move(*loaded));
}

// Plays the lines; stops at the first that is refused, and says so in `failure`.
inline void play(drill::Session& session, const std::vector<std::string>& lines) {
  for (const std::string& line : lines) {
    const std::string answer = drill::obey(session, line);
    if (session.refused) session.failure = line + ": " + answer;
    if (!session.failure.empty() || session.done) return;
  }
}

inline void begin(drill::Session& session, std::shared_ptr<const scenarios::LoadedScenario> loaded,
                  std::uint64_t seed = 3) {
  session.drill =
      drill::begin_drill(std::move(loaded), {.seed = seed, .replication = 0, .mode = drill::Mode::drill});
}

inline const std::vector<std::string> kBypasses = {
    R"(bypass eval-gate run-after-promotion "the evaluation takes hours, and every hour does harm")",
    R"(bypass canary faster-steps "a canary of days would leave the harm running for days")",
    R"(bypass change-window on-call-cover "it is 22:00 and the window is closed")"};
inline const std::vector<std::string> kReview = {
    R"(review timeline "paged at 22:00")",        R"(review root-cause "no redaction")",
    R"(review contributing-factors "no test")",   R"(review blast-radius "all tenants")",
    R"(review what-worked "two leads answered")", R"(review actions "Asha: a test by Friday")"};

using Lines = std::vector<std::string>;

inline Lines operator+(Lines a, const Lines& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

// The parts of the founding story.
inline const Lines kClassify = {"wait 5m", "classify security", "believe regression=20% real=95%"};
inline const Lines kAssign = {"assign decision-maker", "assign rollback-operator", "watchers 2",
                              "communicate"};
inline const Lines kApprove = {"rule emergency", "wait change", "ask-approval", "wait approval"};
inline const Lines kSteps = {"ship",    "wait traffic", "wait step", "promote",  "wait step",
                             "promote", "wait step",    "promote",   "wait step"};
inline const Lines kFollowUp = {"run-bypassed-gates", "verify-resolution", "wait resolution", "wait gate",
                                "hold-postmortem"};
inline const Lines kCompressed = {"schedule compressed-canary"};

}  // namespace breakglass::tests
