#include "tests/scenarios/content_support.hpp"

#include <algorithm>

namespace breakglass::tests {
namespace {

using Complaints = std::vector<std::string>;

bool says_made_up(const sim::ScenarioParams& p) {
  return std::any_of(p.sources.begin(), p.sources.end(), [](const sim::SourceParams& source) {
    return source.source.find("ade up") != std::string::npos;
  });
}

// Whether a source speaks of the value at `pointer`, of a part of it, or of what holds it.
bool is_sourced(const sim::ScenarioParams& p, const std::string& pointer) {
  return std::any_of(p.sources.begin(), p.sources.end(), [&pointer](const sim::SourceParams& source) {
    const std::string& said = source.parameter;
    return !source.source.empty() && (said == pointer || said.starts_with(pointer + "/") ||
                                      (said.size() > 1 && pointer.starts_with(said + "/")));
  });
}

void check_brief(const sim::ScenarioParams& p, Complaints& out) {
  if (p.title.empty()) out.emplace_back("no title");
  if (p.brief.page.empty()) out.emplace_back("no pager text (brief.page)");
  if (p.brief.facts.size() < 2) out.emplace_back("fewer than two facts");
  // In the world that the scenario is about: a decoy's is a false alarm.
  const bool real = p.nature != sim::Nature::decoy;
  const auto wrong = [real](const sim::FactParams& fact) { return sim::is_wrong(fact, real); };
  if (std::none_of(p.brief.facts.begin(), p.brief.facts.end(), wrong)) {
    out.emplace_back("no fact that is wrong at first");
  }
}

void check_sources(const sim::ScenarioParams& p, const scenarios::Node& root, Complaints& out) {
  std::vector<std::string> needed{"/change/regression/probability", "/people", "/rollback"};
  const bool goes_on = p.harm.ongoing.per_request > 0 || p.harm.ongoing.per_second > 0;
  needed.emplace_back(goes_on ? "/harm/ongoing" : "/harm/deadline");
  if (p.real < 1) needed.emplace_back("/real");
  for (const std::string& pointer : needed) {
    if (!is_sourced(p, pointer)) out.emplace_back("no source for " + pointer);
  }
  for (const auto& source : p.sources) {
    if (scenarios::find(root, source.parameter) == nullptr) {
      out.emplace_back("a source for " + source.parameter + ", which the document does not have");
    }
  }
}

void check_nature(const sim::ScenarioParams& p, Complaints& out) {
  if (p.nature == sim::Nature::decoy && p.real > 0.2) out.emplace_back("a decoy that is mostly real");
  if (p.nature == sim::Nature::decoy && p.real <= 0) out.emplace_back("a decoy whose truth is not drawn");
  if (p.nature == sim::Nature::inverse_decoy && p.real < 0.5)
    out.emplace_back("an inverse decoy that is mostly nothing");
  if (p.nature != sim::Nature::decoy && p.category == sim::Category::none) {
    out.emplace_back("an emergency without a category");
  }
}

// Whether the regression moves every signal the way that watchers take for worse: the other way it would
// hide.
void check_moves(const sim::ScenarioParams& p, Complaints& out) {
  for (const sim::SeverityParams& severity : p.change.regression.severities) {
    for (const sim::MoveParams& move : severity.moves) {
      const auto signal = std::find_if(p.signals.begin(), p.signals.end(),
                                       [&move](const sim::SignalParams& s) { return s.id == move.id; });
      const double by = signal->baseline * (move.ratio - 1) + move.difference;
      const bool is_worse = signal->worse == sim::Worse::increase ? by > 0 : by < 0;
      if (is_worse) continue;
      out.push_back("severity " + severity.id + " moves " + move.id + " the way that nobody takes for worse");
    }
  }
}

// The soonest postmortem: once the resolution is verified, if the fix is out at the page.
void check_postmortem(const sim::ScenarioParams& p, Complaints& out) {
  const double soonest_s = sim::mean(p.response.verify.time) + sim::mean(p.response.postmortem);
  if (soonest_s >= sim::to_seconds(p.horizon)) out.emplace_back("a postmortem after the horizon");
}

}  // namespace

const std::vector<Promised>& promised_scenarios() {
  using sim::Nature;
  static const std::vector<Promised> list{{"pii-leak", Nature::emergency},
                                          {"waf-rule", Nature::emergency},
                                          {"assistant-exfiltration", Nature::emergency},
                                          {"patch-for-the-patch", Nature::emergency},
                                          {"age-gate", Nature::emergency},
                                          {"patch-or-disconnect", Nature::emergency},
                                          {"telemetry-overload", Nature::emergency},
                                          {"red-button-stampede", Nature::emergency},
                                          {"good-file-bad-file", Nature::emergency},
                                          {"flattering-model", Nature::emergency},
                                          {"addons-off", Nature::emergency},
                                          {"restore-in-batches", Nature::emergency},
                                          {"friday-promise", Nature::decoy},
                                          {"manager-wants-it-now", Nature::decoy},
                                          {"inconvenient-wait", Nature::decoy},
                                          {"shortcut-in-an-emergency-coat", Nature::decoy},
                                          {"critical-but-not-for-us", Nature::decoy},
                                          {"broken-exporter", Nature::decoy},
                                          {"our-own-deadline", Nature::decoy},
                                          {"vip-with-workaround", Nature::decoy},
                                          {"approval-by-chat", Nature::decoy},
                                          {"unreachable-cve", Nature::decoy},
                                          {"ninety-seven-emails", Nature::inverse_decoy},
                                          {"polite-report", Nature::inverse_decoy}};
  return list;
}

std::vector<std::string> missing_scenarios(const std::vector<std::string>& ids) {
  std::vector<std::string> missing;
  for (const Promised& promised : promised_scenarios()) {
    if (std::find(ids.begin(), ids.end(), promised.id) == ids.end()) missing.emplace_back(promised.id);
  }
  return missing;
}

std::vector<std::string> content_complaints(const sim::ScenarioParams& p, const scenarios::Node& root) {
  Complaints out;
  check_brief(p, out);
  check_sources(p, root, out);
  check_nature(p, out);
  check_moves(p, out);
  check_postmortem(p, out);
  if (!p.modelled_on && !says_made_up(p)) {
    out.emplace_back("neither modelled_on nor a source that says that it is made up");
  }
  return out;
}

}  // namespace breakglass::tests
