#include "drill/action.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "drill/said.hpp"
#include "drill/words.hpp"
#include "scenarios/nearest.hpp"
#include "scenarios/quantity.hpp"
#include "scenarios/visible.hpp"
#include "sim/model/discipline.hpp"
#include "sim/model/limits.hpp"
#include "sim/model/watchers.hpp"

namespace breakglass::drill {
namespace {

using Tokens = std::vector<std::string>;

constexpr std::array kUsages{
    Usage{"classify", "CATEGORY", "security, regulatory, incident, customer-blocking, or none", "classify"},
    Usage{"believe", "regression=P real=P", "your probabilities, as 20% or 0.2: both are scored", "classify"},
    Usage{"refuse", "\"reason\"", "not an emergency: the change goes to the normal queue", "classify"},
    Usage{"bypass", "ELEMENT COMPENSATION \"reason\"", "leave an element of the discipline out", "scope"},
    Usage{"keep", "ELEMENT", "keep it after all", "scope"},
    Usage{"assign", "DUTY", "decision-maker, rollback-operator, on-call-cover, communication-owner", "scope"},
    Usage{"relieve", "DUTY", "take the duty back", "scope"},
    Usage{"watchers", "N", "people who watch the dashboards", "scope"},
    Usage{"rule", "RULE", "the approval rule that this change needs", "approve"},
    Usage{"ask-approval", "", "page those whom the rule needs", "approve"},
    Usage{"check-accounts", "", "count an approval only from its approver's own account", "approve"},
    Usage{"run-gate", "", "run the evaluation before the rollout", "prepare"},
    Usage{"coordinate", "", "wait for the other changes of the planned order", "prepare"},
    Usage{"verify-rollback", "", "rehearse the way back", "prepare"},
    Usage{"communicate", "", "have customers told", "prepare"},
    Usage{"mitigate", "MITIGATION", "choose the mitigation that `contain` switches on", "prepare"},
    Usage{"contain", "", "switch the mitigation on", "prepare"},
    Usage{"lift-containment", "", "switch it off", "prepare"},
    Usage{"schedule", "STRATEGY | WEIGHT/TIME ...", "a shipped schedule, or 1%/5m 10%/10m 100%/30m",
          "roll out"},
    Usage{"automatic", "on|off", "whether a failed verdict rolls back by itself", "roll out"},
    Usage{"ship", "", "start the rollout", "roll out"},
    Usage{"promote", "[STEP]", "on to the next step, or to that one; past the last: done", "roll out"},
    Usage{"hold", "[\"reason\"]", "decide to stay where it is", "roll out"},
    Usage{"roll-back", "", "take the change back", "roll out"},
    Usage{"answer", "CALL update \"known\" \"unknown\" \"next\"",
          "tell a caller; it takes as long as they ask", "people"},
    Usage{"answer", "CALL promise TIME | defer | delegate", "promise an answer, put it off, or hand it on",
          "people"},
    Usage{"status", "\"known\" \"unknown\" \"next\"", "update the status page: two minutes", "people"},
    Usage{"investigate", "", "look into what was flagged or suspected", "close"},
    Usage{"verify-resolution", "", "look whether the harm has stopped", "close"},
    Usage{"run-bypassed-gates", "", "run the evaluation that was bypassed", "close"},
    Usage{"fix-forward", "", "have a refinement written while the change serves", "close"},
    Usage{"hold-postmortem", "", "call the postmortem", "close"},
    Usage{"review", "QUESTION \"answer\"",
          "timeline, root-cause, contributing-factors, blast-radius, what-worked, actions", "close"},
    Usage{"close", "", "your part is over: the team goes on from here", "close"},
};

using Wrong = WrongLine;

std::string shown(std::string_view text) { return scenarios::visible(text, 40); }

template <class Names>
std::optional<Wrong> not_one_of(const std::string& word, const Names& names, std::string_view what) {
  std::vector<std::string> all;
  for (const auto& name : names) all.emplace_back(name);
  if (std::find(all.begin(), all.end(), word) != all.end()) return std::nullopt;
  std::string list;
  for (const std::string& name : all) list += (list.empty() ? "" : ", ") + name;
  const std::string near(scenarios::nearest(word, all));
  return Wrong{fmt::format("\"{}\" is no {}", shown(word), what),
               near.empty() ? "one of: " + list : fmt::format("did you mean {}?", near)};
}

template <class E>
std::vector<std::string> names_of(E) {
  std::vector<std::string> out;
  for (const sim::EnumName& name : names(E{})) out.emplace_back(name.text);
  return out;
}

template <class E>
std::optional<E> find_name(std::string_view word) {
  for (const sim::EnumName& name : names(E{})) {
    if (name.text == word) return static_cast<E>(name.value);
  }
  return std::nullopt;
}

std::string print_share(double share) { return scenarios::print_number(share); }

std::optional<Wrong> read_belief(const Tokens& words, Action& action) {
  constexpr const char* kForm = "write, for example: believe regression=20% real=95%";
  if (words.size() < 2) return Wrong{"nothing to believe", kForm};
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::size_t equals = words[i].find('=');
    const std::string name = words[i].substr(0, equals);
    const auto value = equals == std::string::npos
                           ? std::nullopt
                           : read_share(std::string_view(words[i]).substr(equals + 1));
    if ((name != "regression" && name != "real") || !value) {
      return Wrong{fmt::format("\"{}\" is no probability", shown(words[i])), kForm};
    }
    (name == "real" ? action.real : action.regression) = *value;
  }
  return std::nullopt;
}

std::optional<Wrong> read_steps(const Tokens& words, Action& action) {
  constexpr const char* kForm = "write, for example: schedule 1%/5m 10%/10m 50%/15m 100%/30m";
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::size_t slash = words[i].find('/');
    const auto weight = read_share(std::string_view(words[i]).substr(0, slash));
    const auto time = scenarios::parse_duration(
        slash == std::string::npos ? std::string_view() : std::string_view(words[i]).substr(slash + 1));
    if (!weight || !time.ok()) return Wrong{fmt::format("\"{}\" is no step", shown(words[i])), kForm};
    if (time.value.count() <= 0 || time.value > std::chrono::hours{24 * 365}) {
      return Wrong{fmt::format("a step of {}", shown(words[i])),
                   "a step lasts longer than 0 and at most a year"};
    }
    const bool rises = *weight > 0 && (action.steps.empty() || *weight > action.steps.back().weight);
    if (!rises) return Wrong{fmt::format("the weight of \"{}\" does not rise", shown(words[i])), kForm};
    action.steps.push_back({*weight, time.value});
  }
  if (action.steps.size() > sim::kMaxSteps) {
    return Wrong{fmt::format("{} steps", action.steps.size()), fmt::format("at most {}", sim::kMaxSteps)};
  }
  if (action.steps.back().weight < 1) return Wrong{"the last step is not 100%", kForm};
  return std::nullopt;
}

std::optional<Wrong> read_bypass(const Tokens& words, Action& action) {
  constexpr const char* kForm = "write, for example: bypass change-window on-call-cover \"it is 22:00\"";
  if (words.size() != 4) return Wrong{"a bypass needs an element, a compensation and a reason", kForm};
  action.subject = words[1];
  action.detail = words[2];
  action.reason = words[3];
  if (auto wrong = not_one_of(words[1], names_of(sim::Element{}), "element")) return wrong;
  if (auto wrong = not_one_of(words[2], names_of(sim::Compensation{}), "compensation")) return wrong;
  const auto element = find_name<sim::Element>(words[1]);
  const auto compensation = find_name<sim::Compensation>(words[2]);
  if (sim::compensates(*compensation, *element)) return std::nullopt;
  return Wrong{fmt::format("{} does not make up for bypassing {}", words[2], words[1]),
               "`none` says that nothing does"};
}

// Words with one subject.
std::optional<Wrong> read_subject(const Tokens& words, Action& action) {
  if (words.size() != 2) return Wrong{fmt::format("\"{}\" takes one word", words[0]), ""};
  action.subject = words[1];
  switch (action.verb) {
    case Verb::classify: return not_one_of(words[1], names_of(sim::Category{}), "category");
    case Verb::keep: return not_one_of(words[1], names_of(sim::Element{}), "element");
    case Verb::assign:
    case Verb::relieve: return not_one_of(words[1], kDuties, "duty");
    case Verb::automatic: return not_one_of(words[1], std::array{"on", "off"}, "setting");
    case Verb::watchers: {
      const auto number = scenarios::parse_integer(words[1]);
      if (number.ok() && number.value >= 0 && number.value <= sim::kMaxWatchers) return std::nullopt;
      return Wrong{fmt::format("\"{}\" is no number of people", shown(words[1])),
                   fmt::format("from 0 to {}", sim::kMaxWatchers)};
    }
    default: return std::nullopt;
  }
}

std::optional<Wrong> read_reason(const Tokens& words, Action& action, bool optional) {
  if (words.size() == 2) action.reason = words[1];
  if (words.size() == 2 || (optional && words.size() == 1)) return std::nullopt;
  return Wrong{fmt::format("\"{}\" takes one reason", words[0]), fmt::format("write: {} \"why\"", words[0])};
}

std::optional<Wrong> read_review(const Tokens& words, Action& action) {
  if (words.size() != 3) return Wrong{"an answer needs its question", "write: review root-cause \"…\""};
  action.subject = words[1];
  action.reason = words[2];
  return not_one_of(words[1], kQuestions, "question of the postmortem");
}

std::optional<Wrong> read_order(const Tokens& words, Action& action, sim::Order order) {
  action.verb = Verb::order;
  action.order = order;
  if (words.size() == 1) return std::nullopt;
  const auto step = scenarios::parse_integer(words[1]);
  if (order != sim::Order::promote || words.size() > 2) {
    return Wrong{fmt::format("\"{}\" stands alone", words[0]), ""};
  }
  if (!step.ok() || step.value < 1 || step.value > 1000) {
    return Wrong{fmt::format("\"{}\" is no step", shown(words[1])), "steps are counted from 1: promote 3"};
  }
  action.detail = std::to_string(step.value);
  return std::nullopt;
}

struct VerbWord {
  std::string_view word;
  Verb verb;
};
constexpr std::array kVerbs{VerbWord{"answer", Verb::answer},       VerbWord{"status", Verb::status},
                            VerbWord{"inject", Verb::inject},       VerbWord{"classify", Verb::classify},
                            VerbWord{"believe", Verb::believe},     VerbWord{"bypass", Verb::bypass},
                            VerbWord{"keep", Verb::keep},           VerbWord{"schedule", Verb::schedule},
                            VerbWord{"rule", Verb::rule},           VerbWord{"assign", Verb::assign},
                            VerbWord{"relieve", Verb::relieve},     VerbWord{"watchers", Verb::watchers},
                            VerbWord{"automatic", Verb::automatic}, VerbWord{"mitigate", Verb::mitigate},
                            VerbWord{"hold", Verb::hold},           VerbWord{"refuse", Verb::refuse},
                            VerbWord{"review", Verb::review},       VerbWord{"close", Verb::close}};

std::string_view word_of(Verb verb) {
  for (const VerbWord& v : kVerbs) {
    if (v.verb == verb) return v.word;
  }
  return "";
}

std::optional<Wrong> read_words(const Tokens& words, Action& action) {
  if (const auto order = find_name<sim::Order>(words[0])) return read_order(words, action, *order);
  const auto found =
      std::find_if(kVerbs.begin(), kVerbs.end(), [&](const VerbWord& v) { return v.word == words[0]; });
  if (found == kVerbs.end()) {
    std::vector<std::string> all;
    for (const Usage& usage : kUsages) all.emplace_back(usage.word);
    const std::string near(scenarios::nearest(words[0], all));
    return Wrong{fmt::format("there is no action \"{}\"", shown(words[0])),
                 near.empty() ? "`help` lists them" : fmt::format("did you mean {}?", near)};
  }
  action.verb = found->verb;
  switch (action.verb) {
    case Verb::believe: return read_belief(words, action);
    case Verb::bypass: return read_bypass(words, action);
    case Verb::schedule:
      if (words.size() == 2 && words[1].find('/') == std::string::npos) return read_subject(words, action);
      if (words.size() < 2)
        return Wrong{"a schedule needs steps, or a strategy's name", "schedule compressed-canary"};
      return read_steps(words, action);
    case Verb::hold: return read_reason(words, action, true);
    case Verb::refuse: return read_reason(words, action, false);
    case Verb::review: return read_review(words, action);
    case Verb::answer:
    case Verb::status:
    case Verb::inject: return read_said(words, action);
    case Verb::close:
      if (words.size() == 1) return std::nullopt;
      return Wrong{"\"close\" stands alone", ""};
    default: return read_subject(words, action);
  }
}

}  // namespace

std::span<const Usage> usages() { return kUsages; }

ReadAction read_action(std::string_view line) {
  ReadAction out;
  if (line.size() > 4000) return {{}, "the line is longer than 4,000 bytes", ""};
  const Words cut = cut_words(line);
  if (!cut.error.empty()) return {{}, cut.error, ""};
  if (cut.words.empty()) return {{}, "an empty line", "`help` lists what you can do"};
  if (const auto wrong = read_words(cut.words, out.action)) {
    out.error = wrong->error;
    out.hint = wrong->hint;
  }
  return out;
}

std::string print_action(const Action& a) {
  if (a.verb == Verb::order) {
    return std::string(sim::name_of(a.order)) + (a.detail.empty() ? "" : " " + a.detail);
  }
  std::string out(word_of(a.verb));
  if (a.verb == Verb::believe) {
    if (a.regression >= 0) out += " regression=" + print_share(a.regression);
    if (a.real >= 0) out += " real=" + print_share(a.real);
    return out;
  }
  for (const sim::StepParams& step : a.steps) {
    out += ' ' + print_share(step.weight) + '/' + scenarios::print_duration(step.duration);
  }
  if (!a.subject.empty())
    out += ' ' + (a.subject.find_first_of(" \"\\") == std::string::npos ? a.subject : quoted(a.subject));
  if (!a.detail.empty()) out += ' ' + a.detail;
  if (!a.reason.empty()) out += ' ' + quoted(a.reason);
  for (const std::string& word : a.said) out += ' ' + print_word(word);
  return out;
}

sim::Command command_of(const Action& action) {
  return {action.order, action.detail.empty() ? -1 : std::stoi(action.detail) - 1};
}

}  // namespace breakglass::drill
