// Telling emergencies from decoys, over many drills, as the detection of a signal: how well they are told
// apart (d'), and which way one leans when in doubt (c).
//
//     hit: an emergency treated as one; false alarm: a decoy treated as one
//     d' = z(H) - z(F)         0: not told apart; 1: fairly; 3: nearly always
//     c  = -(z(H) + z(F)) / 2  below 0: leans towards calling it an emergency; above 0: towards refusing
//
// H and F are corrected so that none is 0 or 1 (log-linear: (hits + 1/2) / (emergencies + 1), likewise for
// false alarms; M. J. Hautus, Behavior Research Methods 27, 1995). It pulls d' of few drills towards 0. The
// intervals are the normal ones with the variance of G. Gourevitch and E. Galanter (Psychometrika 32, 1967):
// from some twenty pages of each kind on they hold what they promise, below that roughly.
#pragma once

#include <optional>

#include "analysis/estimate/interval.hpp"

namespace breakglass::history {

struct Answers {
  int hits = 0;
  int emergencies = 0;
  int false_alarms = 0;
  int decoys = 0;
};

struct Detection {
  double d = 0;
  analysis::Interval d_ci95;
  double c = 0;
  analysis::Interval c_ci95;
};

// Nothing without a page of each kind.
std::optional<Detection> detect(const Answers& answers);

}  // namespace breakglass::history
