#include "drill/forms.hpp"

#include <fmt/format.h>

#include "analysis/timeline_text.hpp"
#include "drill/arrange.hpp"

namespace breakglass::drill {
namespace {

ElementForm form_of(const sim::EnumName& element) {
  ElementForm form{std::string(element.text), {}};
  for (const sim::EnumName& c : names(sim::Compensation{})) {
    const auto compensation = static_cast<sim::Compensation>(c.value);
    if (c.text != "none" && sim::compensates(compensation, static_cast<sim::Element>(element.value)))
      form.compensations.emplace_back(c.text);
  }
  form.compensations.emplace_back("none");
  return form;
}

std::string steps_text(const sim::Strategy& strategy) {
  std::string out;
  for (const sim::StepParams& step : strategy.params.steps) {
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", analysis::percent(step.weight),
                       analysis::short_time(sim::to_seconds(step.duration)));
  }
  return out;
}

}  // namespace

Forms forms_of(const Drill& drill) {
  const sim::ScenarioParams& p = drill.scenario().params;
  Forms forms;
  for (const sim::EnumName& category : names(sim::Category{})) forms.categories.emplace_back(category.text);
  for (const sim::EnumName& element : names(sim::Element{})) forms.elements.push_back(form_of(element));
  for (const std::string& id : p.strategies) {
    const auto strategy = find_strategy(drill, id);
    if (strategy && !strategy->params.steps.empty()) forms.schedules.push_back({id, steps_text(*strategy)});
  }
  for (const auto& rule : p.approvals) forms.rules.push_back(rule.id);
  for (const auto& mitigation : p.containment) forms.mitigations.push_back(mitigation.id);
  forms.questions.assign(std::begin(kQuestions), std::end(kQuestions));
  return forms;
}

std::vector<SignalForm> signal_forms(const Drill& drill) {
  std::vector<SignalForm> forms;
  for (const sim::SignalParams& signal : drill.scenario().params.signals)
    forms.push_back({signal.id, signal, {}});
  const auto& verdicts = drill.seat.params.monitoring.verdicts;
  for (std::size_t v = 0; v < verdicts.size() && v < drill.seat.verdict_signal.size(); ++v) {
    const int signal = drill.seat.verdict_signal[v];
    if (signal < 0 || !verdicts[v].threshold || verdicts[v].threshold->measure != sim::Measure::level)
      continue;
    auto& bounds = forms[static_cast<std::size_t>(signal)].bounds;
    if (verdicts[v].threshold->above) bounds.push_back({*verdicts[v].threshold->above, true});
    if (verdicts[v].threshold->below) bounds.push_back({*verdicts[v].threshold->below, false});
  }
  return forms;
}

}  // namespace breakglass::drill
