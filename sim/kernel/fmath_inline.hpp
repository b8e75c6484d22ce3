// The bodies of log and exp, for the few hot loops of the kernel that gain from inlining them. Everybody
// else includes fmath.hpp and calls sim::log and sim::exp, which are these.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>

namespace breakglass::sim::inlined {

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();
inline constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// ln 2 in two parts; the upper has 32 bits, so that its product with any exponent is exact.
inline constexpr double kLn2High = 0x1.62e42feep-1;
inline constexpr double kLn2Low = 0x1.a39ef35793c76p-33;
inline constexpr double kLog2E = 0x1.71547652b82fep+0;

// x = 2^exponent * mantissa with the mantissa in [sqrt(1/2), sqrt(2)), for a positive normal x. Written with
// unsigned shifts and a bit pattern for the conversion, which vector units have.
struct Split {
  double mantissa;
  double exponent;
};

inline Split split_normal_number(double x) {
  constexpr std::uint64_t kSqrtHalf = 0x3FE6A09E667F3BCDU;
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const std::uint64_t biased = (bits - kSqrtHalf + (std::uint64_t{1023} << 52)) >> 52;  // exponent + 1023
  const double exponent = std::bit_cast<double>(biased | 0x4330000000000000U) - (0x1p52 + 1023);
  return {std::bit_cast<double>(bits - (biased << 52) + (std::uint64_t{1023} << 52)), exponent};
}

// The same for any positive x.
inline Split split_exponent(double x) {
  if (x >= std::numeric_limits<double>::min()) return split_normal_number(x);
  const Split scaled = split_normal_number(x * 0x1p54);
  return {scaled.mantissa, scaled.exponent - 54};
}

// log of 2^k times the mantissa. With s = f / (2 + f), log(1 + f) = 2 artanh(s) = 2s + s R(s^2). Written as
// f - (f^2/2 - s (f^2/2 + R)), the leading term f is exact and the rest is small, which keeps the error below
// one ulp. R(z)/z is a Chebyshev fit on 0 <= z <= 0.0295 (relative error 5e-18 of the result).
inline double log_of_split(const Split& x) {
  const double f = x.mantissa - 1.0;
  const double s = f / (2.0 + f);
  const double z = s * s;
  const double w = z * z;
  const double odd = 0x1.5555555555558p-1 +
                     w * (0x1.2492492df148dp-2 + w * (0x1.7462b4ab2ef6bp-3 + w * 0x1.2b584aae78a57p-3));
  const double even = 0x1.99999999952e2p-2 + w * (0x1.c71c62e5800a1p-3 + w * 0x1.39fe606542ddep-3);
  const double r = z * (odd + z * even);
  const double half_square = 0.5 * f * f;
  return x.exponent * kLn2High - ((half_square - (s * (half_square + r) + x.exponent * kLn2Low)) - f);
}

inline double log_normal_number(double x) { return log_of_split(split_normal_number(x)); }

inline double log(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  if (bits - 0x0010000000000000U >= 0x7FE0000000000000U) [[unlikely]] {  // all but positive normal numbers
    if (x == 0) return -kInfinity;
    if (!(x > 0)) return kNaN;
    return x < kInfinity ? log_of_split(split_exponent(x)) : x;
  }
  return log_normal_number(x);
}

// e^r - 1 - r for |r| <= ln(2)/2, over r^2: a Chebyshev fit (error 1.4e-18), evaluated by Estrin's scheme.
inline double exp_tail(double r) {
  const double r2 = r * r;
  const double r4 = r2 * r2;
  const double a = 0x1.0000000000000p-1 + r * 0x1.5555555555557p-3;
  const double b = 0x1.5555555555556p-5 + r * 0x1.11111111100dcp-7;
  const double c = 0x1.6c16c16c162d4p-10 + r * 0x1.a01a01abe7fe1p-13;
  const double d = 0x1.a01a01a6d889cp-16 + r * 0x1.71de0231960ebp-19;
  const double e = 0x1.27e4db646b17ep-22 + r * 0x1.af4de97ca4194p-26 + r2 * 0x1.1f730349868cep-29;
  return (a + r2 * b) + r4 * ((c + r2 * d) + r4 * e);
}

// x = k ln 2 + r. Adding 1.5 * 2^52 rounds to a whole number, which the low bits then hold.
struct Reduced {
  double r;           // |r| <= ln(2)/2, rounded
  double correction;  // what the rounding lost
  std::int64_t k;
};

inline Reduced reduce(double x) {
  constexpr double kRound = 0x1.8p52;
  const double shifted = x * kLog2E + kRound;
  const double k = shifted - kRound;
  const double high = x - k * kLn2High;
  const double low = k * kLn2Low;
  const double r = high - low;
  const auto whole = static_cast<std::int64_t>(std::bit_cast<std::uint64_t>(shifted) << 32) >> 32;
  return {r, (high - r) - low, whole};
}

inline double power_of_two(std::int64_t k) {
  return std::bit_cast<double>(static_cast<std::uint64_t>(k + 1023) << 52);
}

inline double exp(double x) {
  if (!(x > -708.0 && x < 709.0)) [[unlikely]] {
    if (x != x) return x;
    if (x > 709.782712893384) return kInfinity;
    if (x < -745.1332191019412) return 0;
    const auto [r, correction, k] = reduce(x);
    const double e = 1.0 + (r + (r * r * exp_tail(r) + correction));
    return e * power_of_two(k / 2) * power_of_two(k - k / 2);
  }
  const auto [r, correction, k] = reduce(x);
  const double e = 1.0 + (r + (r * r * exp_tail(r) + correction));
  return e * power_of_two(k);
}

}  // namespace breakglass::sim::inlined
