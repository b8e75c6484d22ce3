// Probabilities of counts, and the two incomplete functions behind the gamma and beta laws. All stay accurate
// in the tails and for huge parameters, because they are built on Loader's saddle-point form (C. Loader,
// "Fast and accurate computation of binomial probabilities", 2000): log-gammas of near-equal size never
// cancel.
#pragma once

namespace breakglass::sim {

// log Gamma(x + 1) - (x + 1/2) log x + x - log(2 pi) / 2: what Stirling's formula misses, about 1 / (12 x).
// x > 0. Absolute error below 1e-14 (1e-17 where x >= 8 or x is a small whole number).
double stirling_error(double x);

// x log(x / m) + m - x >= 0 for x >= 0, m > 0, without cancellation near x = m.
double deviance(double x, double m);

// log P(X = k) and P(X = k), k >= 0, mean >= 0. Poisson; k may be any real number >= 0, which gives the
// density's continuation mean^k e^-mean / Gamma(k + 1). Relative error about 1e-14.
double log_poisson_pmf(double k, double mean);
double poisson_pmf(double k, double mean);

// The same for the binomial law with n trials: 0 <= k <= n, 0 <= p <= 1. q is 1 - p, given apart because p
// may be the one that is close to 0 or to 1.
double log_binomial_pmf(double k, double n, double p, double q);
double binomial_pmf(double k, double n, double p);

// log B(a, b), a, b > 0, without the cancellation of three log-gammas where one shape is large.
double log_beta(double a, double b);

// The two sides of a distribution function at one point, each with its own relative accuracy (about 1e-13),
// so that neither is a difference from 1.
struct Tails {
  double lower = 0;  // P(X <= x)
  double upper = 0;  // P(X > x)
  double slope = 0;  // d lower / dt, where t = log x for gamma and t = log(x / (1 - x)) for beta
};

// Gamma law with scale 1: x >= 0, shape > 0. Series below shape + 1, continued fraction above (DLMF 8.11.4
// and 8.9.2). Time grows with the square root of the shape.
Tails gamma_tails(double x, double shape);

// Beta law: x and y = 1 - x, both >= 0; a, b > 0. Continued fraction, DLMF 8.17.22.
Tails beta_tails(double x, double y, double a, double b);

}  // namespace breakglass::sim
