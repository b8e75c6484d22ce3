#include "cli/compare_report.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "analysis/estimate/tally.hpp"
#include "cli/verdict.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::cli {
namespace {

using namespace analysis;

struct Given {
  std::string name;
  std::vector<double> harm;    // one value a world
  std::vector<double> full_s;  // time to 100%; negative: not within two days
};

OutcomeRow row_for(double harm, double full_s) {
  OutcomeRow row;
  set(row, Metric::harm_total, harm);
  set(row, Metric::harm_ongoing, harm);
  set(row, Metric::users_harmed, harm / 2);
  const double time = full_s < 0 ? 172'800 : full_s;
  for (const Metric m : {Metric::time_to_ship_s, Metric::time_to_full_s, Metric::time_to_harm_stopped_s,
                         Metric::time_to_close_s}) {
    if (full_s < 0) {
      set_censored(row, m, time);
    } else {
      set(row, m, time);
    }
  }
  set(row, Event::full_within_2h, full_s >= 0 && full_s <= 7200);
  set(row, Event::harm_stopped_by_horizon, full_s >= 0);
  return row;
}

Comparison comparison_of(const std::vector<Given>& given, bool is_partial = false) {
  OutcomeBlock block{0, given.size(), {}};
  for (std::size_t r = 0; r < given[0].harm.size(); ++r) {
    for (const Given& g : given) block.rows.push_back(row_for(g.harm[r], g.full_s[r]));
  }
  Tally tally = make_tally(given.size());
  REQUIRE(absorb(tally, digest(block)));
  std::vector<std::string> names;
  for (const Given& g : given) names.push_back(g.name);
  return summarize(tally, names, {"leak", "cafe", "records", 7, is_partial});
}

const CompareAbout kAbout{"A leak",
                          "security",
                          "Wed 2026-03-04 22:00 +05:30",
                          172'800,
                          false,
                          {"/a=1"},
                          "breakglass run leak --strategy fast --seed 7 --replication N",
                          ""};

std::string report(const Comparison& c, std::size_t width, bool colour = false) {
  return compare_report(c, kAbout, {.width = width, .out_is_terminal = false, .colour = colour});
}

const std::vector<Given> kTwo{
    {"slow", {1000, 1100, 1200, 1300, 1250, 1150}, {9000, 9600, -1, 9300, 9900, 9450}},
    {"fast", {10, 20, 30, 40, 1000, 25}, {3600, 3660, 3600, 3720, 3600, 3540}}};

TEST_CASE(
    "what each duty is worth ends the report, the most harm first, and what chance may explain says so") {
  std::vector<double> whole, less, same;
  for (int r = 0; r < 40; ++r) {
    whole.push_back(100 + r);
    less.push_back(150 + 2 * r);
    same.push_back(100 + r + (r % 2 == 0 ? 1 : -1));
  }
  const std::vector<double> times(40, 3600);
  CompareAbout about = kAbout;
  about.without = {analysis::duty_named("watchers"), analysis::duty_named("decision-maker")};
  const Comparison c = comparison_of({{"canary", whole, times},
                                      {"canary without watchers", same, times},
                                      {"canary without decision-maker", less, times}});
  const std::string text = compare_report(c, about, {.width = 100});
  CHECK(text.find("  without   decision-maker: who decides a rollback is named beforehand (decision_maker: "
                  "false)\n") != std::string::npos);
  const std::size_t table = text.find("What each duty of canary is worth");
  REQUIRE(table != std::string::npos);
  const std::size_t most = text.find("\ndecision-maker", table), none = text.find("\nwatchers", table);
  REQUIRE(most != std::string::npos);
  REQUIRE(none != std::string::npos);
  CHECK(most < none);
  CHECK(text.substr(most, none - most).find("+69.5") != std::string::npos);
  CHECK(text.substr(most, none - most).find("more harm") != std::string::npos);
  CHECK(text.find("not told apart", none) != std::string::npos);
  CHECK(text.find("; the most is lost without decision-maker: +69.50 (95% interval +") != std::string::npos);
  CHECK(text.find("has the lowest mean harm") == std::string::npos);
}

TEST_CASE("a comparison reads as a header, four tables, a ticket and a verdict") {
  CHECK(report(comparison_of(kTwo), 100) == R"(A leak
  scenario  leak (security), 2 d from Wed 2026-03-04 22:00 +05:30
  hash      cafe
  changed   /a=1
  sample    6 worlds, seed 7; every strategy meets the same ones
  harm      in records; lower is better; intervals are at 95%

Harm by 2 d after the page, in records
                                          95% of    mean of
                    95% interval  median  worlds  the worst
strategy   mean      of the mean   world   below         5%
slow      1,167   1,053 to 1,280   1,175   1,288      1,300
fast *    187.5  -230.4 to 605.4   27.50     760      1,000
* lowest mean

Times since the page: median, h:mm (95% interval); and in how many of 6 worlds it did not happen
within 2 d
                              slow              fast
first request    2:39 (2:30-never)  1:00 (0:59-1:02)
  not shipped               1 of 6            0 of 6
100% of traffic  2:39 (2:30-never)  1:00 (0:59-1:02)
  not at 100%               1 of 6            0 of 6
harm stopped     2:39 (2:30-never)  1:00 (0:59-1:02)
  not stopped               1 of 6            0 of 6
postmortem held  2:39 (2:30-never)  1:00 (0:59-1:02)
  not closed                1 of 6            0 of 6

Share of 6 worlds (95% interval)
                                  slow              fast
at 100% within 2 h        0% (0-39.03)  100% (60.97-100)
harm stopped in 2 d  83.3% (43.6-97.0)  100% (60.97-100)
regression shipped        0% (0-39.03)      0% (0-39.03)
  reached 100%            0% (0-39.03)      0% (0-39.03)
rolled back               0% (0-39.03)      0% (0-39.03)
  a clean change          0% (0-39.03)      0% (0-39.03)
rollback failed           0% (0-39.03)      0% (0-39.03)

Where the harm comes from: mean in records (+- half of the 95% interval); and users harmed
                       slow         fast
before the fix  1,167 +-110  187.5 +-420
unique users     583.3 +-57  93.75 +-210

Compared with fast, world by world: difference of harm in records
                mean                         does less in
strategy  difference      95% interval  (share of worlds)
slow          +979.2  +592.6 to +1,366       0% (0-39.03)

Any of these worlds, told as a timeline (N from 0 to 5):
  breakglass run leak --strategy fast --seed 7 --replication N

fast has the lowest mean harm, 187.5 records (95% interval -230.4 to 605.4, n = 6); that is 979.2 less than the next, slow (95% interval 592.6 to 1,366).
)");
}

TEST_CASE("no line of the tables is wider than the terminal, down to 40 columns") {
  for (const std::size_t width : {40, 60, 80, 100}) {
    std::istringstream lines(report(comparison_of(kTwo), width));
    const std::string verdict_line = verdict(comparison_of(kTwo));
    for (std::string line; std::getline(lines, line);) {
      if (line == verdict_line || line.find("--seed") != std::string::npos) continue;
      INFO(line);
      CHECK(scenarios::display_width(line) <= width);
    }
  }
}

TEST_CASE("the verdict is the last line and names interval, sample and the next strategy") {
  const Comparison c = comparison_of(kTwo);
  CHECK(report(c, 100).ends_with("\n" + verdict(c) + "\n"));
  CHECK(verdict(c) ==
        "fast has the lowest mean harm, 187.5 records (95% interval -230.4 to 605.4, n = 6); that is 979.2 "
        "less than the next, slow (95% interval 592.6 to 1,366).");
}

TEST_CASE("strategies that are not told apart are named as such") {
  const std::vector<double> never(4, -1);
  const auto tie = comparison_of({{"a", {10, 20, 30, 41}, never}, {"b", {11, 19, 31, 39}, never}});
  CHECK(verdict(tie) ==
        "b has the lowest mean harm, 25 records (95% interval 5.211 to 44.79, n = 4), but it is not told "
        "apart from a (difference +0.2500, 95% interval -2.137 to +2.637).");
  const auto three = comparison_of(
      {{"a", {10, 20, 30, 41}, never}, {"b", {11, 19, 31, 39}, never}, {"c", {9, 21, 29, 43}, never}});
  CHECK(verdict(three) ==
        "b has the lowest mean harm, 25 records (95% interval 5.211 to 44.79, n = 4), but it is not told "
        "apart from a and c (each difference's 95% interval contains zero).");
  CHECK(report(three, 100).find("* lowest mean   = not told apart from it") != std::string::npos);
}

TEST_CASE("a strategy that is better in most worlds and worse on average is given its due") {
  std::vector<double> steady(40, 100);
  std::vector<double> gamble(40, 50);
  for (std::size_t i = 0; i < 40; i += 3) gamble[i] = 5000 + static_cast<double>(i);
  const std::vector<double> never(40, -1);
  CHECK(verdict(comparison_of({{"gamble", gamble, never}, {"steady", steady, never}})) ==
        "steady has the lowest mean harm, 100 records (95% interval 100 to 100, n = 40); that is 1,689 less "
        "than the next, gamble (95% interval 921.6 to 2,457), although gamble does less in 65.0% of the "
        "worlds.");
}

TEST_CASE("one strategy, one world and a partial result say what they are") {
  CHECK(verdict(comparison_of({{"a", {10, 20}, {-1, -1}}})) ==
        "a does, on average, a harm of 15 records (95% interval -48.53 to 78.53, n = 2); there was nothing "
        "to compare it with.");
  CHECK(verdict(comparison_of({{"a", {10}, {-1}}, {"b", {12}, {-1}}})) ==
        "a has the lowest mean harm, 10 records (no interval from a single world, n = 1), and a single world "
        "tells no strategies apart.");
  CHECK(verdict(comparison_of(kTwo, true)).starts_with("Partial result: fast has the lowest mean harm, "));
  CHECK(report(comparison_of(kTwo, true), 100).find("\n  PARTIAL   stopped before what was asked\n") !=
        std::string::npos);
}

TEST_CASE("no report promises what a simulation cannot") {
  const std::string text = report(comparison_of(kTwo), 100);
  for (const char* word : {"safe", "optimal", "significant", "prove", "guarantee"}) {
    CHECK(text.find(word) == std::string::npos);
  }
}

TEST_CASE("large harms are printed in millions, in tables and verdict alike") {
  const std::vector<double> never(3, -1);
  const auto c = comparison_of({{"a", {3e7, 3.1e7, 3.2e7}, never}, {"b", {5e7, 5.1e7, 5.3e7}, never}});
  const std::string text = report(c, 100);
  CHECK(text.find("in millions of records") != std::string::npos);
  CHECK(verdict(c) ==
        "a has the lowest mean harm, 31 million records (95% interval 28.52 to 33.48, n = 3); that is 20.33 "
        "million "
        "less than the next, b (95% interval 18.90 to 21.77).");
}

TEST_CASE("colour adds escape sequences and changes nothing else") {
  const Comparison c = comparison_of(kTwo);
  std::string coloured = report(c, 100, true);
  CHECK(coloured.find('\x1b') != std::string::npos);
  std::string plain;
  for (std::size_t i = 0; i < coloured.size(); ++i) {
    if (coloured[i] == '\x1b')
      i = coloured.find('m', i);
    else
      plain += coloured[i];
  }
  CHECK(plain == report(c, 100));
}

TEST_CASE("texts from a scenario cannot move the cursor") {
  CompareAbout about = kAbout;
  about.title = "x\x1b[2J";
  about.changes = {"/a=\x1b]0;t\x07"};
  auto given = kTwo;
  given[0].name = "slow\x1b[31m";
  const std::string text = compare_report(comparison_of(given), about, {.width = 100});
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find('\x07') == std::string::npos);
}

}  // namespace
}  // namespace breakglass::cli
