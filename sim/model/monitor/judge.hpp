// A judge of several signals at once, as Spinnaker's canary analysis (Kayenta, NetflixACAJudge) works: every
// published window gives one point of each arm; from time to time the two samples of each signal are compared
// with the Mann-Whitney interval (mann_whitney.hpp), each comparison gets a grade, and the grades a score.
// This file grades and scores; judging.hpp says when, on which points, and what becomes of the score.
//
// Grades, of the change's points against the stable arm's, in this order:
//   nodata  a sample is empty, or nodata_fail where the metric must have data and is not critical; pass where
//           what is missing is replaced by 0
//   pass    both samples hold the same values, or all points are one value
//   high    lower end of the interval > tolerance |estimate|, and the effect is at least `allowed_increase`
//   low     upper end < -tolerance |estimate|, and the effect is at most `allowed_decrease`
//   pass    otherwise; also where `direction` does not ask
// The tolerance is relative to the shift itself, not to the level: any shift that is told apart from 0,
// however small, counts, unless an effect size is asked for. And a shift of seven points in ten does not,
// because the interval still reaches 0. Both are Kayenta's, and kept. Where both samples are constant Kayenta
// adds normal noise of 1e-5 of the value, so that ranks differ; here the interval is the difference itself,
// which is what that comes to unless the two values lie within some 1e-5 of each other.
//
// A critical metric fails critically when its effect reaches the critical effect size, and when it has no
// data. An effect that is not a number reaches every bound.
//
// Score: a group's is 100 x passes / all but nodata, and 100 where all are nodata; the judge's is the mean of
// its groups by their weights, rounded to two decimals. It is 0 where a critical metric has failed
// critically, or half of the metrics or more are nodata.
//
// Source: Kayenta, kayenta-judge (NetflixACAJudge, MannWhitneyClassifier, WeightedSumScorer, IQRDetector).
// Its muted metrics and metrics of several groups are left out.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/kernel/field.hpp"
#include "sim/model/limits.hpp"
#include "sim/model/monitor/mann_whitney.hpp"
#include "sim/model/monitor/verdict.hpp"

namespace breakglass::sim {

inline constexpr int kMaxJudged = kMaxSignals;  // metrics of one judge: each signal once
inline constexpr int kMaxPoints = 1440;         // windows of one metric in one run: a day of minutes

enum class JudgeDirection : std::uint8_t { increase, decrease, either };
constexpr std::array kJudgeDirectionNames{EnumName{"increase", 0}, EnumName{"decrease", 1},
                                          EnumName{"either", 2}};
constexpr std::span<const EnumName> names(JudgeDirection) { return kJudgeDirectionNames; }

// How large a shift is: the ratio of the means, or the probability that a point of the change is larger than
// one of the stable arm, ties counting half (the common language effect size).
enum class Effect : std::uint8_t { mean_ratio, cles };
constexpr std::array kEffectNames{EnumName{"mean-ratio", 0}, EnumName{"cles", 1}};
constexpr std::span<const EnumName> names(Effect) { return kEffectNames; }

// What becomes of a window in which an arm had no items.
enum class NanStrategy : std::uint8_t { remove, replace };
constexpr std::array kNanStrategyNames{EnumName{"remove", 0}, EnumName{"replace", 1}};
constexpr std::span<const EnumName> names(NanStrategy) { return kNanStrategyNames; }

struct JudgedParams {
  std::string signal;
  std::string group;  // those that name none are one group
  JudgeDirection direction = JudgeDirection::either;
  bool critical = false;
  bool must_have_data = false;
  NanStrategy nan_strategy = NanStrategy::remove;
  Effect effect = Effect::mean_ratio;
  std::optional<double> allowed_increase;  // absent: no_effect()
  std::optional<double> allowed_decrease;
  std::optional<double> critical_increase;
  std::optional<double> critical_decrease;
  bool remove_outliers = false;
  double outlier_factor = 3;
};

struct GroupWeight {
  std::string id;
  double weight = 0;
};

struct JudgeParams {
  std::vector<JudgedParams> metrics;
  std::vector<GroupWeight> weights;  // of groups, in percent; the others share what is left
  Duration lifetime{};               // of all runs, after the warm-up
  Duration interval{};               // between runs; 0 or above the lifetime: one run
  Duration warm_up{};
  Duration lookback{};  // 0: all points since the warm-up
  double marginal = 75;
  double pass = 95;
  double tolerance = 0.25;
  double confidence = 0.98;
};

template <class V>
void fields(V& visit, JudgedParams& p) {
  visit(field("signal", "the signal that is compared").required(), p.signal);
  visit(field("group", "the group that it counts in; those that name none are one group"), p.group);
  visit(field("direction", "which way is worse"), p.direction);
  visit(field("critical", "its critical failure, and having no data, make the score 0"), p.critical);
  visit(field("must_have_data", "no data counts as failed, not as left out"), p.must_have_data);
  visit(field("nan_strategy", "a window in which an arm had no items gives no point, or 0"), p.nan_strategy);
  visit(field("effect", "how the size of a shift is measured"), p.effect);
  visit(field("allowed_increase", "effect from which an increase counts; 1, or 0.5 of cles, when absent")
            .at_least(0),
        p.allowed_increase);
  visit(field("allowed_decrease", "effect up to which a decrease counts; 1, or 0.5 of cles, when absent")
            .at_least(0),
        p.allowed_decrease);
  visit(field("critical_increase", "effect from which an increase is critical; any that counts when absent")
            .at_least(0),
        p.critical_increase);
  visit(field("critical_decrease", "effect up to which a decrease is critical; any that counts when absent")
            .at_least(0),
        p.critical_decrease);
  visit(field("remove_outliers", "points outside the fences are left out"), p.remove_outliers);
  visit(
      field("outlier_factor", "fences: this times the interquartile range beyond the quartiles").at_least(0),
      p.outlier_factor);
}
template <class V>
void fields(V& visit, GroupWeight& p) {
  visit(field("id", "the group"), p.id);
  visit(field("weight", "its part of the score, in percent").at_least(0).at_most(100).required(), p.weight);
}
inline bool shorthand(GroupWeight& p, double number) {
  p.weight = number;
  return true;
}
template <class V>
void fields(V& visit, JudgeParams& p) {
  visit(field("metrics", "the signals that it judges").required(), p.metrics);
  visit(field("weights", "of groups, in percent; groups without one share what is left").keyed(), p.weights);
  visit(field("lifetime", "how long it judges, after the warm-up").as(Unit::duration).at_least(1).required(),
        p.lifetime);
  visit(field("interval", "time between runs; one run when absent").as(Unit::duration), p.interval);
  visit(field("warm_up", "time from its begin to that of the lifetime").as(Unit::duration), p.warm_up);
  visit(field("lookback",
              "a run sees the windows of this long, those of the warm-up included; all since the warm-up "
              "when absent")
            .as(Unit::duration),
        p.lookback);
  visit(field("marginal", "score that every run must exceed").at_least(0).at_most(100), p.marginal);
  visit(field("pass", "score that the last run must reach").at_least(0).at_most(100), p.pass);
  visit(field("tolerance", "part of the estimated shift that its interval must exceed")
            .at_least(0)
            .source("Kayenta, NetflixACAJudge: fixed at 0.25"),
        p.tolerance);
  visit(field("confidence", "of the interval")
            .as(Unit::probability)
            .above(0)
            .at_most(0.9999)
            .source("Kayenta, NetflixACAJudge: fixed at 0.98"),
        p.confidence);
}

enum class Grade : std::uint8_t { pass, high, low, nodata, nodata_fail };
constexpr std::array kGradeNames{EnumName{"Pass", 0}, EnumName{"High", 1}, EnumName{"Low", 2},
                                 EnumName{"Nodata", 3}, EnumName{"NodataFailMetric", 4}};
constexpr std::span<const EnumName> names(Grade) { return kGradeNames; }

struct Graded {
  Grade grade = Grade::pass;
  bool is_critical = false;  // a critical metric that failed critically
  // Where it did not pass, for the timeline: points and means of the change and of the stable arm, and the
  // interval of the shift.
  std::array<std::int32_t, 2> points{};
  std::array<double, 2> means{};
  Shift shift{};
};

// Grades the change's points against the stable arm's, given in any order, and sorts them. Missing points
// must have been left out.
Graded grade(const JudgeParams& judge, const JudgedParams& metric, std::span<double> change,
             std::span<double> stable);

// Which group each metric counts in, and the groups' weights in percent.
struct Grouping {
  std::vector<std::int32_t> of;
  std::vector<double> weights;
};
Grouping group_metrics(const JudgeParams& judge);

struct Score {
  double value = 100;
  bool critical = false;      // a critical metric failed critically
  bool without_data = false;  // not critical, and half of the metrics or more are without data
};
// As many grades as the grouping has metrics; at least one.
Score score(const Grouping& groups, std::span<const Graded> grades);

// The effect of a shift: see Effect. A mean ratio is not a number where either mean is 0. Both sorted, not
// empty.
double effect_size(Effect effect, std::span<const double> change, std::span<const double> stable);
// The effect of no shift at all: 1, or 0.5.
double no_effect(Effect effect);

// The value below which `share` of a sorted sample lies, between neighbours in proportion: rank
// 1 + share (n - 1), as Kayenta takes it (Hyndman and Fan's definition 7, American Statistician 50, 1996).
double percentile(std::span<const double> sorted, double share);

}  // namespace breakglass::sim
