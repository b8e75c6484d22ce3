#include "drill/session.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "drill/awaited.hpp"
#include "drill/choice.hpp"
#include "drill/record.hpp"
#include "drill/screen_text.hpp"
#include "drill/warning.hpp"
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

// A drill that has come to its horizon is over, and its log says so: nobody goes on with it from before.
// "" or why the log does not take it.
std::string seal(Session& session) {
  const Drill& drill = session.drill;
  if (drill.notes.closed || drill.notes.refused || !session.journal.is_open()) return "";
  std::uint64_t chain = session.chain;
  const std::string line = end_line(drill.world.now, drill.entries.size() + 1, chain);
  if (!session.played_over) session.stuck = session.journal.append(line);
  if (!session.stuck.empty()) return session.stuck;
  session.chain = chain;
  return "";
}

std::string farewell(Session& session) {
  if (!is_over(session.drill)) return "";
  if (const std::string why = seal(session); !why.empty())
    return fmt::format("PAUSED: {}\nThe time is over. Make room, and type `wait`; or quit.\n", why);
  session.done = true;
  return "The drill is over.\n";
}

bool same(const Entry& a, const Entry& b) {
  return a.at == b.at && a.seen == b.seen && print_action(a.action) == print_action(b.action);
}

// The entry goes to the disk first; then it has its effect. false: it has none, because the log does not take
// it (`stuck`), or has another in its place (`failure`).
bool append(Session& session, const Action& action) {
  Drill& drill = session.drill;
  const Entry entry{drill.world.now, action, fingerprint(look(drill))};
  const std::size_t number = drill.entries.size() + 1;
  if (number <= session.played.size()) {
    if (!same(entry, session.played[number - 1])) {
      session.failure = fmt::format("action {} of the log is \"{}\", and the script says \"{}\"", number,
                                    print_action(session.played[number - 1].action), print_action(action));
      session.done = true;
      return false;
    }
    entry_line(entry, number, session.chain);
  } else if (session.journal.is_open()) {
    std::uint64_t chain = session.chain;
    const std::string line = entry_line(entry, number, chain);
    session.stuck = session.journal.append(line);
    if (!session.stuck.empty()) return false;
    session.chain = chain;
  }
  submit(drill, action);
  return true;
}

// What an instructor threw in when the log was written comes again where it came.
void inject_again(Session& session) {
  while (session.failure.empty() && session.drill.entries.size() < session.played.size()) {
    const Entry& next = session.played[session.drill.entries.size()];
    if (next.action.verb != Verb::inject || next.at != session.drill.world.now) return;
    append(session, next.action);
  }
}

std::string enter(Session& session, const Action& action) {
  if (!append(session, action)) {
    if (session.stuck.empty()) return "";
    return fmt::format(
        "PAUSED: {}\nThis decision is not taken, and time stands still. Make room, and type it again; "
        "or quit: the log keeps everything before it.\n",
        session.stuck);
  }
  return fmt::format("{} {}\n", clock_text(look(session.drill)), print_action(action)) + news(session) +
         farewell(session);
}

std::string act(Session& session, const Action& action, std::string_view line) {
  if (const std::string why = query(session.drill, action); !why.empty()) {
    session.refused = true;
    return "not possible: " + why + "\n";
  }
  std::string warning;
  if (session.to_confirm.empty()) {
    if (session.warn_share > 0) warning = warning_of(session.drill, action, session.warn_share);
    std::string question = session.confirms ? question_for(session.drill, action) : "";
    if (question.empty() && !warning.empty()) question = fmt::format("Do it all the same: {}?", line);
    if (session.confirms && !question.empty()) {
      session.to_confirm = line;
      return warning + question + " Type yes to do it; anything else leaves it.\n";
    }
  }
  session.to_confirm.clear();
  return warning + enter(session, action);
}

std::string wrong_wait(Session& session, std::string_view word) {
  session.refused = true;
  std::string all;
  for (const Awaited& awaited : awaited_things()) all += ", " + std::string(awaited.word);
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
  const auto awaited =
      std::find_if(std::begin(awaited_things()), std::end(awaited_things()),
                   [&](const Awaited& a) { return words.size() == 2 && a.word == words[1]; });
  if (words.size() == 1) {
    wait_for_news(drill, drill.world.now + kLongestWait);
  } else if (awaited != std::end(awaited_things())) {
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
  return "DRILL: " + (title.empty() ? session.drill.scenario().params.id : title) + "\n" + brief_text() +
         news(session);
}

std::string keep_actions(Session& session, const std::vector<Entry>& kept) {
  std::string out;
  for (const Entry& entry : kept) {
    wait_until(session.drill, entry.at);
    out += news(session) + enter(session, entry.action);
    if (!session.failure.empty() || !session.stuck.empty()) return out;
  }
  go_to_branch(session.drill);
  return out + news(session) +
         fmt::format("{} BRANCH: from here on it is up to you again.\n", clock_text(look(session.drill)));
}

std::string resume_session(Session& session) {
  go_to_branch(session.drill);
  const std::string text = "DRILL, resumed. So far:\n" + news(session);
  session.done = is_over(session.drill);
  return text + (session.done ? "The drill is over.\n" : "");
}

std::string obey(Session& session, std::string_view line) {
  const Words cut = cut_words(line);
  session.refused = !cut.error.empty();
  if (session.refused) return "not understood: " + cut.error + "\n";
  if (cut.words.empty() || cut.words[0].starts_with('#')) return "";
  const std::string& word = cut.words[0];
  inject_again(session);
  if (!session.to_confirm.empty()) return confirmed(session, word);
  const View view = look(session.drill);
  if (word == "wait") return wait(session, cut.words);
  const bool is_alone = word == "look" || word == "charts" || word == "record" || word == "quit";
  session.refused = is_alone && cut.words.size() > 1;
  if (session.refused) return fmt::format("not understood: \"{}\" stands alone\n", word);
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
  session.refused = read.action.verb == Verb::inject;
  if (session.refused) return "not possible: only an instructor injects, from a plan or another terminal\n";
  return act(session, read.action, line);
}

std::string prompt(const Session& session) {
  if (!session.to_confirm.empty()) return "yes? ";
  return prompt_text(look(session.drill));
}

std::string obey_instructor(Session& session, std::string_view line) {
  const ReadAction read =
      read_action(line.starts_with("inject") ? std::string(line) : "inject " + std::string(line));
  if (!read.error.empty()) return read.error + (read.hint.empty() ? "" : "; " + read.hint);
  if (read.action.verb != Verb::inject) return "an instructor injects; the trainee decides";
  if (const std::string why = query(session.drill, read.action); !why.empty()) return why;
  return append(session, read.action) ? "" : session.stuck + session.failure;
}

}  // namespace breakglass::drill
