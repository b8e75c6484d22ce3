#include <fmt/format.h>

#include "cli/history_report.hpp"
#include "cli/layout.hpp"
#include "cli/numbers.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::cli {
namespace {

using history::Share;
using history::Summary;

std::string share_text(const Share& share) {
  return percent_with_interval({static_cast<std::uint64_t>(share.count), static_cast<std::uint64_t>(share.of),
                                share.of == 0 ? 0.0 : static_cast<double>(share.count) / share.of,
                                share.ci95});
}

std::string share_table(const char* head, const std::vector<Share>& shares, const Console& console) {
  if (shares.empty()) return "";
  Table table{{{head, Align::left}, {"drills"}, {"share (95% interval)"}}, {}};
  for (const Share& share : shares) {
    table.rows.push_back({{scenarios::visible(share.name, 60)},
                          {fmt::format("{} of {}", share.count, share.of)},
                          {share_text(share)}});
  }
  return "\n" + print_table(table, console.width, console.colour);
}

std::string answers_text(const Summary& s, const Console& console) {
  const history::Answers& a = s.answers;
  std::string out = hanging("",
                            fmt::format("Treated as emergencies: {} of {} emergencies, {} of {} decoys.",
                                        a.hits, a.emergencies, a.false_alarms, a.decoys),
                            console.width);
  if (!s.detection) {
    return out + hanging("", "How well you tell them apart shows once you have answered pages of both kinds.",
                         console.width);
  }
  const history::Detection& d = *s.detection;
  const auto with_interval = [](double value, const analysis::Interval& ci95) {
    return fmt::format("{:.2f} (95% interval {:.2f} to {:.2f})", value, ci95.low, ci95.high);
  };
  out += hanging("  d'  ", with_interval(d.d, d.d_ci95) + ": 0 is not told apart, 3 nearly always",
                 console.width);
  return out +
         hanging("  c   ",
                 with_interval(d.c, d.c_ci95) +
                     ": below 0 you lean towards calling a page an emergency, above 0 towards refusing it",
                 console.width);
}

std::string part_interval(const history::Part& part) {
  return part.ci95 ? fmt::format("{:.3f} ({:.3f} to {:.3f})", part.corrected, part.ci95->low, part.ci95->high)
                   : "none from a single forecast";
}

std::string parts_table(const history::Calibration& c, const Console& console) {
  Table table{
      {{"part", Align::left}, {"value"}, {"corrected for few drills\n(95% interval)"}, {"", Align::left}},
      {}};
  const auto add = [&](const char* name, const history::Part& part, const char* reading) {
    table.rows.push_back({{name}, {fmt::format("{:.3f}", part.value)}, {part_interval(part)}, {reading}});
  };
  add("Brier score", c.brier, "0 is best; always saying 50% earns 0.250");
  add("reliability", c.reliability, "stated against what was; 0 is best");
  add("- resolution", c.resolution, "telling cases apart; more is better");
  add("+ uncertainty", c.uncertainty, "what the cases bring");
  if (c.within.value != 0) add("+ within groups", c.within, "what grouping by tenths leaves out");
  return print_table(table, console.width, console.colour);
}

std::string question_text(const history::Question& q, const Console& console) {
  const char* const what = q.question == "real" ? "the emergency is real" : "the change carries a regression";
  std::string out =
      "\n" + hanging("",
                     fmt::format("Stated that {}: {} {} with an outcome", what, q.calibration.count,
                                 q.calibration.count == 1 ? "probability" : "probabilities"),
                     console.width);
  if (q.calibration.count > 0) {
    out += parts_table(q.calibration, console);
    Table groups{{{"stated, on average"}, {"drills"}, {"it was so (95% interval)"}}, {}};
    for (const history::Group& g : q.calibration.groups) {
      groups.rows.push_back(
          {{percent(g.stated)},
           {std::to_string(g.count)},
           {percent_with_interval({0, static_cast<std::uint64_t>(g.count), g.was_so, g.ci95})}});
    }
    out += print_table(groups, console.width, console.colour);
  }
  if (q.graded > 0) {
    out += hanging(
        "",
        fmt::format(
            "Against what could be known, without luck: mean square {:.3f}{}, over {} graded.", q.distance,
            q.distance_ci95
                ? fmt::format(" (95% interval {:.3f} to {:.3f})", q.distance_ci95->low, q.distance_ci95->high)
                : std::string(),
            q.graded),
        console.width);
  }
  return out;
}

std::string verdict(const Summary& s) {
  std::string out =
      fmt::format("In mode {}, {} of {} without one of the common mistakes, {}", s.mode,
                  s.without_mistakes.count, s.without_mistakes.of, share_text(s.without_mistakes));
  if (!s.detection) return out + ".";
  if (s.detection->d_ci95.low > 0) return out + "; emergencies are told from decoys.";
  return out + "; it cannot be said yet that emergencies are told from decoys.";
}

}  // namespace

std::string history_summary(std::span<const Summary> summaries, const Console& console) {
  std::string out;
  std::string verdicts;
  for (const Summary& s : summaries) {
    out += toned(fmt::format("Mode {}: {} {}", s.mode, s.drills, s.drills == 1 ? "drill" : "drills"),
                 Tone::strong, console.colour) +
           "\n";
    out += share_table("mistake", s.mistakes, console);
    out += share_table("task that was failed", s.failed_tasks, console);
    out += "\n" + answers_text(s, console);
    for (const history::Question& question : s.questions) out += question_text(question, console);
    out += "\n";
    verdicts += hanging("", verdict(s), console.width);
  }
  return out + verdicts;
}

}  // namespace breakglass::cli
