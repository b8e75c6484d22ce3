// Elementary functions with the same bits everywhere. Mathematical libraries differ in the last bit (glibc
// and wasm's libm in 0.01% of logs and 0.07% of exps), which is enough to make one replication in a million
// take another path. These use only +, -, *, /, sqrt and bit patterns, all of which IEEE 754 fixes, and must
// be compiled with -ffp-contract=off and without -ffast-math.
//
// Everything in sim/ that decides an outcome calls these, never std::log and its kin. (std::sqrt, floor,
// ceil, fabs and trunc are exact everywhere and welcome.) Errors are stated in ulps: units in the last place
// of the true result. None of them touches errno or promises floating-point flags.
#pragma once

namespace breakglass::sim {

// Natural logarithm, error below 1 ulp. log(0) = -infinity, log(negative) = NaN, log(inf) = inf.
double log(double x);

// log(1 + x) without loss near 0, error below 2 ulp. -infinity at -1, NaN below.
double log1p(double x);

// e^x, error below 1 ulp where the result is a normal number; overflows to infinity above 709.78, and
// underflows gradually (results below 2^-1022 lose bits as their format does) to 0 below -745.13.
double exp(double x);

// e^x - 1 without loss near 0, error below 2 ulp.
double expm1(double x);

// x^y for x >= 0, error below 2 ulp while the result is between 1e-300 and 1e300. For x < 0: the real power
// if y is a whole number, else NaN. pow(x, 0) = 1 for every x, pow(0, y < 0) = infinity.
double pow(double x, double y);

// Natural logarithm of the gamma function for x > 0, relative error about 1e-15 (absolute near the zeros at
// 1 and 2). infinity at 0; NaN below 0: the reflection has no use here.
double log_gamma(double x);

// Probability that a standard normal variable is at most x. Relative error about 1e-15 down to x = -37.5,
// where the result leaves the normal numbers. normal_cdf(-x) is the upper tail, without cancellation.
double normal_cdf(double x);

// The inverse: the x with normal_cdf(x) = p, by Wichura, "Algorithm AS 241: the percentage points of the
// normal distribution", Applied Statistics 37 (1988), PPND16: relative error about 1e-16 by the paper.
// Odd about 1/2 exactly: normal_quantile(1 - p) == -normal_quantile(p) where 1 - p is exact. -infinity at 0,
// infinity at 1, NaN outside.
double normal_quantile(double p);

}  // namespace breakglass::sim
