#include "drill/grade.hpp"

#include <algorithm>
#include <cmath>
#include <thread>

#include "analysis/estimate/moments.hpp"
#include "drill/arrange.hpp"
#include "drill/posterior.hpp"
#include "drill/valuing.hpp"
#include "sim/command.hpp"
#include "sim/simulator.hpp"

namespace breakglass::drill {
namespace {

constexpr double kClose = 0.16, kPrecise = 0.004;  // of the stake
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

// What the shipped strategies come to on average, as far as anybody knew at the page.
AtPage weigh_strategies(const Drill& drill) {
  AtPage out;
  double least = 0, least_shipping = 0, most = 0;
  bool first = true;
  for (const sim::Strategy& strategy : drill.loaded->strategies) {
    double sum = 0;
    for (std::uint32_t r = 0; r < kPageWorlds; ++r)
      sum += sim::total_harm(sim::simulate(drill.scenario(), strategy, drill.setup.seed ^ kPageSeed, r));
    const double mean = sum / kPageWorlds;
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

// The trainee's schedule on autopilot.
sim::Strategy on_autopilot(const sim::Strategy& seat, const sim::Strategy& reference) {
  sim::Strategy own = seat;
  own.params.max_attempts = reference.params.max_attempts;
  own.params.monitoring.reports_to_act = reference.params.monitoring.reports_to_act;
  own.params.monitoring.on_concern = reference.params.monitoring.on_concern;
  own.params.on_late_regression = reference.params.on_late_regression;
  return own;
}

void name_successors(DecisionPoint& point, const sim::Strategy& reference) {
  point.during = on_autopilot(point.at.seat, reference);
  point.during_after = on_autopilot(point.seat, reference);
  point.before = reference;
  if (point.seat.containment >= 0) point.before.containment = point.seat.containment;
  point.normal = normal_way(point.at);
}

// A moment as it stands, and the seat as the action leaves it.
DecisionPoint decision_at(const Drill& at, const sim::Strategy& seat, int entry) {
  DecisionPoint point;
  point.at = at;
  point.seat = seat;
  point.entry = entry;
  return point;
}

// Whether an action changes what is to be expected: what is arranged does once a rollout is under way;
// before, the reference would arrange everything anyway.
bool is_decision(const Action& action, const sim::World& world) {
  switch (action.verb) {
    case Verb::order:
    case Verb::refuse:
    case Verb::close: return true;
    case Verb::bypass:
    case Verb::keep:
    case Verb::assign:
    case Verb::relieve:
    case Verb::automatic:
    case Verb::mitigate: return is_under_way(world);
    default: return false;
  }
}

// Lets the past go on to `until`, and keeps every moment at which something asked for a decision. Where the
// trainee acts then, what asked for it at that very moment is no point of its own: returns whether there was
// any.
bool pass(Drill& past, sim::Time until, bool acts, std::vector<DecisionPoint>& points) {
  while (past.world.now < until && !is_over(past)) {
    const std::size_t seen = past.reasons.size();
    wait_until(past, std::min(past.world.queue.next_time(), until));
    const bool asked =
        std::any_of(past.reasons.begin() + static_cast<std::ptrdiff_t>(seen), past.reasons.end(),
                    [](const sim::Reason& r) { return asks_for_decision(r.kind); });
    if (!asked || is_over(past)) continue;
    if (acts && past.world.now >= until) return true;
    points.push_back(decision_at(past, past.seat, -1));
  }
  return false;
}

// Every decision of the drill, in order.
std::vector<DecisionPoint> find_points(const Drill& drill, const sim::Strategy& reference) {
  std::vector<DecisionPoint> points;
  Drill past = begin_drill(drill.loaded, drill.setup);
  points.push_back(decision_at(past, past.seat, -1));
  for (std::size_t i = 0; i < drill.entries.size(); ++i) {
    const Entry& entry = drill.entries[i];
    const bool answers_news = pass(past, entry.at, is_decision(entry.action, past.world), points);
    Drill before = past;
    submit(past, entry.action);
    if (!is_decision(entry.action, before.world)) continue;
    before.entries.push_back(entry);
    points.push_back(decision_at(before, past.seat, static_cast<int>(past.entries.size()) - 1));
    points.back().answers_news = answers_news;
  }
  pass(past, sim::horizon(drill.scenario()), false, points);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const bool last = i + 1 == points.size();
    const sim::Time next = last ? sim::Time{sim::horizon(drill.scenario())} : points[i + 1].at.world.now;
    points[i].until_next = next - points[i].at.world.now;
    points[i].acts_next = !last && points[i + 1].entry >= 0 && !points[i + 1].answers_news;
    name_successors(points[i], reference);
  }
  return points;
}

// harm[option][world], for worlds `from` to `to`.
void value_worlds(const DecisionPoint& point, const std::vector<Option>& options, int from, int to,
                  unsigned threads, std::vector<std::vector<double>>& harm) {
  for (auto& row : harm) row.resize(static_cast<std::size_t>(to));
  const std::vector<sim::OpenWork> open = open_work(point.at);
  const auto work = [&](int first) {
    for (int r = first; r < to; r += static_cast<int>(threads)) {
      const sim::World world = imagine_world(point.at, open, static_cast<std::uint32_t>(r));
      for (std::size_t o = 0; o < options.size(); ++o)
        harm[o][static_cast<std::size_t>(r)] = harm_of_option(point, options[o], world);
    }
  };
  std::vector<std::jthread> workers;
  for (unsigned t = 1; t < threads; ++t) workers.emplace_back(work, from + static_cast<int>(t));
  work(from);
}

// Mean of one row, or of a difference of two, over every second world from `start`.
analysis::Moments moments(const std::vector<double>& a, const std::vector<double>* b, std::size_t start,
                          std::size_t stride) {
  analysis::Moments m;
  for (std::size_t r = start; r < a.size(); r += stride) analysis::add(m, b ? a[r] - (*b)[r] : a[r]);
  return m;
}

std::size_t best_of(const std::vector<std::vector<double>>& harm, std::size_t start, std::size_t stride) {
  std::size_t best = 0;
  double least = 0;
  for (std::size_t o = 0; o < harm.size(); ++o) {
    const double mean = moments(harm[o], nullptr, start, stride).mean;
    if (o == 0 || mean < least) {
      best = o;
      least = mean;
    }
  }
  return best;
}

Label label_of(double loss, double se, double stake) {
  const double sure = loss - kSure * se;
  if (sure > kBlunder * stake) return Label::blunder;
  if (sure > kMistake * stake) return Label::mistake;
  if (sure > kInaccuracy * stake) return Label::inaccuracy;
  return loss > kInaccuracy * stake ? Label::too_close : Label::fine;
}

// The best is chosen on each half of the worlds, and what is lost to it measured on the other.
void compare_options(const std::vector<std::vector<double>>& harm, double stake, GradedDecision& out) {
  const std::size_t best[2] = {best_of(harm, 0, 2), best_of(harm, 1, 2)};
  for (std::size_t o = 0; o < harm.size(); ++o) {
    const analysis::Moments a = moments(harm[o], &harm[best[1]], 0, 2);
    const analysis::Moments b = moments(harm[o], &harm[best[0]], 1, 2);
    OptionValue& value = out.options[o];
    value.mean = moments(harm[o], nullptr, 0, 1).mean;
    value.worse = (a.mean + b.mean) / 2;
    value.se = std::hypot(analysis::standard_error(a), analysis::standard_error(b)) / 2;
  }
  out.loss = out.options[0].worse;
  out.se = out.options[0].se;
  out.chosen_mean = out.options[0].mean;
  out.value = out.options[1].mean;
  out.label = label_of(out.loss, out.se, stake);
  std::vector<double> means;
  for (const OptionValue& value : out.options) means.push_back(value.mean);
  std::sort(means.begin(), means.end());
  out.counts = out.acted || means[1] - means[0] < kClose * stake;
}

GradedDecision grade_point(const DecisionPoint& point, double stake, const GradeOptions& how,
                           unsigned threads, bool is_first, double& luck_variance) {
  const std::vector<Option> options = options_of(point);
  GradedDecision out;
  out.at = point.at.world.now;
  out.clock = sim::format_weekday_time(point.at.scenario().clock, out.at);
  out.acted = point.entry >= 0;
  out.entry = point.entry;
  out.did = options[0].name;
  if (point.at.world.belief.hypotheses > 0) out.believed = sim::regression_probability(point.at.world.belief);
  for (const Option& option : options) out.options.push_back({option.name, 0, 0, 0, option.chosen});
  std::vector<std::vector<double>> harm(options.size());
  int done = 0;
  for (int worlds = how.first; worlds <= how.most; worlds *= 2) {
    value_worlds(point, options, done, worlds, threads, harm);
    done = worlds;
    compare_options(harm, stake, out);
    const bool precise = std::all_of(out.options.begin(), out.options.end(),
                                     [&](const OptionValue& o) { return o.se < kPrecise * stake; });
    if (precise) break;
  }
  out.worlds = done;
  // Luck holds V of a decision, except of the first, less its Q: both from the same worlds.
  const double se = analysis::standard_error(moments(harm[0], is_first ? nullptr : &harm[1], 0, 1));
  luck_variance += se * se;
  return out;
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
  const AtPage page = weigh_strategies(now);
  stake = page.stake;
  if (!page.best) return std::nullopt;
  Drill after = now;
  submit(after, action);
  DecisionPoint point = decision_at(now, after.seat, static_cast<int>(now.entries.size()));
  point.at.entries.push_back(after.entries.back());
  point.acts_next = true;  // what else is done at the same moment is not held against it
  name_successors(point, *page.best);
  const unsigned threads = how.threads > 0 ? how.threads : std::max(1U, std::thread::hardware_concurrency());
  double luck_variance = 0;
  return grade_point(point, stake, how, threads, false, luck_variance);
}

Grade grade(const Drill& drill, const GradeOptions& how) {
  Grade out;
  const AtPage page = weigh_strategies(drill);
  if (!page.best) return out;
  out.reference = page.best->params.id;
  out.harm_unit = drill.scenario().params.harm_unit;
  out.stake = page.stake;
  const std::vector<DecisionPoint> points = find_points(drill, *page.best);
  const unsigned threads = how.threads > 0 ? how.threads : std::max(1U, std::thread::hardware_concurrency());
  double luck_variance = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto worlds = static_cast<std::uint64_t>(how.most);
    if (how.progress && !how.progress(i * worlds, points.size() * worlds)) return {};
    out.decisions.push_back(grade_point(points[i], out.stake, how, threads, i == 0, luck_variance));
  }
  out.at_page = out.decisions.front().value;
  out.in_the_end = sim::total_harm(sim::outcome_of(drill.scenario(), drill.seat, run_out(drill)));
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
  out.luck_se = std::sqrt(luck_variance);
  out.residual = out.in_the_end - out.at_page - out.skill - out.luck;
  out.mean_loss = counted > 0 ? losses / counted / out.stake : 0;
  out.mean_loss_se = counted > 0 ? std::sqrt(variance) / counted / out.stake : 0;
  return out;
}

}  // namespace breakglass::drill
