// The two tests that every sampler must pass, and the uniforms that they are given.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace breakglass::tests {

// A fixed sequence of uniforms; `stream` tells sequences apart.
std::vector<double> fixed_uniforms(std::size_t count, std::uint64_t stream);

// The probability of a chi-square statistic at least this large if `draw(u)` follows the law on whole numbers
// with distribution function `cdf(k)`. Cells are runs of whole numbers with at least 50 expected draws each.
double chi_square_p(const std::vector<double>& uniforms, const std::function<double(double)>& draw,
                    const std::function<double(double)>& cdf);

// The same for given categories.
double chi_square_p(const std::vector<double>& observed, const std::vector<double>& probabilities);

// The probability of a Kolmogorov distance at least this large between the draws and a continuous law.
double kolmogorov_p(std::vector<double> draws, const std::function<double(double)>& cdf);

// Neither too far from the law to be chance nor too near.
inline bool plausible(double p) { return p > 0.001 && p < 0.999; }

}  // namespace breakglass::tests
