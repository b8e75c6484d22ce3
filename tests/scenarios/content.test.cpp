// The content that is shipped: every promised scenario is there, has a brief that is wrong in places, and
// says where its numbers come from. Each check has a twin with a planted fault that it must catch.
#include <catch2/catch.hpp>

#include <algorithm>

#include "scenarios/load.hpp"
#include "scenarios/shipped.hpp"
#include "tests/scenarios/content_support.hpp"

namespace breakglass::tests {
namespace {

struct Read {
  sim::ScenarioParams params;
  scenarios::Node root;
};

Read read_shipped(const scenarios::ShippedFile& file) {
  scenarios::Problems problems;
  const int source = problems.add_source(std::string(file.path), std::string(file.text));
  auto params = scenarios::read_scenario(problems, source, {});
  auto root = scenarios::parse_text(problems, source);
  INFO(scenarios::render(problems));
  REQUIRE(params);
  REQUIRE(root);
  return {std::move(*params), std::move(*root)};
}

std::vector<std::string> shipped_ids() {
  std::vector<std::string> ids;
  for (const auto& file : scenarios::shipped_files()) {
    if (file.kind == "scenario") ids.emplace_back(file.id);
  }
  return ids;
}

Read read_id(std::string_view id) {
  for (const auto& file : scenarios::shipped_files()) {
    if (file.kind == "scenario" && file.id == id) return read_shipped(file);
  }
  FAIL("no scenario " << id);
  return {};
}

bool complains_of(const std::vector<std::string>& complaints, std::string_view text) {
  return std::any_of(complaints.begin(), complaints.end(),
                     [text](const std::string& said) { return said.find(text) != std::string::npos; });
}

}  // namespace

TEST_CASE("every promised scenario is shipped, with the nature that it was promised with") {
  for (const std::string& id : missing_scenarios(shipped_ids())) FAIL_CHECK("not shipped: " << id);
  for (const Promised& promised : promised_scenarios()) {
    if (!complains_of(shipped_ids(), promised.id)) continue;
    INFO(promised.id);
    CHECK(read_id(promised.id).params.nature == promised.nature);
  }
}

TEST_CASE("a scenario that is not shipped is missed") {
  auto ids = shipped_ids();
  std::erase(ids, "friday-promise");
  CHECK(missing_scenarios(ids) == std::vector<std::string>{"friday-promise"});
}

TEST_CASE(
    "every shipped scenario has a brief, sources for its numbers, and a case or the word that it is made "
    "up") {
  for (const auto& file : scenarios::shipped_files()) {
    if (file.kind != "scenario") continue;
    const Read read = read_shipped(file);
    CHECK(read.params.id == file.id);
    for (const auto& complaint : content_complaints(read.params, read.root)) {
      FAIL_CHECK(file.path << ": " << complaint);
    }
  }
}

TEST_CASE("what a scenario does not say about itself is complained of") {
  const Read good = read_id("broken-exporter");
  REQUIRE(content_complaints(good.params, good.root).empty());
  const auto said_when = [&good](auto&& spoil) {
    sim::ScenarioParams params = good.params;
    spoil(params);
    return content_complaints(params, good.root);
  };
  const auto without = [](sim::ScenarioParams& p, std::string_view parameter) {
    std::erase_if(p.sources,
                  [parameter](const auto& source) { return source.parameter.starts_with(parameter); });
  };
  CHECK(complains_of(said_when([](auto& p) { p.brief.page.clear(); }), "pager"));
  CHECK(complains_of(said_when([](auto& p) { p.brief.facts.resize(1); }), "fewer than two"));
  CHECK(complains_of(said_when([](auto& p) {
                       for (auto& fact : p.brief.facts) {
                         fact.wrong = false;
                         fact.wrong_if = sim::WrongIf::never;
                       }
                     }),
                     "wrong"));
  CHECK(complains_of(said_when([&](auto& p) { without(p, "/people"); }), "no source for /people"));
  CHECK(complains_of(said_when([&](auto& p) { without(p, "/rollback"); }), "no source for /rollback"));
  CHECK(complains_of(said_when([&](auto& p) { without(p, "/real"); }), "no source for /real"));
  CHECK(complains_of(said_when([&](auto& p) { without(p, "/brief"); }), "made up"));
  CHECK(complains_of(said_when([](auto& p) { p.sources[0].parameter = "/briefs"; }), "does not have"));
  CHECK(complains_of(said_when([](auto& p) { p.horizon = std::chrono::hours{24}; }), "postmortem"));
  CHECK(complains_of(said_when([](auto& p) {
                       auto& move = p.change.regression.severities[0].moves[0];
                       for (auto& signal : p.signals) {
                         if (signal.id != move.id) continue;
                         signal.worse = signal.worse == sim::Worse::increase ? sim::Worse::decrease
                                                                             : sim::Worse::increase;
                       }
                     }),
                     "nobody takes for worse"));
  CHECK(complains_of(said_when([](auto& p) { p.real = 0.5; }), "mostly real"));
  CHECK(complains_of(said_when([](auto& p) {
                       p.nature = sim::Nature::emergency;
                       p.category = sim::Category::none;
                     }),
                     "without a category"));
}

}  // namespace breakglass::tests
