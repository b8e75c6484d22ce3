#include "drill/screen_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/timeline_text.hpp"
#include "scenarios/nearest.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::drill {
namespace {

constexpr std::size_t kRecentPoints = 5;

std::string elapsed(sim::Time at) {
  const std::int64_t since = std::chrono::duration_cast<std::chrono::seconds>(at).count();
  const std::int64_t s = since < 0 ? -since : since;
  return fmt::format("{}{}:{:02}:{:02}", since < 0 ? "-" : "", s / 3600, s / 60 % 60, s % 60);
}

std::string amount(double value) {
  return value < 1000 ? fmt::format("{:.3g}", value) : fmt::format("{:.0f}", value);
}

const char* state(Task task) {
  switch (task) {
    case Task::no: return "no";
    case Task::under_way: return "under way";
    case Task::done: return "done";
  }
  return "";
}

std::string level(double value) { return value < 0 ? "no data" : fmt::format("{:.4g}", value); }

}  // namespace

std::string rollout_text(const View& v) {
  if (v.complete) return "complete: the change serves 100% of traffic";
  if (v.step < 0) return v.change_ready ? "a change is ready; no traffic is on it" : "no change is ready";
  std::string text = fmt::format("step {} of {}, {} of traffic on the change, for {} of {}", v.step + 1,
                                 v.steps, analysis::percent(v.weight), analysis::short_time(v.step_lasted_s),
                                 analysis::short_time(v.step_lasts_s));
  return v.step_over ? text + "; it has lasted its time: promote, hold or roll-back" : text;
}

std::string clock_text(const View& v) { return v.clock + " " + elapsed(v.now); }

std::string prompt_text(const View& v) {
  return fmt::format("[DRILL {} {}, {}, {} on the change, about {} {}] ", v.clock, elapsed(v.now), v.phase,
                     analysis::percent(v.weight), amount(v.harm_estimate),
                     scenarios::visible(v.harm_unit, 40));
}

std::string brief_text() {
  return "Time stands still while you think; `wait` lets it pass. `help` lists what you can do, `look` shows "
         "where\n"
         "things stand, `charts` the dashboards. Harm is reckoned from the page's rate and the usual "
         "traffic.\n\n";
}

std::string messages_text(const View& v, std::size_t from) {
  std::string out;
  for (std::size_t i = from; i < v.messages.size(); ++i) {
    out += fmt::format("{:>9}  {}\n", elapsed(v.messages[i].at), scenarios::visible(v.messages[i].text));
  }
  return out;
}

std::string message_text(const Message& message) {
  return elapsed(message.at) + "  " + scenarios::visible(message.text);
}

std::string reading_text(const Point& p) {
  return fmt::format("at {}: {} on the change, {} on the stable version, {} {}", elapsed(p.at),
                     level(p.change), level(p.stable), p.items, p.items == 1 ? "item" : "items");
}

std::vector<std::pair<std::string, std::string>> status_rows(const View& v) {
  std::vector<std::pair<std::string, std::string>> rows;
  const auto line = [&](const char* name, const std::string& text) { rows.emplace_back(name, text); };
  line("harm", fmt::format("about {} {} so far, as reckoned", amount(v.harm_estimate),
                           scenarios::visible(v.harm_unit, 40)));
  line("classified", v.category.empty() ? "no" : v.category);
  if (v.bypasses.empty()) line("bypassed", "nothing");
  for (const std::string& bypass : v.bypasses) line("bypassed", scenarios::visible(bypass));
  line("approval", fmt::format("rule {}; {}", v.rule.empty() ? "not chosen" : scenarios::visible(v.rule, 40),
                               state(v.approvals)));
  line("evaluation",
       fmt::format("before the rollout: {}; after promotion: {}", state(v.gate), state(v.late_gate)));
  line("way back",
       fmt::format("verified: {}; decision-maker: {}; at the controls: {}", state(v.rollback),
                   v.decision_maker ? "named" : "nobody", v.rollback_operator ? "somebody" : "nobody"));
  line("on-call cover", v.on_call_cover ? "ensured" : "no");
  line("watchers", std::to_string(v.watchers));
  line("customers told", state(v.customers));
  line("communication",
       fmt::format("owner: {}; status page: {}", v.communication_owner ? "assigned" : "nobody",
                   v.status_due.empty() ? "not due" : "due at " + v.status_due));
  for (const std::string& call : v.on_the_line) line("on the line", scenarios::visible(call));
  line("mitigation", v.containment == Task::done ? "on" : state(v.containment));
  line("schedule", v.schedule.empty() ? "not chosen" : v.schedule);
  line("rollout", rollout_text(v));
  line("resolution", fmt::format("verified: {}; postmortem: {}", state(v.resolution), state(v.postmortem)));
  return rows;
}

std::string status_text(const View& v) {
  std::string out = fmt::format("{}  phase: {}\n", clock_text(v), v.phase);
  for (const auto& [name, text] : status_rows(v)) out += fmt::format("  {:<18}{}\n", name, text);
  return out;
}

std::string charts_text(const View& v) {
  std::string out;
  for (const Chart& chart : v.charts) {
    out += fmt::format("{} (each reading is {} old when it appears)\n", scenarios::visible(chart.signal, 40),
                       analysis::short_time(sim::to_seconds(chart.delay)));
    if (chart.points.empty()) out += "  nothing yet: it is read while a change meets traffic\n";
    const bool is_quiet =
        std::all_of(chart.points.begin(), chart.points.end(), [](const Point& p) { return p.change < 0; });
    const std::size_t n = chart.points.size();
    for (std::size_t i = n > kRecentPoints ? n - kRecentPoints : 0; i < n; ++i) {
      const Point& p = chart.points[i];
      const char* const items = p.items == 1 ? "item" : "items";
      out += is_quiet ? fmt::format("  {:>9}  in place {:<10} {} {}\n", elapsed(p.at), level(p.stable),
                                    p.items, items)
                      : fmt::format("  {:>9}  change {:<10} stable {:<10} {} {}\n", elapsed(p.at),
                                    level(p.change), level(p.stable), p.items, items);
    }
  }
  return out.empty() ? "there are no dashboards\n" : out;
}

std::string help_text(const View& v, std::string_view word) {
  std::string out;
  std::string_view phase;
  for (const Usage& u : usages()) {
    if (!word.empty() && u.word != word) continue;
    if (u.phase != phase)
      out += fmt::format("{}{}\n", u.phase, u.phase == v.phase ? "   <- you are here" : "");
    phase = u.phase;
    out += fmt::format("  {:<44}{}\n",
                       std::string(u.word) + (u.arguments.empty() ? "" : " " + std::string(u.arguments)),
                       u.about);
  }
  if (!word.empty()) {
    return out.empty()
               ? fmt::format("there is no action \"{}\"; `help` lists them\n", scenarios::visible(word, 40))
               : out;
  }
  return out +
         "time and sight\n"
         "  wait [TIME | WHAT]                          until something happens, that long, or for one "
         "thing:\n"
         "                                              change, approval, gate, way-back, customers, "
         "traffic, step,\n"
         "                                              rollback, resolution, postmortem\n"
         "  look, charts, record                        where things stand; the dashboards; the bypass "
         "record\n"
         "  quit                                        leave; the log can be resumed\n";
}

}  // namespace breakglass::drill
