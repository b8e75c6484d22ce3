// Small situations for testing sweeps, in which the truth is known.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "analysis/sweep/situation.hpp"
#include "tests/sim/scenes.hpp"

namespace breakglass::analysis::testing {

// A folder of its own, gone at the end.
class Files {
 public:
  Files() {
    std::string name = (std::filesystem::temp_directory_path() / "breakglass-sweep-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~Files() { std::filesystem::remove_all(folder_); }
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;

  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name)) << text;
    return path(name);
  }

 private:
  std::filesystem::path folder_;
};

// 10 requests a second for 2,000 s, of which one in ten is harmed. A bold strategy serves everybody from
// 1,000 s on; its change carries a regression with probability p, which harms three requests in ten. Doing
// nothing does Poisson(2000); bold Poisson(1000 + 3000 [bad]): they break even at p = 1/3.
inline std::string poisson_scenario() {
  return R"({
  "id": "poisson", "category": "security", "start": "2026-03-02T00:00:00+00:00", "horizon": "2000s",
  "harm_unit": "units", "services": [{"id": "api"}],
  "traffic": {"entry": {"api": {"rate": "10/s"}}},
  "harm": {"ongoing": {"service": "api", "per_request": 0.1}},
  "change": {"kind": "prompt", "service": "api", "author_time": "0s",
    "regression": {"probability": 0.2, "severities": [{"id": "bad", "share": 1, "harm_per_request": 0.3}]}},
  "signals": [{"id": "errors", "kind": "ratio", "baseline": 0.01, "window": "1m", "delay": "0s"}],
  "response": {"triage": "0s", "deploy": "1000s", "investigate": "0s"},
  "rollback": {"verified": {"time": "0s", "fails": 0}, "unverified": {"time": "0s", "fails": 0}}
})";
}
inline std::string bold_strategy() {
  return R"({"id": "bold", "steps": [{"weight": 1, "for": "10m"}], "postmortem": false})";
}

inline Recipe poisson_recipe(const Files& files) {
  Recipe recipe;
  recipe.scenario = files.write("poisson.json", poisson_scenario());
  recipe.strategies = {files.write("bold.json", bold_strategy()), "do-nothing"};
  return recipe;
}

// The same in code. With a regression that is certain and harms one request in ten, both strategies do
// Poisson(2000) by numbers of their own from 1,000 s on: equal in truth, and different in every world.
inline Situation situation(double probability, double harm_per_request) {
  using namespace breakglass::tests;
  sim::ScenarioParams p = scene(seconds{2000});
  p.change.regression.probability = probability;
  p.change.regression.severities.push_back(severity(1, harm_per_request));
  Situation out{sim::prepare(p), {}};
  sim::StrategyParams bold = rollout({sim::StepParams{}});
  bold.steps[0].weight = 1;
  out.strategies.push_back(sim::prepare(out.scenario, bold));
  out.strategies.push_back(sim::prepare(out.scenario, do_nothing()));
  return out;
}

}  // namespace breakglass::analysis::testing
