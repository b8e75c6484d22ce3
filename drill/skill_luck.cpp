#include "drill/skill_luck.hpp"

#include <algorithm>
#include <cmath>

namespace breakglass::drill {
namespace {

// The least amount of a kind that is shown by itself.
double least_shown(const std::vector<HarmStep>& steps, HarmStep::Kind kind, double stake) {
  std::vector<double> sizes;
  for (const HarmStep& step : steps) {
    if (step.kind == kind) sizes.push_back(std::fabs(step.amount));
  }
  std::sort(sizes.begin(), sizes.end(), std::greater<>());
  const double limit = kShownStep * stake;
  return sizes.size() > static_cast<std::size_t>(kShownSteps) ? std::max(limit, sizes[kShownSteps - 1])
                                                              : limit;
}

HarmStep total(HarmStep::Kind kind, double amount) {
  HarmStep step;
  step.kind = kind;
  step.amount = amount;
  return step;
}

std::vector<HarmStep> all_steps(const Grade& grade) {
  std::vector<HarmStep> steps;
  int number = 0;
  for (const GradedDecision& d : grade.decisions) {
    if (d.counts) ++number;
    const int named = d.counts ? number : 0;
    steps.push_back({HarmStep::Kind::decision, named, d.clock, d.did, d.chosen_mean - d.value});
    steps.push_back({HarmStep::Kind::luck, named, d.clock, d.did, d.luck});
  }
  return steps;
}

}  // namespace

std::vector<HarmStep> harm_steps(const Grade& grade) {
  using Kind = HarmStep::Kind;
  const std::vector<HarmStep> all = all_steps(grade);
  const double decision = least_shown(all, Kind::decision, grade.stake);
  const double luck = least_shown(all, Kind::luck, grade.stake);
  std::vector<HarmStep> out{total(Kind::at_page, grade.at_page)};
  HarmStep other_decisions = total(Kind::other_decisions, 0), other_luck = total(Kind::other_luck, 0);
  for (const HarmStep& step : all) {
    const bool is_luck = step.kind == Kind::luck;
    if (std::fabs(step.amount) >= (is_luck ? luck : decision))
      out.push_back(step);
    else
      (is_luck ? other_luck : other_decisions).amount += step.amount;
  }
  if (other_decisions.amount != 0) out.push_back(other_decisions);
  if (other_luck.amount != 0) out.push_back(other_luck);
  out.push_back(total(Kind::in_the_end, grade.in_the_end));
  return out;
}

}  // namespace breakglass::drill
