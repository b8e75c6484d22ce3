// A season's memory and its review: against what the formulae give by hand, and in the worlds that follow.
#include "drill/memory.hpp"

#include <catch2/catch.hpp>

#include <cmath>

#include "drill/month_review.hpp"
#include "scenarios/shipped.hpp"
#include "tests/drill/stage.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

scenarios::SeasonParams first_month() {
  scenarios::Problems problems;
  return *scenarios::load_season("first-month", problems);
}

drill::Card card(const std::string& scenario, const Lines& lines) {
  drill::Session session;
  begin(session, load(scenario));
  play(session, lines);
  INFO(session.failure);
  REQUIRE(session.failure.empty());
  return drill::card_of(session.drill, 1);
}

const Lines kShipped = {"classify incident",
                        R"(bypass canary faster-steps "no time")",
                        R"(bypass change-window on-call-cover "no time")",
                        "schedule 100%/30m",
                        "wait change",
                        "ship",
                        "wait traffic",
                        "close"};

double poisson(double mean, int k) { return std::exp(k * std::log(mean) - mean - std::lgamma(k + 1.0)); }

}  // namespace

TEST_CASE("bypasses of what is no emergency were needless, and so are those outside of the scope") {
  const drill::Card shipped = card("friday-promise", kShipped);
  CHECK(shipped.called);
  CHECK_FALSE(shipped.real);
  CHECK(shipped.needless == 2);
  const drill::Card refused = card("friday-promise", {R"(refuse "a date is no emergency")"});
  CHECK_FALSE(refused.called);
  CHECK(refused.needless == 0);
  const drill::Card real = card("pii-leak", kShipped);
  CHECK(real.real);
  CHECK(real.needless == 0);
  const Lines freeze = Lines{R"(bypass freeze senior-approval "it is there, is it not")"} + kShipped;
  CHECK(card("pii-leak", freeze).needless == 1);  // there is no freeze
}

TEST_CASE("needless bypasses move the odds of haste, of silence and of review, within bounds") {
  const scenarios::SeasonParams season = first_month();
  const auto loaded = load("pii-leak");
  CHECK(drill::eroded(season, loaded->scenario.params, 0).empty());
  const auto odds = [](double p) { return p / (1 - p); };
  for (const int needless : {1, 3, 1000}) {
    const auto worse = load("pii-leak", drill::eroded(season, loaded->scenario.params, needless));
    REQUIRE(worse);
    const auto factor = [&](double each) { return std::clamp(std::pow(each, needless), 0.25, 4.0); };
    const auto& before = loaded->scenario.params;
    const auto& after = worse->scenario.params;
    CHECK(after.change.regression.haste_odds ==
          Approx(before.change.regression.haste_odds * factor(season.erosion.haste_odds)));
    for (std::size_t i = 0; i < before.people.size(); ++i) {
      INFO(before.people[i].id);
      CHECK(odds(after.people[i].miss) ==
            Approx(odds(before.people[i].miss) * factor(season.erosion.miss_odds)));
      CHECK(odds(after.people[i].catches) ==
            Approx(odds(before.people[i].catches) * factor(season.erosion.review_odds)));
    }
  }
}

TEST_CASE("every shipped scenario can be eroded") {
  const scenarios::SeasonParams season = first_month();
  for (const auto& file : scenarios::shipped_files()) {
    if (file.kind != "scenario") continue;
    INFO(file.id);
    const auto loaded = load(std::string(file.id));
    CHECK(load(std::string(file.id), drill::eroded(season, loaded->scenario.params, 5)));
  }
}

TEST_CASE("what a number of emergencies means is Bayes by Poisson, as worked out by hand") {
  scenarios::RatesParams rates;
  rates.false_per_month = 4;
  rates.passes_high = 0.05;
  rates.passes_low = 0.5;
  rates.upstream = 4;
  rates.bar = 0.3;
  rates.upstream_share = 0.2;
  const double real = 0.5;
  for (const int k : {0, 1, 3, 8}) {
    const drill::Beliefs means = drill::meaning_of(rates, real, {k, 0, 1});
    const double chance = 0.5 * poisson(0.5 + 0.2, k), bar = 0.3 * poisson(0.5 + 2, k),
                 upstream = 0.2 * poisson(2 + 0.2, k);
    const double sum = chance + bar + upstream;
    CHECK(means[0] == Approx(chance / sum));
    CHECK(means[1] == Approx(bar / sum));
    CHECK(means[2] == Approx(upstream / sum));
    // A rate that is 10% off is found out.
    const drill::Beliefs off = drill::meaning_of(rates, 1.1 * real, {k, 0, 1});
    CHECK(drill::distance(off, means) > 1e-6);
  }
  // Three in a month are hardly chance; which of them were real tells the other two apart.
  const drill::Beliefs three = drill::meaning_of(rates, real, {3, 0, 1});
  CHECK(three[0] < 0.15);
  CHECK(drill::meaning_in_hindsight(rates, real, {3, 0, 1})[1] > 0.9);
  CHECK(drill::meaning_in_hindsight(rates, real, {3, 3, 1})[2] > 0.7);
  // What no meaning allows teaches nothing.
  rates.false_per_month = 0;
  CHECK(drill::meaning_in_hindsight(rates, real, {1, 0, 1})[1] == Approx(0.3));
}

TEST_CASE("the review reads shares that sum to 1, and says what is wrong with others") {
  const drill::ReadMeans read = drill::read_means("means bar=60% upstream=0.3 chance=10%");
  REQUIRE(read.error.empty());
  CHECK(read.beliefs[1] == 0.6);
  CHECK(drill::read_means(drill::print_means(read.beliefs)).beliefs == read.beliefs);
  CHECK(drill::read_means("means bar=60%").error.find("sum to 60%") != std::string::npos);
  CHECK(drill::read_means("means luck=100%").error.find("no share of bar") != std::string::npos);
  CHECK_FALSE(drill::read_means("mean").error.empty());
  CHECK_FALSE(drill::read_means("").error.empty());
}

TEST_CASE("the answer names what the pages were") {
  const scenarios::SeasonParams season = first_month();
  const std::vector<drill::Card> cards = {{"friday-promise", 1, true, false, true, 2},
                                          {"pii-leak", 2, true, true, true, 0},
                                          {"broken-exporter", 4, false, false, false, 0}};
  const std::string question = drill::review_question(season, cards);
  CHECK(question.find("Of 3 pages you called 2 an emergency") != std::string::npos);
  CHECK(question.find("rightly") == std::string::npos);  // the truth comes after the answer
  const std::string answer = drill::review_answer(season, cards, {0.2, 0.6, 0.2});
  CHECK(answer.find("called one, and it was not; 2 needless bypasses") != std::string::npos);
  CHECK(answer.find("Of 2 that you called an emergency 1 was one") != std::string::npos);
}
