#include "cli/timeline_report.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "scenarios/visible.hpp"

namespace breakglass::cli {
namespace {

using analysis::LineKind;
using std::chrono::minutes;
using std::chrono::seconds;

analysis::Timeline small_timeline() {
  analysis::Timeline t;
  t.lines = {{sim::Time{0}, "Wed 22:00", LineKind::event, "page: it leaks", -1, 0},
             {minutes{12}, "Wed 22:12", LineKind::fact, "told: only one tenant is affected", -1, 96.06},
             {minutes{70}, "Wed 23:10", LineKind::dashboard,
              "dashboard: error-rate: change 0%, stable 0.671% (23 items, 1 min 30 s old)", 0.136, 980.2},
             {minutes{71}, "Wed 23:11", LineKind::decision, "step 2 of 4: 10% of traffic on the change",
              0.113, 984.5},
             {minutes{80}, "Wed 23:20", LineKind::hindsight, "in truth it is clean", -1, 1064}};
  t.outcome.harm = {1060, 4, 0, 0, 0};
  for (auto& line : t.lines) line.reckoned = line.harm + 1;
  t.known.harm = 1200;
  t.known.verified_at = minutes{180};
  t.outcome.users_harmed = 421;
  t.outcome.shipped_at = minutes{65};
  t.outcome.full_at = minutes{96};
  t.outcome.flags = static_cast<std::uint32_t>(sim::Flag::rolled_back) |
                    static_cast<std::uint32_t>(sim::Flag::rolled_back_clean);
  return t;
}

const TimelineAbout kAbout{"A leak",
                           "leak",
                           "security",
                           "Wed 2026-03-04 22:00 +05:30",
                           "cafe",
                           "compressed",
                           "in an hour",
                           "records",
                           172'800,
                           false,
                           true,
                           true,
                           7,
                           1234,
                           {"/a=1"},
                           "breakglass run leak --strategy compressed --seed 7 --replication 1234"};

TEST_CASE("a world reads as a timeline with times, marks, belief and harm") {
  CHECK(timeline_report(small_timeline(), kAbout, {.width = 100}) == R"(A leak
  scenario  leak (security), 2 d from Wed 2026-03-04 22:00 +05:30, hash cafe
  changed   /a=1
  strategy  compressed: in an hour
  world     replication 1234 of seed 7
  harm      so far, in records
  P(regr.)  probability that the change carries a regression, as an ideal observer of the dashboards
            would hold it

> a decision   | a dashboard   " what people are told   ! seen only in hindsight

clock       h:mm:ss    what happened                                                 P(regr.)   harm
Wed 22:00   0:00:00    page: it leaks                                                              0
Wed 22:12   0:12:00  " told: only one tenant is affected                                       96.06
Wed 23:10   1:10:00  | dashboard: error-rate: change 0%, stable 0.671% (23 items, 1     13.6%  980.2
                       min 30 s old)
Wed 23:11   1:11:00  > step 2 of 4: 10% of traffic on the change                        11.3%  984.5
Wed 23:20   1:20:00  ! in truth it is clean                                                    1,064

Outcome after 2 d, in hindsight
  first request  1 h 5 min after the page
  100%           1 h 36 min after the page
  harm stopped   not within 2 d
  regression     none shipped
  rolled back    yes, a change that was clean
  users harmed   421
  harm           1,060 before the fix, 4 despite the fix

This world again: breakglass run leak --strategy compressed --seed 7 --replication 1234

compressed in this world (replication 1234 of seed 7): 1,064 records by 2 d after the page.
)");
}

TEST_CASE("without hindsight a timeline tells what was known, and nothing else") {
  TimelineAbout about = kAbout;
  about.hindsight = false;
  about.has_deadline = true;
  auto timeline = small_timeline();
  timeline.lines.pop_back();  // what is told in hindsight only
  const std::string text = timeline_report(timeline, about, {.width = 100});
  for (const char* told :
       {"page: it leaks                                                              1\n",
        "  harm stopped   verified 3 h after the page\n", "  regression     none was found\n",
        "  rolled back    yes\n", "  deadline       met\n", "  users harmed   not measured\n",
        "  harm           about 1,200 records, as reckoned; not measured\n",
        ": about 1,200 records by 2 d after the page, as reckoned by those who were there.\n"}) {
    INFO(told);
    CHECK(text.find(told) != std::string::npos);
  }
  for (const char* hidden : {"421", "1,060", "1,064", "clean", "none shipped"}) {
    INFO(hidden);
    CHECK(text.find(hidden) == std::string::npos);
  }
  timeline.known.found_at = minutes{90};
  timeline.known.verified_at = sim::kNever;
  timeline.known.deadline_missed = true;
  about.has_users = false;
  const std::string other = timeline_report(timeline, about, {.width = 100});
  CHECK(other.find("  harm stopped   not verified\n") != std::string::npos);
  CHECK(other.find("  regression     one was found 1 h 30 min after the page\n") != std::string::npos);
  CHECK(other.find("  deadline       missed\n") != std::string::npos);
  CHECK(other.find("users harmed") == std::string::npos);
  const auto j = nlohmann::json::parse(timeline_json(timeline, about));
  CHECK(j["hindsight"] == false);
  CHECK(j["timeline"][1]["harm"].is_null());
  CHECK(j["timeline"][1]["harm_reckoned"] == 97.06);
  CHECK(j["known"]["harm_reckoned"] == 1200);
  CHECK(j["known"]["regression_found_s"] == 5400);
  CHECK(j["known"]["resolution_verified_s"].is_null());
  CHECK(j["known"]["deadline_missed"] == true);
  for (const char* metric : {"harm_total", "harm_regression", "users_harmed", "time_to_harm_stopped_s"})
    CHECK(j["outcome"]["metrics"][metric]["value"].is_null());
  CHECK(j["outcome"]["metrics"]["time_to_full_s"]["value"] == 5760);
  CHECK(j["outcome"]["events"]["rolled_back_clean"].is_null());
  CHECK(j["outcome"]["events"]["rolled_back"] == true);
}

TEST_CASE("no line of a timeline is wider than the terminal, down to 40 columns") {
  for (const std::size_t width : {40, 60, 80, 100}) {
    std::istringstream lines(timeline_report(small_timeline(), kAbout, {.width = width}));
    for (std::string line; std::getline(lines, line);) {
      if (line.find("--seed") != std::string::npos || line.find("in this world") != std::string::npos)
        continue;
      INFO(line);
      CHECK(scenarios::display_width(line) <= std::max<std::size_t>(width, 46));
    }
  }
}

TEST_CASE("a timeline as JSON has every line and outcome, with null for what did not happen") {
  const auto j = nlohmann::json::parse(timeline_json(small_timeline(), kAbout));
  CHECK(j["program"]["name"] == "breakglass");
  CHECK(j["scenario"]["hash"] == "cafe");
  CHECK(j["strategy"] == "compressed");
  CHECK(j["seed"] == 7);
  CHECK(j["replication"] == 1234);
  REQUIRE(j["timeline"].size() == 5);
  CHECK(j["timeline"][2]["at_s"] == 4200);
  CHECK(j["timeline"][2]["kind"] == "dashboard");
  CHECK(j["timeline"][2]["belief"] == 0.136);
  CHECK(j["timeline"][0]["belief"].is_null());
  CHECK(j["outcome"]["metrics"]["harm_total"]["value"] == 1064);
  CHECK(j["outcome"]["metrics"]["harm_total"]["unit"] == "records");
  CHECK(j["outcome"]["metrics"]["time_to_full_s"]["value"] == 5760);
  CHECK(j["outcome"]["metrics"]["time_to_harm_stopped_s"]["value"].is_null());
  CHECK(j["outcome"]["events"]["rolled_back_clean"] == true);
  CHECK(j["outcome"]["events"]["rollback_failed"] == false);
}

TEST_CASE("texts of a world cannot move the cursor") {
  auto timeline = small_timeline();
  timeline.lines[1].text = "x\x1b[2J\u202e";
  const std::string text = timeline_report(timeline, kAbout, {.width = 100});
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find("\u202e") == std::string::npos);
}

}  // namespace
}  // namespace breakglass::cli
