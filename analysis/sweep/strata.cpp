#include "analysis/sweep/strata.hpp"

#include <algorithm>

#include "sim/kernel/check.hpp"
#include "sim/kernel/draw.hpp"
#include "sim/model/questions.hpp"

namespace breakglass::analysis {
namespace {

// Classes before the rare ones are put together.
enum : std::size_t { kFalseAlarm, kClean, kPossibly, kFirstKind };

// A class rarer than this shares a stratum with the other rare ones; if all of them together are rarer than
// kNegligible they are not sought out: finding one would take longer than it is worth.
constexpr double kRare = 1e-4;
constexpr double kNegligible = 1e-5;

std::vector<double> class_weights(const Strata& s) {
  std::vector<double> weights{1 - s.real, s.real * (1 - s.possibly), s.real * (s.possibly - s.surely)};
  double before = 0;
  for (const double end : s.kind_ends) {
    weights.push_back(s.real * s.surely * (end - before));
    before = end;
  }
  return weights;
}

double uniform_of(std::uint64_t seed, std::uint32_t replication, sim::Question question) {
  return sim::uniform({seed, replication, static_cast<std::uint8_t>(question), 0, 0});
}

void set_probabilities(Strata& s, const sim::ScenarioParams& params) {
  const sim::RegressionParams& regression = params.change.regression;
  s.real = params.real;
  if (regression.severities.empty()) return;
  s.surely = 1;
  const auto& coordination = params.gates.coordination;
  const double conflict = coordination ? coordination->conflict_odds : 1;
  for (int i = 0; i < 8; ++i) {
    const double p =
        sim::regression_prior(regression, (i & 1) != 0, (i & 2) != 0, (i & 4) != 0 ? conflict : 1);
    s.surely = std::min(s.surely, p);
    s.possibly = std::max(s.possibly, p);
  }
  double sum = 0;
  for (const sim::SeverityParams& severity : regression.severities)
    s.kind_ends.push_back(sum += severity.share);
  s.kind_ends.back() = 1;
}

}  // namespace

Strata strata_of(const sim::Scenario& scenario) {
  Strata s;
  set_probabilities(s, scenario.params);
  const std::vector<double> weights = class_weights(s);
  s.stratum_of_class.assign(weights.size(), -1);
  double rare = 0;
  for (std::size_t c = 0; c < weights.size(); ++c) {
    if (weights[c] < kRare) {
      rare += weights[c];
      continue;
    }
    s.stratum_of_class[c] = static_cast<int>(s.weights.size());
    s.weights.push_back(weights[c]);
  }
  // The commonest takes in what is negligible; there is always one that is not rare.
  int home = static_cast<int>(std::max_element(s.weights.begin(), s.weights.end()) - s.weights.begin());
  if (rare >= kNegligible) {
    home = static_cast<int>(s.weights.size());
    s.weights.push_back(rare);
  } else {
    s.weights[static_cast<std::size_t>(home)] += rare;
  }
  for (int& stratum : s.stratum_of_class) stratum = stratum < 0 ? home : stratum;
  return s;
}

std::size_t Strata::of(std::uint64_t seed, std::uint32_t replication) const {
  std::size_t c = kClean;
  if (real < 1 && uniform_of(seed, replication, sim::Question::is_real) >= real) {
    c = kFalseAlarm;
  } else if (possibly > 0) {
    const double u = uniform_of(seed, replication, sim::Question::regression);
    if (u < surely) {
      const double v = uniform_of(seed, replication, sim::Question::regression_kind);
      c = kFirstKind;
      while (c + 1 < kFirstKind + kind_ends.size() && v >= kind_ends[c - kFirstKind]) ++c;
    } else if (u < possibly) {
      c = kPossibly;
    }
  }
  return static_cast<std::size_t>(stratum_of_class[c]);
}

std::uint32_t WorldFinder::replication(std::size_t stratum, std::size_t j) {
  while (found_[stratum].size() <= j) {
    BG_CHECK(next_ != UINT32_MAX, "a stratum has run out of worlds");
    found_[strata_.of(seed_, next_)].push_back(next_);
    ++next_;
  }
  return found_[stratum][j];
}

}  // namespace breakglass::analysis
