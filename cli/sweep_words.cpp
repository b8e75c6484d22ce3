#include "cli/sweep_words.hpp"

#include <fmt/format.h>

#include "cli/numbers.hpp"
#include "cli/sweep_report.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::cli {
namespace {

using namespace analysis;

std::string list(const std::vector<std::string>& parts) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += i + 1 == parts.size() ? " and " : ", ";
    out += parts[i];
  }
  return out;
}

std::string strategy_name(const Sweep& sweep, std::size_t s) {
  return scenarios::visible(sweep.strategies[s], 32);
}

// Of a map: the share of each strategy.
std::string over_map(const Sweep& sweep, const std::vector<std::size_t>& won) {
  std::vector<std::string> parts;
  for (std::size_t s = 0; s < won.size(); ++s) {
    if (won[s] > 0)
      parts.push_back(fmt::format("{} at {} of {} points", strategy_name(sweep, s), grouped(won[s]),
                                  grouped(sweep.points.size())));
  }
  return "The lowest mean harm has " + list(parts);
}

// Along one number: "a up to 0.166 (0.163 to 0.170), then b"; by points where the break-evens do not lead
// from the first best to the last.
std::string along_line(const Sweep& sweep, const std::vector<std::size_t>& won) {
  const Parameter& p = sweep.grid[0];
  std::size_t now = sweep.points.front().race.best;
  std::string out = fmt::format("With {} from {} on, {} has the lowest mean harm", name_of(p),
                                shown_value(p, p.low), strategy_name(sweep, now));
  for (const SweepBorder& b : sweep.borders) {
    if (b.a != now) return over_map(sweep, won);
    now = b.b;
    out += fmt::format(", until it breaks even with {} at {} (95% interval {})", strategy_name(sweep, b.b),
                       shown_value(p, b.border.value), interval_text(p, b.border));
  }
  if (now != sweep.points.back().race.best) return over_map(sweep, won);
  return out + fmt::format(", to the end of the range at {}", shown_value(p, p.high));
}

// Where the best at the scenario's own numbers stops being the answer: the nearest border along each number.
std::string stops_at(const Sweep& sweep) {
  if (!sweep.tornado || sweep.grid.size() < 2) return {};
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < 2; ++i) {
    const SweepBorder* nearest = nullptr;
    double distance = 0;
    for (const SweepBorder& b : sweep.borders) {
      if (b.along != i || !b.other || !sweep.own[0] || !sweep.own[1]) continue;
      if (b.a != sweep.tornado->best && b.b != sweep.tornado->best) continue;
      // The row or column closest to the scenario's own number, then the border closest to it.
      const auto scaled = [&](std::size_t k, double value) {
        const double d = (value - *sweep.own[k]) / (sweep.grid[k].high - sweep.grid[k].low);
        return d < 0 ? -d : d;
      };
      const double d = 100 * scaled(1 - i, *b.other) + scaled(i, b.border.value);
      if (nearest != nullptr && d >= distance) continue;
      nearest = &b;
      distance = d;
    }
    if (nearest == nullptr) continue;
    const Parameter& p = sweep.grid[i];
    const bool leaves_above = nearest->a == sweep.tornado->best;
    parts.push_back(fmt::format("{} {} (95% interval {}) with {} at {}, {} which {} does less", name_of(p),
                                shown_value(p, nearest->border.value), interval_text(p, nearest->border),
                                name_of(sweep.grid[1 - i]), shown_value(sweep.grid[1 - i], *nearest->other),
                                leaves_above ? "above" : "below",
                                strategy_name(sweep, leaves_above ? nearest->b : nearest->a)));
  }
  if (parts.empty()) return {};
  return fmt::format("; {}, the best at the scenario's own numbers, stops being the answer at ",
                     strategy_name(sweep, sweep.tornado->best)) +
         list(parts);
}

}  // namespace

std::string name_of(const Parameter& parameter) {
  const std::string& pointer = parameter.pointer;
  std::size_t at = pointer.rfind('/');
  if (at > 0) at = pointer.rfind('/', at - 1);
  return scenarios::visible(pointer.substr(at + 1), 40);
}

std::string shown_value(const Parameter& parameter, double value) {
  switch (parameter.kind) {
    case NumberKind::plain: return amount(value);
    case NumberKind::duration: return in_words(value);
    case NumberKind::rate: return value >= 0.1 ? amount(value) + "/s" : amount(3600 * value) + "/h";
  }
  return {};
}

std::string interval_text(const Parameter& parameter, const Border& border) {
  return shown_value(parameter, border.ci95.low) + " to " + shown_value(parameter, border.ci95.high);
}

std::string sweep_verdict(const Sweep& sweep) {
  std::vector<std::size_t> won(sweep.strategies.size(), 0);
  std::size_t done = 0;
  std::size_t certain = 0;
  for (const SweepPoint& point : sweep.points) {
    if (!point.is_done) continue;
    done += 1;
    won[point.race.best] += 1;
    certain += point.race.is_certain ? 1 : 0;
  }
  if (sweep.is_partial)
    return fmt::format("Partial result: {} of {} points are done.", grouped(done),
                       grouped(sweep.points.size()));
  const std::string sure = fmt::format("; the best is certain at {} of {} points (95%, each)",
                                       grouped(certain), grouped(sweep.points.size()));
  return (sweep.grid.size() == 1 ? along_line(sweep, won) : over_map(sweep, won)) + stops_at(sweep) + sure +
         ".";
}

}  // namespace breakglass::cli
