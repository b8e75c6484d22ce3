// A test that may look K times and still has level alpha: wider bounds pay for the looks (S. J. Pocock,
// Biometrika 64, 1977; P. C. O'Brien and T. R. Fleming, Biometrics 35, 1979; both in C. Jennison and B. W.
// Turnbull, "Group Sequential Methods with Applications to Clinical Trials", 2000, chapter 2).
//
// At look k it fails when Z (see information.hpp) is beyond the bound in the worse direction: c at every look
// (pocock), or c sqrt(K / k) (obrien-fleming: hard to cross early, and nearly a single test's at the end).
// After K looks it passes. The constants are for looks of equal information; where traffic makes the looks
// unequal the level is close to alpha, not equal to it.
//
// Without data since the last look: `fail` and `error` end it so; `pass` counts as a look that was not
// crossed; `ignore` looks again after the same time, and the look does not count.
#pragma once

#include <span>

#include "sim/kernel/field.hpp"
#include "sim/model/monitor/verdict.hpp"

namespace breakglass::sim {

enum class Boundary : std::uint8_t { pocock, obrien_fleming };
constexpr std::array kBoundaryNames{EnumName{"pocock", 0}, EnumName{"obrien-fleming", 1}};
constexpr std::span<const EnumName> names(Boundary) { return kBoundaryNames; }

inline constexpr int kMaxGroupLooks = 20;

struct GroupSequentialParams {
  std::int64_t looks = 5;  // K
  Boundary boundary = Boundary::obrien_fleming;
  double alpha = 0.05;     // probability that a clean change fails, over all looks
  bool two_sided = false;  // alpha is for both directions; only the worse one fails
  Duration every{};        // between looks; 0: the monitoring's interval
  Direction direction = Direction::increase;
  Measure measure = Measure::level;  // level: against the baseline; else: against the stable arm
};

template <class V>
void fields(V& visit, GroupSequentialParams& p) {
  visit(field("looks", "looks that it may take; then it passes").at_least(1).at_most(kMaxGroupLooks),
        p.looks);
  visit(field("boundary", "the same bound at every look, or one that is hard to cross early"), p.boundary);
  visit(field("alpha", "probability of failing a clean change, over all looks")
            .as(Unit::probability)
            .at_least(1e-6)
            .at_most(0.5),
        p.alpha);
  visit(field("two_sided", "alpha is shared between both directions; only the worse one fails"), p.two_sided);
  visit(field("every", "time between looks; the monitoring's interval when absent")
            .as(Unit::duration)
            .at_least(1),
        p.every);
  visit(field("direction", "which way is worse"), p.direction);
  visit(field("measure", "level: against the baseline; otherwise against the stable arm"), p.measure);
}

// Probability that Z crosses one of the bounds (bounds[k - 1] at look k, in standard errors, above 0) when
// there is no difference and each look brings as much information as the others. `sides`: 1 (above only)
// or 2. By the recursion of P. Armitage, C. K. McPherson and B. C. Rowe (J. R. Statist. Soc. A 132, 1969)
// over the density of S inside the bounds, with Gauss-Legendre panels; error below 1e-7 for up to 20 looks.
double crossing_probability(std::span<const double> bounds, int sides);

// The bound's factor at look k of `looks` (1 or sqrt(K / k)), and the constant c with which the crossing
// probability is alpha: two-sided 0.05 with five looks 2.4132 (Pocock) and 2.0401 (O'Brien-Fleming). Within
// 1e-7. Takes a few milliseconds: computed when a strategy is prepared, and held in Baseline::constant.
double boundary_shape(Boundary boundary, int look, int looks);
double boundary_constant(Boundary boundary, int looks, double alpha, int sides);

// One look. Uses the evidence up; `state.log_ratio` holds S, `state.information` V.
void look_group_sequential(const GroupSequentialParams& params, NoData no_data, const Baseline& baseline,
                           Duration interval, Time now, VerdictState& state);

}  // namespace breakglass::sim
