#include "drill/grade.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <thread>

#include "drill/points.hpp"
#include "drill/valuation.hpp"
#include "sim/simulator.hpp"

namespace breakglass::drill {
namespace {

constexpr double kClose = 0.16, kPrecise = 0.004;  // of the stake
constexpr double kBeyondDoubt = 5;                 // standard errors
constexpr std::uint32_t kPageWorlds = 400;
constexpr std::uint64_t kPageSeed = 0xA0761D6478BD642FU;
// The stake is the spread of what can be chosen at the page, but no more than all harm that the reference
// leaves: where refusing is a disaster, nothing that a trainee does after the right call would weigh
// otherwise. And no stake is smaller than this share of the least mean harm: where all strategies are alike
// nothing is a blunder.
constexpr double kStakeFloor = 0.05;

struct AtPage {
  const sim::Strategy* best = nullptr;  // of those that ship
  double stake = 0;
};

// What the shipped strategies come to on average, as far as anybody knew at the page: before any inject.
AtPage weigh_strategies(const Drill& drill, unsigned threads) {
  AtPage out;
  double least = 0, least_shipping = 0, most = 0;
  bool first = true;
  for (const sim::Strategy& strategy : drill.loaded->strategies) {
    std::vector<double> harm(kPageWorlds);
    in_parallel(0, static_cast<int>(kPageWorlds), threads, [&](int r) {
      harm[static_cast<std::size_t>(r)] = sim::total_harm(sim::simulate(
          drill.loaded->scenario, strategy, drill.setup.seed ^ kPageSeed, static_cast<std::uint32_t>(r)));
    });
    const double mean = std::accumulate(harm.begin(), harm.end(), 0.0) / kPageWorlds;
    least = first ? mean : std::min(least, mean);
    most = first ? mean : std::max(most, mean);
    first = false;
    if (!strategy.params.ships || (out.best && mean >= least_shipping)) continue;
    out.best = &strategy;
    least_shipping = mean;
  }
  out.stake = std::max({std::min(most - least, least_shipping), kStakeFloor * least, 1e-9});
  return out;
}

Label label_of(double loss, double se, double stake) {
  const double sure = loss - kSure * se;
  if (sure > kBlunder * stake) return Label::blunder;
  if (sure > kMistake * stake) return Label::mistake;
  if (sure > kInaccuracy * stake) return Label::inaccuracy;
  return loss > kInaccuracy * stake ? Label::too_close : Label::fine;
}

// The best is chosen on each half of the worlds, and what is lost to it measured on the other.
void compare_options(const Valuation& v, GradedDecision& out) {
  const std::size_t best[2] = {best_of(v, Half::even), best_of(v, Half::odd)};
  for (std::size_t o = 0; o < v.options.size(); ++o) {
    const WeightedMean a = harm_over(v, o, best[1], Half::even);
    const WeightedMean b = harm_over(v, o, best[0], Half::odd);
    const WeightedMean all = mean_harm(v, o, Half::all);
    out.options[o] = {v.options[o].name,          all.mean,           all.se, (a.mean + b.mean) / 2,
                      std::hypot(a.se, b.se) / 2, v.options[o].chosen};
  }
}

// What can be done. To let the reference go on is no move where it comes to the same as another.
std::vector<std::size_t> moves_of(const Valuation& v) {
  std::vector<std::size_t> moves{kChosen};
  for (std::size_t o = 0; o < v.options.size(); ++o) {
    const bool again =
        std::any_of(moves.begin(), moves.end(), [&](std::size_t m) { return v.harm[m] == v.harm[o]; });
    if (!again) moves.push_back(o);
  }
  return moves;
}

bool is_close(const Valuation& v, double stake) {
  std::vector<double> means;
  for (const std::size_t o : moves_of(v)) means.push_back(mean_harm(v, o, Half::all).mean);
  std::sort(means.begin(), means.end());
  return means.size() > 1 && means[1] - means[0] < kClose * stake;
}

// The move that all others are worse than by more than a mistake, for sure; -1: there is none. The reference
// is a decider and no move.
int only_move(const Valuation& v, double stake) {
  std::vector<std::size_t> moves = moves_of(v);
  std::erase(moves, kReference);
  const auto less = [&](std::size_t a, std::size_t b) {
    return mean_harm(v, a, Half::all).mean < mean_harm(v, b, Half::all).mean;
  };
  const std::size_t best = *std::min_element(moves.begin(), moves.end(), less);
  const bool only = std::all_of(moves.begin(), moves.end(), [&](std::size_t m) {
    const WeightedMean worse = harm_over(v, m, best, Half::all);
    return m == best || worse.mean - kSure * worse.se > kMistake * stake;
  });
  return only && moves.size() > 1 ? static_cast<int>(best) : -1;
}

void judge(const Valuation& v, double stake, GradedDecision& out) {
  out.worlds = v.worlds;
  compare_options(v, out);
  out.loss = out.options[kChosen].worse;
  out.se = out.options[kChosen].se;
  out.chosen_mean = out.options[kChosen].mean;
  out.value = out.options[kReference].mean;
  out.label = label_of(out.loss, out.se, stake);
  out.counts = out.acted || is_close(v, stake);
  out.only_move = only_move(v, stake);
}

GradedDecision begin_decision(const Valuation& v) {
  const DecisionPoint& point = *v.point;
  GradedDecision out;
  out.at = point.at.world.now;
  out.clock = sim::format_weekday_time(point.at.scenario().clock, out.at);
  out.acted = point.entry >= 0;
  out.entry = point.entry;
  out.did = v.options[kChosen].name;
  if (point.at.world.belief.hypotheses > 0) out.believed = sim::regression_probability(point.at.world.belief);
  out.options.resize(v.options.size());
  return out;
}

// How far an option is behind need not be known where it is a blunder at five standard errors.
bool is_precise(const GradedDecision& d, double stake) {
  return std::all_of(d.options.begin(), d.options.end(), [&](const OptionValue& o) {
    return o.se < kPrecise * stake || o.worse - kBeyondDoubt * o.se > kBlunder * stake;
  });
}

// Where a grading stands.
struct Grading {
  const GradeOptions& how;
  unsigned threads;
  double stake;
  std::size_t decisions;
};

// Doubles the worlds until the stopping rule. Returns whether it may go on.
bool grade_point(const Grading& grading, const DecisionPoint& point, std::size_t number, Grade& out) {
  const GradeOptions& how = grading.how;
  Valuation v = begin_valuation(point, how.most);
  out.decisions.push_back(begin_decision(v));
  GradedDecision& d = out.decisions.back();
  bool settled = false;
  for (int worlds = std::min(how.first, how.most); !settled; worlds = std::min(2 * worlds, how.most)) {
    value_worlds(v, worlds, grading.threads);
    judge(v, grading.stake, d);
    settled = worlds == how.most || (worlds >= how.least && is_precise(d, grading.stake));
    if (how.progress && !how.progress({number, grading.decisions, d, settled})) return false;
  }
  // Luck holds V of a decision, except of the first, less its Q: both from the same worlds.
  const double se =
      number == 0 ? d.options[kChosen].mean_se : harm_over(v, kChosen, kReference, Half::all).se;
  out.luck_se = std::hypot(out.luck_se, se);
  return true;
}

// What happened between the decisions, and what they come to.
void add_up(Grade& out) {
  double losses = 0, variance = 0;
  int counted = 0;
  for (std::size_t i = 0; i < out.decisions.size(); ++i) {
    GradedDecision& d = out.decisions[i];
    const double next = i + 1 < out.decisions.size() ? out.decisions[i + 1].value : out.in_the_end;
    d.luck = next - d.chosen_mean;
    out.skill += d.chosen_mean - d.value;
    out.luck += d.luck;
    if (!d.counts) continue;
    losses += std::max(0.0, d.loss);
    variance += d.se * d.se;
    ++counted;
  }
  out.residual = out.in_the_end - out.at_page - out.skill - out.luck;
  out.mean_loss = counted > 0 ? losses / counted / out.stake : 0;
  out.mean_loss_se = counted > 0 ? std::sqrt(variance) / counted / out.stake : 0;
}

}  // namespace

std::string_view name_of(Label label) {
  switch (label) {
    case Label::fine: return "fine";
    case Label::too_close: return "too close to call";
    case Label::inaccuracy: return "inaccuracy";
    case Label::mistake: return "mistake";
    case Label::blunder: return "blunder";
  }
  return "";
}

std::optional<GradedDecision> weigh(const Drill& now, const Action& action, const GradeOptions& how,
                                    double& stake) {
  if (!is_decision(action, now.world)) return std::nullopt;
  const unsigned threads = how.threads > 0 ? how.threads : std::max(1U, std::thread::hardware_concurrency());
  const AtPage page = weigh_strategies(now, threads);
  stake = page.stake;
  if (!page.best) return std::nullopt;
  const auto point = point_of(now, action, *page.best);
  if (!point) return std::nullopt;
  Grade graded;
  const bool done = grade_point({how, threads, stake, 1}, *point, 0, graded);
  return done ? std::optional(graded.decisions.front()) : std::nullopt;
}

Grade grade(const Drill& drill, const GradeOptions& how) {
  Grade out;
  const unsigned threads = how.threads > 0 ? how.threads : std::max(1U, std::thread::hardware_concurrency());
  const AtPage page = weigh_strategies(drill, threads);
  if (!page.best) return out;
  out.reference = page.best->params.id;
  out.harm_unit = drill.scenario().params.harm_unit;
  out.stake = page.stake;
  const std::vector<DecisionPoint> points = find_points(drill, *page.best, how.decider);
  const Grading grading{how, threads, out.stake, points.size()};
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!grade_point(grading, points[i], i, out)) return {};
  }
  out.at_page = out.decisions.front().value;
  out.in_the_end = sim::total_harm(sim::outcome_of(drill.scenario(), drill.seat, run_out(drill)));
  add_up(out);
  return out;
}

}  // namespace breakglass::drill
