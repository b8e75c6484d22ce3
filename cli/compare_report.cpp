#include "cli/compare_report.hpp"

#include <fmt/format.h>

#include <functional>

#include "cli/layout.hpp"
#include "cli/numbers.hpp"
#include "cli/verdict.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::cli {
namespace {

using namespace analysis;

constexpr std::size_t kP50 = 1;
constexpr std::size_t kP95 = 2;
static_assert(kLevels[kP50].name == "p50" && kLevels[kP95].name == "p95");

// Everything that the sections share.
struct Report {
  const Comparison& c;
  const CompareAbout& about;
  const Console& console;
  Scale scale;
  std::string unit;     // of harm, with its scale: "millions of failed requests"
  std::string horizon;  // "7 d"
  std::string out;

  std::string harm(double value) const { return amount(value / scale.divisor); }
  void heading(const std::string& text) {
    out += '\n';
    for (const std::string& line : wrap(text, console.width))
      out += toned(line, Tone::strong, console.colour) + '\n';
  }
  void table(const Table& t) { out += print_table(t, console.width, console.colour); }
  void line(std::string_view lead, std::string_view text) { out += hanging(lead, text, console.width); }
};

bool is_best(const Report& r, std::size_t s) { return r.c.strategies.size() > 1 && r.c.best.strategy == s; }
bool is_tied(const Report& r, std::size_t s) {
  for (const std::size_t tie : r.c.best.ties) {
    if (tie == s) return true;
  }
  return false;
}

// What is without a duty is named by it: the rest of its name is the first strategy's.
std::string name_of(const Report& r, std::size_t s, std::string_view gap = " ") {
  if (s == 0 || r.about.without.empty()) return shown_name(r.c, s);
  return fmt::format("without{}{}", gap, r.about.without[s - 1]->id);
}

std::string worlds(std::uint64_t count) { return grouped(count) + (count == 1 ? " world" : " worlds"); }

void print_header(Report& r) {
  const Provenance& from = r.c.provenance;
  const std::string title = r.about.title.empty() ? from.scenario_id : r.about.title;
  for (const std::string& line : wrap(scenarios::visible(title), r.console.width)) {
    r.out += toned(line, Tone::strong, r.console.colour) + '\n';
  }
  r.line("  scenario  ", fmt::format("{} ({}), {} from {}", scenarios::visible(from.scenario_id, 60),
                                     r.about.category, r.horizon, r.about.start));
  r.line("  hash      ", scenarios::visible(from.scenario_hash));
  for (const std::string& change : r.about.changes) r.line("  changed   ", scenarios::visible(change));
  for (const analysis::Duty* duty : r.about.without) r.line("  without   ", difference_text(*duty));
  r.line("  sample    ",
         fmt::format("{}, seed {}; every strategy meets the same ones", worlds(r.c.replications), from.seed));
  r.line("  harm      ",
         "in " + scenarios::visible(from.harm_unit, 40) + "; lower is better; intervals are at 95%");
  if (from.is_partial) {
    r.line("  PARTIAL   ", r.about.stopped.empty() ? "stopped before what was asked" : r.about.stopped);
  }
  if (r.c.quantile_relative_error) {
    r.line("  quantiles ", fmt::format("from a sketch, off by at most {} of their value",
                                       percent(*r.c.quantile_relative_error)));
  }
}

std::string marked_name(const Report& r, std::size_t s) {
  return name_of(r, s) + (is_best(r, s) ? " *" : is_tied(r, s) ? " =" : "");
}

std::string quantile_text(const Report& r, const QuantileEstimate& q) {
  return q.value ? r.harm(*q.value) : "-";
}

void print_harm(Report& r) {
  r.heading(fmt::format("Harm by {} after the page, in {}", r.horizon, r.unit));
  Table table{{{"strategy", Align::left},
               {"mean"},
               {"95% interval\nof the mean"},
               {"median\nworld"},
               {"95% of\nworlds\nbelow"},
               {"mean of\nthe worst\n5%"}},
              {}};
  for (std::size_t s = 0; s < r.c.strategies.size(); ++s) {
    const MetricSummary& harm = r.c.strategies[s].metrics[index_of(Metric::harm_total)];
    table.rows.push_back({{marked_name(r, s), is_best(r, s) ? Tone::accent : Tone::plain},
                          {r.harm(harm.mean), Tone::strong},
                          {range(harm.ci95, r.scale.divisor)},
                          {quantile_text(r, harm.quantiles[kP50])},
                          {quantile_text(r, harm.quantiles[kP95])},
                          {harm.cvar95 ? r.harm(*harm.cvar95) : "-"}});
  }
  r.table(table);
  if (r.c.strategies.size() < 2) return;
  r.line("", r.c.best.ties.empty() ? "* lowest mean" : "* lowest mean   = not told apart from it");
}

// A table with a column a strategy.
Table by_strategy(const Report& r, std::string head) {
  Table table{{{std::move(head), Align::left}}, {}};
  for (std::size_t s = 0; s < r.c.strategies.size(); ++s) table.columns.push_back({name_of(r, s, "\n")});
  return table;
}

using CellOf = std::function<std::string(const StrategySummary&)>;

void add_row(const Report& r, Table& table, const std::string& label, const CellOf& cell) {
  std::vector<Cell> row{{label}};
  for (const StrategySummary& strategy : r.c.strategies) row.push_back({cell(strategy)});
  table.rows.push_back(std::move(row));
}

std::string median_time(const MetricSummary& time) {
  const QuantileEstimate& q = time.quantiles[kP50];
  if (!q.value) return "never";
  if (!q.low && !q.high) return hours_minutes(*q.value);
  return fmt::format("{} ({}-{})", hours_minutes(*q.value), q.low ? hours_minutes(*q.low) : "?",
                     q.high ? hours_minutes(*q.high) : "never");
}

void add_time(const Report& r, Table& table, Metric metric, const std::string& label,
              const std::string& missing) {
  const auto of = [metric](const StrategySummary& s) -> const MetricSummary& {
    return s.metrics[index_of(metric)];
  };
  add_row(r, table, label, [&](const StrategySummary& s) { return median_time(of(s)); });
  bool is_censored_anywhere = false;
  for (const StrategySummary& s : r.c.strategies)
    is_censored_anywhere = is_censored_anywhere || of(s).censored > 0;
  if (!is_censored_anywhere) return;
  add_row(r, table, "  " + missing, [&](const StrategySummary& s) {
    return fmt::format("{} of {}", grouped(of(s).censored), grouped(of(s).count));
  });
}

void print_times(Report& r) {
  r.heading(fmt::format(
      "Times since the page: median, h:mm (95% interval); and in how many of {} it did not happen within {}",
      worlds(r.c.replications), r.horizon));
  Table table = by_strategy(r, "");
  add_time(r, table, Metric::time_to_ship_s, "first request", "not shipped");
  add_time(r, table, Metric::time_to_full_s, "100% of traffic", "not at 100%");
  add_time(r, table, Metric::time_to_harm_stopped_s, "harm stopped", "not stopped");
  add_time(r, table, Metric::time_to_close_s, "postmortem held", "not closed");
  r.table(table);
}

void print_probabilities(Report& r) {
  r.heading("Share of " + worlds(r.c.replications) + " (95% interval)");
  Table table = by_strategy(r, "");
  const auto add = [&](Event event, const std::string& label) {
    add_row(r, table, label, [event](const StrategySummary& s) {
      return percent_with_interval(s.probabilities[index_of(event)]);
    });
  };
  add(Event::full_within_2h, "at 100% within 2 h");
  add(Event::harm_stopped_by_horizon, "harm stopped in " + r.horizon);
  add(Event::regression_present, "regression shipped");
  add(Event::regression_reached_full, "  reached 100%");
  add(Event::rolled_back, "rolled back");
  add(Event::rolled_back_clean, "  a clean change");
  add(Event::rollback_failed, "rollback failed");
  const auto add_if_any = [&](Event event, const std::string& label) {
    const bool any = std::any_of(
        r.c.strategies.begin(), r.c.strategies.end(),
        [event](const StrategySummary& s) { return s.probabilities[index_of(event)].successes > 0; });
    if (any) add(event, label);
  };
  add_if_any(Event::approval_refused, "approval refused");
  add_if_any(Event::shipped_unapproved, "without approval");
  if (r.about.has_deadline) add(Event::deadline_missed, "deadline missed");
  r.table(table);
}

std::string mean_with_half_width(const MetricSummary& m, double divisor) {
  if (!m.ci95 || m.max <= 0) return amount(m.mean / divisor);
  return amount(m.mean / divisor) + " +-" + amount(half_width(*m.ci95) / divisor, 2);
}

bool is_anywhere(const Report& r, Metric metric) {
  for (const StrategySummary& s : r.c.strategies) {
    if (s.metrics[index_of(metric)].max > 0) return true;
  }
  return false;
}

void print_sources(Report& r) {
  constexpr std::pair<Metric, const char*> kSources[] = {{Metric::harm_ongoing, "before the fix"},
                                                         {Metric::harm_residual, "despite the fix"},
                                                         {Metric::harm_regression, "by a regression"},
                                                         {Metric::harm_deadline, "past the deadline"},
                                                         {Metric::harm_containment, "by containment"}};
  Table table = by_strategy(r, "");
  for (const auto& [metric, label] : kSources) {
    if (!is_anywhere(r, metric)) continue;
    add_row(r, table, label, [&r, m = metric](const StrategySummary& s) {
      return mean_with_half_width(s.metrics[index_of(m)], r.scale.divisor);
    });
  }
  const bool has_users = is_anywhere(r, Metric::users_harmed);
  if (has_users) {
    add_row(r, table, "unique users", [](const StrategySummary& s) {
      return mean_with_half_width(s.metrics[index_of(Metric::users_harmed)], 1);
    });
  }
  if (table.rows.empty()) return;  // nobody was harmed in any world, and the first table says so
  r.heading(fmt::format("Where the harm comes from: mean in {} (+- half of the 95% interval){}", r.unit,
                        has_users ? "; and users harmed" : ""));
  r.table(table);
}

void print_pairs(Report& r) {
  if (r.c.strategies.size() < 2) return;
  const std::string best = shown_name(r.c, r.c.best.strategy);
  r.heading(fmt::format("Compared with {}, world by world: difference of harm in {}", best, r.unit));
  Table table{{{"strategy", Align::left},
               {"mean\ndifference"},
               {"95% interval"},
               {"does less in\n(share of worlds)"}},
              {}};
  for (std::size_t s = 0; s < r.c.strategies.size(); ++s) {
    if (s == r.c.best.strategy) continue;
    const View view = view_of(r.c, s, r.c.best.strategy);
    table.rows.push_back({{marked_name(r, s)},
                          {signed_amount(view.difference / r.scale.divisor), Tone::strong},
                          {signed_range(view.ci95, r.scale.divisor)},
                          {percent_with_interval(view.lower)}});
  }
  r.table(table);
}

void print_duties(Report& r) {
  r.heading(
      fmt::format("What each duty of {} is worth: harm added by switching it off, world by world, in {}",
                  shown_name(r.c, 0), r.unit));
  r.out += duty_table(r.c, r.about.without, r.console);
}

}  // namespace

std::string compare_report(const Comparison& comparison, const CompareAbout& about, const Console& console) {
  const Scale scale = harm_scale(comparison);
  Report r{comparison,
           about,
           console,
           scale,
           scale.heading(scenarios::visible(comparison.provenance.harm_unit, 40)),
           in_words(about.horizon_s),
           {}};
  print_header(r);
  print_harm(r);
  print_times(r);
  print_probabilities(r);
  print_sources(r);
  const bool by_duty = !about.without.empty();
  if (by_duty) {
    print_duties(r);
  } else {
    print_pairs(r);
  }
  r.out += gate_report(about.gates, comparison, console);
  const std::string last = std::to_string(comparison.replications - 1);
  r.out += '\n';
  r.line("", "Any of these worlds, told as a timeline (N from 0 to " + last + "):");
  r.out += "  " + scenarios::visible(about.replay) + "\n\n";
  // Whoever cuts off the last line with a tool gets the whole sentence; only a terminal needs it folded.
  const std::string sentence = by_duty ? duty_verdict(comparison, about.without) : verdict(comparison);
  for (const std::string& line :
       wrap(sentence, console.out_is_terminal ? console.width : sentence.size() + 2)) {
    r.out += toned(line, Tone::strong, console.colour) + '\n';
  }
  return r.out;
}

}  // namespace breakglass::cli
