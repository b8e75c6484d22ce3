#include "analysis/sweep/sweep_tornado.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/estimate/moments.hpp"
#include "analysis/sweep/answers.hpp"
#include "analysis/sweep/world_sample.hpp"

namespace breakglass::analysis {
namespace {

constexpr std::size_t kSobolWorlds = 96;  // a point of a sample, the same number in each stratum
constexpr std::size_t kLeastOfStratum = 8;
constexpr std::uint64_t kSobolSeed = 0x6D61747465727300U;  // away from the seeds that people choose

std::string end_name(std::size_t i, bool high) {
  return "number/" + std::to_string(i) + (high ? "/high" : "/low");
}
std::string sample_name(std::size_t j) { return "sobol/" + std::to_string(j); }

Unit end_unit(const SweepRequest& request, std::size_t i, bool high, std::size_t best, std::size_t other) {
  return {end_name(i, high), [&request, i, high, best, other] {
            const Parameter& p = request.matters[i];
            const Situation there = expect_situation(request.recipe, {{&p, high ? p.high : p.low}});
            std::vector<double> out;
            append(out, race(there, {request.seed, request.max_worlds}));
            append(out, difference_in(there, other, best, request.tornado_worlds, request.seed));
            return out;
          }};
}

// What one point of a sample says: the difference of other - best in the same number of worlds of every
// stratum.
struct PointDifferences {
  std::vector<double> weights;
  std::vector<std::vector<double>> strata;
  double mean = 0;
  double noise = 0;  // variance of the mean
};

PointDifferences differences_at(const SweepRequest& request, const std::vector<double>& shares, std::size_t j,
                                std::size_t best, std::size_t other) {
  std::vector<Setting> settings;
  for (std::size_t i = 0; i < shares.size(); ++i)
    settings.push_back({&request.matters[i], value_at(request.matters[i], shares[i])});
  const Situation there = expect_situation(request.recipe, settings);
  WorldSample sample(there, request.seed + kSobolSeed + j);  // other samples meet other worlds
  const std::size_t both[] = {best, other};
  sample.extend(both, std::vector<std::size_t>(sample.strata(),
                                               std::max(kLeastOfStratum, kSobolWorlds / sample.strata())));
  PointDifferences out;
  out.weights = sample.weights();
  for (std::size_t k = 0; k < sample.strata(); ++k) out.strata.push_back(sample.differences(other, best, k));
  const Estimate estimate = sample.difference(other, best);
  out.mean = estimate.mean;
  out.noise = estimate.error * estimate.error;
  return out;
}

// Variance of the difference of two points' means. Where they have the same strata, they have the same
// worlds, and what varies is the pairs.
double noise_of_step(const PointDifferences& from, const PointDifferences& to) {
  if (from.strata.size() != to.strata.size()) return from.noise + to.noise;
  double noise = 0;
  for (std::size_t k = 0; k < from.strata.size(); ++k) {
    Moments m;
    for (std::size_t j = 0; j < from.strata[k].size(); ++j)
      add(m, to.weights[k] * to.strata[k][j] - from.weights[k] * from.strata[k][j]);
    noise += variance(m) / static_cast<double>(m.count);
  }
  return noise;
}

SobolSample sample_at(const SweepRequest& request, const SobolDesign& design, std::size_t j, std::size_t best,
                      std::size_t other) {
  SobolSample sample;
  PointDifferences base;
  for (std::size_t point = 0; point < design.shares[j].size(); ++point) {
    PointDifferences here = differences_at(request, design.shares[j][point], j, best, other);
    if (point == 0) {
      sample.base = here.mean;
      sample.base_noise = here.noise;
      base = std::move(here);
    } else {
      sample.step.push_back(here.mean - base.mean);
      sample.step_noise.push_back(noise_of_step(base, here));
    }
  }
  return sample;
}

void read_end(TornadoBar& bar, const std::vector<double>& answer, bool high, std::size_t strategies) {
  NumberReader in(answer);
  const RaceResult race = read_race(in, strategies);
  (high ? bar.at_high : bar.at_low) = read_estimate(in);
  (high ? bar.best_at_high : bar.best_at_low) = race.best;
  (high ? bar.is_certain_at_high : bar.is_certain_at_low) = race.is_certain;
}

// How far the difference moves, from end to end or from the base to the farther end.
double length_of(const TornadoBar& bar, const Estimate& base) {
  const double low = std::min({bar.at_low.mean, bar.at_high.mean, base.mean});
  return std::max({bar.at_low.mean, bar.at_high.mean, base.mean}) - low;
}

std::optional<double> own(const SweepRequest& request, const Parameter& parameter) {
  scenarios::Problems problems;
  scenarios::LoadOptions options = request.recipe.load;
  options.check_listed_strategies = false;
  const auto loaded = scenarios::load_scenario(request.recipe.scenario, options, problems);
  if (!loaded) return std::nullopt;
  return own_value(parameter, "--vary", loaded->text, options.overrides, problems);
}

}  // namespace

Unit base_unit(const SweepRequest& request) {
  return {"base", [&request] {
            const Situation here = expect_situation(request.recipe, {});
            const RaceResult result = race(here, {request.seed, request.max_worlds});
            std::vector<double> out;
            append(out, result);
            append(out, difference_in(here, result.next, result.best, request.tornado_worlds, request.seed));
            return out;
          }};
}

BaseAnswer read_base(const std::vector<double>& answer, std::size_t strategies) {
  NumberReader in(answer);
  BaseAnswer base;
  base.race = read_race(in, strategies);
  base.difference = read_estimate(in);
  return base;
}

std::vector<Unit> tornado_units(const SweepRequest& request, const BaseAnswer& base) {
  const std::size_t best = base.race.best;
  const std::size_t other = base.race.next;
  std::vector<Unit> units;
  for (std::size_t i = 0; i < request.matters.size(); ++i) {
    units.push_back(end_unit(request, i, false, best, other));
    units.push_back(end_unit(request, i, true, best, other));
  }
  if (request.matters.size() < 2) return units;
  const SobolDesign design = sobol_design(request.matters.size(), request.sobol_samples, request.seed);
  for (std::size_t j = 0; j < design.samples; ++j) {
    units.push_back({sample_name(j), [&request, design, j, best, other] {
                       std::vector<double> out;
                       append(out, sample_at(request, design, j, best, other));
                       return out;
                     }});
  }
  return units;
}

Tornado tornado_from(const SweepRequest& request, const BaseAnswer& base, const Journal& journal,
                     std::size_t strategies) {
  Tornado out{base.race.best, base.race.next, base.difference, {}};
  std::vector<TotalIndex> totals;
  if (request.matters.size() > 1) {
    std::vector<SobolSample> samples;
    for (std::size_t j = 0; j < request.sobol_samples; ++j) {
      NumberReader in(*journal.find(sample_name(j)));
      samples.push_back(read_sobol(in, request.matters.size()));
    }
    totals = total_indices(samples);
  }
  for (std::size_t i = 0; i < request.matters.size(); ++i) {
    TornadoBar bar;
    bar.parameter = request.matters[i];
    bar.base = own(request, bar.parameter);
    read_end(bar, *journal.find(end_name(i, false)), false, strategies);
    read_end(bar, *journal.find(end_name(i, true)), true, strategies);
    if (i < totals.size()) bar.total = totals[i];
    out.bars.push_back(std::move(bar));
  }
  std::stable_sort(out.bars.begin(), out.bars.end(), [&](const TornadoBar& a, const TornadoBar& b) {
    return length_of(a, out.base) > length_of(b, out.base);
  });
  return out;
}

std::vector<std::optional<double>> own_values(const SweepRequest& request) {
  std::vector<std::optional<double>> out;
  for (const Parameter& parameter : request.grid) out.push_back(own(request, parameter));
  return out;
}

}  // namespace breakglass::analysis
