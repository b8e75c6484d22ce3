// The debrief's sections, in their order. Every sentence is made from the numbers.
#include <fmt/format.h>

#include <algorithm>

#include "drill/debrief_figures.hpp"
#include "drill/verdict_text.hpp"
#include "plot/axis.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::drill {
namespace {

using Blocks = std::vector<Block>;

std::string number(double value) { return plot::short_number(value, 3); }
std::string said(const std::string& text) { return scenarios::visible(text); }

void add(Blocks& out, Blocks more) {
  for (Block& block : more) out.push_back(std::move(block));
}

Blocks replay_section(const Debrief& d) {
  Blocks out{heading(2, "1. What happened", "replay")};
  out.push_back(paragraph(fmt::format(
      "A {} of {}, seed {}, replication {}: {} actions. When your part ended, the room reckoned with {} {}.",
      d.mode, said(d.scenario), d.seed, d.replication, d.actions.size(), number(d.estimate),
      said(d.harm_unit))));
  if (d.branch) {
    const std::string luck =
        d.branch->luck == 0 ? "the same luck" : fmt::format("new luck, draw {}", d.branch->luck);
    out.push_back(
        paragraph(fmt::format("It is a branch: its first {} actions are another drill's; from there on it "
                              "goes its own way, with {}.",
                              d.branch->kept, luck)));
  }
  out.push_back(figure(weight_figure(d)));
  out.push_back(figure(harm_figure(d, false)));
  Table actions{"What you did", {"#", "when", "action"}, {}, {true}};
  for (const DoneAction& a : d.actions)
    actions.rows.push_back({std::to_string(actions.rows.size() + 1), a.clock, code(said(a.line))});
  if (actions.rows.empty())
    out.push_back(paragraph("You did nothing."));
  else
    out.push_back(table(actions));
  return out;
}

Blocks task_section(const Debrief& d) {
  Blocks out{heading(2, "6. Critical tasks and common mistakes", "tasks")};
  const auto passed = std::count_if(d.tasks.begin(), d.tasks.end(), [](const auto& t) { return t.passed; });
  out.push_back(paragraph(
      fmt::format("{} of {} critical tasks passed. They stand beside the grade, and are no part of it.",
                  passed, d.tasks.size())));
  std::vector<std::string> tasks;
  for (const CriticalTask& t : d.tasks)
    tasks.push_back(
        fmt::format("{} {}: {}", t.passed ? "passed:" : "FAILED:", strong(t.name), said(t.evidence)));
  out.push_back(list(tasks));
  out.push_back(heading(3, "Common mistakes"));
  if (d.mistakes.empty()) {
    out.push_back(paragraph("None of the common ones."));
    return out;
  }
  std::vector<std::string> mistakes;
  for (std::size_t i = 0; i < d.mistakes.size(); ++i) {
    mistakes.push_back(fmt::format("{}: {}: {}", d.mistake_times[i], strong(name_of(d.mistakes[i].mistake)),
                                   said(d.mistakes[i].evidence)));
  }
  out.push_back(list(mistakes));
  return out;
}

Blocks others_section(const Debrief& d) {
  Blocks out{heading(2, "7. The same world under other strategies", "others")};
  Table rows{fmt::format("Harm in this world, in {}", said(d.harm_unit)),
             {"who decides", "harm"},
             {},
             {false, true}};
  rows.rows.push_back({strong("you"), number(d.harm)});
  const OtherStrategy* best = nullptr;
  for (const OtherStrategy& other : d.others) {
    rows.rows.push_back({code(said(other.name)), number(other.harm)});
    if (best == nullptr || other.harm < best->harm) best = &other;
  }
  if (best != nullptr)
    out.push_back(
        paragraph(fmt::format("You came to {}; the least of the others in this world is {} with {}.",
                              number(d.harm), code(said(best->name)), number(best->harm))));
  if (d.others.empty())
    out.push_back(
        paragraph("After new luck, or what an instructor threw in, no strategy has been in this world."));
  out.push_back(table(rows));
  out.push_back(paragraph(
      fmt::format("One world is luck as much as skill. What each strategy does over many worlds: {}",
                  code("breakglass compare " + said(d.scenario)))));
  return out;
}

Blocks hindsight_section(const Debrief& d) {
  Blocks out{heading(2, "8. Hindsight: what nobody could have known", "hindsight")};
  out.push_back(paragraph("This is not what you are judged by: none of it could be known when you decided."));
  std::vector<std::string> lines;
  for (const std::string& line : d.hindsight) lines.push_back(said(line));
  out.push_back(list(lines));
  out.push_back(figure(harm_figure(d, true)));
  return out;
}

Blocks record_section(const BypassRecord& r) {
  Blocks out{heading(2, "10. Bypass record", "record")};
  out.push_back(paragraph(said(r.page)));
  out.push_back(list({"Scenario: " + said(r.scenario) + " (a drill)", "Paged: " + said(r.paged),
                      "Category: " + said(r.category),
                      "Approval rule: " + (r.rule.empty() ? "none chosen" : said(r.rule)),
                      "Outcome: " + said(r.outcome)}));
  Table bypasses{"What was bypassed", {"what", "when", "why", "what made up for it"}, {}, {}};
  for (const RecordedBypass& b : r.bypasses)
    bypasses.rows.push_back({said(b.element), b.at, said(b.reason), said(b.compensation)});
  out.push_back(bypasses.rows.empty() ? paragraph("Nothing was bypassed.") : table(bypasses));
  const auto events = [&](const char* caption, const char* none, const std::vector<RecordedApproval>& items) {
    Table t{caption, {"when", "what"}, {}, {}};
    for (const RecordedApproval& item : items) t.rows.push_back({item.at, said(item.what)});
    out.push_back(t.rows.empty() ? paragraph(none) : table(t));
  };
  events("Who was asked, and what they said", "Nobody was asked for approval.", r.approvals);
  events("What was done", "Nothing was done.", r.events);
  for (const auto& [question, text] : r.review) {
    out.push_back(heading(3, said(question)));
    out.push_back(paragraph(said(text)));
  }
  return out;
}

}  // namespace

Page debrief_page(const Debrief& d) {
  Page page;
  page.title = "Debrief: " + said(d.title);
  Blocks& out = page.blocks;
  out.push_back(heading(1, page.title));
  out.push_back(paragraph(
      "Read it in this order: what happened; then look for better moves yourself; only then the verdict. It "
      "judges decisions by what you could know when you took them, and keeps luck apart."));
  add(out, replay_section(d));
  add(out, again_section(d));
  add(out, verdict_section(d));
  add(out, belief_section(d));
  add(out, luck_section(d));
  add(out, task_section(d));
  add(out, others_section(d));
  add(out, hindsight_section(d));
  out.push_back(heading(2, "9. In your own words", "own-words"));
  out.push_back(numbered({std::begin(kOwnWords), std::end(kOwnWords)}));
  add(out, record_section(d.record));
  out.push_back(
      paragraph(fmt::format("Made by breakglass {} from a drill's log; scenario hash {}. Simulated: not a "
                            "measurement of your system.",
                            BREAKGLASS_VERSION, said(d.hash))));
  return page;
}

}  // namespace breakglass::drill
