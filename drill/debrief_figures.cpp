#include "drill/debrief_figures.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "plot/marks.hpp"

namespace breakglass::drill {
namespace {

constexpr double kWide = 720, kNarrow = 344, kHeight = 210, kChar = 7.2;
constexpr std::size_t kTableRows = 12;

plot::Frame frame_of(const Debrief& d, double width, int label_characters) {
  plot::Frame frame;
  frame.box = {0, 0, width, kHeight};
  frame.char_width = kChar;
  frame.left_margin = plot::label_width(frame, label_characters);
  frame.right_margin = 2 * kChar;
  frame.to_s = std::max(1.0, sim::to_seconds(d.course.points.back().at));
  frame.local_zero_s = d.course.local_zero_s;
  return frame;
}

std::vector<plot::Mark> marks_of(const Debrief& d) {
  std::vector<plot::Mark> marks;
  for (std::size_t i = 0; i < d.numbered.size(); ++i) {
    const GradedDecision& decision = d.grade.decisions[d.numbered[i].index];
    marks.push_back({sim::to_seconds(decision.at), std::to_string(i + 1)});
  }
  return marks;
}

plot::Series series_of(const Debrief& d, double CoursePoint::* value, plot::Ink ink, plot::Shape shape) {
  plot::Series series;
  series.ink = ink;
  series.shape = shape;
  for (const CoursePoint& p : d.course.points) series.points.push_back({sim::to_seconds(p.at), p.*value});
  series.held_until_s = sim::to_seconds(d.course.points.back().at);
  return series;
}

// At most so many points, evenly by their number, the first and the last among them.
std::vector<const CoursePoint*> few(const std::vector<CoursePoint>& points) {
  std::vector<const CoursePoint*> out;
  const std::size_t rows = std::min(points.size(), kTableRows);
  for (std::size_t i = 0; i < rows; ++i)
    out.push_back(&points[rows == 1 ? 0 : i * (points.size() - 1) / (rows - 1)]);
  return out;
}

std::string number(double value) { return plot::short_number(value, 3); }

const CoursePoint& last_of(const Debrief& d) { return d.course.points.back(); }

}  // namespace

std::string belief_text(double p) {
  if (p > 0 && p < 0.0001) return "<0.01%";
  if (p < 1 && p > 0.9999) return ">99.99%";
  return plot::short_percent(p);
}

std::string signed_amount(double amount) {
  const std::string text = number(amount);
  return amount > 0 && text != "0" ? "+" + text : text;
}

plot::Scene weight_scene(const Debrief& d, const plot::Frame& frame) {
  plot::TimeSeries data;
  data.style = plot::NumberStyle::percent;
  data.top = 1.05;
  data.series.push_back(series_of(d, &CoursePoint::weight, plot::series_ink(0), plot::Shape::step));
  plot::Scene scene = plot::time_series(data, frame);
  plot::add_marks(scene, frame, marks_of(d));
  return scene;
}

plot::Scene harm_scene(const Debrief& d, const plot::Frame& frame, bool truth) {
  plot::TimeSeries data;
  data.series.push_back(series_of(d, &CoursePoint::reckoned, plot::series_ink(0), plot::Shape::straight));
  if (truth) {
    data.series.push_back(series_of(d, &CoursePoint::harm, plot::series_ink(1), plot::Shape::straight));
    data.series.back().dash = plot::Dash::long_dash;
  }
  plot::Scene scene = plot::time_series(data, frame);
  plot::add_marks(scene, frame, marks_of(d));
  return scene;
}

plot::Scene belief_scene(const Debrief& d, const plot::Frame& frame) {
  plot::TimeSeries data;
  data.style = plot::NumberStyle::percent;
  data.top = 1;
  bool is_open = false;  // a line ends where there is no change to believe anything of
  for (const CoursePoint& p : d.course.points) {
    const double x = sim::to_seconds(p.at);
    if (p.believed >= 0) {
      if (!is_open) data.series.push_back({{}, plot::series_ink(0), plot::Dash::solid, plot::Shape::step, 0});
      data.series.back().points.push_back({x, p.believed});
    }
    is_open = p.believed >= 0;
  }
  plot::Series stated{{}, plot::series_ink(1), plot::Dash::dashed, plot::Shape::step, frame.to_s};
  for (const StatedBelief& s : d.course.stated) {
    if (s.regression >= 0) stated.points.push_back({sim::to_seconds(s.at), s.regression});
  }
  if (!stated.points.empty()) data.series.push_back(stated);
  plot::Scene scene = plot::time_series(data, frame);
  plot::add_marks(scene, frame, marks_of(d));
  return scene;
}

std::string label_of(const HarmStep& step) {
  using Kind = HarmStep::Kind;
  const std::string name = step.number > 0 ? fmt::format("decision {}", step.number)
                                           : fmt::format("what you did at {}", step.clock);
  switch (step.kind) {
    case Kind::at_page: return "expected when the page came";
    case Kind::decision: return fmt::format("{}: {}", name, step.did);
    case Kind::luck:
      return step.number > 0 ? fmt::format("luck after decision {}", step.number)
                             : fmt::format("luck after {}", step.clock);
    case Kind::other_decisions: return "all other decisions";
    case Kind::other_luck: return "all other luck";
    case Kind::in_the_end: return "what it came to";
  }
  return "";
}

plot::Scene harm_steps_scene(const std::vector<HarmStep>& steps, const plot::WaterfallFrame& frame) {
  using Kind = HarmStep::Kind;
  plot::Waterfall data;
  for (const HarmStep& step : steps) {
    plot::WaterfallRow row;
    row.label = label_of(step);
    row.amount = step.amount;
    row.is_total = step.kind == Kind::at_page || step.kind == Kind::in_the_end;
    row.value = row.is_total ? number(step.amount) : signed_amount(step.amount);
    row.outlined = step.kind == Kind::luck || step.kind == Kind::other_luck;
    row.ink = plot::series_ink(row.is_total ? 4 : row.outlined ? 0 : step.amount > 0 ? 1 : 2);
    data.rows.push_back(row);
  }
  return plot::waterfall(data, frame);
}

Figure weight_figure(const Debrief& d) {
  Figure f;
  f.id = "weight";
  f.title = "Traffic on the change";
  double most = 0;
  for (const CoursePoint& p : d.course.points) most = std::max(most, p.weight);
  f.description = most <= 0 ? "The change never met traffic."
                            : fmt::format("It reached {} of traffic, and stood at {} when your part ended.",
                                          plot::short_percent(most), plot::short_percent(last_of(d).weight));
  if (!d.numbered.empty()) f.description += " The numbers are your decisions.";
  f.wide = weight_scene(d, frame_of(d, kWide, 4));
  f.narrow = weight_scene(d, frame_of(d, kNarrow, 4));
  f.table = {"Traffic on the change, whenever it changed", {"when", "share of traffic"}, {}, {false, true}};
  double before = -1;
  for (const CoursePoint& p : d.course.points) {
    if (p.weight != before) f.table.rows.push_back({p.clock, plot::short_percent(p.weight)});
    before = p.weight;
  }
  return f;
}

Figure harm_figure(const Debrief& d, bool truth) {
  Figure f;
  f.id = truth ? "harm-truth" : "harm";
  f.title = truth ? "Harm as it was reckoned, and as it was" : "Harm, as the room reckoned it";
  const CoursePoint& last = last_of(d);
  f.description =
      fmt::format("When your part ended, {} {} were reckoned", number(last.reckoned), d.harm_unit);
  f.description += truth ? fmt::format("; in truth it was {}.", number(last.harm)) : std::string(".");
  f.wide = harm_scene(d, frame_of(d, kWide, 8), truth);
  f.narrow = harm_scene(d, frame_of(d, kNarrow, 8), truth);
  f.key = {{plot::series_ink(0), "as reckoned (solid)"}};
  if (truth) f.key.emplace_back(plot::series_ink(1), "as it was (dashed)");
  f.table = {
      fmt::format("Harm so far, in {}", d.harm_unit), {"when", "as reckoned"}, {}, {false, true, true}};
  if (truth) f.table.headers.emplace_back("as it was");
  for (const CoursePoint* p : few(d.course.points)) {
    f.table.rows.push_back({p->clock, number(p->reckoned)});
    if (truth) f.table.rows.back().push_back(number(p->harm));
  }
  return f;
}

Figure belief_figure(const Debrief& d) {
  Figure f;
  f.id = "belief";
  f.title = "How likely it was that the change carries a regression";
  f.description =
      "The solid line is what somebody would have believed who forgot nothing and reckoned without error, "
      "from what was published by then. The dashed line is what you said.";
  f.wide = belief_scene(d, frame_of(d, kWide, 4));
  f.narrow = belief_scene(d, frame_of(d, kNarrow, 4));
  f.key = {{plot::series_ink(0), "an ideal observer (solid)"}, {plot::series_ink(1), "you (dashed)"}};
  f.table = {"P(regression) of an ideal observer", {"when", "P(regression)"}, {}, {false, true}};
  std::vector<CoursePoint> held;
  for (const CoursePoint& p : d.course.points) {
    if (p.believed >= 0 && (held.empty() || belief_text(held.back().believed) != belief_text(p.believed)))
      held.push_back(p);
  }
  for (const CoursePoint* p : few(held)) f.table.rows.push_back({p->clock, belief_text(p->believed)});
  return f;
}

Figure harm_steps_figure(const Debrief& d) {
  const std::vector<HarmStep> steps = harm_steps(d.grade);
  Figure f;
  f.id = "skill-luck";
  f.title = "Skill and luck";
  f.description = fmt::format(
      "From {} {} that were to be expected, your decisions changed {} and luck {}; it came to {}.",
      number(d.grade.at_page), d.harm_unit, signed_amount(d.grade.skill), signed_amount(d.grade.luck),
      number(d.grade.in_the_end));
  f.wide = harm_steps_scene(steps, {.width = kWide, .char_width = kChar});
  f.narrow = harm_steps_scene(steps, {.width = kNarrow, .char_width = kChar});
  f.key = {{plot::series_ink(1), "a decision that cost"},
           {plot::series_ink(2), "a decision that saved"},
           {plot::series_ink(0), "luck (lighter, dashed edge)"},
           {plot::series_ink(4), "what was expected, and what it came to"}};
  f.table = {fmt::format("The same in numbers, in {}", d.harm_unit), {"step", "harm"}, {}, {false, true}};
  for (const HarmStep& step : steps) {
    const bool total = step.kind == HarmStep::Kind::at_page || step.kind == HarmStep::Kind::in_the_end;
    f.table.rows.push_back({label_of(step), total ? number(step.amount) : signed_amount(step.amount)});
  }
  return f;
}

}  // namespace breakglass::drill
