#include "analysis/sweep/world_sample.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/estimate/moments.hpp"
#include "analysis/estimate/student.hpp"
#include "sim/simulator.hpp"

namespace breakglass::analysis {
namespace {

// Sums strata: their moments and weights to one estimate.
class Stratified {
 public:
  void add(double weight, const Moments& m) {
    estimate_.mean += weight * m.mean;
    estimate_.worlds += m.count;
    if (m.count < 2) return;
    const auto n = static_cast<double>(m.count);
    const double part = weight * weight * variance(m) / n;
    variance_ += part;
    fourth_ += part * part / (n - 1);
  }
  Estimate take() {
    estimate_.error = std::sqrt(variance_);
    estimate_.dof = fourth_ > 0 ? variance_ * variance_ / fourth_ : 0;
    return estimate_;
  }

 private:
  Estimate estimate_;
  double variance_ = 0;
  double fourth_ = 0;
};

Moments moments_of(const std::vector<double>& values) {
  Moments m;
  for (const double value : values) add(m, value);
  return m;
}

Moments moments_of(const std::vector<double>& a, const std::vector<double>& b) {
  Moments m;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) add(m, a[i] - b[i]);
  return m;
}

}  // namespace

Interval interval_of(const Estimate& estimate, double alpha) {
  if (estimate.error <= 0 || estimate.dof <= 0) return {estimate.mean, estimate.mean};
  const double half = student_quantile(1 - alpha / 2, estimate.dof) * estimate.error;
  return {estimate.mean - half, estimate.mean + half};
}

WorldSample::WorldSample(const Situation& situation, std::uint64_t seed)
    : situation_(situation),
      seed_(seed),
      strata_(strata_of(situation.scenario)),
      finder_(strata_, seed),
      harm_(situation.strategies.size(), std::vector<std::vector<double>>(strata_.weights.size())) {}

void WorldSample::extend(std::span<const std::size_t> strategies, std::span<const std::size_t> counts) {
  for (const std::size_t s : strategies) {
    for (std::size_t k = 0; k < strata(); ++k) {
      for (std::size_t j = harm_[s][k].size(); j < counts[k]; ++j) {
        const sim::Outcome outcome =
            sim::simulate(situation_.scenario, situation_.strategies[s], seed_, finder_.replication(k, j));
        harm_[s][k].push_back(sim::total_harm(outcome));
      }
    }
  }
}

Estimate WorldSample::mean(std::size_t s) const {
  Stratified sum;
  for (std::size_t k = 0; k < strata(); ++k) sum.add(strata_.weights[k], moments_of(harm_[s][k]));
  return sum.take();
}

Estimate WorldSample::difference(std::size_t a, std::size_t b) const {
  Stratified sum;
  for (std::size_t k = 0; k < strata(); ++k)
    sum.add(strata_.weights[k], moments_of(harm_[a][k], harm_[b][k]));
  return sum.take();
}

double WorldSample::spread(std::size_t a, std::size_t b, std::size_t stratum) const {
  return standard_deviation(moments_of(harm_[a][stratum], harm_[b][stratum]));
}

std::vector<double> WorldSample::differences(std::size_t a, std::size_t b, std::size_t stratum) const {
  std::vector<double> out;
  const std::size_t n = std::min(harm_[a][stratum].size(), harm_[b][stratum].size());
  for (std::size_t j = 0; j < n; ++j) out.push_back(harm_[a][stratum][j] - harm_[b][stratum][j]);
  return out;
}

std::vector<std::size_t> allocate(std::span<const double> weights, std::span<const double> spreads,
                                  std::size_t total, std::size_t least) {
  double sum = 0;
  for (std::size_t k = 0; k < weights.size(); ++k) sum += weights[k] * spreads[k];
  std::vector<std::size_t> counts;
  for (std::size_t k = 0; k < weights.size(); ++k) {
    const double by_spread = sum > 0 ? weights[k] * spreads[k] / sum : weights[k];
    const double share = weights[k] / 3 + 2 * by_spread / 3;
    counts.push_back(
        std::max(least, static_cast<std::size_t>(std::llround(share * static_cast<double>(total)))));
  }
  return counts;
}

Estimate difference_in(const Situation& situation, std::size_t a, std::size_t b, std::uint64_t worlds,
                       std::uint64_t seed) {
  constexpr std::size_t kLeast = 16;  // of a stratum
  WorldSample sample(situation, seed);
  const std::size_t both[] = {a, b};
  std::vector<double> spreads(sample.strata(), 0);
  sample.extend(both, allocate(sample.weights(), spreads, worlds / 4, kLeast));
  for (std::size_t k = 0; k < spreads.size(); ++k) spreads[k] = sample.spread(a, b, k);
  sample.extend(both, allocate(sample.weights(), spreads, worlds, kLeast));
  return sample.difference(a, b);
}

}  // namespace breakglass::analysis
