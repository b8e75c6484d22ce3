// Pacing a rollout by the risk of ruin: what each of the remaining steps would risk, under what is believed.
#include <algorithm>

#include "sim/decider.hpp"
#include "sim/kernel/variance.hpp"
#include "sim/run.hpp"

namespace breakglass::sim {
namespace {

const StepParams& step_at(const Run& run, int step) {
  return run.strategy.params.steps[static_cast<std::size_t>(step)];
}

const std::vector<SeverityParams>& severities(const Run& run) {
  return run.scenario.params.change.regression.severities;
}

// Requests at the released service that a forecaster expects: the curves as they are known, bursts at their
// mean.
double forecast(const Run& run, Time from, Time until) {
  double all = 0, between = 0;
  for (const Flow& flow : run.scenario.flows) {
    all += flow.visits * requests_until(flow.curve, horizon(run.scenario));
    between += flow.visits * requests_between(flow.curve, from, std::min(until, horizon(run.scenario)));
  }
  if (all <= 0) return 0;
  return between * run.scenario.mean_rate_per_s * to_seconds(horizon(run.scenario)) / all;
}

// P(this rollout costs more than its budget, through one time of that step).
double risk_of(const Run& run, int step) {
  const World& w = run.world;
  const auto hypotheses = static_cast<std::size_t>(w.belief.hypotheses);
  const StepParams& params = step_at(run, step);
  const Time until = w.now + params.duration;
  std::array<double, kMaxHypotheses> exposures{};
  for (std::size_t k = 1; k < hypotheses; ++k) {
    const SeverityParams& severity = severities(run)[k - 1];
    double requests = w.pacing.met[k];
    const Time begins = std::max(w.now, w.change.first_traffic_at + severity.onset.delay);
    if (params.weight >= severity.onset.weight && begins < until) {
      requests += params.weight * forecast(run, begins, until);
    }
    exposures[k] = requests * severity.harm_per_request * severity.onset.segment;
  }
  const RegressionHarmParams& harm = run.scenario.params.harm.regression;
  const double rate = harm.exchange ? harm.exchange->rate : 1;
  const ExposureCost cost{mean(harm.severity) * rate, variance(harm.severity) * rate * rate};
  const auto belief = probabilities(w.belief);
  return ruin_probability({belief.data(), hypotheses}, {exposures.data(), hypotheses}, cost,
                          run.strategy.params.pacing->budget);
}

struct Choice {
  Pace pace = Pace::free;
  int step = 0;
  double risk = 0;  // of what was chosen; of staying, where that is too much
};

Choice choose(const Run& run) {
  const int step = run.world.rollout.step;
  const int last = static_cast<int>(run.strategy.params.steps.size()) - 1;
  if (!run.strategy.params.pacing || step >= last) return {Pace::free, step + 1, 0};
  const double bound = run.strategy.params.pacing->risk;
  for (int next = last; next > step; --next) {
    const double risk = risk_of(run, next);
    if (risk <= bound) return {Pace::go, next, risk};
  }
  const double risk = risk_of(run, step);
  const bool can_stay = risk <= bound && step_at(run, step).duration.count() > 0;
  return {can_stay ? Pace::stay : Pace::back, step, risk};
}

}  // namespace

void count_for_pacing(Run& run, Time from, double requests) {
  World& w = run.world;
  if (!run.strategy.params.pacing || w.rollout.stage != Stage::stepping) return;
  for (std::size_t k = 0; k < severities(run).size(); ++k) {
    if (shows(severities(run)[k].onset, from, w.change.first_traffic_at, w.rollout.weight))
      w.pacing.met[k + 1] += requests;
  }
}

Time step_end_after(const Run& run, Time t) {
  const RolloutState& rollout = run.world.rollout;
  if (!run.strategy.params.pacing || rollout.step < 0) return kNever;
  const Duration lasts = step_at(run, rollout.step).duration;
  if (lasts.count() <= 0) return kNever;
  const std::int64_t done = t < rollout.step_began ? 0 : (t - rollout.step_began) / lasts;
  return rollout.step_began + (done + 1) * lasts;
}

void begin_pace(Run& run) {
  // The windows that were to be measured ended with the last step; now this one's end is looked at.
  if (run.strategy.params.pacing && run.world.rollout.rollout_began < run.world.now) remeasure(run);
}

void weigh_pace(Run& run) {
  if (!run.strategy.params.pacing) return;
  count_traffic(run);
  const Choice choice = choose(run);
  if (choice.pace == Pace::free) return;
  note(run, ReasonKind::paced, static_cast<int>(choice.pace), choice.step, choice.risk,
       run.strategy.params.pacing->budget);
}

Pace pace_of(const Run& run) { return choose(run).pace; }

int next_step(const Run& run) { return choose(run).step; }

void stay_on_step(Run& run) {
  remeasure(run);
  const Duration lasts = step_at(run, run.world.rollout.step).duration;
  schedule(run, run.world.now + lasts, EventKind::step_over);
}

}  // namespace breakglass::sim
