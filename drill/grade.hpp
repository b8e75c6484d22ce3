// What each decision was worth, at what the trainee could know when it was taken.
//
// At a decision, worlds are drawn from what was likely then (posterior.hpp), and every option is tried in
// each of them: the option, then the reference goes on by itself. The reference is, before a rollout, the
// shipped strategy with the least mean harm at the page; during one, the trainee's own schedule on autopilot.
//
//     loss  = Q(chosen) - Q(best)              Q: mean harm of an option over the worlds
//     skill = Q(chosen) - V                    V: Q of letting the reference go on at once
//     luck  = V at the next decision - Q(chosen)
//
// "Chosen" is what the trainee did, and to leave the seat manned until the next decision. So
//
//     harm in the end = V at the page + sum of skill + sum of luck
//
// to rounding, and luck has mean 0 where the posterior is right, because Q(chosen) is V's mean over what
// could have happened until then (a martingale; the same identity as GNU Backgammon's luck-adjusted result).
// The best option is chosen on one half of the worlds and the loss measured on the other, so that it is not
// inflated by choosing.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "drill/decider.hpp"
#include "drill/drill.hpp"
#include "drill/strata.hpp"

namespace breakglass::drill {

// How many standard errors a loss must clear a limit by, to be called by it.
inline constexpr double kSure = 2.33;
// What a loss is called by, in shares of the stake.
inline constexpr double kInaccuracy = 0.02, kMistake = 0.05, kBlunder = 0.10;

enum class Label {
  fine,
  too_close,   // the loss may be above the limit, and may not: not told apart at 2.33 standard errors
  inaccuracy,  // above 2% of the stake
  mistake,     // 5%
  blunder,     // 10%
};
std::string_view name_of(Label label);

struct OptionValue {
  std::string option;
  double mean = 0;     // harm
  double mean_se = 0;  // its standard error
  double worse = 0;    // than the best, on the half of the worlds that did not choose it
  double se = 0;       // standard error of that
  bool chosen = false;
};

struct GradedDecision {
  sim::Time at{};
  std::string clock;  // the same, local
  std::string did;    // the action, or "waited"
  bool acted = false;
  int entry = -1;       // of the drill's actions; -1: the trainee waited
  bool counts = false;  // an action, or a close decision: two options within 16% of the stake
  std::vector<OptionValue> options;
  double loss = 0;
  double se = 0;
  Label label = Label::fine;
  double value = 0;        // V, before it
  double chosen_mean = 0;  // Q(chosen)
  double luck = 0;         // of what happened until the next decision
  double believed = -1;    // P(regression) that an ideal observer held; -1: no change was there
  int worlds = 0;
  int only_move = -1;  // of the options: the others are all worse by more than a mistake; -1: there is none
};

struct Grade {
  std::string reference;  // empty: not graded
  std::string harm_unit;
  // The spread of mean harm at the page between the shipped strategies, at most the reference's own mean
  // harm, and at least 5% of the least.
  double stake = 0;
  double at_page = 0;     // V at the page
  double in_the_end = 0;  // harm
  double skill = 0;       // harm added by decisions; below 0: better than the reference
  double luck = 0;        // harm added by what happened
  double luck_se = 0;     // of the estimates that it is made of
  double residual = 0;    // in_the_end - at_page - skill - luck: rounding
  double mean_loss = 0;   // of decisions that count, as a share of the stake
  double mean_loss_se = 0;
  std::vector<GradedDecision> decisions;
  double luck_adjusted() const { return in_the_end - luck; }
};

// Where a grading stands: the answer so far to one decision, its errors with it.
struct GradingProgress {
  std::size_t decision = 0;  // counted from 0
  std::size_t decisions = 0;
  const GradedDecision& so_far;
  bool settled = false;  // by the stopping rule, or as many worlds as there may be
};

struct GradeOptions {
  int first = kFewestWorlds;  // worlds of the first answer
  int least = 256;            // worlds before it may stop: luck is measured by the means themselves
  // Worlds at most; doubled until the standard error of every option is below 0.4% of the stake, but for
  // those that are blunders at five standard errors.
  int most = 512;
  unsigned threads = 0;  // 0: as many as there are cores; the grade does not depend on it
  // Who goes on from each decision, where a better decider is known than the reference.
  Decider decider;
  // After every doubling. false: stop, and nothing is graded.
  std::function<bool(const GradingProgress&)> progress;
};

// What an action would be worth now, before it is taken, if the reference went on right after it: what it
// gives up by itself. Nothing where it is no decision, or where no shipped strategy ships. `stake` is set to
// the scenario's. The action must be possible.
std::optional<GradedDecision> weigh(const Drill& now, const Action& action, const GradeOptions& options,
                                    double& stake);

// The drill must be over.
Grade grade(const Drill& drill, const GradeOptions& options = {});

}  // namespace breakglass::drill
