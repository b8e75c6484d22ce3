#include "drill/overlay.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "plot/axis.hpp"
#include "plot/charts.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::drill {
namespace {

constexpr double kWide = 720, kNarrow = 344, kHeight = 210, kChar = 7.2;
constexpr std::size_t kTold = 5;  // more cannot be told apart
constexpr plot::Dash kDashes[kTold] = {plot::Dash::solid, plot::Dash::dashed, plot::Dash::dotted,
                                       plot::Dash::dash_dot, plot::Dash::long_dash};
constexpr const char* kDashNames[kTold] = {"solid", "dashed", "dotted", "dash and dot", "long dashes"};

std::string number(double value) { return plot::short_number(value, 3); }
std::string said(const std::string& text) { return scenarios::visible(text); }

plot::Series series_of(const Debrief& d, double CoursePoint::* value, plot::Shape shape, double until_s) {
  plot::Series series;
  series.shape = shape;
  for (const CoursePoint& p : d.course.points) series.points.push_back({sim::to_seconds(p.at), p.*value});
  series.held_until_s = until_s;
  return series;
}

double last_s(const std::vector<LaidOver>& drills) {
  double last = 1;
  for (const LaidOver& d : drills) last = std::max(last, sim::to_seconds(d.debrief.course.points.back().at));
  return last;
}

plot::Scene scene_of(const std::vector<LaidOver>& drills, double CoursePoint::* value, bool is_weight,
                     double width) {
  plot::Frame frame;
  frame.box = {0, 0, width, kHeight};
  frame.char_width = kChar;
  frame.left_margin = plot::label_width(frame, is_weight ? 4 : 8);
  frame.right_margin = 2 * kChar;
  frame.to_s = last_s(drills);
  frame.local_zero_s = drills[0].debrief.course.local_zero_s;
  plot::TimeSeries data;
  if (is_weight) {
    data.style = plot::NumberStyle::percent;
    data.top = 1.05;
  }
  for (std::size_t i = 0; i < drills.size(); ++i) {
    const bool told = drills.size() <= kTold;
    const Debrief& d = drills[i].debrief;
    plot::Series series = series_of(d, value, is_weight ? plot::Shape::step : plot::Shape::straight,
                                    sim::to_seconds(d.course.points.back().at));
    series.ink = plot::series_ink(told ? static_cast<int>(i) : 4);
    series.dash = told ? kDashes[i] : plot::Dash::solid;
    data.series.push_back(std::move(series));
  }
  return plot::time_series(data, frame);
}

Figure figure_of(const std::vector<LaidOver>& drills, bool is_weight) {
  const auto value = is_weight ? &CoursePoint::weight : &CoursePoint::reckoned;
  Figure f;
  f.id = is_weight ? "weight" : "harm";
  f.title = is_weight ? "Traffic on the change" : "Harm, as each room reckoned it";
  const auto [least, most] =
      std::minmax_element(drills.begin(), drills.end(),
                          [](const auto& a, const auto& b) { return a.debrief.harm < b.debrief.harm; });
  f.description =
      is_weight ? fmt::format("{} drills in the same world, each line until its trainee's part ended.",
                              drills.size())
                : fmt::format("In the end it was from {} ({}) to {} ({}) {}.", number(least->debrief.harm),
                              said(least->name), number(most->debrief.harm), said(most->name),
                              said(drills[0].debrief.harm_unit));
  f.wide = scene_of(drills, value, is_weight, kWide);
  f.narrow = scene_of(drills, value, is_weight, kNarrow);
  f.table = {is_weight ? "When each first had traffic on the change, and when all of it"
                       : "Harm when each trainee's part ended, as reckoned",
             {"who"},
             {},
             {false, true, true}};
  if (is_weight)
    f.table.headers.insert(f.table.headers.end(), {"first traffic", "all traffic"});
  else
    f.table.headers.insert(f.table.headers.end(), {"ended", "as reckoned"});
  for (std::size_t i = 0; i < drills.size(); ++i) {
    const auto& points = drills[i].debrief.course.points;
    if (drills.size() <= kTold)
      f.key.emplace_back(plot::series_ink(static_cast<int>(i)),
                         fmt::format("{} ({})", said(drills[i].name), kDashNames[i]));
    const auto reaches = [&](double weight) {
      const auto at = std::find_if(points.begin(), points.end(),
                                   [&](const CoursePoint& p) { return p.weight > 0 && p.weight >= weight; });
      return at == points.end() ? std::string("never") : at->clock;
    };
    f.table.rows.push_back({said(drills[i].name), is_weight ? reaches(0) : points.back().clock,
                            is_weight ? reaches(1) : number(points.back().reckoned)});
  }
  return f;
}

Table grades_table(const std::vector<LaidOver>& drills) {
  Table t{fmt::format("What each came to, in {}", said(drills[0].debrief.harm_unit)),
          {"who", "harm", "with average luck", "loss of a decision", "tasks", "mistakes"},
          {},
          {false, true, true, true, true, false}};
  for (const LaidOver& laid : drills) {
    const Debrief& d = laid.debrief;
    const Grade& g = d.grade;
    const bool graded = !g.decisions.empty();
    const auto passed =
        std::count_if(d.tasks.begin(), d.tasks.end(), [](const auto& task) { return task.passed; });
    std::string mistakes;
    for (const Finding& f : d.mistakes)
      mistakes += (mistakes.empty() ? "" : ", ") + std::string(id_of(f.mistake));
    t.rows.push_back(
        {said(laid.name), number(d.harm),
         graded ? fmt::format("{} ± {}", number(g.luck_adjusted()), number(kSure * g.luck_se)) : "not over",
         graded ? fmt::format("{} ± {}", plot::short_percent(g.mean_loss),
                              plot::short_percent(kSure * g.mean_loss_se))
                : "not over",
         fmt::format("{} of {}", passed, d.tasks.size()), mistakes.empty() ? "none" : mistakes});
  }
  return t;
}

}  // namespace

std::string overlay_problem(std::span<const LogHeader> logs) {
  const LogHeader& first = logs.front();
  const LogHeader& last = logs.back();
  const auto differ = [](const char* what, const std::string& a, const std::string& b) {
    return fmt::format("the {} is {} in one and {} in the other", what, scenarios::visible(a, 60),
                       scenarios::visible(b, 60));
  };
  if (first.hash != last.hash)
    return first.scenario == last.scenario ? differ("scenario's hash", first.hash, last.hash)
                                           : differ("scenario", first.scenario, last.scenario);
  if (first.setup.seed != last.setup.seed)
    return differ("seed", std::to_string(first.setup.seed), std::to_string(last.setup.seed));
  if (first.setup.replication != last.setup.replication)
    return differ("replication", std::to_string(first.setup.replication),
                  std::to_string(last.setup.replication));
  if (first.setup.mode != last.setup.mode)
    return differ("mode", std::string(kModes[static_cast<std::size_t>(first.setup.mode)]),
                  std::string(kModes[static_cast<std::size_t>(last.setup.mode)]));
  if (!same_injects(first.setup.injects, last.setup.injects)) return "they had different lesson plans";
  if (last.setup.branch && last.setup.branch->luck > 0) return "new luck is another world";
  return "";
}

Page overlay_page(const std::vector<LaidOver>& drills) {
  const Debrief& first = drills[0].debrief;
  Page page;
  page.title = "Side by side: " + said(first.title);
  page.blocks.push_back(heading(1, page.title));
  page.blocks.push_back(
      paragraph(fmt::format("{} drills of {} in one world: seed {}, replication {}, mode {}. What happened "
                            "to one would have happened to all; "
                            "what differs is what was decided.",
                            drills.size(), said(first.scenario), first.seed, first.replication, first.mode)));
  page.blocks.push_back(table(grades_table(drills)));
  page.blocks.push_back(paragraph(fmt::format(
      "Harm is what it came to; with average luck, what the same decisions would have come to on average; "
      "the loss of "
      "a decision is in shares of the stake, {} here. Every ± is {} standard errors.",
      first.grade.decisions.empty() ? "which is reckoned once a drill is over" : number(first.grade.stake),
      kSure)));
  page.blocks.push_back(figure(figure_of(drills, true)));
  page.blocks.push_back(figure(figure_of(drills, false)));
  page.blocks.push_back(paragraph(fmt::format("Made by breakglass {}; scenario hash {}. Simulated.",
                                              BREAKGLASS_VERSION, said(first.hash))));
  return page;
}

}  // namespace breakglass::drill
