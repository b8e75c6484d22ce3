// A judge of several signals at once, as Spinnaker's canary analysis (Kayenta, NetflixACAJudge) works: every
// published window gives one point of each arm; from time to time the two samples of each signal are compared
// with the Mann-Whitney interval (mann_whitney.hpp), each comparison gets a grade, and the grades a score.
//
// Grades, of the change's points against the stable arm's, in this order:
//   nodata  a sample is empty, or nodata_fail where the metric must have data (and is not critical)
//   pass    both samples hold the same values, or all points are one value
//   high    lower end of the interval > tolerance |estimate|, and the effect is at least `allowed_increase`
//   low     upper end < -tolerance |estimate|, and the effect is at most `allowed_decrease`
//   pass    otherwise; also where `direction` does not ask
// The tolerance is relative to the shift itself, not to the level: any shift that is told apart from 0,
// however small, counts, unless an effect size is asked for. And a shift of seven points in ten does not,
// because the interval still reaches 0. Both are Kayenta's, and kept. Where both samples are constant Kayenta
// adds normal noise of 1e-5 of the value, so that ranks differ; here the interval is the difference itself,
// which is what that comes to unless the two values lie within some 1e-5 of each other. Its percentiles,
// which bound outliers, are those of NIST's handbook (7.2.6.2).
//
// Score: 100 x passes / all but nodata; 0 where a critical metric has failed by its critical effect, or half
// of the metrics or more are without data.
//
// This file grades and scores samples; the runs in time (interval, lookback, marginal and pass) are described
// by JudgeParams, and no verdict of a strategy reads them yet.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "sim/kernel/field.hpp"
#include "sim/model/monitor/verdict.hpp"

namespace breakglass::sim {

inline constexpr int kMaxJudged = 4;    // metrics of one judge
inline constexpr int kMaxPoints = 192;  // windows of one metric

enum class JudgeDirection : std::uint8_t { increase, decrease, either };
constexpr std::array kJudgeDirectionNames{EnumName{"increase", 0}, EnumName{"decrease", 1},
                                          EnumName{"either", 2}};
constexpr std::span<const EnumName> names(JudgeDirection) { return kJudgeDirectionNames; }

// How large a shift is: the ratio of the means, or the probability that a point of the change is larger than
// one of the stable arm, ties counting half (the common language effect size).
enum class Effect : std::uint8_t { mean_ratio, cles };
constexpr std::array kEffectNames{EnumName{"mean-ratio", 0}, EnumName{"cles", 1}};
constexpr std::span<const EnumName> names(Effect) { return kEffectNames; }

struct JudgedParams {
  std::string signal;
  JudgeDirection direction = JudgeDirection::either;
  bool critical = false;
  bool must_have_data = false;
  Effect effect = Effect::mean_ratio;
  double allowed_increase = 1;  // 1 (and 0.5 for cles): any
  double allowed_decrease = 1;
  double critical_increase = 1;
  double critical_decrease = 1;
  bool remove_outliers = false;
  double outlier_factor = 3;
};

struct JudgeParams {
  std::vector<JudgedParams> metrics;
  Duration lifetime{};  // of all runs, after the warm-up
  Duration interval{};  // between runs; 0 or above the lifetime: one run
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
  visit(field("direction", "which way is worse"), p.direction);
  visit(field("critical", "its failure makes the score 0"), p.critical);
  visit(field("must_have_data", "no data counts as failed"), p.must_have_data);
  visit(field("effect", "how the size of a shift is measured"), p.effect);
  visit(field("allowed_increase", "effect from which an increase counts").at_least(0), p.allowed_increase);
  visit(field("allowed_decrease", "effect up to which a decrease counts").at_least(0), p.allowed_decrease);
  visit(field("critical_increase", "effect from which an increase is critical").at_least(0),
        p.critical_increase);
  visit(field("critical_decrease", "effect up to which a decrease is critical").at_least(0),
        p.critical_decrease);
  visit(field("remove_outliers", "points outside the fences are left out"), p.remove_outliers);
  visit(
      field("outlier_factor", "fences: this times the interquartile range beyond the quartiles").at_least(0),
      p.outlier_factor);
}
template <class V>
void fields(V& visit, JudgeParams& p) {
  visit(field("metrics", "the signals that it judges").required(), p.metrics);
  visit(field("lifetime", "how long it judges").as(Unit::duration).at_least(1).required(), p.lifetime);
  visit(field("interval", "time between runs; one run when absent").as(Unit::duration), p.interval);
  visit(field("warm_up", "time from its begin whose windows do not count").as(Unit::duration), p.warm_up);
  visit(field("lookback", "a run sees the windows of this long; all when absent").as(Unit::duration),
        p.lookback);
  visit(field("marginal", "score that a run before the last must exceed").at_least(0).at_most(100),
        p.marginal);
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
  bool is_critical = false;  // a critical metric that failed by its critical effect
};

// Grades the change's points against the stable arm's, in any order. Missing points must have been left out.
Graded grade(const JudgeParams& judge, const JudgedParams& metric, std::vector<double> change,
             std::vector<double> stable);

struct Score {
  double value = 100;
  bool without_data = false;  // half of the metrics or more
};
Score score(std::span<const Graded> grades);

// The effect of a shift: see Effect. A mean ratio over a mean of 0 is not a number. Not empty.
double effect_size(Effect effect, std::span<const double> change, std::span<const double> stable);

// The number of runs: lifetime / interval, at least one.
std::int64_t runs_of(const JudgeParams& params);

}  // namespace breakglass::sim
