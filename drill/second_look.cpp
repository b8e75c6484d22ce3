#include "drill/second_look.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "drill/verdict_text.hpp"
#include "plot/axis.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::drill {
namespace {

std::string number(double value) { return plot::short_number(value, 3); }

const GradedDecision& decision_of(const Debrief& d, std::size_t numbered) {
  return d.grade.decisions[d.numbered[numbered].index];
}

// By name, so that their order tells nothing.
std::vector<OptionValue> sorted_options(const GradedDecision& decision) {
  std::vector<OptionValue> options = decision.options;
  std::stable_sort(options.begin(), options.end(), [](const OptionValue& a, const OptionValue& b) {
    return option_name(a) < option_name(b);
  });
  return options;
}

std::string without_marks(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == kCodeBegins || c == kCodeEnds)
      out += '`';
    else if (c != kStrongBegins && c != kStrongEnds)
      out += c;
  }
  return out;
}

}  // namespace

std::vector<std::size_t> to_look_at_again(const Debrief& d) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < d.numbered.size(); ++i) {
    if (d.numbered[i].again) out.push_back(i);
  }
  return out;
}

std::string question_text(const Debrief& d, std::size_t numbered) {
  const Situation& s = d.numbered[numbered].situation;
  std::string out = fmt::format("Decision {}, {}. What stood on the screen:\n", numbered + 1, s.clock);
  for (const auto& [what, how] : s.status) out += fmt::format("  {:<18}{}\n", what, scenarios::visible(how));
  for (const std::string& reading : s.readings)
    out += fmt::format("  {:<18}{}\n", "last reading", scenarios::visible(reading));
  if (!s.news.empty()) out += "The last that you were told:\n";
  for (const std::string& line : s.news) out += "  " + scenarios::visible(line) + "\n";
  out += "What you could do:\n";
  const std::vector<OptionValue> options = sorted_options(decision_of(d, numbered));
  for (std::size_t i = 0; i < options.size(); ++i)
    out += fmt::format("  {}. {}\n", i + 1, option_name(options[i]));
  return out;
}

std::optional<std::size_t> read_choice(const Debrief& d, std::size_t numbered, const std::string& line) {
  const std::vector<OptionValue> options = sorted_options(decision_of(d, numbered));
  std::size_t n = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), n);
  if (error == std::errc() && end == line.data() + line.size())
    return n >= 1 && n <= options.size() ? std::optional(n - 1) : std::nullopt;
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (options[i].option == line) return i;
  }
  return std::nullopt;
}

bool is_as_good_as_best(const Debrief& d, std::size_t numbered, std::size_t choice) {
  const OptionValue option = sorted_options(decision_of(d, numbered))[choice];
  return option.worse <= kInaccuracy * d.grade.stake || option.worse <= kSure * option.se;
}

std::string answer_text(const Debrief& d, std::size_t numbered, std::optional<std::size_t> choice) {
  const GradedDecision& decision = decision_of(d, numbered);
  std::string out;
  if (choice) {
    const OptionValue option = sorted_options(decision)[*choice];
    out = fmt::format("{} comes to {} {} on average, {} ± {} more than the best: {}.\n", option_name(option),
                      number(option.mean), scenarios::visible(d.harm_unit), number(option.worse),
                      number(kSure * option.se),
                      is_as_good_as_best(d, numbered, *choice) ? "as good as any, as far as can be told"
                                                               : "there is a better move");
  }
  out += without_marks(answer_sentence(d, decision)) + "\n";
  std::vector<OptionValue> options = decision.options;
  std::stable_sort(options.begin(), options.end(),
                   [](const OptionValue& a, const OptionValue& b) { return a.mean < b.mean; });
  out += fmt::format("  {:<34}{:>10}{:>16} ±\n", "option", "harm", "above the best");
  for (const OptionValue& o : options) {
    out += fmt::format("  {:<34}{:>10}{:>16} ± {}\n", option_name(o) + (o.chosen ? " (you)" : ""),
                       number(o.mean), number(o.worse), number(kSure * o.se));
  }
  return out;
}

}  // namespace breakglass::drill
