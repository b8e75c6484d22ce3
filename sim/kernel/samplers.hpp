// From uniforms to variates. The functions named ..._quantile are pure inversions: each rises (weakly) with
// u, so that two worlds that ask one question with different parameters get answers that move together.
// That is what makes common random numbers work: the variance of a paired difference falls far more by
// inversion on the same uniform than by rejection on the same stream.
//
// Every u lies in the open interval (0, 1), as draw.hpp gives it. Parameters out of range are failed checks
// (our mistake: what a user writes is validated long before). Cost does not grow with the mean.
#pragma once

#include <cstddef>
#include <span>

#include "sim/kernel/draw.hpp"

namespace breakglass::sim {

// Mean >= 0 (0 gives 0). -mean * log(1 - u).
double exponential_quantile(double u, double mean);

// Standard deviation >= 0.
double normal_quantile(double u, double mean, double sd);

// exp of a normal: median >= 0, sigma >= 0 the standard deviation of the logarithm.
double lognormal_quantile(double u, double median, double sigma);

// The smallest whole number k with P(X <= k) >= u. Exact up to about 1e-12 in the probability: a draw can
// differ from exact arithmetic's only if u lies that close to a step of the distribution function.
//
// Poisson: mean >= 0, up to 1e15. Below a mean of about 10 the probabilities are summed from 0; above, a
// normal deviate is corrected for skewness and more by the asymptotic expansion of Giles, "Algorithm 955:
// approximation of the inverse Poisson cumulative distribution function", ACM TOMS 42 (2016), and where that
// lies within its error of a whole number, the distribution function itself decides.
double poisson_quantile(double u, double mean);

// Binomial: n a whole number 0 <= n <= 1e12, held as double; 0 <= p <= 1. The same way, with a Cornish-Fisher
// expansion for the lattice variable. For p > 1/2 it counts the failures with 1 - u.
double binomial_quantile(double u, double n, double p);

// Shape > 0, scale > 0: mean shape * scale. By Newton's method on the regularised incomplete gamma function,
// about 1e-12 in the probability. Slower than the draws below: a microsecond.
double gamma_quantile(double u, double shape, double scale);

// Shapes a > 0, b > 0: mean a / (a + b). As for gamma.
double beta_quantile(double u, double a, double b);

// The index i chosen with probability weights[i] / sum. Weights >= 0, finite, at least one above 0; an entry
// of weight 0 is never chosen. Rises with u, so order the weights meaningfully.
std::size_t categorical(double u, std::span<const double> weights);

// The cumulative probabilities behind the two inversions above, P(X <= x): used by quantiles' corrections,
// by distribution.hpp and by tests. About 1e-13 absolute.
double gamma_cdf(double x, double shape, double scale);
double beta_cdf(double x, double a, double b);

// Rejection samplers, several times faster than the inversions, for latents where the pairing of two worlds
// does not matter. They take as many words as they need from one address.
//
// Gamma with scale 1: Marsaglia and Tsang, "A simple method for generating gamma variables", ACM TOMS 26
// (2000); a shape below 1 is boosted by one and multiplied by u^(1/shape), section 6 there.
double gamma_draw(Stream& stream, double shape);

// Beta as G(a) / (G(a) + G(b)); in logarithms where both shapes are small.
double beta_draw(Stream& stream, double a, double b);

}  // namespace breakglass::sim
