#include "drill/verdict_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "drill/debrief_figures.hpp"
#include "plot/axis.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::drill {
namespace {

using Blocks = std::vector<Block>;

std::string number(double value) { return plot::short_number(value, 3); }
std::string percent(double share) { return plot::short_percent(share); }
std::string said(const std::string& text) { return scenarios::visible(text); }

const OptionValue& best_of(const GradedDecision& d) {
  return *std::min_element(d.options.begin(), d.options.end(),
                           [](const auto& a, const auto& b) { return a.mean < b.mean; });
}

const OptionValue& chosen_of(const GradedDecision& d) {
  return *std::find_if(d.options.begin(), d.options.end(), [](const auto& o) { return o.chosen; });
}

bool is_graded(const Debrief& d) { return !d.grade.decisions.empty(); }

Block not_graded() {
  return paragraph(
      "Not graded: a drill is graded once it is over (closed, refused, or at its end), if its scenario lists "
      "a "
      "strategy that ships.");
}

std::string believed(const GradedDecision& d) {
  return d.believed < 0 ? "no change" : belief_text(d.believed);
}

// Seen without the answer: in the order of the alphabet.
std::vector<std::string> option_names(const GradedDecision& d) {
  std::vector<std::string> names;
  for (const OptionValue& o : d.options) names.push_back(option_name(o));
  std::sort(names.begin(), names.end());
  for (std::string& name : names) name = code(name);
  return names;
}

void add_situation(const Situation& s, int n, Blocks& out) {
  Table status{
      fmt::format("What stood on the screen before decision {}", n), {"what", "how it stood"}, {}, {}};
  for (const auto& [what, how] : s.status) status.rows.push_back({what, said(how)});
  for (const std::string& reading : s.readings) status.rows.push_back({"last reading", said(reading)});
  out.push_back(table(status));
  if (s.news.empty()) return;
  out.push_back(paragraph("The last that you were told:"));
  std::vector<std::string> news;
  for (const std::string& line : s.news) news.push_back(said(line));
  out.push_back(list(news));
}

std::string reference_sentence(const Grade& g) {
  return fmt::format(
      "Who goes on after an option is always the same, the reference: before the rollout the strategy {}, "
      "during it your own schedule on autopilot. \"Go on as the reference\" hands over to it at once.",
      code(said(g.reference)));
}

// "3 were called a mistake"
std::string label_counts(const Debrief& d) {
  std::string out;
  for (const Label label :
       {Label::fine, Label::too_close, Label::inaccuracy, Label::mistake, Label::blunder}) {
    const auto n = std::count_if(d.numbered.begin(), d.numbered.end(), [&](const NumberedDecision& numbered) {
      return d.grade.decisions[numbered.index].label == label;
    });
    if (n > 0) out += fmt::format("{}{} {}", out.empty() ? "" : ", ", n, name_of(label));
  }
  return out;
}

std::string worlds_text(const Grade& g) {
  const auto [fewest, most] =
      std::minmax_element(g.decisions.begin(), g.decisions.end(),
                          [](const auto& x, const auto& y) { return x.worlds < y.worlds; });
  return fewest->worlds == most->worlds ? fmt::format("{}", most->worlds)
                                        : fmt::format("{} to {}", fewest->worlds, most->worlds);
}

std::string verdict_on(const GradedDecision& d) {
  std::string label(name_of(d.label));
  if (d.only_move >= 0 && d.options[static_cast<std::size_t>(d.only_move)].chosen) label += ": the only move";
  return d.label == Label::fine || best_of(d).chosen ? label
                                                     : label + "; better: " + code(option_name(best_of(d)));
}

std::string changed(double amount, const char* added, const char* spared, const char* nothing) {
  if (number(amount) == "0") return nothing;
  return fmt::format("{} {}", amount > 0 ? added : spared, number(std::fabs(amount)));
}

void add_stated(const Debrief& d, std::vector<std::string>& out) {
  for (const StatedBelief& s : d.course.stated) {
    if (s.regression >= 0) {
      out.push_back(fmt::format(
          "At {} you gave a regression {}; an ideal observer gave it {}. The change {}: Brier score {:.3f}.",
          s.clock, percent(s.regression), percent(s.ideal_regression),
          d.carried ? "carried one" : "carried none", brier(s.regression, d.carried)));
    }
    if (s.real >= 0) {
      out.push_back(fmt::format("At {} you took the emergency to be real with {}. It {}: Brier score {:.3f}.",
                                s.clock, percent(s.real), d.was_real ? "was" : "was a false alarm",
                                brier(s.real, d.was_real)));
    }
  }
}

}  // namespace

std::string option_name(const OptionValue& option) { return said(option.option); }

Table options_table(const Debrief& d, const GradedDecision& decision) {
  Table t{fmt::format("What each option came to on average over {} worlds, in {}", decision.worlds,
                      said(d.harm_unit)),
          {"option", "harm", "more than the best", "±"},
          {},
          {false, true, true, true}};
  std::vector<OptionValue> options = decision.options;
  std::stable_sort(options.begin(), options.end(),
                   [](const auto& a, const auto& b) { return a.mean < b.mean; });
  for (const OptionValue& o : options) {
    t.rows.push_back({code(option_name(o)) + (o.chosen ? " (you)" : ""), number(o.mean), number(o.worse),
                      number(kSure * o.se)});
  }
  return t;
}

std::string answer_sentence(const Debrief& d, const GradedDecision& decision) {
  const OptionValue& best = best_of(decision);
  const OptionValue& yours = chosen_of(decision);
  if (best.chosen) return fmt::format("Your choice, {}, was the best of them.", code(option_name(yours)));
  const std::string begin = fmt::format(
      "You chose {}. The least harm on average came from {}; yours did {} ± {} "
      "{} more: ",
      code(option_name(yours)), code(option_name(best)), number(decision.loss), number(kSure * decision.se),
      said(d.harm_unit));
  switch (decision.label) {
    case Label::fine: return begin + "too little to be called anything.";
    case Label::too_close: return begin + "too close to call.";
    case Label::inaccuracy: return begin + "an inaccuracy.";
    default: return begin + "a " + std::string(name_of(decision.label)) + ".";
  }
}

Blocks again_section(const Debrief& d) {
  Blocks out{heading(2, "2. Find a better move", "again")};
  if (!is_graded(d)) {
    out.push_back(not_graded());
    return out;
  }
  const auto n = std::count_if(d.numbered.begin(), d.numbered.end(), [](const auto& x) { return x.again; });
  out.push_back(paragraph(fmt::format(
      "{} decisions are worth a second look. For each, read what was known then, choose again, and only then "
      "open the answer. That a decision stands here does not say that it was wrong.",
      n)));
  out.push_back(paragraph(reference_sentence(d.grade)));
  for (std::size_t i = 0; i < d.numbered.size(); ++i) {
    if (!d.numbered[i].again) continue;
    const GradedDecision& decision = d.grade.decisions[d.numbered[i].index];
    const int number_of = static_cast<int>(i) + 1;
    out.push_back(heading(3, fmt::format("Decision {}, {}", number_of, decision.clock)));
    add_situation(d.numbered[i].situation, number_of, out);
    out.push_back(paragraph("What you could do. Which of these would you choose?"));
    out.push_back(list(option_names(decision)));
    out.push_back(answer(fmt::format("What the options of decision {} were worth", number_of),
                         {paragraph(answer_sentence(d, decision)), table(options_table(d, decision))}));
  }
  return out;
}

Blocks verdict_section(const Debrief& d) {
  Blocks out{heading(2, "3. What each decision was worth", "verdict")};
  if (!is_graded(d)) {
    out.push_back(not_graded());
    return out;
  }
  const Grade& g = d.grade;
  out.push_back(paragraph(fmt::format(
      "{} decisions counted: {}. A decision gave up {} ± {} of the stake on average.", d.numbered.size(),
      label_counts(d), percent(g.mean_loss), percent(kSure * g.mean_loss_se))));
  out.push_back(
      paragraph(fmt::format("How it is reckoned: every option was tried in {} imagined worlds that looked "
                            "the same from your seat. A "
                            "loss is the harm, in {}, that the best option would have saved on average; "
                            "below 0, yours was the best. "
                            "The stake of this scenario is {}: what choosing well or badly at the page can "
                            "change. A loss is called "
                            "an inaccuracy, a mistake or a blunder above 2%, 5% or 10% of it, and only where "
                            "its error cannot explain "
                            "it; every ± is {} standard errors.",
                            worlds_text(g), said(d.harm_unit), number(g.stake), kSure)));
  Table t{fmt::format("Your decisions, in {}", said(d.harm_unit)),
          {"#", "when", "you", "verdict", "loss", "P(regression)"},
          {},
          {true, false, false, false, true, true}};
  for (std::size_t i = 0; i < d.numbered.size(); ++i) {
    const GradedDecision& x = g.decisions[d.numbered[i].index];
    t.rows.push_back({std::to_string(i + 1), x.clock, code(said(x.did)), verdict_on(x),
                      fmt::format("{} ± {}", number(x.loss), number(kSure * x.se)), believed(x)});
  }
  out.push_back(table(t));
  return out;
}

Blocks belief_section(const Debrief& d) {
  Blocks out{heading(2, "4. What you believed", "belief")};
  std::vector<std::string> stated;
  add_stated(d, stated);
  if (stated.empty())
    out.push_back(
        paragraph("You stated no probabilities. Saying them makes it possible to learn from them."));
  else
    out.push_back(list(stated));
  if (!stated.empty()) out.push_back(paragraph("A Brier score of 0 is best; always saying 50% earns 0.25."));
  const bool any = std::any_of(d.course.points.begin(), d.course.points.end(),
                               [](const CoursePoint& p) { return p.believed >= 0; });
  if (any) out.push_back(figure(belief_figure(d)));
  return out;
}

Blocks luck_section(const Debrief& d) {
  Blocks out{heading(2, "5. Skill and luck", "skill-and-luck")};
  if (!is_graded(d)) {
    out.push_back(not_graded());
    return out;
  }
  const Grade& g = d.grade;
  const double error = kSure * g.luck_se;
  out.push_back(paragraph(
      "Read the chart from top to bottom. It begins with the harm that was to be expected when the page "
      "came. "
      "Each full bar is one of your decisions: what it changed on average, over many worlds that looked the "
      "same "
      "to you. Each light bar is luck: how far what then happened was worse (to the right) or better (to the "
      "left) than that average. Nobody can choose it. The last bar is what it came to."));
  out.push_back(list({
      fmt::format("Expected when the page came, had {} decided everything: {} {}.", code(said(g.reference)),
                  number(g.at_page), said(d.harm_unit)),
      fmt::format("Your decisions {}.",
                  changed(g.skill, "added", "saved", "changed next to nothing against that")),
      fmt::format("Luck {}.", changed(g.luck, "added", "spared", "changed next to nothing")),
      fmt::format("It came to {}.", number(g.in_the_end)),
      fmt::format(
          "With average luck, the same decisions would have come to {} ± {}. Compare this number with "
          "others, not the last bar.",
          number(g.luck_adjusted()), number(error)),
  }));
  if (error > std::fabs(g.skill)) {
    out.push_back(
        paragraph(fmt::format("How sure is this? The error, ± {}, is larger than what your decisions "
                              "changed: this one drill does not "
                              "tell your skill from luck. Several drills together do.",
                              number(error))));
  }
  out.push_back(figure(harm_steps_figure(d)));
  out.push_back(
      paragraph(fmt::format("The bars add up to what it came to; rounding leaves {:.1g}. A weak reference "
                            "makes your skill look better, "
                            "never your luck.",
                            g.residual)));
  return out;
}

}  // namespace breakglass::drill
