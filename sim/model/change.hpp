// The change: how much of the harm it removes, and whether it makes something else worse.
//
// A change is clean (hypothesis 0) or carries a regression of one of K severities (hypotheses 1..K). A
// severity moves signals and does harm of its own per request, once it shows: at once, a time after exposure
// began, at or above a weight, and to everyone or to a segment of the users.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "sim/kernel/distribution.hpp"
#include "sim/kernel/draw.hpp"
#include "sim/kernel/enum_names.hpp"
#include "sim/kernel/field.hpp"
#include "sim/kernel/time.hpp"
#include "sim/model/limits.hpp"

namespace breakglass::sim {

struct OnsetParams {
  Duration delay{};    // shows this long after the change served its first traffic
  double weight = 0;   // shows at or above this weight
  double segment = 1;  // the share of users that can meet it
};

// A severity moves a signal's level from x to x * ratio + difference.
struct MoveParams {
  std::string id;  // the signal
  double ratio = 1;
  double difference = 0;
};

struct SeverityParams {
  std::string id;
  double share = 0;               // of all regressions
  double harm_per_request = 0;    // probability that a request it concerns does harm
  double stays = 0;               // share of that harm which goes on after a rollback, until it is repaired
  double service_time_ratio = 1;  // multiplies the time that a request takes (request fidelity)
  std::vector<MoveParams> moves;
  OnsetParams onset;
};

struct RegressionParams {
  double probability = 0;  // before any gate
  double night_odds = 1;   // multiplies the odds of a change authored at night
  double haste_odds = 1;   // multiplies the odds where the strategy bypasses anything
  std::vector<SeverityParams> severities;
};

// What is changed, and how far it reaches: together they say whose approval it needs (sim/bypass_scope.hpp).
enum class ChangeKind : std::uint8_t { prompt, config, rule, code, data, model, infrastructure };
constexpr std::array kChangeKindNames{
    EnumName{"prompt", 0}, EnumName{"config", 1}, EnumName{"rule", 2},          EnumName{"code", 3},
    EnumName{"data", 4},   EnumName{"model", 5},  EnumName{"infrastructure", 6}};
constexpr std::span<const EnumName> names(ChangeKind) { return kChangeKindNames; }
enum class ChangeScope : std::uint8_t {
  service,   // within one team's expertise
  platform,  // platform-wide operation
  broad,     // broad customer or business impact
};
constexpr std::array kChangeScopeNames{EnumName{"service", 0}, EnumName{"platform", 1}, EnumName{"broad", 2}};
constexpr std::span<const EnumName> names(ChangeScope) { return kChangeScopeNames; }

struct ChangeParams {
  ChangeKind kind = ChangeKind::code;
  ChangeScope scope = ChangeScope::service;
  std::string service;
  Distribution author_time;  // seconds
  Distribution fix_effectiveness{.kind = Distribution::Kind::fixed, .a = 1, .b = 0, .atoms = {}};
  RegressionParams regression;
};

template <class V>
void fields(V& visit, OnsetParams& p) {
  visit(field("delay", "shows this long after the change served its first traffic").as(Unit::duration),
        p.delay);
  visit(field("weight", "shows at or above this weight").as(Unit::share), p.weight);
  visit(field("segment", "share of the users that can meet it").as(Unit::share).above(0), p.segment);
}
template <class V>
void fields(V& visit, MoveParams& p) {
  visit(field("ratio", "multiplies the signal's level").at_least(0), p.ratio);
  visit(field("difference", "added to the signal's level"), p.difference);
}
inline bool shorthand(MoveParams& p, double number) {
  p.ratio = number;
  return true;
}
template <class V>
void fields(V& visit, SeverityParams& p) {
  visit(field("id", "name of this severity"), p.id);
  visit(field("share", "share of all regressions; the shares sum to 1").as(Unit::share).required(), p.share);
  visit(field("harm_per_request", "probability that a request served by it does harm").as(Unit::probability),
        p.harm_per_request);
  visit(field("stays", "share of that harm which a rollback does not end, until what it damaged is repaired")
            .as(Unit::share),
        p.stays);
  visit(field("service_time_ratio", "multiplies the time to serve a request (request fidelity)")
            .above(0)
            .at_most(1e4),
        p.service_time_ratio);
  visit(field("moves", "signals that it moves: by a ratio, a difference, or both").keyed(), p.moves);
  visit(field("onset", "when and to whom it shows; at once and to everyone when absent"), p.onset);
}
template <class V>
void fields(V& visit, RegressionParams& p) {
  visit(field("probability", "that the change carries a regression, before any gate")
            .as(Unit::probability)
            .required()
            .source("14.8-24.4% of post-release fixes were incorrect: Yin et al., FSE 2011"),
        p.probability);
  visit(
      field("night_odds", "multiplies the odds for a change authored between 22:00 and 06:00 local").above(0),
      p.night_odds);
  visit(field("haste_odds", "multiplies the odds where the strategy bypasses any element").above(0),
        p.haste_odds);
  visit(field("severities", "kinds of regression"), p.severities);
}
template <class V>
void fields(V& visit, ChangeParams& p) {
  visit(field("kind", "what is changed").required(), p.kind);
  visit(field("scope", "how far the change reaches: with its kind, whose approval it needs"), p.scope);
  visit(field("service", "the service that it releases").required(), p.service);
  visit(field("author_time", "time to write the fix").as(Unit::duration).required(), p.author_time);
  visit(field("fix_effectiveness", "share of the ongoing harm that the change removes where it serves")
            .as(Unit::share),
        p.fix_effectiveness);
  visit(field("regression", "what the change may make worse").required(), p.regression);
}

// The hidden truth about the change at hand, and what its rollout has been through.
struct ChangeState {
  std::int32_t attempt = 0;     // 0: the first change, 1: the first fix forward, ...
  std::int32_t rework = 0;      // how often a gate sent this attempt back
  std::int32_t hypothesis = 0;  // 0 clean, k: severity k - 1
  double effectiveness = 0;
  double prior = 0;     // P(regression) of a change made like this one, before any gate
  double reviewed = 1;  // P(its reviews pass it | it carries a regression)
  Time first_traffic_at = kNever;
};

template <class V>
void state_fields(V& visit, ChangeState& s) {
  visit("attempt", s.attempt);
  visit("rework", s.rework);
  visit("hypothesis", s.hypothesis);
  visit("effectiveness", s.effectiveness);
  visit("prior", s.prior);
  visit("reviewed", s.reviewed);
  visit("first_traffic_at", s.first_traffic_at);
}

// P(regression) after haste and night work have multiplied the odds.
// `extra_odds` multiplies the odds once more (a change that goes out of sequence).
double regression_prior(const RegressionParams& params, bool at_night, bool hasty, double extra_odds = 1);

// Draws the truth of one authored change: sets hypothesis and effectiveness for its attempt and rework.
void draw_truth(const ChangeParams& params, ChangeState& state, Address at);

// Does severity k - 1 show now? (`weight` is what the change has; hypothesis 0 never shows.)
bool shows(const OnsetParams& onset, Time now, Time first_traffic_at, double weight);

// A gate with sensitivity s and specificity c that passed the change: P(regression) falls from p to
// p (1 - s) / (p (1 - s) + (1 - p) c), by Bayes' rule.
double after_passing(double probability, double sensitivity, double specificity);
// The same gate flagged it.
double after_flagging(double probability, double sensitivity, double specificity);

}  // namespace breakglass::sim
