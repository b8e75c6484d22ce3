// Playing a drill line by line: from a terminal, a pipe or a script.
#include <fmt/format.h>

#include <fstream>

#include "cli/commands.hpp"
#include "cli/complaint.hpp"
#include "cli/drill_log.hpp"
#include "cli/exit_status.hpp"
#include "cli/keep_history.hpp"
#include "cli/layout.hpp"
#include "cli/line_input.hpp"
#include "drill/coach.hpp"
#include "drill/log_file.hpp"
#include "drill/session.hpp"
#include "history/data_folder.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::cli {
namespace {

using drill::Session;

// The lines of a script, or of standard input, one after the other.
class Lines {
 public:
  explicit Lines(const DrillRequest& request) {
    if (request.script.empty() || request.script == "-") return;
    file_.open(request.script);
    from_file_ = true;
  }
  bool is_open() const { return !from_file_ || file_.is_open(); }
  std::optional<std::string> next(const Session& session) {
    ++number_;
    if (!from_file_) {
      return read_line(input_is_terminal() ? drill::prompt(session) : "",
                       [&](const std::string& line) { return drill::completions(session, line); });
    }
    std::string line;
    if (!std::getline(file_, line)) return std::nullopt;
    return line;
  }
  int number() const { return number_; }

 private:
  std::ifstream file_;
  bool from_file_ = false;
  int number_ = 0;
};

drill::LogHeader header_of(const DrillRequest& request, const sim::Scenario& scenario) {
  drill::LogHeader header;
  header.version = BREAKGLASS_VERSION;
  header.scenario = request.world.scenario;
  header.overrides = request.world.load.overrides;
  header.hash = scenario.hash;
  header.setup.seed = request.seed;
  header.setup.replication = request.replication;
  for (std::size_t m = 0; m < std::size(drill::kModes); ++m) {
    if (drill::kModes[m] == request.mode) header.setup.mode = static_cast<drill::Mode>(m);
  }
  return header;
}

// Nobody who could make room is there: the drill ends where its log ends, and goes on another time.
int stop_stuck(const Session& session) {
  write_stderr(render(
      {{session.stuck,
        {"nothing that was decided is lost: the same command goes on where the log ends, once there is "
         "room"}}}));
  return kExitUsage;
}

int complain(const Session& session, const DrillRequest& request, int line, const std::string& answer) {
  if (!session.failure.empty()) return fail(session.failure);
  write_stderr(fmt::format("{}:{}: {}", scenarios::visible(request.script, 200), line, answer));
  return kExitUsage;
}

// What the coach of a lesson says, after what the trainee was shown.
std::string coached(const std::vector<scenarios::NoteParams>& notes, const Console& console) {
  std::string out;
  for (const scenarios::NoteParams& note : notes) {
    out += "\n" + hanging("  coach: ", scenarios::visible(note.say), console.width);
    for (const std::string& line : note.type) out += "         > " + scenarios::visible(line) + "\n";
    out += "\n";
  }
  return out;
}

int play(Session& session, const DrillRequest& request, bool scripted, drill::Coach& coach,
         const Console& console) {
  Lines lines(request);
  if (!lines.is_open())
    return fail(fmt::format("cannot read the script \"{}\"", scenarios::visible(request.script, 200)));
  while (!session.done) {
    const auto line = lines.next(session);
    if (!line) break;
    const std::string answer = drill::obey(session, *line);
    if (!session.stuck.empty() && !session.confirms) return stop_stuck(session);
    if (!session.failure.empty() || (scripted && session.refused))
      return complain(session, request, lines.number(), answer);
    if (write_stdout(answer + coached(drill::due(coach, session.drill), console)) != 0) return kExitUsage;
  }
  return kExitDone;
}

// A drill of the lesson that was asked for; nothing, and what is wrong on standard error, if there is none.
std::optional<DrillRequest> in_lesson(const DrillRequest& request, drill::Coach& coach) {
  scenarios::Problems problems;
  std::optional<scenarios::LessonParams> lesson;
  for (const scenarios::LessonParams& shipped : scenarios::shipped_lessons()) {
    if (std::to_string(shipped.level) == request.tutorial) lesson = shipped;
  }
  if (!lesson) lesson = scenarios::load_lesson(request.tutorial, problems);
  if (!problems.empty()) write_stderr(scenarios::render(problems));
  if (!lesson) return std::nullopt;
  coach = drill::coach_of(*lesson);
  DrillRequest out = request;
  out.world.scenario = lesson->scenario;
  out.seed = static_cast<std::uint64_t>(lesson->seed);
  out.replication = static_cast<std::uint32_t>(lesson->replication);
  out.mode = "practice";
  return out;
}

int run_drill(const DrillRequest& request, drill::Coach& coach, const Console& console) {
  const auto loaded = load_for_drill(request.world.scenario, request.world.load);
  if (!loaded) return kExitUsage;
  const bool scripted = !request.script.empty();
  const drill::LogHeader header = header_of(request, loaded->scenario);
  Session session;
  session.drill = drill::begin_drill(loaded, header.setup);
  session.confirms = !scripted && input_is_terminal();
  const std::string path =
      !request.log.empty() || scripted ? request.log : history::new_log_path(loaded->scenario.params.id);
  if (!path.empty()) {
    const drill::OpenedLog opened = drill::open_log(session, path, header, scripted, loaded);
    if (!opened.note.empty()) write_stderr(fmt::format("breakglass: note: {}\n", opened.note));
    if (!opened.problem.empty()) return fail(opened.problem);
    if (!session.resumed)
      write_stderr(fmt::format("breakglass: the log is {}\n", scenarios::visible(path, 200)));
  }
  const std::string opening =
      session.resumed && !scripted ? drill::resume_session(session) : drill::open_session(session, header);
  if (!session.failure.empty()) return fail(session.failure);
  const bool comes_back = session.resumed && !scripted;
  const auto notes = comes_back ? drill::again(coach, session.drill) : drill::due(coach, session.drill);
  if (write_stdout(opening + coached(notes, console)) != 0) return kExitUsage;
  const int status = play(session, request, scripted, coach, console);
  if (status == kExitDone && session.journal.is_open())
    keep(session.drill, {path, header, session.chain}, history::utc_now(), request.history);
  return status;
}

}  // namespace

int run(const DrillRequest& request, const Console& console) {
  drill::Coach coach;
  if (request.tutorial.empty()) return run_drill(request, coach, console);
  const auto lesson = in_lesson(request, coach);
  return lesson ? run_drill(*lesson, coach, console) : kExitUsage;
}

}  // namespace breakglass::cli
