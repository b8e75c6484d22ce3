// A season: weeks of training in which real emergencies and decoys come in a given order, so that what one
// bypass costs is felt later.
//
// Each week is one scenario played in one world (seed and replication), the same for everybody who plays the
// season. A bypass that was not needed erodes what emergencies depend on: it multiplies the `haste_odds` of
// the changes of all later weeks. The review at the end asks what the number of emergencies means; the rate
// that the season holds true is stated in the file, so that the answer can be checked.
//
// Not promised: that erosion has been measured anywhere. Its factor is an assumption, as the file says.
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
  double haste_odds = 1;  // each needless bypass multiplies the haste odds of later changes by this
};

struct SeasonParams {
  std::string id;
  std::string title;
  std::vector<WeekParams> weeks;
  double real_per_month = 0;  // emergencies that are real, a month of 30 days: the long-run mean
  ErosionParams erosion;
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
}
template <class V>
void fields(V& visit, SeasonParams& p) {
  visit(sim::field("id", "the season's name").required(), p.id);
  visit(sim::field("title", "one line that says what it is about"), p.title);
  visit(sim::field("weeks", "what happens, in its order").required(), p.weeks);
  visit(sim::field("real_per_month", "true rate: emergencies a month that are real").at_least(0).required(),
        p.real_per_month);
  visit(sim::field("erosion", "what needless bypasses cost later"), p.erosion);
  visit(sim::field("review", "the question that the review at the end asks").required(), p.review);
  visit(sim::field("sources", "where the numbers come from"), p.sources);
}

// The haste odds of a change after `needless` bypasses that were not needed (negative counts as none).
double eroded_haste_odds(const SeasonParams& season, double haste_odds, std::int64_t needless);

// Reads a source of `problems`: nothing if there was any problem. Scenarios that are not shipped and weeks
// that fall are problems, each at its place.
std::optional<SeasonParams> read_season(Problems& problems, int source);

// `name`: the id of a shipped season, a path, or "-".
std::optional<SeasonParams> load_season(const std::string& name, Problems& problems);

std::string season_schema();

}  // namespace breakglass::scenarios
