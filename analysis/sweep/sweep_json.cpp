#include "analysis/sweep/sweep_json.hpp"

#include "analysis/compare_csv.hpp"
#include "analysis/json_writer.hpp"

namespace breakglass::analysis {
namespace {

std::string_view unit_of(const Parameter& parameter) {
  switch (parameter.kind) {
    case NumberKind::plain: return "";
    case NumberKind::duration: return "s";
    case NumberKind::rate: return "1/s";
  }
  return "";
}

void write_interval(JsonWriter& json, const Interval& interval) {
  json.key("ci95");
  json.open_array(Layout::line);
  json.value(interval.low);
  json.value(interval.high);
  json.close_array();
}

void write_estimate(JsonWriter& json, const Estimate& estimate) {
  json.member("mean", estimate.mean);
  write_interval(json, interval_of(estimate));
  json.member("replications", estimate.worlds);
}

void write_parameter(JsonWriter& json, const Parameter& p, std::optional<double> own) {
  json.member("pointer", p.pointer);
  json.member("unit", unit_of(p));
  json.member("low", p.low);
  json.member("high", p.high);
  json.member("scale", p.is_log ? "log" : "linear");
  json.member("own", own);
}

void write_point(JsonWriter& json, const Sweep& sweep, const SweepPoint& point) {
  const RaceResult& race = point.race;
  json.open_object(Layout::line);
  json.key("values");
  json.open_array(Layout::line);
  for (const double value : point.values) json.value(value);
  json.close_array();
  json.member("best", sweep.strategies[race.best]);
  json.member("certain", race.is_certain);
  json.member("equal", race.is_equal);
  json.key("ties");
  json.open_array(Layout::line);
  for (std::size_t s = 0; s < sweep.strategies.size(); ++s) {
    if (race.is_left[s] && s != race.best) json.value(sweep.strategies[s]);
  }
  json.close_array();
  json.key("lead");
  json.open_object(Layout::line);
  json.member("over", sweep.strategies[race.next]);
  write_estimate(json, race.lead);
  json.close_object();
  json.key("harm");
  json.open_array(Layout::line);
  for (std::size_t s = 0; s < sweep.strategies.size(); ++s) {
    json.open_object(Layout::line);
    json.member("strategy", sweep.strategies[s]);
    write_estimate(json, race.means[s]);
    json.close_object();
  }
  json.close_array();
  json.close_object();
}

void write_border(JsonWriter& json, const Sweep& sweep, const SweepBorder& border) {
  json.open_object(Layout::line);
  json.member("below", sweep.strategies[border.a]);
  json.member("above", sweep.strategies[border.b]);
  json.member("pointer", sweep.grid[border.along].pointer);
  json.member("value", border.border.value);
  write_interval(json, border.border.ci95);
  json.member("precise", border.border.is_precise);
  json.member("replications", border.border.worlds);
  if (border.other) {
    json.key("where");
    json.open_object(Layout::line);
    json.member("pointer", sweep.grid[1 - border.along].pointer);
    json.member("value", *border.other);
    json.close_object();
  }
  json.close_object();
}

void write_end(JsonWriter& json, const Sweep& sweep, std::string_view name, const Estimate& estimate,
               std::size_t best, bool is_certain) {
  json.key(name);
  json.open_object(Layout::line);
  write_estimate(json, estimate);
  json.member("best", sweep.strategies[best]);
  json.member("certain", is_certain);
  json.close_object();
}

void write_tornado(JsonWriter& json, const Sweep& sweep) {
  json.key("tornado");
  if (!sweep.tornado) return json.null();
  const Tornado& tornado = *sweep.tornado;
  json.open_object();
  json.member("best", sweep.strategies[tornado.best]);
  json.member("other", sweep.strategies[tornado.other]);
  json.key("difference");
  json.open_object(Layout::line);
  write_estimate(json, tornado.base);
  json.close_object();
  json.key("numbers");
  json.open_array();
  for (const TornadoBar& bar : tornado.bars) {
    json.open_object();
    write_parameter(json, bar.parameter, bar.base);
    write_end(json, sweep, "at_low", bar.at_low, bar.best_at_low, bar.is_certain_at_low);
    write_end(json, sweep, "at_high", bar.at_high, bar.best_at_high, bar.is_certain_at_high);
    json.key("total_index");
    if (bar.total) {
      json.open_object(Layout::line);
      json.member("value", bar.total->value);
      json.member("standard_error", bar.total->error);
      json.close_object();
    } else {
      json.null();
    }
    json.close_object();
  }
  json.close_array();
  json.close_object();
}

void write_head(JsonWriter& json, const Sweep& sweep, ProgramInfo program) {
  write_program(json, program);
  json.key("scenario");
  json.open_object(Layout::line);
  json.member("id", sweep.scenario_id);
  json.member("hash", sweep.scenario_hash);
  json.member("harm_unit", sweep.harm_unit);
  json.close_object();
  json.member("seed", sweep.seed);
  json.member("max_replications", sweep.max_worlds);
  json.member("precision", sweep.precision);
  json.member("partial", sweep.is_partial);
  json.key("strategies");
  json.open_array(Layout::line);
  for (const std::string& name : sweep.strategies) json.value(name);
  json.close_array();
  json.key("parameters");
  json.open_array();
  for (std::size_t i = 0; i < sweep.grid.size(); ++i) {
    json.open_object(Layout::line);
    write_parameter(json, sweep.grid[i], sweep.own[i]);
    json.member("points", static_cast<std::uint64_t>(sweep.grid[i].points));
    json.close_object();
  }
  json.close_array();
}

class Lines {
 public:
  explicit Lines(const Sweep& sweep) : sweep_(sweep) {
    text_ = "of," + csv_cell(sweep.grid[0].pointer) + "," +
            csv_cell(sweep.grid.size() > 1 ? sweep.grid[1].pointer : std::string()) +
            ",strategy,statistic,value\r\n";
  }
  void at(std::string_view of, std::optional<double> x, std::optional<double> y) {
    head_ = std::string(of) + "," + (x ? number_text(*x) : "") + "," + (y ? number_text(*y) : "") + ",";
  }
  void add(std::size_t s, std::string_view statistic, double value) {
    text_ += head_ + csv_cell(sweep_.strategies[s]) + "," + std::string(statistic) + "," +
             number_text(value) + "\r\n";
  }
  void add(std::size_t s, std::string_view prefix, const Estimate& e) {
    const std::string p(prefix);
    add(s, p, e.mean);
    const Interval interval = interval_of(e);
    add(s, p + "_ci95_low", interval.low);
    add(s, p + "_ci95_high", interval.high);
  }
  std::string take() { return std::move(text_); }

 private:
  const Sweep& sweep_;
  std::string text_;
  std::string head_;
};

}  // namespace

std::string to_json(const Sweep& sweep, ProgramInfo program) {
  JsonWriter json;
  json.open_object();
  write_head(json, sweep, program);
  json.key("points");
  json.open_array();
  for (const SweepPoint& point : sweep.points) {
    if (point.is_done) write_point(json, sweep, point);
  }
  json.close_array();
  json.key("borders");
  json.open_array();
  for (const SweepBorder& border : sweep.borders) write_border(json, sweep, border);
  json.close_array();
  write_tornado(json, sweep);
  json.close_object();
  return json.take();
}

std::string to_csv(const Sweep& sweep) {
  Lines lines(sweep);
  for (const SweepPoint& point : sweep.points) {
    if (!point.is_done) continue;
    const bool is_map = point.values.size() > 1;
    lines.at("point", point.values[0], is_map ? std::optional(point.values[1]) : std::nullopt);
    for (std::size_t s = 0; s < sweep.strategies.size(); ++s) {
      lines.add(s, "harm_total", point.race.means[s]);
      lines.add(s, "replications", static_cast<double>(point.race.means[s].worlds));
    }
    lines.add(point.race.best, "best", 1);
    lines.add(point.race.best, "certain", point.race.is_certain ? 1 : 0);
    lines.add(point.race.next, "behind_by", point.race.lead);
  }
  for (const SweepBorder& border : sweep.borders) {
    const bool along_x = border.along == 0;
    lines.at("border", along_x ? std::nullopt : border.other, along_x ? border.other : std::nullopt);
    lines.add(border.a, "best_below", border.border.value);
    lines.add(border.b, "best_above", border.border.value);
    lines.add(border.b, "ci95_low", border.border.ci95.low);
    lines.add(border.b, "ci95_high", border.border.ci95.high);
  }
  return lines.take();
}

}  // namespace breakglass::analysis
