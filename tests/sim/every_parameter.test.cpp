// Every parameter moves a result; none is read and unused. The lists of fields are walked: each leaf of a
// base scenario or strategy is changed in several ways, and one of the ways that the reader accepts must move
// what some replication comes to. The bases are shipped scenarios and the rich ones beside this file. A field
// that moves nothing in any of them, or that no base uses, fails the test by its pointer.
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <map>

#include "scenarios/checks.hpp"
#include "scenarios/writer.hpp"
#include "tests/sim/golden_worlds.hpp"
#include "tests/sim/parameter_leaves.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

constexpr std::uint32_t kRuns = 40;

// Texts and what only the game reads: they are printed, and move no result.
const std::set<std::string> kMoveNothing = {
    "/id",
    "/title",
    "/category",
    "/nature",
    "/modelled_on/name",
    "/modelled_on/when",
    "/modelled_on/source",
    "/modelled_on/differs",
    "/services/*/id",  // names: what they name moves results
    "/signals/*/id",
    "/people/*/id",
    "/containment/*/id",
    "/harm_unit",
    "/brief/page",
    "/brief/facts/*/at",
    "/brief/facts/*/text",
    "/brief/facts/*/wrong",
    "/brief/facts/*/wrong_if",
    "/brief/calls/*/at",  // at the desk of a drill (tests/drill/desk.test.cpp)
    "/brief/calls/*/from",
    "/brief/calls/*/patience",
    "/brief/calls/*/text",
    "/brief/status_due/*",
    "/harm/ongoing/service",  // the released service, or nothing
    "/harm/ongoing/exchange/from",
    "/harm/ongoing/exchange/reason",
    "/harm/regression/exchange/from",
    "/harm/regression/exchange/reason",
    "/change/kind",  // these six are what `check` holds a strategy to
    "/change/scope",
    "/urgency",
    "/bypass_scope/*",
    "/for_comparison/*",
    "/people/*/name",
    "/approvals/*/id",
    "/change/regression/severities/*/id",
    "/gates/freeze/*/reason",
    "/bypasses/*/reason",
    "/strategies/*",  // which strategies `compare` runs
    "/sources/*/parameter",
    "/sources/*/source",
};
// Read by the loader, which puts the trace in their place; its own tests hold them.
const std::set<std::string> kLoaded = {
    "/traffic/entry/*/trace/file",
    "/traffic/entry/*/trace/exact",
    "/traffic/entry/*/trace/scale",
    "/traffic/entry/*/trace/repeat",
};

// What moves requests that are served one by one: tried on a base of its own, because the others count them
// in windows and are too busy for anything else.
const std::set<std::string> kOfFleets = {
    "/services/*/servers",
    "/services/*/service_time",
    "/services/*/queue",
    "/services/*/scale_stable",
    "/signals/*/of",
    "/harm/rejected",
    "/change/regression/severities/*/service_time_ratio",
};

struct Base {
  sim::ScenarioParams scenario;
  sim::StrategyParams strategy;
};

// Through the reader and its checks, as a file would go; nothing if they refuse it.
std::optional<Base> accepted(const Base& base) {
  scenarios::Problems problems("scenario.json", scenarios::to_json(base.scenario));
  auto scenario = scenarios::draft_scenario(problems, 0, {});
  scenarios::Problems own("strategy.json", scenarios::to_json(base.strategy));
  auto strategy = scenarios::draft_strategy(own, 0);
  if (!scenario || !strategy || !problems.empty() || !own.empty()) return std::nullopt;
  scenarios::check_fit({strategy->root, own, strategy->unread}, strategy->params, scenario->params);
  if (!own.empty()) return std::nullopt;
  return Base{std::move(scenario->params), std::move(strategy->params)};
}

// What one replication comes to, and when what happened in it.
std::uint64_t result_of(const sim::Scenario& scenario, const sim::Strategy& strategy,
                        std::uint32_t replication) {
  sim::Fingerprint print;
  sim::Reasons reasons;
  sim::World w = sim::begin(scenario, strategy, {.seed = 4, .replication = replication, .reasons = &reasons});
  sim::advance(scenario, strategy, w, sim::horizon(scenario), &reasons);
  add(print, sim::outcome_of(scenario, strategy, w));
  for (const auto& reason : reasons) {
    print.add(reason.at);
    print.add(reason.kind);
  }
  return print.value();
}

std::vector<std::uint64_t> results_of(const Base& base) {
  const sim::Scenario scenario = sim::prepare(base.scenario);
  const sim::Strategy strategy = sim::prepare(scenario, base.strategy);
  std::vector<std::uint64_t> results;
  for (std::uint32_t r = 0; r < kRuns; ++r) results.push_back(result_of(scenario, strategy, r));
  return results;
}

bool moves(const Base& other, const std::vector<std::uint64_t>& before) {
  const sim::Scenario scenario = sim::prepare(other.scenario);
  const sim::Strategy strategy = sim::prepare(scenario, other.strategy);
  for (std::uint32_t r = 0; r < kRuns; ++r) {
    if (result_of(scenario, strategy, r) != before[r]) return true;
  }
  return false;
}

// What must move along with a field, for the change to be sound: shares sum to 1, harm is counted where the
// change is, and who does not ship takes no steps.
void bring_along(const std::string& pointer, Base& base) {
  const auto normalise = [](auto& list) {
    double sum = 0;
    for (const auto& item : list) sum += item.share;
    for (auto& item : list) item.share /= sum;
  };
  if (pointer.ends_with("severities/*/share")) normalise(base.scenario.change.regression.severities);
  if (pointer.ends_with("classes/*/share")) normalise(base.scenario.traffic.users->classes);
  if (pointer == "/change/service") base.scenario.harm.ongoing.service = base.scenario.change.service;
  if (pointer != "/ships" || base.strategy.ships) return;
  base.strategy.steps.clear();
  base.strategy.pacing.reset();
}

std::string text_of(const std::filesystem::path& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  REQUIRE(file);
  std::string text(1 << 20, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), file));
  std::fclose(file);
  return text;
}

Base read_base(const std::string& scenario, const std::string& strategy) {
  scenarios::Problems problems("scenario.json", scenario), own("strategy.json", strategy);
  auto s = scenarios::read_scenario(problems, 0, {});
  auto t = scenarios::read_strategy(own, 0);
  INFO(scenarios::render(problems) << scenarios::render(own));
  REQUIRE((s && t));
  return {std::move(*s), std::move(*t)};
}

std::string shipped(std::string_view kind, std::string_view id) {
  for (const auto& file : scenarios::shipped_files()) {
    if (file.kind == kind && file.id == id) return std::string(file.text);
  }
  return {};
}

std::filesystem::path rich_folder() {
  return std::filesystem::path(BREAKGLASS_SOURCE_DIR) / "tests/sim/rich";
}
std::string rich_text(const char* file) { return text_of(rich_folder() / file); }

std::vector<Base> bases() {
  std::vector<Base> all;
  const std::filesystem::path here = rich_folder();
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(here)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const auto& scenario : files) {
    if (!scenario.stem().string().starts_with("scenario")) continue;
    for (const auto& strategy : files) {
      if (strategy.stem().string().starts_with("strategy"))
        all.push_back(read_base(text_of(scenario), text_of(strategy)));
    }
  }
  for (const auto& [scenario, strategy] : {std::pair{"pii-leak", "compressed-canary"},
                                           {"age-gate", "full-canary"},
                                           {"good-file-bad-file", "compressed-canary"}}) {
    all.push_back(read_base(shipped("scenario", scenario), shipped("strategy", strategy)));
  }
  return all;
}

// Names and texts that a string could be changed to.
std::vector<std::string> words_of(const Base& b) {
  std::vector<std::string> words = {"",
                                    "02:00",
                                    "13:00",
                                    "23:30",
                                    "+09:00",
                                    "-11:00",
                                    "Sat,Sun",
                                    "2026-05-01",
                                    "2026-03-07",
                                    "2027-03-01",
                                    "2026-03-07T05:00:00+00:00"};
  for (const auto& s : b.scenario.services) words.push_back(s.id);
  for (const auto& s : b.scenario.signals) words.push_back(s.id);
  for (const auto& s : b.scenario.people) words.push_back(s.id);
  for (const auto& s : b.scenario.approvals) words.push_back(s.id);
  for (const auto& s : b.scenario.containment) words.push_back(s.id);
  for (const auto& s : sim::kElementNames) words.emplace_back(s.text);
  for (const auto& s : sim::kAuthorityNames) words.emplace_back(s.text);
  return words;
}

struct Tried {
  std::set<std::string> used, moved;
};

template <class Params>
void try_every_leaf(const Base& base, const std::vector<std::uint64_t>& before, Params Base::* part,
                    Tried& tried, bool first, const std::set<std::string>* only = nullptr) {
  const auto words = words_of(base);
  for (int leaf = 0;; ++leaf) {
    for (int variant = 0;; ++variant) {
      Base other = base;
      LeafChanger changer(leaf, variant, words);
      fields(changer, other.*part);
      if (changer.pointer.empty()) return;  // no leaf is left
      tried.used.insert(changer.pointer);
      const bool done = tried.moved.count(changer.pointer) > 0;
      if (only && only->count(changer.pointer) == 0) break;
      if (!changer.changed || done || (!first && kMoveNothing.count(changer.pointer) > 0)) break;
      bring_along(changer.pointer, other);
      const auto sound = accepted(other);
      if (sound && moves(*sound, before)) tried.moved.insert(changer.pointer);
    }
  }
}

template <class Params>
std::string dead(const Tried& tried) {
  PointersOfType type;
  Params params{};
  fields(type, params);
  std::string text;
  for (const auto& pointer : type.found) {
    const bool moves = tried.moved.count(pointer) > 0, text_only = kMoveNothing.count(pointer) > 0;
    if (kLoaded.count(pointer) > 0) continue;
    if (!moves && !text_only)
      text += pointer + (tried.used.count(pointer) > 0 ? ": moves no result\n" : ": no base uses it\n");
    if (moves && text_only) text += pointer + ": moves results, and is said to move none\n";
  }
  return text;
}

}  // namespace

TEST_CASE("Every parameter moves a result, and none is read and unused") {
  Tried scenario, strategy;
  bool first = true;  // what moves nothing is tried on one base only
  for (const Base& base : bases()) {
    const auto before = results_of(base);
    try_every_leaf(base, before, &Base::scenario, scenario, first);
    try_every_leaf(base, before, &Base::strategy, strategy, first);
    first = false;
  }
  const Base queues = read_base(rich_text("requests.json"), rich_text("requests-canary.json"));
  try_every_leaf(queues, results_of(queues), &Base::scenario, scenario, false, &kOfFleets);
  CHECK(dead<sim::ScenarioParams>(scenario) == "");
  CHECK(dead<sim::StrategyParams>(strategy) == "");
}
