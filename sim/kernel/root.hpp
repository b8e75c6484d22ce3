// Where a function of one variable changes sign: R. P. Brent, "Algorithms for Minimization without
// Derivatives", Prentice-Hall 1973, chapter 4 (inverse quadratic interpolation or the secant where they
// converge, bisection where they do not).
//
// The function need not be continuous: of one with a jump across 0, the place of the jump is found.
#pragma once

#include <cmath>
#include <utility>

namespace breakglass::sim {

// A point within `tolerance` (absolute, above 0) of a change of sign of `f` between `a` and `b`. f(a) and
// f(b) must not have the same sign; where they do, the end with the smaller |f| is returned. Calls f at most
// about (log2(|b - a| / tolerance))^2 times, and about ten times where f is smooth.
template <class F>
double find_root(F f, double a, double b, double tolerance) {
  double fa = f(a), fb = f(b);
  if (fa == 0 || (fa > 0) == (fb > 0)) return std::fabs(fa) <= std::fabs(fb) ? a : b;
  double c = a, fc = fa;  // b is the best point, c is on the other side, a is the best before b
  double step = b - a, last = step;
  for (int i = 0; i < 400 && fb != 0; ++i) {
    if ((fb > 0) == (fc > 0)) c = a, fc = fa, step = last = b - a;
    if (std::fabs(fc) < std::fabs(fb)) a = b, b = c, c = a, fa = fb, fb = fc, fc = fa;
    const double middle = (c - b) / 2;
    if (std::fabs(middle) <= tolerance) return b;
    bool bisect = true;
    if (std::fabs(last) >= tolerance && std::fabs(fa) > std::fabs(fb)) {
      const double s = fb / fa;
      double p = 2 * middle * s, q = 1 - s;
      if (a != c) {
        const double t = fa / fc, r = fb / fc;
        p = s * (2 * middle * t * (t - r) - (b - a) * (r - 1));
        q = (t - 1) * (r - 1) * (s - 1);
      }
      if (p > 0) q = -q;
      p = std::fabs(p);
      if (2 * p < 3 * middle * q - std::fabs(tolerance * q) && 2 * p < std::fabs(last * q)) {
        last = step;
        step = p / q;
        bisect = false;
      }
    }
    if (bisect) step = last = middle;
    a = b, fa = fb;
    b += std::fabs(step) > tolerance ? step : (middle > 0 ? tolerance : -tolerance);
    fb = f(b);
  }
  return b;
}

}  // namespace breakglass::sim
