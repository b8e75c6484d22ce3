// A season: weeks of training in which real emergencies and decoys come in a given order, so that what one
// bypass costs is felt later.
//
// Each week is one scenario played in one world (seed and replication), the same for everybody who plays the
// season. A bypass that was not needed erodes what emergencies depend on: it multiplies, in all later weeks,
// the odds of haste, of pages that go unanswered, and of reviewers who see what is wrong (drill/memory.hpp
// has the equations). The review at the end asks what the number of emergencies means; the rates that the
// season holds true are stated in the file, so that the answer can be checked.
//
// Not promised: that erosion has been measured anywhere. Its factors are assumptions, as the file says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/problems.hpp"
#include "sim/scenario.hpp"

namespace breakglass::scenarios {

struct WeekParams {
  std::int64_t week = 1;  // counted from 1, never falling; several entries may share a week
  std::string scenario;   // id of a shipped scenario
  std::int64_t seed = 1;
  std::int64_t replication = 0;
};

struct ErosionParams {
  double haste_odds = 1;   // each needless bypass multiplies the haste odds of later changes by this
  double miss_odds = 1;    // and the odds of a page that nobody answers: alarm fatigue
  double review_odds = 1;  // and those of an approver who sees what is wrong: rubber stamps
};
// No odds are multiplied or divided by more than this, however many bypasses there were.
inline constexpr double kMostErosion = 4;

// What is true of months like these, for the review at the end.
struct RatesParams {
  double false_per_month = 4;   // pages a month that are no emergency
  double passes_high = 0.05;    // share of those that are called one where the bar is high
  double passes_low = 0.5;      // and where it is low
  double upstream = 4;          // times as many real ones where causes upstream make them
  double bar = 0.3;             // share of months with a low bar, before anything is known of one
  double upstream_share = 0.2;  // share of months with causes upstream; in the rest it is chance
};

struct SeasonParams {
  std::string id;
  std::string title;
  std::vector<WeekParams> weeks;
  double real_per_month = 0;  // emergencies that are real, a month of 30 days: the long-run mean
  ErosionParams erosion;
  RatesParams rates;
  std::string review;  // the question at the end
  std::vector<sim::SourceParams> sources;
};

template <class V>
void fields(V& visit, WeekParams& p) {
  visit(sim::field("week", "week of the season, from 1").at_least(1).at_most(520).required(), p.week);
  visit(sim::field("scenario", "id of a shipped scenario").required(), p.scenario);
  visit(sim::field("seed", "the luck of the world").at_least(0), p.seed);
  visit(sim::field("replication", "which world of that seed").at_least(0), p.replication);
}
template <class V>
void fields(V& visit, ErosionParams& p) {
  visit(sim::field("haste_odds", "each needless bypass multiplies the haste odds of later changes by this")
            .at_least(1)
            .at_most(10)
            .source("an assumption"),
        p.haste_odds);
  visit(sim::field("miss_odds", "and the odds of a page that goes unanswered, by this")
            .at_least(1)
            .at_most(10)
            .source("an assumption"),
        p.miss_odds);
  visit(sim::field("review_odds", "and the odds of an approver who sees what is wrong, by this")
            .at_least(0.1)
            .at_most(1)
            .source("an assumption"),
        p.review_odds);
}
template <class V>
void fields(V& visit, RatesParams& p) {
  visit(sim::field("false_per_month", "pages a month that are no emergency").at_least(0).at_most(1000),
        p.false_per_month);
  visit(sim::field("passes_high", "share of them that is called an emergency where the bar is high")
            .as(sim::Unit::share),
        p.passes_high);
  visit(sim::field("passes_low", "share of them that is called an emergency where the bar is low")
            .as(sim::Unit::share),
        p.passes_low);
  visit(sim::field("upstream", "times as many real emergencies where causes upstream make them")
            .at_least(1)
            .at_most(100),
        p.upstream);
  visit(sim::field("bar", "share of months in which the bar is low").as(sim::Unit::share), p.bar);
  visit(sim::field("upstream_share", "share of months with causes upstream; the rest is chance")
            .as(sim::Unit::share),
        p.upstream_share);
}
template <class V>
void fields(V& visit, SeasonParams& p) {
  visit(sim::field("id", "the season's name").required(), p.id);
  visit(sim::field("title", "one line that says what it is about"), p.title);
  visit(sim::field("weeks", "what happens, in its order").required(), p.weeks);
  visit(sim::field("real_per_month", "true rate: emergencies a month that are real").at_least(0).required(),
        p.real_per_month);
  visit(sim::field("erosion", "what needless bypasses cost later"), p.erosion);
  visit(sim::field("rates", "what is true of such months, for the review"), p.rates);
  visit(sim::field("review", "the question that the review at the end asks").required(), p.review);
  visit(sim::field("sources", "where the numbers come from"), p.sources);
}

// What `needless` bypasses that were not needed (negative counts as none) multiply odds by, when each does it
// by `each`: each^needless, from 1 / kMostErosion to kMostErosion.
double erosion_factor(double each, std::int64_t needless);

// Reads a source of `problems`: nothing if there was any problem. Scenarios that are not shipped and weeks
// that fall are problems, each at its place.
std::optional<SeasonParams> read_season(Problems& problems, int source);

// `name`: the id of a shipped season, a path, or "-".
std::optional<SeasonParams> load_season(const std::string& name, Problems& problems);

std::string season_schema();

// Every field, defaults included, as text: its hash is the season's.
std::string canonical_season(SeasonParams params);

}  // namespace breakglass::scenarios
