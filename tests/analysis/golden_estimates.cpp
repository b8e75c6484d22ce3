// Prints fingerprints of what the estimators make of fixed input: the same lines from every compiler,
// optimisation level and processor, wasm in a browser among them. The tests compare the builds with each
// other, not with a stored text.
//
// The estimators are compiled into this file, because a golden program is linked with nothing but the
// simulator.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string_view>

// NOLINTBEGIN(bugprone-suspicious-include)
#include "analysis/estimate/best.cpp"
#include "analysis/estimate/beta.cpp"
#include "analysis/estimate/binomial.cpp"
#include "analysis/estimate/interval.cpp"
#include "analysis/estimate/moments.cpp"
#include "analysis/estimate/paired.cpp"
#include "analysis/estimate/precision.cpp"
#include "analysis/estimate/quantiles.cpp"
#include "analysis/estimate/sketch.cpp"
#include "analysis/estimate/student.cpp"
#include "analysis/estimate/summary.cpp"
#include "analysis/estimate/tally.cpp"
// NOLINTEND(bugprone-suspicious-include)
#include "draws.hpp"
#include "sim/kernel/fmath.hpp"
#include "sim/kernel/hash.hpp"

namespace breakglass::analysis {
namespace {

using sim::Fingerprint;

void print(std::string_view what, const Fingerprint& fingerprint) {
  std::printf("%.*s %016llx\n", static_cast<int>(what.size()), what.data(),
              static_cast<unsigned long long>(fingerprint.value()));
}

void add(Fingerprint& f, const std::optional<double>& number) {
  f.add(number.has_value());
  if (number) f.add(*number);
}
void add(Fingerprint& f, const Interval& interval) {
  f.add(interval.low);
  f.add(interval.high);
}
void add(Fingerprint& f, const std::optional<Interval>& interval) {
  f.add(interval.has_value());
  if (interval) add(f, *interval);
}

// 400,000 arguments over the whole range that is asked for.
void print_laws() {
  testing::Draws draws(1);
  Fingerprint student;
  Fingerprint beta;
  Fingerprint binomial;
  for (int i = 0; i < 100'000; ++i) {
    const double dof = sim::exp(16 * draws.uniform());
    student.add(student_quantile(draws.uniform(), dof));
    student.add(student_tails(20 * draws.uniform() - 10, dof).upper);
    // One draw a statement: the order in which arguments are evaluated is the compiler's choice.
    const double a = sim::exp(8 * draws.uniform() - 2);
    const double b = sim::exp(8 * draws.uniform() - 2);
    const Tails tails = incomplete_beta(a, b, draws.uniform());
    beta.add(tails.lower);
    beta.add(tails.upper);
    const std::uint64_t n = 1 + draws.below(1000);
    const auto k = static_cast<std::int64_t>(draws.below(n));
    binomial.add(binomial_tails(k, n, draws.uniform()).lower);
    add(binomial, wilson_interval(draws.below(n + 1), n));
  }
  print("student", student);
  print("beta", beta);
  print("binomial and wilson", binomial);
}

OutcomeRow row_of(testing::Draws& draws, double world) {
  OutcomeRow row;
  for (std::size_t m = 0; m < kMetricCount; ++m) {
    const double value = -world * sim::log(draws.uniform()) * 1e5;
    const auto metric = static_cast<Metric>(m);
    const bool is_late = kMetrics[m].kind == MetricKind::time && value > 3e5;
    is_late ? set_censored(row, metric, 3e5) : set(row, metric, draws.happens(0.1) ? 0 : value);
  }
  row.events = static_cast<std::uint32_t>(draws.bits() & ((1U << kEventCount) - 1));
  return row;
}

Tally tally_of(std::uint64_t blocks, std::size_t strategies, std::uint64_t exact_replications) {
  testing::Draws draws(2);
  Tally tally = make_tally(strategies, exact_replications);
  for (std::uint64_t i = 0; i < blocks; ++i) {
    OutcomeBlock block{i * kBlockReplications, strategies, {}};
    for (std::uint64_t r = 0; r < kBlockReplications; ++r) {
      const double world = 0.5 + draws.uniform();
      for (std::size_t s = 0; s < strategies; ++s) block.rows.push_back(row_of(draws, world));
    }
    if (!absorb(tally, digest(std::move(block)))) std::printf("a block was refused\n");
  }
  return tally;
}

void print_comparison(std::string_view name, const Tally& tally) {
  const Comparison c = summarize(tally, {"a", "b", "c"}, {});
  Fingerprint metrics;
  Fingerprint pairs;
  for (const StrategySummary& strategy : c.strategies) {
    for (const MetricSummary& m : strategy.metrics) {
      metrics.add(m.mean);
      add(metrics, m.ci95);
      add(metrics, m.sd);
      for (const QuantileEstimate& q : m.quantiles) {
        for (const auto& number : {q.value, q.low, q.high}) add(metrics, number);
      }
      add(metrics, m.cvar95);
      metrics.add(m.censored);
    }
    for (const ProbabilitySummary& p : strategy.probabilities) add(metrics, p.ci95);
  }
  for (const PairSummary& p : c.pairs) {
    pairs.add(p.mean_difference);
    add(pairs, p.ci95);
    add(pairs, p.correlation);
    add(pairs, p.a_lower.ci95);
  }
  pairs.add(check_precision(tally, 0.01).worst_ratio);
  pairs.add(c.best.strategy);
  print(name, metrics);
  print("its pairs", pairs);
}

void print_all() {
  print_laws();
  print_comparison("a comparison from samples", tally_of(200, 3, kExactReplications));
  print_comparison("a comparison from sketches", tally_of(800, 3, kExactReplications));
}

}  // namespace
}  // namespace breakglass::analysis

int main() {
  breakglass::analysis::print_all();
  return 0;
}
