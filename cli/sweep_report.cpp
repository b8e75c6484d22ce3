#include "cli/sweep_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/layout.hpp"
#include "cli/numbers.hpp"
#include "cli/sweep_words.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::cli {
namespace {

using namespace analysis;

struct Report {
  const Sweep& s;
  const SweepAbout& about;
  const Console& console;
  std::string out;

  void heading(const std::string& text) {
    out += '\n';
    for (const std::string& line : wrap(text, console.width))
      out += toned(line, Tone::strong, console.colour) + '\n';
  }
  void line(std::string_view lead, std::string_view text) { out += hanging(lead, text, console.width); }
  std::string unit() const { return scenarios::visible(s.harm_unit, 40); }
};

void print_header(Report& r) {
  for (const std::string& text : wrap(scenarios::visible(r.about.title), r.console.width))
    r.out += toned(text, Tone::strong, r.console.colour) + '\n';
  r.line("  scenario  ", fmt::format("{}, hash {}", scenarios::visible(r.s.scenario_id, 60),
                                     scenarios::visible(r.s.scenario_hash)));
  for (const std::string& change : r.about.changes) r.line("  changed   ", scenarios::visible(change));
  for (std::size_t i = 0; i < r.s.grid.size(); ++i) {
    const Parameter& p = r.s.grid[i];
    r.line("  varied    ",
           fmt::format("{} from {} to {}, {} points, {}; the scenario says {}",
                       scenarios::visible(p.pointer, 80), shown_value(p, p.low), shown_value(p, p.high),
                       p.points, p.is_log ? "each the same multiple of the last" : "evenly spaced",
                       r.s.own[i] ? shown_value(p, *r.s.own[i]) : std::string("nothing of it")));
  }
  r.line("  sample    ",
         fmt::format("seed {}; at every point the same worlds, at most {} a strategy, fewer where the "
                     "best is certain before",
                     r.s.seed, grouped(r.s.max_worlds)));
  r.line("  harm      ", "in " + r.unit() + "; lower is better; intervals are at 95%");
  if (r.s.is_partial) r.line("  PARTIAL   ", r.about.stopped);
}

std::string mean_text(const Estimate& e, double divisor) {
  const Interval interval = interval_of(e);
  const double half = half_width(interval) / divisor;
  return half > 0 ? amount(e.mean / divisor) + " +-" + amount(half, 2) : amount(e.mean / divisor);
}

void print_line(Report& r) {
  r.heading(
      fmt::format("Mean harm in {}, by {} (+- half of the 95% interval)", r.unit(), name_of(r.s.grid[0])));
  Table table{{{name_of(r.s.grid[0]), Align::left}}, {}};
  for (const std::string& name : r.s.strategies) table.columns.push_back({scenarios::visible(name, 32)});
  table.columns.push_back({"lowest", Align::left});
  for (const SweepPoint& point : r.s.points) {
    if (!point.is_done) continue;
    std::vector<Cell> row{{shown_value(r.s.grid[0], point.values[0])}};
    for (std::size_t s = 0; s < r.s.strategies.size(); ++s)
      row.push_back({mean_text(point.race.means[s], 1), s == point.race.best ? Tone::accent : Tone::plain});
    row.push_back(
        {scenarios::visible(r.s.strategies[point.race.best], 32) + (point.race.is_certain ? ""
                                                                    : point.race.is_equal ? " (equal)"
                                                                                          : " (uncertain)")});
    table.rows.push_back(std::move(row));
  }
  r.out += print_table(table, r.console.width, r.console.colour);
}

char letter_of(const SweepPoint& point) {
  if (!point.is_done) return '.';
  const char upper = static_cast<char>('A' + point.race.best % 26);
  return point.race.is_certain ? upper : static_cast<char>(upper - 'A' + 'a');
}

// The row or column of the grid that is nearest to what the scenario says.
std::optional<std::size_t> nearest_index(const Parameter& p, const std::optional<double>& own) {
  if (!own || *own < p.low || *own > p.high) return std::nullopt;
  std::size_t best = 0;
  for (int i = 0; i < p.points; ++i) {
    if (std::fabs(grid_value(p, i) - *own) < std::fabs(grid_value(p, static_cast<int>(best)) - *own))
      best = static_cast<std::size_t>(i);
  }
  return best;
}

void print_map(Report& r) {
  const Parameter& across = r.s.grid[0];
  const Parameter& up = r.s.grid[1];
  r.heading(fmt::format("Which strategy does the least harm: {} from left to right, {} from bottom to top",
                        name_of(across), name_of(up)));
  for (std::size_t s = 0; s < r.s.strategies.size(); ++s) {
    r.out +=
        fmt::format("  {} {}\n", static_cast<char>('A' + s % 26), scenarios::visible(r.s.strategies[s], 60));
  }
  r.line("  ", "small letters: not certain; [ ] around the point nearest to the scenario's own numbers");
  r.out += '\n';
  std::size_t lead = 0;
  for (int y = 0; y < up.points; ++y) lead = std::max(lead, shown_value(up, grid_value(up, y)).size());
  const auto own_x = nearest_index(across, r.s.own[0]);
  const auto own_y = nearest_index(up, r.s.own[1]);
  for (int y = up.points - 1; y >= 0; --y) {
    std::string row = "  " + padded(shown_value(up, grid_value(up, y)), lead, Align::right) + "  ";
    for (int x = 0; x < across.points; ++x) {
      const char letter =
          letter_of(r.s.points[static_cast<std::size_t>(y) * static_cast<std::size_t>(across.points) +
                               static_cast<std::size_t>(x)]);
      const bool is_own = own_x == static_cast<std::size_t>(x) && own_y == static_cast<std::size_t>(y);
      if (is_own && row.back() == ' ') row.back() = '[';
      row += letter;
      row += is_own ? "]" : " ";
    }
    r.out += row.substr(0, row.find_last_not_of(' ') + 1) + '\n';
  }
  const std::string low = shown_value(across, across.low);
  const std::string high = shown_value(across, across.high);
  const std::size_t width = 2 * static_cast<std::size_t>(across.points) - 1;
  const std::size_t gap = width > low.size() + high.size() ? width - low.size() - high.size() : 1;
  r.out += std::string(lead + 4, ' ') + low + std::string(gap, ' ') + high + '\n';
}

void print_borders(Report& r) {
  if (r.s.borders.empty()) return;
  r.heading("Where two strategies break even (95% interval)");
  Table table{{{"at", Align::left},
               {"below", Align::left},
               {"above", Align::left},
               {"break-even"},
               {"95% interval"},
               {"worlds"}},
              {}};
  if (r.s.grid.size() == 1) table.columns[0].head = "along";
  for (const SweepBorder& b : r.s.borders) {
    const Parameter& p = r.s.grid[b.along];
    const std::string where =
        b.other ? name_of(r.s.grid[1 - b.along]) + " " + shown_value(r.s.grid[1 - b.along], *b.other)
                : name_of(p);
    const std::string value = (b.other ? name_of(p) + " " : "") + shown_value(p, b.border.value);
    table.rows.push_back({{where},
                          {scenarios::visible(r.s.strategies[b.a], 32)},
                          {scenarios::visible(r.s.strategies[b.b], 32)},
                          {value, Tone::strong},
                          {interval_text(p, b.border) + (b.border.is_precise ? "" : " *")},
                          {grouped(b.border.worlds)}});
  }
  r.out += print_table(table, r.console.width, r.console.colour);
  const bool any_wide = std::any_of(r.s.borders.begin(), r.s.borders.end(),
                                    [](const SweepBorder& b) { return !b.border.is_precise; });
  if (any_wide)
    r.line("", fmt::format("* wider than the precision of {}%: raise --max-replications",
                           amount(100 * r.s.precision)));
}

std::string end_text(const Report& r, const Estimate& e, std::size_t best, bool is_certain) {
  return mean_text(e, 1) + (best == r.s.tornado->best ? "" : is_certain ? " !" : " ?");
}

// An index that may be anything says nothing: rare disasters drown it.
std::string total_text(const TornadoBar& bar) {
  const double half = bar.total ? 1.96 * bar.total->error : 1;
  return half < 0.5 ? fmt::format("{:.2f} +-{:.2f}", bar.total->value, half) : "unknown";
}

void print_tornado(Report& r) {
  if (!r.s.tornado) return;
  const Tornado& t = *r.s.tornado;
  r.heading(
      fmt::format("What matters: mean harm of {} less that of {}, with one number at its ends; {} at the "
                  "scenario's own",
                  scenarios::visible(r.s.strategies[t.other], 32),
                  scenarios::visible(r.s.strategies[t.best], 32), mean_text(t.base, 1)));
  Table table{{{"number", Align::left}, {"low"}, {"high"}, {"difference\nat low"}, {"difference\nat high"}},
              {}};
  const bool has_totals =
      std::any_of(t.bars.begin(), t.bars.end(), [](const auto& b) { return b.total.has_value(); });
  if (has_totals) table.columns.push_back({"total\nindex"});
  for (const TornadoBar& bar : t.bars) {
    std::vector<Cell> row{{name_of(bar.parameter)},
                          {shown_value(bar.parameter, bar.parameter.low)},
                          {shown_value(bar.parameter, bar.parameter.high)},
                          {end_text(r, bar.at_low, bar.best_at_low, bar.is_certain_at_low)},
                          {end_text(r, bar.at_high, bar.best_at_high, bar.is_certain_at_high)}};
    if (has_totals) row.push_back({total_text(bar)});
    table.rows.push_back(std::move(row));
  }
  r.out += print_table(table, r.console.width, r.console.colour);
  r.line("", "! another strategy is the best there   ? another has the lowest mean there, uncertain");
  if (has_totals)
    r.line(
        "",
        "total index: the share of the difference's variance that would be left if every other number were "
        "known (Sobol'), each number evenly anywhere in its range");
}

}  // namespace

std::string sweep_report(const Sweep& sweep, const SweepAbout& about, const Console& console) {
  Report r{sweep, about, console, {}};
  print_header(r);
  if (sweep.grid.size() == 1) {
    print_line(r);
  } else {
    print_map(r);
  }
  print_borders(r);
  print_tornado(r);
  r.out += '\n';
  const std::string sentence = sweep_verdict(sweep);
  for (const std::string& line :
       wrap(sentence, console.out_is_terminal ? console.width : sentence.size() + 2))
    r.out += toned(line, Tone::strong, console.colour) + '\n';
  return r.out;
}

}  // namespace breakglass::cli
