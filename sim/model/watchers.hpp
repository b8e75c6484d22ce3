// People who watch the dashboards: what intensive monitoring adds to verdicts.
//
// Every so often they glance at every signal of the scenario and compare what was published since the last
// glance in both arms. An anomaly is noticed the more surely, the more it stands out of the noise:
//
//     P(a watcher notices | z, t) = vigilance(t) * Phi((z - half_at) / spread)
//     vigilance(t) = floor + (1 - floor) * 2^(-t / half_life)
//
// z is how far the change is worse than the stable arm (than the baseline, where the stable arm has no
// traffic), in standard errors; t is the time on watch. The first factor is the vigilance decrement: watchers
// notice less the longer the watch lasts (N. H. Mackworth, "The breakdown of vigilance during prolonged
// visual search", Quarterly Journal of Experimental Psychology 1, 1948; J. S. Warm, R. Parasuraman and G.
// Matthews, "Vigilance requires hard mental work and is stressful", Human Factors 50(3), 2008). The second is
// the psychometric function of signal detection theory: a criterion with normal noise around it (D. M. Green
// and J. A. Swets, "Signal detection theory and psychophysics", 1966). Watchers are independent of each
// other, and so are glances: what went unnoticed once may be noticed next time.
//
// Watchers also raise false alarms at a steady rate, over things that have nothing to do with the change.
// Not promised: that people are like this. The shape is the literature's, the numbers are assumptions.
#pragma once

#include <array>

#include "sim/kernel/distribution.hpp"
#include "sim/kernel/enum_names.hpp"
#include "sim/kernel/field.hpp"
#include "sim/kernel/time.hpp"
#include "sim/model/limits.hpp"

namespace breakglass::sim {

struct WatchParams {
  Duration every = std::chrono::minutes{5};  // between glances
  double half_at = 3;                        // z that a fresh watcher notices half the time
  double spread = 0.7;                       // how softly the chance rises around it
  Distribution reaction{.kind = Distribution::Kind::lognormal, .a = 120, .b = 480, .atoms = {}};  // seconds
  double false_alarms = 0;  // per second and watcher, over things that have nothing to do with the change
  Duration vigilance_half_life = std::chrono::hours{2};
  double vigilance_floor = 0.3;  // what is left of it after a very long watch
};

template <class V>
void fields(V& visit, WatchParams& p) {
  visit(
      field("every", "time from one glance at the dashboards to the next, where the strategy does not say it")
          .as(Unit::duration)
          .at_least(1),
      p.every);
  visit(field("half_at",
              "standard errors by which the change must look worse for a fresh watcher to notice it "
              "half the time")
            .at_least(0)
            .at_most(20)
            .source("an assumption: three standard errors stand out of a chart's noise"),
        p.half_at);
  visit(field("spread", "standard errors over which the chance of noticing rises (sd of a normal)")
            .above(0)
            .at_most(20)
            .source("an assumption"),
        p.spread);
  visit(field("reaction", "from noticing an anomaly to raising the concern").as(Unit::duration), p.reaction);
  visit(field("false_alarms",
              "concerns per watcher that have nothing to do with the change, while it is in its "
              "steps")
            .as(Unit::per_second),
        p.false_alarms);
  visit(field("vigilance_half_life", "time on watch in which half of the vigilance above the floor is lost")
            .as(Unit::duration)
            .above(0)
            .source("an assumption; Mackworth 1948 found a loss of 10-15% within the first half hour"),
        p.vigilance_half_life);
  visit(field("vigilance_floor", "share of a fresh watcher's vigilance that no length of watch takes away")
            .as(Unit::share)
            .source("an assumption"),
        p.vigilance_floor);
}

// What a concern of a watcher does.
enum class OnConcern : std::uint8_t {
  roll_back,
  hold,    // the rollout stays where it is until somebody has looked into it: real, or nothing to it
  ignore,  // it is noted
};
constexpr std::array kOnConcernNames{EnumName{"roll-back", 0}, EnumName{"hold", 1}, EnumName{"ignore", 2}};
constexpr std::span<const EnumName> names(OnConcern) { return kOnConcernNames; }
inline constexpr int kMaxWatchers = 16;

// What was published of both arms since the last glance.
struct Sight {
  double change_items = 0;
  double change_sum = 0;
  double stable_items = 0;
  double stable_sum = 0;

  friend bool operator==(const Sight&, const Sight&) = default;
};

// Where a concern stands. At most one is open at a time: while it is, the watchers look after it.
enum class Concern : std::uint8_t {
  none,
  noticed,       // noticed, not yet raised
  raised,        // up for a decision
  investigated,  // somebody looks into it; the rollout is held
};

struct WatchersState {
  std::array<Sight, kMaxSignals> seen{};
  Concern concern = Concern::none;
  std::int32_t concerns = 0;  // raised in this rollout
  bool step_waits = false;    // the step is over, and held until the concern is settled
};

template <class V>
void state_fields(V& visit, Sight& s) {
  visit("change_items", s.change_items);
  visit("change_sum", s.change_sum);
  visit("stable_items", s.stable_items);
  visit("stable_sum", s.stable_sum);
}
template <class V>
void state_fields(V& visit, WatchersState& s) {
  visit("seen", s.seen);
  visit("concern", s.concern);
  visit("concerns", s.concerns);
  visit("step_waits", s.step_waits);
}

// How a signal counts, as far as its noise goes.
struct Noise {
  enum class Law : std::uint8_t { bernoulli, poisson, normal } law = Law::bernoulli;
  double level = 0;           // what is normal: the baseline
  double sd = 0;              // of one item (normal)
  double overdispersion = 1;  // variance of a window's sum over that of pure chance
  bool rises = true;          // whether more is worse
};

// By how many standard errors the change looks worse (below 0: better). Against the stable arm with the two
// arms' pooled variance, or, where the stable arm has no items, against the baseline with the baseline's. 0
// where nothing was published of the change, or nothing can vary.
double worse_by(const Noise& noise, const Sight& sight);

// Share of a fresh watcher's vigilance that is left after `on_watch`.
double vigilance(const WatchParams& params, Duration on_watch);

// P(a fully vigilant watcher notices an anomaly of z standard errors at one glance).
double stands_out(const WatchParams& params, double z);

// P(at least one of `watchers` notices it), where a fully vigilant one would with `stands_out`.
double notice_probability(double stands_out, double vigilance, int watchers);

// P(at least one of `watchers` raises a false alarm between two glances, `every` apart).
double false_alarm_probability(const WatchParams& params, Duration every, int watchers);

// The first glance strictly after `t` of a watch that began at `start`, with one `every` so often. The first
// of all is one interval after the start.
Time glance_after(Duration every, Time start, Time t);

}  // namespace breakglass::sim
