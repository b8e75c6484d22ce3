#include "cli/history_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/layout.hpp"
#include "cli/numbers.hpp"
#include "cli/ticket.hpp"
#include "drill/drill.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::cli {
namespace {

using history::Played;
using scenarios::visible;

// "2026-11-25 10:44"
std::string minute_of(const std::string& utc) {
  if (utc.size() < 16) return "unknown";
  return visible(utc.substr(0, 10) + " " + utc.substr(11, 5));
}

std::string harm_of(const Played& p) { return amount(p.harm) + " " + visible(p.harm_unit, 24); }

std::string tasks_of(const Played& p) {
  return fmt::format("{} of {}", history::passed_tasks(p), p.tasks.size());
}

std::string count_by_mode(std::span<const Played> drills) {
  std::string out;
  for (const std::string_view mode : drill::kModes) {
    const auto n =
        std::count_if(drills.begin(), drills.end(), [&](const Played& p) { return p.mode == mode; });
    if (n > 0) out += fmt::format("{}{} in mode {}", out.empty() ? "" : ", ", n, mode);
  }
  return out;
}

std::string answer_of(const Played& p) {
  const std::string was = p.is_emergency ? "an emergency" : "a decoy";
  if (!p.treated_as_emergency) return was + ", and you did not say";
  return was + (*p.treated_as_emergency ? ", treated as an emergency" : ", refused as no emergency");
}

std::string stated_line(const history::Stated& stated) {
  const std::string what =
      stated.question == "real" ? "the emergency is real" : "the change carries a regression";
  std::string out = fmt::format("{}: {}", what, percent(stated.probability));
  out += !stated.outcome ? "; no change was made" : *stated.outcome ? "; it was so" : "; it was not so";
  if (stated.posterior) out += fmt::format("; what could be known: {}", percent(*stated.posterior));
  return out;
}

}  // namespace

std::string history_table(std::span<const Played> drills, const Console& console) {
  const bool graded =
      std::any_of(drills.begin(), drills.end(), [](const Played& p) { return p.grade.has_value(); });
  Table table{{{"drill"},
               {"ended (UTC)", Align::left},
               {"scenario", Align::left},
               {"mode", Align::left},
               {"harm", Align::left},
               {"tasks\npassed"},
               {"mistakes"}},
              {}};
  if (graded) table.columns.push_back({"given up, of\nthe stake"});
  for (const Played& p : drills) {
    table.rows.push_back({{std::to_string(p.id)},
                          {minute_of(p.ended)},
                          {visible(p.scenario, 30)},
                          {visible(p.mode, 10)},
                          {harm_of(p)},
                          {tasks_of(p)},
                          {p.mistakes.empty() ? "none" : std::to_string(p.mistakes.size())}});
    if (graded) table.rows.back().push_back({p.grade ? percent(*p.grade) : "not graded"});
  }
  return print_table(table, console.width, console.colour) +
         fmt::format("\n{} {}: {}.\n", grouped(drills.size()), drills.size() == 1 ? "drill" : "drills",
                     count_by_mode(drills));
}

std::string history_entry(const Played& p, const Console& console) {
  std::string out =
      toned(fmt::format("Drill {}: {}", p.id, visible(p.scenario, 60)), Tone::strong, console.colour);
  const auto line = [&](std::string_view name, const std::string& text) {
    out += hanging("  " + padded(name, 10) + "  ", text, console.width);
  };
  out += '\n';
  line("mode", fmt::format("{}, seed {}, replication {}", visible(p.mode, 10), p.seed, p.replication));
  line("played", fmt::format("{} to {} UTC, with version {}", minute_of(p.started), minute_of(p.ended),
                             visible(p.version, 20)));
  line("harm", amount(p.harm) + " " + visible(p.harm_unit, 60));
  if (p.luck_adjusted) line("", fmt::format("{} without the luck of it", amount(*p.luck_adjusted)));
  if (p.grade) line("given up", percent(*p.grade) + " of the stake, by decisions");
  line("the page", answer_of(p));
  for (const history::Stated& stated : p.stated) line("stated", stated_line(stated));
  for (const history::DoneTask& task : p.tasks)
    line("task", (task.passed ? "passed: " : "FAILED: ") + visible(task.name, 60));
  for (const history::MadeMistake& mistake : p.mistakes)
    line("mistake", visible(mistake.id, 40) + ", " + in_words(mistake.at_s) + " after the page");
  if (p.mistakes.empty()) line("mistakes", "none of the common ones");
  line("log", visible(p.log, 300));
  return out + "\n" +
         hanging("", "More about it: breakglass debrief " + visible(shell_word(p.log), 300), console.width);
}

}  // namespace breakglass::cli
