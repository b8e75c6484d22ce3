// Student's t law: tails and quantiles, own code so that browser and program agree in every bit.
#pragma once

#include "analysis/estimate/beta.hpp"

namespace breakglass::analysis {

// Both tails of Student's law with `dof` > 0 degrees of freedom at t: lower = P(T <= t), upper = P(T > t).
// Through the incomplete beta function, Abramowitz and Stegun 26.7.1.
Tails student_tails(double t, double dof);

// The t with P(T <= t) = p. p in (0, 1), dof > 0 (need not be an integer). Relative error below 1e-11 (tested
// against Boost.Math for dof from 1 to 1e7 and p from 1e-6 to 1 - 1e-6). Exactly antisymmetric about p = 1/2
// where 1 - p is exact. p <= 0 and p >= 1 give the largest finite double with its sign: quantiles of
// certainty are nobody's interval.
double student_quantile(double p, double dof);

}  // namespace breakglass::analysis
