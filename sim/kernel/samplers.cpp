#include "sim/kernel/samplers.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/kernel/check.hpp"
#include "sim/kernel/fmath.hpp"
#include "sim/kernel/fmath_inline.hpp"
#include "sim/kernel/special.hpp"

namespace breakglass::sim {
namespace {

void check_u(double u) { BG_CHECK(u > 0 && u < 1, "a sampler's u is not inside (0, 1)"); }

// Finds t with F(t) = u for a law whose density is log-concave in t, so that log F and log(1 - F) are
// concave: Newton's method on the logarithm of the nearer tail converges once it is near. The bracket and the
// cap on the step keep it out of regions where that tail underflows.
template <class TailsAt>
double solve_quantile(double u, double t, double step_cap, TailsAt tails) {
  const bool low = u <= 0.5;
  const double log_target = log(low ? u : 1 - u);
  double left = -inlined::kInfinity, right = inlined::kInfinity;
  for (int i = 0; i < 200; ++i) {
    const Tails at = tails(t);
    const double tail = low ? at.lower : at.upper;
    double step = low ? step_cap : -step_cap;  // towards more of the tail, if there is none here
    if (tail > 0 && at.slope > 0) {
      step = (log_target - log(tail)) * tail / at.slope;
      step = std::clamp(low ? step : -step, -step_cap, step_cap);
    }
    (step > 0 ? left : right) = t;
    const bool done = std::fabs(step) < 1e-9;  // the error left is the step's square
    t += step;
    if (done) break;
    if (!(t > left && t < right)) t = left + (right - left) / 2;
  }
  return t;
}

// Where to start for the logit of a beta variable of which one shape is below 1 and the other is not: the
// quantile of the law with that shape raised to 1, which lies on the outer side.
double power_law_start(double u, double a, double b) {
  if (a < 1) {
    const double log_y = log(1 - u) / b;
    return log(-expm1(log_y)) - log_y;
  }
  const double log_x = log(u) / a;
  return log_x - log(-expm1(log_x));
}

}  // namespace

double exponential_quantile(double u, double mean) {
  check_u(u);
  BG_CHECK(mean >= 0, "exponential_quantile: the mean is negative");
  return -mean * inlined::log(1 - u);  // 1 - u is exact for every u that draw.hpp gives
}

double normal_quantile(double u, double mean, double sd) {
  check_u(u);
  BG_CHECK(sd >= 0, "normal_quantile: the standard deviation is negative");
  return mean + sd * normal_quantile(u);
}

double lognormal_quantile(double u, double median, double sigma) {
  check_u(u);
  BG_CHECK(median >= 0 && sigma >= 0, "lognormal_quantile: out of range");
  return median * inlined::exp(sigma * normal_quantile(u));
}

double gamma_quantile(double u, double shape, double scale) {
  check_u(u);
  BG_CHECK(shape > 0 && scale > 0, "gamma_quantile: out of range");
  const double sd = 1 / std::sqrt(shape);
  double t;
  if (shape < 1) {
    // P(X <= x) is below x^a / Gamma(a + 1), and X is below an exponential variable.
    t = u <= 0.5 ? (log(u) + log_gamma(shape + 1)) / shape : log(-log(1 - u));
    if (t < -37) return scale * exp(t);  // there the bound is the value to the last bit
  } else {
    // Wilson and Hilferty, "The distribution of chi-square", PNAS 17 (1931).
    const double root = 1 - 1 / (9 * shape) + normal_quantile(u) * sd / 3;
    t = log(shape) + 3 * log(std::max(root, 0.05));
  }
  t = solve_quantile(u, t, 3 * (sd + 1 / shape), [shape](double at) { return gamma_tails(exp(at), shape); });
  return scale * exp(t);
}

double beta_quantile(double u, double a, double b) {
  check_u(u);
  BG_CHECK(a > 0 && b > 0, "beta_quantile: out of range");
  const double spread = 1 / a + 1 / b;
  double t = log(a / b) + normal_quantile(u) * std::sqrt(spread);  // of log(x / (1 - x))
  if (std::min(a, b) < 1) {
    if (a < 1 && u <= 0.5) {
      const double bound =
          (log(u) + log(a) + log_beta(a, b)) / a;  // P(X <= x) is about x^a / (a B(a, b)) near 0
      if (bound + std::max(0.0, log(b)) < -37) return exp(bound);
      t = std::min(t, bound);
    } else if (b < 1 && u > 0.5) {
      const double bound = (log(1 - u) + log(b) + log_beta(a, b)) / b;
      if (bound + std::max(0.0, log(a)) < -37) return 1;
      t = std::max(t, -bound);
    } else if (std::max(a, b) >= 1) {
      t = power_law_start(u, a, b);
    }
  }
  t = solve_quantile(u, t, 3 * (std::sqrt(spread) + spread),
                     [a, b](double at) { return beta_tails(1 / (1 + exp(-at)), 1 / (1 + exp(at)), a, b); });
  return 1 / (1 + exp(-t));
}

double gamma_cdf(double x, double shape, double scale) {
  BG_CHECK(scale > 0, "gamma_cdf: the scale is not positive");
  return x <= 0 ? 0 : gamma_tails(x / scale, shape).lower;
}

double beta_cdf(double x, double a, double b) {
  if (x <= 0) return 0;
  return x >= 1 ? 1 : beta_tails(x, 1 - x, a, b).lower;
}

std::size_t categorical(double u, std::span<const double> weights) {
  check_u(u);
  double total = 0;
  for (const double w : weights) {
    BG_CHECK(w >= 0 && w <= std::numeric_limits<double>::max(),
             "categorical: a weight is negative or not finite");
    total += w;
  }
  BG_CHECK(total > 0, "categorical: no weight is above 0");
  const double target = u * total;
  double sum = 0;
  std::size_t last = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] == 0) continue;
    last = i;
    sum += weights[i];
    if (target <= sum) break;
  }
  return last;
}

double gamma_draw(Stream& stream, double shape) {
  BG_CHECK(shape > 0, "gamma_draw: the shape is not positive");
  const double boost = shape < 1 ? exp(log(stream.uniform()) / shape) : 1;
  const double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3;
  const double c = 1 / (3 * std::sqrt(d));
  for (;;) {
    const double x = normal_quantile(stream.uniform());
    const double root = 1 + c * x;
    const double u = stream.uniform();
    if (root <= 0) continue;
    const double v = root * root * root;
    const double x2 = x * x;
    if (u < 1 - 0.0331 * x2 * x2)
      return boost * (d * v);  // the paper's squeeze: the logarithms are rarely needed
    if (log(u) < 0.5 * x2 + d * (1 - v + log(v))) return boost * (d * v);
  }
}

double beta_draw(Stream& stream, double a, double b) {
  if (a >= 1 || b >= 1) {
    const double x = gamma_draw(stream, a);
    return x / (x + gamma_draw(stream, b));
  }
  // Both gammas may underflow: their boosted forms, in logarithms.
  const double x = log(gamma_draw(stream, a + 1)) + log(stream.uniform()) / a;
  const double y = log(gamma_draw(stream, b + 1)) + log(stream.uniform()) / b;
  return 1 / (1 + exp(y - x));
}

}  // namespace breakglass::sim
