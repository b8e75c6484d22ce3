#include "drill/session.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "drill/choice.hpp"
#include "drill/record.hpp"
#include "drill/screen_text.hpp"
#include "drill/words.hpp"
#include "scenarios/quantity.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::drill {
namespace {

constexpr sim::Duration kLongestWait = std::chrono::hours{24};

std::string news(Session& session) {
  const View view = look(session.drill);
  const std::string text = messages_text(view, session.shown);
  session.shown = view.messages.size();
  return text;
}

std::string farewell(Session& session) {
  if (!is_over(session.drill)) return "";
  session.done = true;
  return "The drill is over.\n";
}

bool same(const Entry& a, const Entry& b) {
  return a.at == b.at && a.seen == b.seen && print_action(a.action) == print_action(b.action);
}

// The entry goes to the disk first; then it has its effect.
std::string enter(Session& session, const Action& action) {
  Drill& drill = session.drill;
  const Entry entry{drill.world.now, action, fingerprint(look(drill))};
  const std::size_t number = drill.entries.size() + 1;
  if (number <= session.played.size()) {
    if (!same(entry, session.played[number - 1])) {
      session.failure = fmt::format("action {} of the log is \"{}\", and the script says \"{}\"", number,
                                    print_action(session.played[number - 1].action), print_action(action));
      session.done = true;
      return "";
    }
    entry_line(entry, number, session.chain);
  } else if (session.journal.is_open()) {
    std::uint64_t chain = session.chain;
    const std::string line = entry_line(entry, number, chain);
    session.stuck = session.journal.append(line);
    if (!session.stuck.empty()) {
      return fmt::format(
          "PAUSED: {}\nThis decision is not taken, and time stands still. Make room, and type it again; "
          "or quit: the log keeps everything before it.\n",
          session.stuck);
    }
    session.chain = chain;
  }
  submit(drill, action);
  return fmt::format("{} {}\n", clock_text(look(drill)), print_action(action)) + news(session) +
         farewell(session);
}

std::string act(Session& session, const Action& action, std::string_view line) {
  if (const std::string why = query(session.drill, action); !why.empty()) {
    session.refused = true;
    return "not possible: " + why + "\n";
  }
  if (session.confirms && session.to_confirm.empty()) {
    if (const std::string question = question_for(session.drill, action); !question.empty()) {
      session.to_confirm = line;
      return question + " Type yes to do it; anything else leaves it.\n";
    }
  }
  session.to_confirm.clear();
  return enter(session, action);
}

// What a line can wait for.
struct Awaited {
  std::string_view word;
  bool (*is_there)(const View& view);
};
constexpr Awaited kAwaited[] = {
    {"change", [](const View& v) { return v.change_ready; }},
    {"approval", [](const View& v) { return v.approvals != Task::under_way; }},
    {"gate", [](const View& v) { return v.gate != Task::under_way && v.late_gate != Task::under_way; }},
    {"way-back", [](const View& v) { return v.rollback != Task::under_way; }},
    {"customers", [](const View& v) { return v.customers != Task::under_way; }},
    {"traffic", [](const View& v) { return v.weight > 0; }},
    {"step", [](const View& v) { return v.step_over || v.weight <= 0 || v.complete; }},
    {"rollback", [](const View& v) { return v.weight <= 0; }},
    {"resolution", [](const View& v) { return v.resolution != Task::under_way; }},
    {"postmortem", [](const View& v) { return v.postmortem != Task::under_way; }},
};

std::string wrong_wait(Session& session, std::string_view word) {
  session.refused = true;
  std::string all;
  for (const Awaited& awaited : kAwaited) all += ", " + std::string(awaited.word);
  return fmt::format(
      "not understood: \"{}\" is no time to wait; write `wait`, `wait 10m`, or what to wait for{}\n",
      scenarios::visible(word, 40), ": " + all.substr(2));
}

// Something that is under way ends in the end; what never begins is waited for until the horizon.
void wait_for(Drill& drill, const Awaited& awaited) {
  while (!is_over(drill) && !awaited.is_there(look(drill)))
    wait_for_news(drill, drill.world.now + kLongestWait);
}

std::string wait(Session& session, const std::vector<std::string>& words) {
  Drill& drill = session.drill;
  const auto* const awaited = std::find_if(std::begin(kAwaited), std::end(kAwaited), [&](const Awaited& a) {
    return words.size() == 2 && a.word == words[1];
  });
  if (words.size() == 1) {
    wait_for_news(drill, drill.world.now + kLongestWait);
  } else if (awaited != std::end(kAwaited)) {
    wait_for(drill, *awaited);
  } else {
    const auto time = scenarios::parse_duration(words[1]);
    if (words.size() > 2 || !time.ok() || time.value.count() <= 0) return wrong_wait(session, words[1]);
    wait_until(drill,
               drill.world.now + std::min(time.value, sim::horizon(drill.scenario()) - drill.world.now));
  }
  const std::string text = news(session);
  return (text.empty() ? clock_text(look(drill)) + " nothing new\n" : text) + farewell(session);
}

std::string confirmed(Session& session, const std::string& word) {
  const std::string line = session.to_confirm;
  if (word != "yes") {
    session.to_confirm.clear();
    return "left as it is\n";
  }
  const ReadAction again = read_action(line);
  return act(session, again.action, line);
}

}  // namespace

std::string open_session(Session& session, const LogHeader& header) {
  const std::string line = header_line(header, session.chain);
  if (session.journal.is_open() && !session.resumed) {
    if (const std::string why = session.journal.append(line); !why.empty()) {
      session.failure = why;
      session.done = true;
      return "";
    }
  }
  const std::string title = session.drill.scenario().params.title;
  return "DRILL: " + (title.empty() ? session.drill.scenario().params.id : title) + "\n" +
         brief_text(look(session.drill)) + news(session);
}

std::string resume_session(Session& session) {
  const std::string text = "DRILL, resumed. So far:\n" + news(session);
  return text + farewell(session);
}

std::string obey(Session& session, std::string_view line) {
  const Words cut = cut_words(line);
  session.refused = !cut.error.empty();
  if (session.refused) return "not understood: " + cut.error + "\n";
  if (cut.words.empty() || cut.words[0].starts_with('#')) return "";
  const std::string& word = cut.words[0];
  if (!session.to_confirm.empty()) return confirmed(session, word);
  const View view = look(session.drill);
  if (word == "wait") return wait(session, cut.words);
  if (word == "look") return status_text(view);
  if (word == "charts") return charts_text(view);
  if (word == "record") return record_markdown(record_of(session.drill));
  if (word == "help") return help_text(view, cut.words.size() > 1 ? cut.words[1] : "");
  if (word == "quit") {
    session.done = true;
    return "Left; the log keeps what was decided.\n";
  }
  const ReadAction read = read_action(line);
  session.refused = !read.error.empty();
  if (session.refused)
    return "not understood: " + read.error + (read.hint.empty() ? "" : "; " + read.hint) + "\n";
  return act(session, read.action, line);
}

std::string prompt(const Session& session) {
  if (!session.to_confirm.empty()) return "yes? ";
  return prompt_text(look(session.drill));
}

std::vector<std::string> completions(const Session& session, std::string_view line) {
  const std::size_t blank = line.rfind(' ');
  const std::string_view last = blank == std::string_view::npos ? line : line.substr(blank + 1);
  std::vector<std::string> all;
  if (blank == std::string_view::npos) {
    for (const Usage& usage : usages()) all.emplace_back(usage.word);
    for (const char* word : {"wait", "look", "charts", "record", "help", "quit"}) all.emplace_back(word);
  } else {
    const std::string_view verb = line.substr(0, line.find(' '));
    const sim::ScenarioParams& p = session.drill.scenario().params;
    const auto add_names = [&](auto table) {
      for (const sim::EnumName& name : table) all.emplace_back(name.text);
    };
    if (verb == "classify") add_names(names(sim::Category{}));
    if (verb == "bypass" || verb == "keep") add_names(names(sim::Element{}));
    if (verb == "bypass") add_names(names(sim::Compensation{}));
    if (verb == "assign" || verb == "relieve") all.insert(all.end(), std::begin(kDuties), std::end(kDuties));
    if (verb == "review") all.insert(all.end(), std::begin(kQuestions), std::end(kQuestions));
    if (verb == "schedule") all.insert(all.end(), p.strategies.begin(), p.strategies.end());
    if (verb == "rule")
      for (const auto& rule : p.approvals) all.push_back(rule.id);
    if (verb == "mitigate")
      for (const auto& mitigation : p.containment) all.push_back(mitigation.id);
  }
  std::erase_if(all, [&](const std::string& word) { return !word.starts_with(last); });
  return all;
}

}  // namespace breakglass::drill
