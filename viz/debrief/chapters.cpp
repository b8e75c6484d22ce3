#include "viz/debrief/chapters.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "drill/debrief_figures.hpp"
#include "plot/axis.hpp"
#include "viz/text.hpp"

namespace breakglass::viz {
namespace {

plot::Box rest(const Page& page, double y) { return {page.box.left, y, page.box.right, page.box.bottom}; }

// A line of two columns; returns where it ends.
double row(const Page& page, double y, const std::string& left, const std::string& text, ImU32 ink,
           double column) {
  const Canvas& c = page.ui.canvas;
  const double line = c.line();
  put_text_in(c, c.fonts.mono, {page.box.left, y, page.box.left + column * line, y + 1.2 * line}, c.ink.muted,
              left);
  return paragraph(page.ui, c.fonts.text,
                   {page.box.left + (column + 0.5) * line, y, page.box.right, page.box.bottom}, ink, text) +
         0.25 * line;
}

double heading(const Page& page, double y, const std::string& text) {
  const Canvas& c = page.ui.canvas;
  return paragraph(page.ui, c.fonts.bold, rest(page, y), c.ink.text, text) + 0.3 * c.line();
}

double words(const Page& page, double y, const std::string& text) {
  const Canvas& c = page.ui.canvas;
  return paragraph(page.ui, c.fonts.text, rest(page, y), c.ink.muted, text) + 0.4 * c.line();
}

double not_graded(const Page& page) {
  return words(page, page.box.top,
               page.screen.working ? "The grade is being made; this chapter comes with it."
                                   : "There is no grade: it was cancelled, or nothing was decided.");
}

// What a bar stands on: [low, high] from edge to edge.
struct Axis {
  double low = 0;
  double high = 1;
};

// From `from` to `to`; the number stands at the right.
double number_bar(const Page& page, double y, const std::string& name, double from, double to,
                  const Axis& axis, ImU32 ink, const std::string& text) {
  const Canvas& c = page.ui.canvas;
  const double line = c.line();
  const double label = std::min(15 * line, 0.34 * page.box.width());
  const double numbers = std::min(13 * line, 0.3 * page.box.width());
  put_text_in(c, c.fonts.text, {page.box.left, y, page.box.left + label, y + 1.4 * line}, c.ink.text, name);
  const plot::Box bar{page.box.left + label + 0.4 * line, y + 0.2 * line,
                      page.box.right - numbers - 0.4 * line, y + 1.2 * line};
  const plot::Scale x{axis.low, axis.high, bar.left, bar.right};
  const double left = std::min(x(from), x(to));
  const double right = std::max(x(from), x(to));
  fill(c, {left, bar.top, std::max(right, left + c.fonts.scale), bar.bottom}, ink);
  if (axis.low < 0) c.list->AddLine(vec({x(0), bar.top}), vec({x(0), bar.bottom}), c.ink.axis);
  put_text_in(c, c.fonts.mono, {page.box.right - numbers, y, page.box.right, y + 1.4 * line}, c.ink.text,
              text, plot::Anchor::end);
  return y + 1.5 * line;
}

}  // namespace

std::string harm_text(const Page& page, double harm) {
  return fmt::format("{} {}", amount_text(harm), page.screen.unit);
}

std::string verdict_text(const Page& page, const drill::GradedDecision& d) {
  const drill::Grade& grade = page.screen.debrief->grade;
  if (d.label == drill::Label::fine && d.loss <= 0.02 * grade.stake)
    return fmt::format("fine: gave up {} ± {}", amount_text(std::max(0.0, d.loss)), harm_text(page, d.se));
  return fmt::format("{}: gave up {} ± {} ({} of the stake)", drill::name_of(d.label), amount_text(d.loss),
                     harm_text(page, d.se), plot::short_percent(d.loss / grade.stake));
}

double draw_replay(const Page& page) {
  const Canvas& c = page.ui.canvas;
  double y = heading(page, page.box.top, "What happened, and what you decided");
  std::size_t decided = 0;
  const auto& decisions =
      page.screen.debrief ? page.screen.debrief->actions : std::vector<drill::DoneAction>{};
  y = words(page, y, fmt::format("{} decisions; yours are marked.", decisions.size()));
  for (std::size_t i = 0; i < page.screen.messages.size(); ++i) {
    while (decided < decisions.size() && decisions[decided].at < page.screen.messages[i].at) {
      y = row(page, y, decisions[decided].clock, "you: " + plain(decisions[decided].line), c.ink.change, 6);
      ++decided;
    }
    y = row(page, y, page.screen.clocks[i], page.screen.messages[i].text, c.ink.text, 6);
  }
  for (; decided < decisions.size(); ++decided)
    y = row(page, y, decisions[decided].clock, "you: " + plain(decisions[decided].line), c.ink.change, 6);
  return y;
}

double draw_better(const Page& page) {
  if (!page.screen.graded) return not_graded(page);
  const Canvas& c = page.ui.canvas;
  const double line = c.line();
  double y = heading(page, page.box.top, "Was there a better move?");
  y = words(page, y, "At each decision, before the verdict: what would you do now, at what you knew then?");
  const auto& decisions = page.screen.debrief->grade.decisions;
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    if (!decisions[i].counts || decisions[i].options.size() < 2) continue;
    y = row(page, y, decisions[i].clock,
            "you " + (decisions[i].acted ? "chose: " + plain(decisions[i].did) : "waited"), c.ink.text, 6);
    Row buttons = row_in(page.ui, {page.box.left + 6.5 * line, y, page.box.right, page.box.bottom});
    for (std::size_t o = 0; o < decisions[i].options.size(); ++o) {
      const std::string& option = decisions[i].options[o].option;
      const auto found = page.desk.picked.find(static_cast<int>(i));
      Button how;
      how.text = plain(option);
      how.selected = found != page.desk.picked.end() && found->second == static_cast<int>(o);
      if (button(page.ui, fmt::format("{}.{} {}", i, o, option),
                 next(buttons, button_width(page.ui, how.text)), how))
        page.desk.picked[static_cast<int>(i)] = static_cast<int>(o);
    }
    y = below(buttons) + 0.3 * line;
  }
  return y;
}

double draw_verdict(const Page& page) {
  if (!page.screen.graded) return not_graded(page);
  const Canvas& c = page.ui.canvas;
  const drill::Grade& grade = page.screen.debrief->grade;
  double y =
      heading(page, page.box.top,
              fmt::format("Mean loss {} ± {} of the stake a decision", plot::short_percent(grade.mean_loss),
                          plot::short_percent(grade.mean_loss_se)));
  y = words(
      page, y,
      fmt::format("The stake is {}. Against \"{}\", at what could be known then; ± is one standard error.",
                  harm_text(page, grade.stake), plain(grade.reference)));
  for (std::size_t i = 0; i < grade.decisions.size(); ++i) {
    const drill::GradedDecision& d = grade.decisions[i];
    if (!d.counts) continue;
    const bool bad = d.label == drill::Label::mistake || d.label == drill::Label::blunder;
    y = row(page, y, d.clock, fmt::format("{}. {}", plain(d.did), verdict_text(page, d)),
            bad ? c.ink.bad : c.ink.text, 6);
    for (const drill::OptionValue& option : d.options) {
      if (option.worse <= 0) {
        y = row(page, y, "",
                "best: " + plain(option.option) + ", " + harm_text(page, option.mean) + " in the mean",
                c.ink.muted, 6);
        break;
      }
    }
    const auto picked = page.desk.picked.find(static_cast<int>(i));
    if (picked == page.desk.picked.end()) continue;
    const drill::OptionValue& now = d.options[static_cast<std::size_t>(picked->second)];
    y = row(page, y, "",
            fmt::format("you would now take: {}, {} worse than the best ± {}", plain(now.option),
                        amount_text(std::max(0.0, now.worse)), amount_text(now.se)),
            c.ink.muted, 6);
  }
  return y;
}

double draw_belief(const Page& page) {
  const Canvas& c = page.ui.canvas;
  const double line = c.line();
  if (!page.screen.graded) return not_graded(page);
  const drill::Debrief& d = *page.screen.debrief;
  double y = heading(page, page.box.top, "P(regression): an ideal observer, and you");
  y = words(page, y,
            d.stated_regression < 0
                ? "You stated no probability of a regression."
                : fmt::format("You stated {}.", plot::short_percent(d.stated_regression)));
  for (const drill::GradedDecision& decision : d.grade.decisions) {
    if (decision.believed < 0) continue;
    const double left = page.box.left + 6.5 * line;
    const double width = std::min(20 * line, page.box.right - left - 5 * line);
    put_text_in(c, c.fonts.mono, {page.box.left, y, left, y + 1.3 * line}, c.ink.muted, decision.clock);
    fill(c, {left, y + 0.5 * line, left + width, y + 0.8 * line}, c.ink.raised);
    fill(c, {left, y + 0.35 * line, left + width * decision.believed, y + 0.95 * line}, c.ink.arms[2]);
    if (d.stated_regression >= 0) {
      const double at = left + width * d.stated_regression;
      put_line(c, {{at, y + 0.1 * line}, {at, y + 1.2 * line}}, c.ink.text, plot::Dash::solid,
               2 * c.fonts.scale, c.fonts.scale);
    }
    put_text_in(c, c.fonts.mono, {left + width + 0.5 * line, y, page.box.right, y + 1.3 * line}, c.ink.text,
                plot::short_percent(decision.believed));
    y += 1.5 * line;
  }
  return words(page, y + 0.3 * line,
               "Bars: what the published readings allowed to believe. The stroke: what you stated last.");
}

double draw_luck(const Page& page) {
  if (!page.screen.graded) return not_graded(page);
  const Canvas& c = page.ui.canvas;
  const drill::Grade& g = page.screen.debrief->grade;
  double y = heading(page, page.box.top, "Skill and luck");
  y = words(page, y,
            "What was to be expected at the page, plus what your decisions added, plus what happened, is "
            "what it came "
            "to. Luck is zero in the mean.");
  const plot::Scene scene = drill::harm_steps_scene(drill::harm_steps(g), {.origin = {page.box.left, y},
                                                                           .width = page.box.width(),
                                                                           .text_height = c.line(),
                                                                           .char_width = digit_width(c)});
  put_scene(c, scene, Palette::arms);
  y = scene.frame.bottom;
  y = words(page, y + 0.4 * c.line(),
            fmt::format("Your decisions added {}, luck {} ± {}.", amount_text(g.skill), amount_text(g.luck),
                        amount_text(g.luck_se)));
  return words(page, y,
               fmt::format("Without luck it came to {}; rounding left {}.",
                           harm_text(page, g.luck_adjusted()), amount_text(g.residual)));
}

double draw_tasks(const Page& page) {
  const Canvas& c = page.ui.canvas;
  const drill::Debrief& d = *page.screen.debrief;
  double y = heading(page, page.box.top, "Critical tasks: passed or failed, never averaged");
  for (const drill::CriticalTask& task : d.tasks)
    y = row(page, y, task.passed ? "passed" : "FAILED", task.name + ": " + plain(task.evidence),
            task.passed ? c.ink.text : c.ink.bad, 4.5);
  y = heading(page, y + 0.5 * c.line(),
              d.mistakes.empty() ? "None of the common mistakes" : "Common mistakes");
  for (std::size_t i = 0; i < d.mistakes.size(); ++i)
    y = row(page, y, d.mistake_times[i],
            fmt::format("{}: {}", drill::name_of(d.mistakes[i].mistake), plain(d.mistakes[i].evidence)),
            c.ink.bad, 6);
  return y;
}

double draw_others(const Page& page) {
  const Canvas& c = page.ui.canvas;
  const drill::Debrief& d = *page.screen.debrief;
  double y = heading(page, page.box.top, "Others in the same world");
  y = words(page, y,
            "One world, one luck: what came of it, not what was to be expected. " + page.screen.unit + ".");
  Axis axis{0, std::max(d.harm, 1e-9)};
  for (const auto& other : d.others) axis.high = std::max(axis.high, other.harm);
  y = number_bar(page, y, "you", 0, d.harm, axis, c.ink.change, amount_text(d.harm));
  for (const drill::OtherStrategy& other : d.others)
    y = number_bar(page, y, plain(other.name), 0, other.harm, axis, c.ink.stable, amount_text(other.harm));
  return y;
}

double draw_hindsight(const Page& page) {
  const drill::Debrief& d = *page.screen.debrief;
  double y = heading(page, page.box.top, "Hindsight: what nobody could have known");
  y = words(page, y, "It judges nothing: a perfect player looks wrong in hindsight now and then.");
  for (const std::string& line : d.hindsight) y = row(page, y, "", plain(line), page.ui.canvas.ink.text, 1);
  return y;
}

}  // namespace breakglass::viz
