#include "cli/verdict.hpp"

#include <fmt/format.h>

#include "cli/numbers.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::cli {
namespace {

using analysis::Comparison;
using analysis::Interval;

const analysis::MetricSummary& metric_of(const Comparison& c, std::size_t strategy) {
  return c.strategies[strategy].metrics[analysis::index_of(c.best_metric)];
}

// "95% interval 3,380 to 3,440".
std::string interval_text(const std::optional<Interval>& interval, double divisor) {
  return interval ? "95% interval " + range(interval, divisor) : "no interval from a single world";
}

std::optional<Interval> turned(const std::optional<Interval>& interval) {
  if (!interval) return std::nullopt;
  return Interval{-interval->high, -interval->low};
}

// The other strategy with the lowest mean.
std::size_t runner_up(const Comparison& c) {
  std::size_t next = c.best.strategy == 0 ? 1 : 0;
  for (std::size_t s = 0; s < c.strategies.size(); ++s) {
    if (s != c.best.strategy && metric_of(c, s).mean < metric_of(c, next).mean) next = s;
  }
  return next;
}

// A lower mean need not be lower in most worlds: a rare disaster decides many a comparison. Then this is
// said.
// "12.3", or "12.3 million"
std::string scaled(double value, const Scale& scale) {
  const std::string number = amount(value / scale.divisor);
  return scale.word.empty() ? number : fmt::format("{} {}", number, scale.word);
}

std::string against_next(const Comparison& c, const Scale& scale) {
  const double divisor = scale.divisor;
  const std::size_t next = runner_up(c);
  const View view = view_of(c, next, c.best.strategy);
  std::string out = fmt::format("; that is {} less than the next, {} ({})", scaled(view.difference, scale),
                                shown_name(c, next), interval_text(view.ci95, divisor));
  if (view.lower.mean > 0.5) {
    out += fmt::format(", although {} does less in {} of the worlds", shown_name(c, next),
                       percent(view.lower.mean));
  }
  return out;
}

std::string against_ties(const Comparison& c, double divisor) {
  if (c.replications < 2) return ", and a single world tells no strategies apart";
  if (c.best.ties.size() == 1) {
    const View view = view_of(c, c.best.ties.front(), c.best.strategy);
    return fmt::format(
        ", but it is not told apart from {} (difference {}, {})", shown_name(c, c.best.ties.front()),
        signed_amount(view.difference / divisor),
        view.ci95 ? "95% interval " + signed_range(view.ci95, divisor) : interval_text(view.ci95, divisor));
  }
  std::string names;
  for (std::size_t i = 0; i < c.best.ties.size(); ++i) {
    if (i > 0) names += i + 1 == c.best.ties.size() ? " and " : ", ";
    names += shown_name(c, c.best.ties[i]);
  }
  return ", but it is not told apart from " + names + " (each difference's 95% interval contains zero)";
}

}  // namespace

View view_of(const Comparison& comparison, std::size_t strategy, std::size_t other) {
  for (const analysis::PairSummary& pair : comparison.pairs) {
    if (pair.a == strategy && pair.b == other) return {pair.mean_difference, pair.ci95, pair.a_lower};
    if (pair.a == other && pair.b == strategy) {
      const std::uint64_t lower = pair.a_lower.count - pair.a_lower.successes - pair.tied.successes;
      return {-pair.mean_difference, turned(pair.ci95),
              analysis::summarize_probability(lower, pair.a_lower.count)};
    }
  }
  return {};
}

std::string shown_name(const Comparison& comparison, std::size_t strategy) {
  return scenarios::visible(comparison.strategies[strategy].name, 32);
}

std::string verdict(const Comparison& c) {
  const analysis::MetricSummary& best = metric_of(c, c.best.strategy);
  const std::string unit = scenarios::visible(c.provenance.harm_unit, 40);
  const Scale scale = harm_scale(c);
  const bool is_alone = c.strategies.size() < 2;
  std::string out = c.provenance.is_partial ? "Partial result: " : "";
  out += fmt::format("{} {} {} {} ({}, n = {})", shown_name(c, c.best.strategy),
                     is_alone ? "does, on average, a harm of" : "has the lowest mean harm,",
                     amount(best.mean / scale.divisor), scale.sentence(unit),
                     interval_text(best.ci95, scale.divisor), grouped(c.replications));
  if (is_alone) return out + "; there was nothing to compare it with.";
  return out + (c.best.ties.empty() ? against_next(c, scale) : against_ties(c, scale.divisor)) + ".";
}

}  // namespace breakglass::cli
