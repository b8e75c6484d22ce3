#include "drill/completion.hpp"

#include <algorithm>

#include "drill/awaited.hpp"
#include "drill/said.hpp"
#include "sim/model/discipline.hpp"

namespace breakglass::drill {
namespace {

using Names = std::vector<std::string>;

constexpr const char* kOwn[] = {"wait", "look", "charts", "record", "help", "quit"};  // no actions

void add_words(Names& out) {
  for (const Usage& usage : usages()) {
    if (out.empty() || out.back() != usage.word) out.emplace_back(usage.word);
  }
  out.insert(out.end(), std::begin(kOwn), std::end(kOwn));
}

template <class List>
void add(Names& out, const List& list) {
  for (const auto& item : list) out.emplace_back(item);
}
void add_names(Names& out, std::span<const sim::EnumName> table) {
  for (const sim::EnumName& name : table) out.emplace_back(name.text);
}
template <class List>
void add_ids(Names& out, const List& list) {
  for (const auto& item : list) out.push_back(item.id);
}

// Compensations that make up for that element.
void add_compensations(Names& out, const std::string& element) {
  for (const sim::EnumName& e : names(sim::Element{})) {
    if (e.text != element) continue;
    for (const sim::EnumName& c : names(sim::Compensation{})) {
      if (sim::compensates(static_cast<sim::Compensation>(c.value), static_cast<sim::Element>(e.value)))
        out.emplace_back(c.text);
    }
  }
}

// The first word after the verb.
void add_subjects(Names& out, const Drill& drill, const std::string& verb) {
  const sim::ScenarioParams& p = drill.scenario().params;
  if (verb == "help") add_words(out);
  if (verb == "classify") add_names(out, names(sim::Category{}));
  if (verb == "believe") add(out, std::initializer_list<const char*>{"regression=", "real="});
  if (verb == "bypass") add_names(out, names(sim::Element{}));
  if (verb == "keep") add_ids(out, drill.seat.params.bypasses);
  if (verb == "assign" || verb == "relieve") add(out, kDuties);
  if (verb == "automatic") add(out, std::initializer_list<const char*>{"on", "off"});
  if (verb == "rule") add_ids(out, p.approvals);
  if (verb == "mitigate") add_ids(out, p.containment);
  if (verb == "schedule") add(out, p.strategies);
  if (verb == "review") add(out, kQuestions);
  if (verb == "wait") {
    for (const Awaited& thing : awaited_things()) out.emplace_back(thing.word);
  }
  if (verb != "answer") return;
  for (const Call& call : drill.desk.calls) {
    if (call.state == Call::State::ringing || call.state == Call::State::promised)
      out.push_back(std::to_string(call.number));
  }
}

}  // namespace

std::vector<std::string> completions(const Session& session, std::string_view line) {
  const std::size_t blank = line.rfind(' ');
  const std::string_view last = blank == std::string_view::npos ? line : line.substr(blank + 1);
  Names before;
  for (std::size_t i = 0; blank != std::string_view::npos && i <= blank;) {
    const std::size_t end = std::min(line.find(' ', i), blank + 1);
    if (end > i) before.emplace_back(line.substr(i, end - i));
    i = end + 1;
  }
  Names all;
  if (before.empty()) add_words(all);
  if (before.size() == 1) add_subjects(all, session.drill, before[0]);
  if (before.size() == 2 && before[0] == "bypass") add_compensations(all, before[1]);
  if (before.size() == 2 && before[0] == "believe") add_subjects(all, session.drill, before[0]);
  if (before.size() == 2 && before[0] == "answer") add(all, kAnswers);
  std::erase_if(all, [&](const std::string& word) { return !word.starts_with(last); });
  return all;
}

}  // namespace breakglass::drill
