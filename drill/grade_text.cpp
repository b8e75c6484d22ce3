#include "drill/grade_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/timeline_text.hpp"

namespace breakglass::drill {
namespace {

const OptionValue& best_of(const GradedDecision& d) {
  return *std::min_element(d.options.begin(), d.options.end(),
                           [](const auto& a, const auto& b) { return a.mean < b.mean; });
}

std::string verdict_on(const GradedDecision& d) {
  const OptionValue& best = best_of(d);
  if (d.label == Label::fine || best.chosen) return std::string(name_of(d.label));
  return fmt::format("{}; better: `{}`", name_of(d.label), best.option);
}

// A bar would end the cell of a table.
std::string cell(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '|' ? std::string("\\|") : std::string(1, c);
  return out;
}

std::string decision_row(const GradedDecision& d) {
  const std::string believed = d.believed < 0 ? "no change yet" : analysis::percent(d.believed);
  return fmt::format("| {} | `{}` | {} | {:.3g} ± {:.2g} | {:+.3g} | {} |\n", d.clock, cell(d.did), believed,
                     d.loss, kSure * d.se, d.luck, verdict_on(d));
}

}  // namespace

std::string grade_markdown(const Grade& g) {
  if (g.decisions.empty()) return "";
  const std::string& unit = g.harm_unit;
  std::string out = "\n## What each decision was worth\n\n";
  const auto [fewest, most] =
      std::minmax_element(g.decisions.begin(), g.decisions.end(),
                          [](const auto& x, const auto& y) { return x.worlds < y.worlds; });
  const std::string worlds = fewest->worlds == most->worlds
                                 ? fmt::format("{}", most->worlds)
                                 : fmt::format("{} to {}", fewest->worlds, most->worlds);
  out += fmt::format(
      "By what could be known when it was taken. Every option was tried in {} worlds that looked the same "
      "from your seat; from then on the reference decided: `{}` before the rollout, your own schedule on "
      "autopilot during it. A loss is the harm ({}) that the best option would have saved on average; the "
      "stake of this scenario is {:.4g}.\n\n",
      worlds, g.reference, unit, g.stake);
  out +=
      "| when | you | P(regression) then | loss ± 2.33 se | luck after it | |\n|---|---|---|---|---|---|\n";
  for (const GradedDecision& d : g.decisions) {
    if (d.counts) out += decision_row(d);
  }
  out += fmt::format(
      "\nMean loss of a decision: {} of the stake, ± {}. Luck is harm that what happened next added (+) or "
      "spared (-), against what was to be expected.\n",
      analysis::percent(g.mean_loss), analysis::percent(kSure * g.mean_loss_se));
  out += "\n## Skill and luck\n\n";
  out += fmt::format("| {} | |\n|---|---|\n", unit);
  out += fmt::format("| {:.4g} | to be expected at the page, had the reference decided everything |\n",
                     g.at_page);
  out += fmt::format("| {:+.4g} | your decisions: above 0 they cost, below 0 they saved |\n", g.skill);
  out += fmt::format("| {:+.4g} | luck: what happened against what was to be expected (± {:.2g}) |\n", g.luck,
                     kSure * g.luck_se);
  out += fmt::format("| {:.4g} | what it came to |\n", g.in_the_end);
  out += fmt::format(
      "\nWithout luck it would have come to {:.4g}. The first three lines add up to the last; what is left "
      "is "
      "{:.1g}. Every ± is 2.33 standard errors of estimates from so many worlds.\n",
      g.luck_adjusted(), g.residual);
  return out;
}

nlohmann::ordered_json grade_json(const Grade& g) {
  nlohmann::ordered_json out;
  out["reference"] = g.reference;
  out["stake"] = g.stake;
  out["at_page"] = g.at_page;
  out["skill"] = g.skill;
  out["luck"] = g.luck;
  out["luck_se"] = g.luck_se;
  out["in_the_end"] = g.in_the_end;
  out["luck_adjusted"] = g.luck_adjusted();
  out["residual"] = g.residual;
  out["mean_loss_of_stake"] = g.mean_loss;
  out["mean_loss_se"] = g.mean_loss_se;
  out["decisions"] = nlohmann::ordered_json::array();
  for (const GradedDecision& d : g.decisions) {
    nlohmann::ordered_json row = {{"at_s", sim::to_seconds(d.at)},
                                  {"at", d.clock},
                                  {"did", d.did},
                                  {"counts", d.counts},
                                  {"label", name_of(d.label)},
                                  {"loss", d.loss},
                                  {"se", d.se},
                                  {"value_before", d.value},
                                  {"value_chosen", d.chosen_mean},
                                  {"luck_after", d.luck},
                                  {"worlds", d.worlds}};
    if (d.believed >= 0) row["p_regression"] = d.believed;
    for (const OptionValue& o : d.options) {
      row["options"].push_back(
          {{"option", o.option}, {"mean", o.mean}, {"worse", o.worse}, {"se", o.se}, {"chosen", o.chosen}});
    }
    out["decisions"].push_back(row);
  }
  return out;
}

}  // namespace breakglass::drill
