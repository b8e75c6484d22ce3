#include "analysis/sweep/tornado.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/estimate/moments.hpp"
#include "sim/kernel/draw.hpp"

namespace breakglass::analysis {
namespace {

constexpr std::uint64_t kDesignSeed = 0x736F626F6C000000U;  // away from the seeds that people choose

struct Sums {
  Moments base;
  double base_noise = 0;
  std::vector<double> squares;  // by number
};

Sums sums_without(std::span<const SobolSample> samples, std::size_t left_out) {
  Sums sums;
  sums.squares.assign(samples.empty() ? 0 : samples[0].step.size(), 0);
  for (std::size_t j = 0; j < samples.size(); ++j) {
    if (j == left_out) continue;
    add(sums.base, samples[j].base);
    sums.base_noise += samples[j].base_noise;
    for (std::size_t i = 0; i < sums.squares.size(); ++i)
      sums.squares[i] += samples[j].step[i] * samples[j].step[i] - samples[j].step_noise[i];
  }
  return sums;
}

double index_of(const Sums& sums, std::size_t i) {
  const auto n = static_cast<double>(sums.base.count);
  const double variance_of_truth = variance(sums.base) - sums.base_noise / n;
  if (variance_of_truth <= 0) return 0;
  return sums.squares[i] / (2 * n) / variance_of_truth;
}

}  // namespace

SobolDesign sobol_design(std::size_t numbers, std::size_t samples, std::uint64_t seed) {
  SobolDesign design{numbers, samples, {}};
  for (std::size_t j = 0; j < samples; ++j) {
    const auto draw = [&](std::size_t i, std::uint16_t which) {
      return sim::uniform({seed ^ kDesignSeed, static_cast<std::uint32_t>(j), 0, which, i});
    };
    std::vector<double> base;
    for (std::size_t i = 0; i < numbers; ++i) base.push_back(draw(i, 0));
    std::vector<std::vector<double>> points{base};
    for (std::size_t i = 0; i < numbers; ++i) {
      points.push_back(base);
      points.back()[i] = draw(i, 1);
    }
    design.shares.push_back(std::move(points));
  }
  return design;
}

std::vector<TotalIndex> total_indices(std::span<const SobolSample> samples) {
  std::vector<TotalIndex> out;
  if (samples.size() < 3) return out;
  const auto n = static_cast<double>(samples.size());
  const Sums all = sums_without(samples, samples.size());
  for (std::size_t i = 0; i < samples[0].step.size(); ++i) {
    Moments jackknife;
    for (std::size_t j = 0; j < samples.size(); ++j) add(jackknife, index_of(sums_without(samples, j), i));
    out.push_back({std::max(0.0, index_of(all, i)), std::sqrt(jackknife.m2 * (n - 1) / n)});
  }
  return out;
}

}  // namespace breakglass::analysis
