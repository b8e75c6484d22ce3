#include "cli/timeline_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/layout.hpp"
#include "cli/numbers.hpp"
#include "scenarios/visible.hpp"
#include "sim/model/harm.hpp"

namespace breakglass::cli {
namespace {

using analysis::LineKind;

struct Kind {
  char mark;
  Tone tone;
};

// What is decided, shown and told apart by a mark as well as by its tone.
Kind look_of(LineKind kind) {
  switch (kind) {
    case LineKind::event: return {' ', Tone::plain};
    case LineKind::dashboard: return {'|', Tone::dim};
    case LineKind::decision: return {'>', Tone::strong};
    case LineKind::fact: return {'"', Tone::plain};
    case LineKind::hindsight: return {'!', Tone::accent};
  }
  return {' ', Tone::plain};
}

constexpr std::string_view kLegend =
    "> a decision   | a dashboard   \" what people are told   ! seen only in hindsight";

// The columns of the timeline, left to right. A narrow terminal does without the observer's belief.
struct Columns {
  std::size_t clock = 9;    // "Wed 22:07"
  std::size_t elapsed = 9;  // "167:59:00"
  std::size_t harm = 4;
  std::size_t belief = 8;
  std::size_t text = 0;
};

// What is reckoned is not known to more than three digits, and hardly to those.
std::string reckoned(double harm) { return amount(harm, 3); }

std::string harm_of(const analysis::TimelineLine& line, bool hindsight) {
  return hindsight ? amount(line.harm) : reckoned(line.reckoned);
}

Columns columns_for(const analysis::Timeline& timeline, std::size_t width, bool hindsight) {
  Columns c;
  for (const auto& line : timeline.lines) {
    c.clock = std::max(c.clock, scenarios::display_width(line.clock));
    c.harm = std::max(c.harm, harm_of(line, hindsight).size());
  }
  if (width < 72) c.belief = 0;
  const std::size_t fixed = c.clock + 1 + c.elapsed + 4 + (c.belief > 0 ? c.belief + 2 : 0) + 2 + c.harm;
  c.text = std::max<std::size_t>(width > fixed ? width - fixed : 0, 16);
  return c;
}

std::string right_part(const Columns& c, std::string_view belief, std::string_view harm) {
  std::string out = c.belief > 0 ? "  " + padded(belief, c.belief, Align::right) : std::string();
  return out + "  " + padded(harm, c.harm, Align::right);
}

std::string print_line(const Columns& c, const analysis::TimelineLine& line, bool hindsight, bool colour) {
  const Kind look = look_of(line.kind);
  const std::vector<std::string> texts = wrap(scenarios::visible(line.text), c.text);
  std::string out = padded(line.clock, c.clock) + ' ' +
                    padded(clock_text(sim::to_seconds(line.at)), c.elapsed, Align::right) + "  " + look.mark +
                    ' ';
  const std::string blanks(c.text - std::min(c.text, scenarios::display_width(texts[0])), ' ');
  out += toned(texts[0], look.tone, colour) + blanks;
  out += right_part(c, line.belief < 0 ? "" : percent(line.belief), harm_of(line, hindsight)) + '\n';
  for (std::size_t i = 1; i < texts.size(); ++i) {
    out += std::string(c.clock + 1 + c.elapsed + 4, ' ') + toned(texts[i], look.tone, colour) + '\n';
  }
  return out;
}

std::string time_text(sim::Time at, double horizon_s) {
  return at == sim::kNever ? "not within " + in_words(horizon_s)
                           : in_words(sim::to_seconds(at)) + " after the page";
}

std::string yes_no(bool flag) { return flag ? "yes" : "no"; }

std::string harm_by_source(const sim::Outcome& outcome) {
  constexpr const char* kNames[] = {"before the fix", "despite the fix", "by a regression",
                                    "past the deadline", "by containment"};
  std::string out;
  for (std::size_t s = 0; s < outcome.harm.size(); ++s) {
    if (outcome.harm[s] <= 0) continue;
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", amount(outcome.harm[s]), kNames[s]);
  }
  return out;
}

std::string rollback_text(const sim::Outcome& o) {
  if (!o.has(sim::Flag::rolled_back)) return "no";
  std::string out = o.has(sim::Flag::rolled_back_clean) ? "yes, a change that was clean"
                                                        : "yes, a change that carried a regression";
  return o.has(sim::Flag::rollback_failed) ? out + "; a try failed" : out;
}

std::string regression_text(const sim::Outcome& o) {
  if (!o.has(sim::Flag::regression_present)) return "none shipped";
  return fmt::format(
      "shipped, {} on it; reached 100%: {}",
      o.requests_on_regression == 1 ? "1 request" : amount(o.requests_on_regression) + " requests",
      yes_no(o.has(sim::Flag::regression_reached_full)));
}

// What the postmortem can say without knowing the truth.
std::string print_known(const analysis::Timeline& timeline, const TimelineAbout& about,
                        const Console& console) {
  const sim::Outcome& o = timeline.outcome;
  const analysis::Known& known = timeline.known;
  std::string out =
      toned("What was known after " + in_words(about.horizon_s), Tone::strong, console.colour) + '\n';
  const auto line = [&](std::string_view lead, const std::string& text) {
    out += hanging(lead, text, console.width);
  };
  line("  first request  ", time_text(o.shipped_at, about.horizon_s));
  line("  100%           ", time_text(o.full_at, about.horizon_s));
  line("  harm stopped   ", known.verified_at == sim::kNever
                                ? "not verified"
                                : "verified " + time_text(known.verified_at, about.horizon_s));
  line("  regression     ", known.found_at == sim::kNever
                                ? "none was found"
                                : "one was found " + time_text(known.found_at, about.horizon_s));
  const bool failed = o.has(sim::Flag::rollback_failed);
  line("  rolled back    ",
       yes_no(o.has(sim::Flag::rolled_back)) + std::string(failed ? "; a try failed" : ""));
  if (about.has_deadline) line("  deadline       ", known.deadline_missed ? "missed" : "met");
  if (about.has_users) line("  users harmed   ", "not measured");
  line("  harm           ", fmt::format("about {} {}, as reckoned; not measured", reckoned(known.harm),
                                        scenarios::visible(about.harm_unit, 40)));
  return out;
}

std::string print_outcome(const analysis::Timeline& timeline, const TimelineAbout& about,
                          const Console& console) {
  const sim::Outcome& o = timeline.outcome;
  std::string out =
      toned("Outcome after " + in_words(about.horizon_s) + ", in hindsight", Tone::strong, console.colour) +
      '\n';
  const auto line = [&](std::string_view lead, const std::string& text) {
    out += hanging(lead, text, console.width);
  };
  line("  first request  ", time_text(o.shipped_at, about.horizon_s));
  line("  100%           ", time_text(o.full_at, about.horizon_s));
  line("  harm stopped   ", o.has(sim::Flag::false_alarm) ? "there was none: the emergency was a false alarm"
                                                          : time_text(o.harm_stopped_at, about.horizon_s));
  line("  regression     ", regression_text(o));
  line("  rolled back    ", rollback_text(o));
  if (about.has_deadline) line("  deadline       ", timeline.known.deadline_missed ? "missed" : "met");
  if (about.has_users) line("  users harmed   ", amount(o.users_harmed));
  if (const std::string sources = harm_by_source(o); !sources.empty()) line("  harm           ", sources);
  return out;
}

std::string harm_header(const TimelineAbout& about) {
  const std::string unit = scenarios::visible(about.harm_unit, 40);
  if (about.hindsight) return "so far, in " + unit;
  return "in " + unit +
         ", as people reckon it then: at the page's rate, and as if the fix worked until it is found not to; "
         "--hindsight shows what it was";
}

// The last line: what it came to.
std::string last_sentence(const analysis::Timeline& timeline, const TimelineAbout& about) {
  const std::string world =
      fmt::format("{} in this world (replication {} of seed {}):", scenarios::visible(about.strategy, 32),
                  about.replication, about.seed);
  const std::string unit = scenarios::visible(about.harm_unit, 40);
  if (about.hindsight)
    return fmt::format("{} {} {} by {} after the page.", world, amount(sim::total_harm(timeline.outcome)),
                       unit, in_words(about.horizon_s));
  return fmt::format("{} about {} {} by {} after the page, as reckoned by those who were there.", world,
                     reckoned(timeline.known.harm), unit, in_words(about.horizon_s));
}

std::string print_header(const TimelineAbout& about, const Console& console) {
  std::string out = toned(scenarios::visible(about.title), Tone::strong, console.colour) + '\n';
  const auto line = [&](std::string_view lead, const std::string& text) {
    out += hanging(lead, text, console.width);
  };
  line("  scenario  ", fmt::format("{} ({}), {} from {}, hash {}", scenarios::visible(about.scenario, 60),
                                   about.category, in_words(about.horizon_s), about.start, about.hash));
  for (const std::string& change : about.changes) line("  changed   ", scenarios::visible(change));
  const std::string title =
      about.strategy_title.empty() ? "" : ": " + scenarios::visible(about.strategy_title);
  line("  strategy  ", scenarios::visible(about.strategy, 60) + title);
  line("  world     ", fmt::format("replication {} of seed {}", about.replication, about.seed));
  line("  harm      ", harm_header(about));
  line("  P(regr.)  ",
       "probability that the change carries a regression, as an ideal observer of the dashboards would "
       "hold it");
  return out;
}

}  // namespace

std::string timeline_report(const analysis::Timeline& timeline, const TimelineAbout& about,
                            const Console& console) {
  const Columns c = columns_for(timeline, console.width, about.hindsight);
  std::string out = print_header(about, console) + '\n' + hanging("", kLegend, console.width) + '\n';
  const std::string head = padded("clock", c.clock) + ' ' + padded("h:mm:ss", c.elapsed, Align::right) +
                           "    " + padded("what happened", c.text) + right_part(c, "P(regr.)", "harm");
  out += toned(head, Tone::dim, console.colour) + '\n';
  for (const auto& line : timeline.lines) out += print_line(c, line, about.hindsight, console.colour);
  out += '\n';
  out += about.hindsight ? print_outcome(timeline, about, console) : print_known(timeline, about, console);
  out += "\nThis world again: " + scenarios::visible(about.replay) + "\n\n";
  const std::string sentence = last_sentence(timeline, about);
  for (const std::string& line :
       wrap(sentence, console.out_is_terminal ? console.width : sentence.size() + 2)) {
    out += toned(line, Tone::strong, console.colour) + '\n';
  }
  return out;
}

}  // namespace breakglass::cli
