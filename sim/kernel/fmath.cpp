#include "sim/kernel/fmath.hpp"

#include <cmath>

#include "sim/kernel/fmath_inline.hpp"

namespace breakglass::sim {
namespace {

using inlined::kInfinity;
using inlined::kLn2High;
using inlined::kLn2Low;
using inlined::kNaN;

// An unevaluated sum of two doubles, about 106 bits. The exact sum and product below are Dekker's ("A
// floating-point technique for extending the available precision", Numerische Mathematik 18, 1971); they
// need no fused multiply-add, which not every target has.
struct Pair {
  double high;
  double low;
};

Pair exact_sum(double a, double b) {
  const double sum = a + b;
  const double part = sum - a;
  return {sum, (a - (sum - part)) + (b - part)};
}

Pair halves(double a) {
  const double scaled = 0x1.0000002p+27 * a;  // 2^27 + 1
  const double high = scaled - (scaled - a);
  return {high, a - high};
}

Pair exact_product(double a, double b) {
  const double product = a * b;
  const Pair x = halves(a), y = halves(b);
  return {product, ((x.high * y.high - product) + x.high * y.low + x.low * y.high) + x.low * y.low};
}

Pair multiply(Pair a, Pair b) {
  const Pair p = exact_product(a.high, b.high);
  return exact_sum(p.high, p.low + (a.high * b.low + a.low * b.high));
}

Pair add(Pair a, Pair b) {
  const Pair s = exact_sum(a.high, b.high);
  return exact_sum(s.high, s.low + (a.low + b.low));
}

// log x to about 2^-64, for pow: an error there is multiplied by up to 745.
Pair log_pair(double x) {
  const auto [mantissa, k] = inlined::split_exponent(x);
  const double f = mantissa - 1.0;
  const double d_high = 2.0 + f;
  const double d_low = f - (d_high - 2.0);
  const double s_high = f / d_high;
  const Pair back = exact_product(s_high, d_high);
  const double s_low = (((f - back.high) - back.low) - s_high * d_low) / d_high;
  const Pair s = exact_sum(s_high, s_low);
  const Pair z = multiply(s, s);
  double tail = 0;  // the series of 2 artanh(s) / s from z^2 on; a double is enough there
  for (int n = 13; n >= 2; --n) tail = tail * z.high + 2.0 / (2 * n + 1);
  const Pair third = multiply(multiply(s, z), {0x1.5555555555555p-1, 0x1.5555555555555p-55});
  const Pair mantissa_log = add(add({2 * s.high, 2 * s.low}, third), {s.high * z.high * z.high * tail, 0});
  return add(exact_sum(k * kLn2High, k * kLn2Low), mantissa_log);
}

double positive_pow(double x, double y) {
  const Pair l = log_pair(x);
  const double estimate = y * l.high;
  if (!(std::fabs(estimate) < 760)) return estimate > 0 ? kInfinity : 0;
  const Pair product = exact_product(y, l.high);
  const double rest = product.low + y * l.low;
  const double base = exp(product.high);
  return base < kInfinity ? base + base * rest : base;
}

// (log Gamma(2 + t)) / t for |t| <= 1/2: a Chebyshev fit, relative error 1e-17.
double log_gamma_near_2(double t) {
  constexpr double kC[] = {0x1.b0ee6072093cep-2,   0x1.4a34cc4a60fa6p-2,   -0x1.13e001a557555p-4,
                           0x1.51322ac7d8333p-6,   -0x1.e404fc21d8fe7p-8,  0x1.7add6eadfcc7bp-9,
                           -0x1.38ac5bfce42c1p-10, 0x1.0b36af5972ed1p-11,  -0x1.d3fd6a9087d23p-13,
                           0x1.a127cd91ac95bp-14,  -0x1.78d8f868f383fp-15, 0x1.5808af19fa483p-16,
                           -0x1.3d4ce65b1d70bp-17, 0x1.2620de1c78d97p-18,  -0x1.08fccc794a9c7p-19,
                           0x1.f038cb2f6a913p-21,  -0x1.37fd97eeee99dp-21, 0x1.2703c6effc4ebp-22};
  double sum = 0;
  for (int i = 17; i >= 0; --i) sum = sum * t + kC[i];
  return sum;
}

}  // namespace

double log(double x) { return inlined::log(x); }
double exp(double x) { return inlined::exp(x); }

double log1p(double x) {
  if (!(x > -1)) return x == -1 ? -kInfinity : kNaN;
  const double u = 1 + x;
  if (u == 1 || x == kInfinity) return x;
  return log(u) + (x - (u - 1)) / u;  // the second term is what 1 + x rounded away
}

double expm1(double x) {
  if (!(x > -37.5 && x < 40)) return x > 0 ? exp(x) - 1 : (x != x ? x : -1.0);
  const auto [r, correction, k] = inlined::reduce(x);
  const double fraction = r + (r * r * inlined::exp_tail(r) + correction);
  const double scale = inlined::power_of_two(k);
  return scale * fraction + (scale - 1);
}

double pow(double x, double y) {
  if (y == 0 || x == 1) return 1;
  if (x != x || y != y) return kNaN;
  const bool whole = std::floor(y) == y;
  const bool odd = whole && std::fabs(y) < 0x1p53 && std::floor(y / 2) * 2 != y;
  if (x == 0) return y < 0 ? kInfinity : 0;
  if (std::fabs(y) == kInfinity)
    return (std::fabs(x) > 1) == (y > 0) ? (x == -1 ? 1 : kInfinity) : (x == -1 ? 1 : 0);
  if (std::fabs(x) == kInfinity) return y < 0 ? 0 : (x < 0 && odd ? -kInfinity : kInfinity);
  if (x < 0) return whole ? (odd ? -positive_pow(-x, y) : positive_pow(-x, y)) : kNaN;
  return positive_pow(x, y);
}

double log_gamma(double x) {
  if (!(x > 0)) return x == 0 ? kInfinity : kNaN;
  if (x == kInfinity) return x;
  constexpr double kHalfLog2Pi = 0x1.d67f1c864beb5p-1;
  if (x >= 10) {  // Stirling's series, DLMF 5.11.1
    const double r = 1 / x;
    const double r2 = r * r;
    const double series =
        r * (1.0 / 12 -
             r2 * (1.0 / 360 -
                   r2 * (1.0 / 1260 -
                         r2 * (1.0 / 1680 -
                               r2 * (1.0 / 1188 -
                                     r2 * (691.0 / 360360 - r2 * (1.0 / 156 - r2 * (3617.0 / 122400))))))));
    return (x - 0.5) * log(x) - x + (kHalfLog2Pi + series);
  }
  if (x < 0.5) return log_gamma(x + 1) - log(x);
  if (x < 1.5) {  // Gamma(x) = Gamma(x + 1) / x; log1p keeps the zero at 1
    const double t = x - 1;
    return t * log_gamma_near_2(t) - log1p(t);
  }
  double product = 1;  // Gamma(x) = (x - 1) Gamma(x - 1)
  while (x > 2.5) {
    x -= 1;
    product *= x;
  }
  const double t = x - 2;
  return t * log_gamma_near_2(t) + log(product);
}

}  // namespace breakglass::sim
