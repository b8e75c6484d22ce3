#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "analysis/gate/expression.hpp"
#include "analysis/gate/judge.hpp"
#include "draws.hpp"
#include "rows.hpp"
#include "scenarios/problems.hpp"

namespace breakglass::analysis {
namespace {

using testing::Draws;

Expression read(const std::string& text) {
  scenarios::Problems problems;
  const auto expression = read_expression("--fail-if", text, problems);
  INFO(scenarios::render(problems));
  REQUIRE(expression);
  return *expression;
}

// "COLUMN WHAT" of the only problem; columns count from the first letter of the option.
std::string refused(const std::string& text) {
  scenarios::Problems problems;
  REQUIRE_FALSE(read_expression("--fail-if", text, problems));
  REQUIRE(problems.count() == 1);
  const auto problem = problems.resolve()[0];
  return std::to_string(problem.column - 10) + " " + problem.what;
}

// What the strategies of a made-up comparison do in each of `n` worlds.
using Made = std::function<OutcomeRow(std::size_t strategy, std::uint64_t world)>;
Comparison made(std::size_t strategies, std::uint64_t n, const Made& row) {
  Tally tally = make_tally(strategies);
  for (std::uint64_t first = 0; first < n; first += kBlockReplications) {
    OutcomeBlock block{first, strategies, {}};
    for (std::uint64_t r = first; r < std::min(n, first + kBlockReplications); ++r) {
      for (std::size_t s = 0; s < strategies; ++s) block.rows.push_back(row(s, r));
    }
    REQUIRE(absorb(tally, digest(std::move(block))));
  }
  std::vector<std::string> names;
  for (std::size_t s = 0; s < strategies; ++s) names.emplace_back(1, static_cast<char>('a' + s));
  return summarize(tally, names, {"made-up", "0", "records", 1, false});
}

// Strategy a rolls a clean change back in one world of five, b in none; harm 100 +- 10 and 110 +- 10, by the
// same luck; full after 2 h and 3 h, but never in every 20th world of b.
Comparison usual(std::uint64_t n = 2048) {
  return made(2, n, [](std::size_t s, std::uint64_t r) {
    OutcomeRow row;
    set(row, Event::rolled_back_clean, s == 0 && r % 5 == 0);
    set(row, Metric::harm_total, 100 + 10 * static_cast<double>(s) + (r % 2 == 0 ? 10 : -10));
    if (s == 1 && r % 20 == 0) {
      set_censored(row, Metric::time_to_full_s, 86'400);
    } else {
      set(row, Metric::time_to_full_s, 7200 + 3600 * static_cast<double>(s));
    }
    return row;
  });
}

Truth truth(const std::string& text, const Comparison& comparison) {
  return judge(read(text), comparison).truth;
}

TEST_CASE("a gate holds, does not hold, or is undecided, as the interval lies to its limit") {
  const Comparison c = usual();
  // 20% of 2,048: Wilson's interval is 18.3 to 21.8%.
  REQUIRE(truth("rolled_back_clean[a] > 5%", c) == Truth::yes);
  REQUIRE(truth("rolled_back_clean[a] > 18.4%", c) == Truth::undecided);
  REQUIRE(truth("rolled_back_clean[a] > 21.7%", c) == Truth::undecided);
  REQUIRE(truth("rolled_back_clean[a] > 21.9%", c) == Truth::no);
  REQUIRE(truth("5% < rolled_back_clean[a]", c) == Truth::yes);
  REQUIRE(truth("rolled_back_clean[a] <= 5%", c) == Truth::no);
  REQUIRE(truth("rolled_back_clean[a] > 0.05", c) == Truth::yes);
}

TEST_CASE("a quantity without a strategy is asked of each of them, and one that holds is enough") {
  const Comparison c = usual();
  const Judgement judgement = judge(read("rolled_back_clean > 5%"), c);
  REQUIRE(judgement.truth == Truth::yes);
  REQUIRE(judgement.findings.size() == 2);
  REQUIRE(judgement.findings[0].truth == Truth::yes);
  REQUIRE(judgement.findings[1].truth == Truth::no);
  REQUIRE(judgement.findings[0].readings.size() == 1);
  REQUIRE(judgement.findings[0].readings[0].value == Approx(0.2).margin(0.001));
  REQUIRE(judge(read("rolled_back_clean[b] > 5%"), c).findings.size() == 1);
}

TEST_CASE("not, and, or keep what is undecided apart from what does not hold") {
  const Comparison c = usual();
  const std::string maybe = "rolled_back_clean[a] > 20%";
  const std::string yes = "rolled_back_clean[a] > 5%";
  const std::string no = "rolled_back_clean[a] > 50%";
  REQUIRE(truth("not " + maybe, c) == Truth::undecided);
  REQUIRE(truth("not " + no, c) == Truth::yes);
  REQUIRE(truth(maybe + " or " + yes, c) == Truth::yes);
  REQUIRE(truth(maybe + " and " + no, c) == Truth::no);
  REQUIRE(truth(maybe + " and " + yes, c) == Truth::undecided);
  // "and" binds tighter than "or".
  REQUIRE(truth(yes + " or " + no + " and " + no, c) == Truth::yes);
  REQUIRE(truth("(" + yes + " or " + no + ") and " + no, c) == Truth::no);
  REQUIRE(truth("not (" + yes + " and " + yes + ")", c) == Truth::no);
}

TEST_CASE("a sum of mean harms is judged world by world") {
  const Comparison c = usual(256);
  // Each mean is known to +-1.2 only, their difference exactly: it is 10 in every world.
  REQUIRE(truth("harm_total[b] - harm_total[a] > 9.99", c) == Truth::yes);
  REQUIRE(truth("harm_total[b] - harm_total[a] > 10.01", c) == Truth::no);
  REQUIRE(truth("harm_total[b] > harm_total[a] + 9.99", c) == Truth::yes);
  // 110 - 1.5 * 100 = -40, with the interval of b - 1.5 a: half of a's, +-0.6.
  REQUIRE(truth("harm_total[b] - 1.5 * harm_total[a] > -41", c) == Truth::yes);
  REQUIRE(truth("harm_total[b] - 1.5 * harm_total[a] > -40.3", c) == Truth::undecided);
  REQUIRE(truth("(harm_total[b] - harm_total[a]) / 2 > 4.99", c) == Truth::yes);
}

TEST_CASE("times are compared with times, and a censored quantile lies beyond the horizon") {
  const Comparison c = usual();
  REQUIRE(truth("time_to_full_s.p50[a] > 1h", c) == Truth::yes);
  REQUIRE(truth("time_to_full_s.p50[a] > 7200", c) == Truth::no);
  REQUIRE(truth("time_to_full_s.p50[a] >= 2h", c) == Truth::yes);
  REQUIRE(truth("time_to_full_s.p99[b] > 23h", c) == Truth::yes);  // never, in 5% of worlds
  REQUIRE(truth("time_to_full_s.p99[b] > 25h", c) == Truth::undecided);
  REQUIRE(truth("time_to_full_s.p50[a] > 1h30m and time_to_full_s[a] < 0.1d", c) == Truth::yes);
}

TEST_CASE("from a single world nothing is decided") {
  const Comparison c = usual(1);
  REQUIRE(truth("harm_total[a] > 1", c) == Truth::undecided);
  REQUIRE(truth("rolled_back_clean[a] > 50%", c) == Truth::undecided);
}

TEST_CASE("of gates whose limit is the truth, each side fails at the stated rate") {
  // Harm normal with mean 100: "harm > 100" must hold in 2.5% of experiments.
  int holds = 0;
  int rejects = 0;
  Draws draws(11);
  const Expression gate = read("harm_total[a] > 100");
  const int experiments = 2000;
  for (int i = 0; i < experiments; ++i) {
    const Comparison c = made(1, 64, [&](std::size_t, std::uint64_t) {
      OutcomeRow row;
      set(row, Metric::harm_total, 100 + 20 * draws.normal());
      return row;
    });
    const Truth t = judge(gate, c).truth;
    holds += t == Truth::yes ? 1 : 0;
    rejects += t == Truth::no ? 1 : 0;
  }
  // Three standard deviations of a share of 2.5% are one point.
  REQUIRE(std::abs(holds / double(experiments) - 0.025) < 0.0105);
  REQUIRE(std::abs(rejects / double(experiments) - 0.025) < 0.0105);
}

TEST_CASE("what is no expression is refused at the column where it goes wrong") {
  REQUIRE(refused("rolled_back_cleam > 5%") == "1 there is no metric or probability \"rolled_back_cleam\"");
  REQUIRE(refused("rolled_back_clean") == "18 there is nothing to compare with");
  REQUIRE(refused("rolled_back_clean > ") == "21 it ends too early");
  REQUIRE(refused("rolled_back_clean > 5% 6") == "24 this is one word too many");
  REQUIRE(refused("rolled_back_clean == 5%") == "19 \"=\" means nothing here");
  REQUIRE(refused("harm_total > 4h") == "12 harm stands on the left and a time on the right");
  REQUIRE(refused("time_to_full_s > 5%") == "16 a time stands on the left and a probability on the right");
  REQUIRE(refused("harm_total.cvar95 > 5") == "12 there is no such statistic of it");
  REQUIRE(refused("rolled_back.p95 > 5") == "13 there is no such statistic of it");
  REQUIRE(refused("harm_total * harm_total > 5") == "12 of two factors one must be a number");
  REQUIRE(refused("harm_total / 0 > 5") == "12 this can only divide by a number other than zero");
  REQUIRE(refused("1 > 2") == "3 only numbers are compared here");
  REQUIRE(refused("harm_total[a > 5") == "11 this bracket is not closed");
  REQUIRE(refused("(harm_total > 5") == "16 a bracket is not closed");
  REQUIRE(refused("harm_total > 4x") == "14 unknown unit \"x\"");
  REQUIRE(refused("") == "1 it ends too early");
  REQUIRE(refused(std::string(5000, '(')).starts_with("-"));  // the whole of it
  REQUIRE(refused(std::string(100, '(') + "harm_total") == "65 this goes too deep");
}

TEST_CASE("a gate on a strategy that is not compared is refused, with the nearest name") {
  scenarios::Problems problems;
  const std::vector<std::string> names{"compressed-canary", "immediate"};
  check_strategies(read("harm_total[imediate] > 5"), names, problems);
  REQUIRE(problems.count() == 1);
  REQUIRE(problems.resolve()[0].hint == "did you mean \"immediate\"?");
  check_strategies(read("harm_total[immediate] > 5 and harm_total > 3"), names, problems);
  REQUIRE(problems.count() == 1);
}

}  // namespace
}  // namespace breakglass::analysis
