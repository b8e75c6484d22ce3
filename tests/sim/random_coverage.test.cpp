// Random cases are of every kind: each field of scenario and strategy is used in some share of them, each
// word of each enumeration occurs, and what they lead to happens. So a property that holds over them holds
// with all of the model present. A field that joins the model fails this test until the generator draws it.
#include <catch2/catch.hpp>
#include <map>

#include "sim/run.hpp"
#include "tests/sim/parameter_leaves.hpp"
#include "tests/sim/random_scenarios.hpp"
#include "tests/sim/scenes.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

constexpr int kCases = 4000;
constexpr int kLeast = kCases / 200;  // of each field and each word

// What moves no result, and is drawn by nobody: texts, names, what only the game and `check` read.
const std::set<std::string> kNotDrawn = {
    "/title",
    "/nature",
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
    "/modelled_on/name",
    "/modelled_on/when",
    "/modelled_on/source",
    "/modelled_on/differs",
    "/harm/ongoing/service",
    "/harm/regression/exchange/from",
    "/harm/regression/exchange/rate",
    "/harm/regression/exchange/reason",
    "/bypass_scope/*",
    "/for_comparison/*",
    "/strategies/*",
    "/sources/*/parameter",
    "/sources/*/source",
};

// Words that the reader refuses there: tests of that kind add up differences.
const std::set<std::string> kNotSaid = {
    "/monitoring/verdicts/*/always_valid/measure: ratio-to-stable",
    "/monitoring/verdicts/*/group_sequential/measure: ratio-to-stable",
};

// Counts, by pointer, the cases in which a leaf is not its default; by pointer and word those in which an
// enumeration says the word.
class Seen {
 public:
  std::map<std::string, int> used, said;
  std::set<std::string> words;  // that an enumeration which occurs could say

  template <class Params>
  void count(const Params& params) {
    differs_.clear();
    says_.clear();
    Params value = params, fresh{};
    compare(value, fresh, "");
    for (const std::string& pointer : differs_) ++used[pointer];
    for (const std::string& word : says_) ++said[word];
  }

 private:
  // The leaves of one struct, in the order of its fields.
  struct Walk {
    Seen& seen;
    const std::string& path;
    std::vector<void*>& fresh;
    std::size_t next = 0;

    template <class T>
    void operator()(const sim::FieldInfo& info, T& value) {
      seen.compare(value, *static_cast<T*>(fresh[next++]), path + "/" + std::string(info.name));
    }
  };
  struct Places {
    std::vector<void*> found;
    template <class T>
    void operator()(const sim::FieldInfo&, T& value) {
      found.push_back(&value);
    }
  };

  template <class T>
  void compare(T& value, T& fresh, const std::string& path) {
    if constexpr (scenarios::kIsOptional<T>) {
      if (!value) return;
      typename T::value_type nothing{};
      constexpr bool kIsLeaf = !scenarios::HasFields<typename T::value_type>;
      if (kIsLeaf) differs_.insert(path);
      compare(*value, nothing, path);
    } else if constexpr (scenarios::kIsVector<T>) {
      typename T::value_type nothing{};
      constexpr bool kIsLeaf = !scenarios::HasFields<typename T::value_type>;
      if (kIsLeaf && !value.empty()) differs_.insert(path + kAny);
      if constexpr (!kIsLeaf) {
        for (auto& element : value) compare(element, nothing, path + kAny);
      }
    } else if constexpr (scenarios::HasFields<T>) {
      Places places;
      fields(places, fresh);
      Walk walk{*this, path, places.found};
      fields(walk, value);
    } else {
      if (!(value == fresh)) differs_.insert(path);
      if constexpr (scenarios::NamedEnum<T>) {
        for (const auto& name : names(value)) {
          const std::string word = path + ": " + std::string(name.text);
          words.insert(word);
          if (static_cast<int>(value) == name.value) says_.insert(word);
        }
      }
    }
  }

  std::set<std::string> differs_, says_;
};

template <class Params>
std::set<std::string> pointers_of() {
  PointersOfType pointers;
  Params params{};
  fields(pointers, params);
  return pointers.found;
}

// What occurs too seldom, one a line.
template <class Params>
std::string rare(const Seen& seen, int least) {
  std::string text;
  for (const std::string& pointer : pointers_of<Params>()) {
    const auto found = seen.used.find(pointer);
    const int n = found == seen.used.end() ? 0 : found->second;
    if (n < least && !kNotDrawn.contains(pointer)) text += pointer + ": " + std::to_string(n) + "\n";
  }
  for (const std::string& word : seen.words) {
    const auto found = seen.said.find(word);
    const int n = found == seen.said.end() ? 0 : found->second;
    if (n < least && !kNotSaid.contains(word) && !kNotDrawn.contains(word.substr(0, word.find(':'))))
      text += word + ": " + std::to_string(n) + "\n";
  }
  return text;
}

// Kinds of reasons that are told in fewer than `least` of so many runs, by number: what never happens. A step
// that is over waits only where a person decides.
std::string untold(int cases, std::uint32_t features, int least) {
  std::array<int, static_cast<std::size_t>(sim::ReasonKind::judged) + 1> told{};
  for (int i = 1; i <= cases; ++i) {
    const RandomCase c = random_case(static_cast<std::uint64_t>(i), features);
    const Prepared prepared(c.scenario, c.strategy);
    sim::Reasons reasons;
    prepared.run(c.seed, 0, false, &reasons);
    std::set<sim::ReasonKind> kinds;
    for (const auto& reason : reasons) kinds.insert(reason.kind);
    for (const auto kind : kinds) ++told[static_cast<std::size_t>(kind)];
  }
  std::string text;
  for (std::size_t kind = 0; kind < told.size(); ++kind) {
    if (kind == static_cast<std::size_t>(sim::ReasonKind::step_over)) continue;
    if (told[kind] < least) text += "kind " + std::to_string(kind) + ": " + std::to_string(told[kind]) + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("Every part of the model occurs in random cases") {
  Seen scenarios, strategies;
  for (std::uint64_t seed = 1; seed <= kCases; ++seed) {
    const RandomCase c = random_case(seed);
    scenarios.count(c.scenario);
    strategies.count(c.strategy);
  }
  CHECK(rare<sim::ScenarioParams>(scenarios, kLeast) == "");
  CHECK(rare<sim::StrategyParams>(strategies, kLeast) == "");
}

TEST_CASE("Everything that can be told of a run happens in random cases") {
  CHECK(untold(kCases, kEverything, 4) == "");
}

TEST_CASE("A part that is left out is missed") {
  Seen scenarios, strategies;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    const RandomCase c = random_case(seed, kEverything & ~kTests & ~kCommunication);
    scenarios.count(c.scenario);
    strategies.count(c.strategy);
  }
  CHECK(rare<sim::ScenarioParams>(scenarios, 1).find("/communication/heeded: 0") != std::string::npos);
  const auto judged = "kind " + std::to_string(static_cast<int>(sim::ReasonKind::judged)) + ": 0";
  CHECK(untold(400, kEverything & ~kTests, 1).find(judged) != std::string::npos);
  CHECK(rare<sim::StrategyParams>(strategies, 1).find("/always_valid/effect: 0") != std::string::npos);
}
