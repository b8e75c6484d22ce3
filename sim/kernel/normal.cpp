// The normal distribution: its probability and its quantile.
#include <cmath>

#include "sim/kernel/fmath.hpp"
#include "sim/kernel/fmath_inline.hpp"

namespace breakglass::sim {
namespace {

constexpr double kInverseSqrt2Pi = 0x1.9884533d43651p-2;

// (Phi(x) - 1/2) / x for |x| <= 0.7 as a polynomial in x^2: a Chebyshev fit, error 1e-20.
double central_slope(double x2) {
  constexpr double kC[] = {0x1.9884533d43651p-2,   -0x1.1058377e2cee0p-4,  0x1.46d0429769157p-7,
                           -0x1.37403f6b9a849p-10, 0x1.e42b0d4cc382dp-14,  -0x1.3ce8f98276b44p-17,
                           0x1.6589c68ae93a2p-21,  -0x1.6212565e90970p-25, 0x1.36bf1d8c09c0bp-29,
                           -0x1.bc0986d05889dp-34};
  double sum = 0;
  for (int i = 9; i >= 0; --i) sum = sum * x2 + kC[i];
  return sum;
}

// (x + 5) * Mills' ratio (1 - Phi(x)) / phi(x) for x >= 0.65, in t = (x - 5) / (x + 5): a Chebyshev fit up to
// x = 39, relative error 2e-17. The map makes the ratio, which falls like 1/x, nearly straight.
double scaled_mills(double t) {
  constexpr double kC[] = {0x1.ed96b8318f6c5p+0,   -0x1.aaf94e206d6dbp+0,  0x1.3dd60739e7976p+0,
                           -0x1.9262efbe12b28p-1,  0x1.a7927af8f0b51p-2,   -0x1.62d360c6471eep-3,
                           0x1.ab031a04d8e73p-5,   -0x1.ebbc3244a4e91p-8,  -0x1.062396b17b8fcp-9,
                           0x1.660d3f5d42ec1p-10,  -0x1.38200afd21a26p-13, -0x1.0596843aaefdcp-13,
                           0x1.5ec1e34177623p-15,  0x1.4e998d7751e29p-17,  -0x1.d1d083d84c02cp-18,
                           -0x1.bd3b3c2ffca87p-21, 0x1.2332a0d9313dep-20,  0x1.75c7d059515cap-24,
                           -0x1.5ff16b8f4170cp-23, -0x1.43dfa6faff5cbp-27, 0x1.363248a279d42p-26};
  const double t2 = t * t;  // even and odd terms apart: two short chains instead of a long one
  double even = 0, odd = 0;
  for (int i = 20; i >= 2; i -= 2) {
    even = even * t2 + kC[i];
    odd = odd * t2 + kC[i - 1];
  }
  return (even * t2 + kC[0]) + t * odd;
}

// 1 - Phi(x) for x >= 0.65. The square is formed exactly in two parts, because exp multiplies its error.
double upper_tail(double x) {
  if (x > 38.6) return 0;
  const double scaled = 0x1.0000002p+27 * x;
  const double high = scaled - (scaled - x);
  const double low = x - high;
  const double square = x * x;
  const double rest = (high * high - square) + 2 * high * low + low * low;
  const double density = inlined::exp(-0.5 * square) * (1 - 0.5 * rest) * kInverseSqrt2Pi;
  return density * (scaled_mills((x - 5) / (x + 5)) / (x + 5));
}

// Wichura's rational approximations (AS 241, PPND16): one for the middle 85% and two for the tails.
double central(double q) {
  const double r = 0.180625 - q * q;
  const double top =
      ((((((2.5090809287301226727e+3 * r + 3.3430575583588128105e+4) * r + 6.7265770927008700853e+4) * r +
          4.5921953931549871457e+4) *
             r +
         1.3731693765509461125e+4) *
            r +
        1.9715909503065514427e+3) *
           r +
       1.3314166789178437745e+2) *
          r +
      3.3871328727963666080e+0;
  const double bottom =
      ((((((5.2264952788528545610e+3 * r + 2.8729085735721942674e+4) * r + 3.9307895800092710610e+4) * r +
          2.1213794301586595867e+4) *
             r +
         5.3941960214247511077e+3) *
            r +
        6.8718700749205790830e+2) *
           r +
       4.2313330701600911252e+1) *
          r +
      1.0;
  return q * (top / bottom);
}

double near_tail(double r) {
  const double top =
      ((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r + 2.41780725177450611770e-1) * r +
          1.27045825245236838258e+0) *
             r +
         3.64784832476320460504e+0) *
            r +
        5.76949722146069140550e+0) *
           r +
       4.63033784615654529590e+0) *
          r +
      1.42343711074968357734e+0;
  const double bottom =
      ((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r + 1.51986665636164571966e-2) * r +
          1.48103976427480074590e-1) *
             r +
         6.89767334985100004550e-1) *
            r +
        1.67638483018380384940e+0) *
           r +
       2.05319162663775882187e+0) *
          r +
      1.0;
  return top / bottom;
}

double far_tail(double r) {
  const double top =
      ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.24266094738807843860e-3) * r +
          2.65321895265761230930e-2) *
             r +
         2.96560571828504891230e-1) *
            r +
        1.78482653991729133580e+0) *
           r +
       5.46378491116411436990e+0) *
          r +
      6.65790464350110377720e+0;
  const double bottom =
      ((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r + 1.84631831751005468180e-5) * r +
          7.86869131145613259100e-4) *
             r +
         1.48753612908506148525e-2) *
            r +
        1.36929880922735805310e-1) *
           r +
       5.99832206555887937690e-1) *
          r +
      1.0;
  return top / bottom;
}

}  // namespace

double normal_cdf(double x) {
  const double size = std::fabs(x);
  if (size < 0.7) return 0.5 + x * central_slope(x * x);
  if (x != x) return x;
  return x < 0 ? upper_tail(size) : 1 - upper_tail(size);
}

double normal_quantile(double p) {
  const double q = p - 0.5;
  if (std::fabs(q) <= 0.425) return central(q);
  const double tail = q < 0 ? p : 1 - p;
  if (!(tail > 0)) return tail == 0 ? (q < 0 ? -inlined::kInfinity : inlined::kInfinity) : inlined::kNaN;
  const double r = std::sqrt(-inlined::log(tail));
  const double size = r <= 5 ? near_tail(r - 1.6) : far_tail(r - 5);
  return q < 0 ? -size : size;
}

}  // namespace breakglass::sim
