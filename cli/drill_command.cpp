// Playing a drill line by line: from a terminal, a pipe or a script.
#include <fmt/format.h>

#include "cli/branch_from.hpp"
#include "cli/commands.hpp"
#include "cli/complaint.hpp"
#include "cli/drill_log.hpp"
#include "cli/drill_play.hpp"
#include "cli/exit_status.hpp"
#include "cli/instructor.hpp"
#include "cli/keep_history.hpp"
#include "cli/layout.hpp"
#include "cli/line_input.hpp"
#include "cli/ticket.hpp"
#include "drill/coach.hpp"
#include "drill/ghost.hpp"
#include "drill/log_file.hpp"
#include "drill/session.hpp"
#include "history/data_folder.hpp"
#include "scenarios/plan.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::cli {
namespace {

using drill::Session;

constexpr double kWarnShare = 0.05;  // of the stake

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
  header.setup.injects = request.injects;
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

int play(Session& session, const DrillRequest& request, Lines& lines, drill::Coach& coach,
         const drill::Course* ghost, const Console& console) {
  const bool scripted = !request.script.empty();
  Instructor instructor;
  if (!request.instructor.empty()) {
    if (const std::string why = instructor.open(request.instructor, !session.resumed); !why.empty())
      return fail(why);
  }
  while (!session.done) {
    const auto line = lines.next(session);
    if (!line) break;
    const sim::Time before = session.drill.world.now;
    instructor.pass_on(session);
    if (!session.stuck.empty() && !session.confirms) return stop_stuck(session);
    const std::string answer = drill::obey(session, *line);
    if (!session.stuck.empty() && !session.confirms) return stop_stuck(session);
    if (!session.failure.empty() || (scripted && session.refused))
      return complain(session, request, lines.number(), answer);
    std::string beside;
    if (ghost != nullptr && session.drill.world.now > before)
      beside = drill::ghost_text(*ghost, session.drill.world.now, session.drill.scenario().params.harm_unit);
    if (write_stdout(answer + beside + coached(drill::due(coach, session.drill), console)) != 0)
      return kExitUsage;
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

// Somebody at a terminal who practises is warned unless they do not want to; a lesson has a coach.
double warn_share(const DrillRequest& request, bool somebody_is_there) {
  if (request.mode != "practice") return 0;
  if (request.warn_share >= 0) return request.warn_share;
  return somebody_is_there && request.tutorial.empty() ? kWarnShare : 0;
}

// What a branch keeps is played into its log; a person who comes back finds it there.
std::string keep_actions(Session& session, const BranchStart* branch, bool comes_back) {
  if (branch == nullptr || comes_back) return "";
  return drill::keep_actions(session, branch->kept);
}

int run_drill(const DrillRequest& request, Lines& lines, drill::Coach& coach, const BranchStart* branch,
              const Console& console, std::optional<drill::Drill>& out) {
  const auto loaded = load_for_drill(request.world.scenario, request.world.load);
  if (!loaded) return kExitUsage;
  if (!lines.is_open())
    return fail(fmt::format("cannot read the script \"{}\"", scenarios::visible(request.script, 200)));
  const bool scripted = !request.script.empty();
  drill::LogHeader header = header_of(request, loaded->scenario);
  if (branch != nullptr) header.setup.branch = branch->branch;
  Session session;
  session.drill = drill::begin_drill(loaded, header.setup);
  session.confirms = !scripted && input_is_terminal();
  session.warn_share = warn_share(request, session.confirms);
  const std::string path =
      !request.log.empty() || scripted ? request.log : history::new_log_path(loaded->scenario.params.id);
  if (!path.empty()) {
    const drill::OpenedLog opened = drill::open_log(session, path, header, scripted, loaded);
    if (!opened.note.empty()) write_stderr(fmt::format("breakglass: note: {}\n", opened.note));
    if (!opened.problem.empty()) return fail(opened.problem);
    if (!session.resumed)
      write_stderr(fmt::format("breakglass: the log is {}\n", scenarios::visible(path, 200)));
  }
  std::string opening =
      session.resumed && !scripted ? drill::resume_session(session) : drill::open_session(session, header);
  if (!session.failure.empty()) return fail(session.failure);
  const bool comes_back = session.resumed && !scripted;
  opening += keep_actions(session, branch, comes_back);
  if (!session.failure.empty()) return fail(session.failure);
  if (!session.stuck.empty()) return stop_stuck(session);
  const auto notes = comes_back ? drill::again(coach, session.drill) : drill::due(coach, session.drill);
  if (write_stdout(opening + coached(notes, console)) != 0) return kExitUsage;
  const int status = play(session, request, lines, coach, branch ? &branch->ghost : nullptr, console);
  if (status == kExitDone && session.journal.is_open())
    keep(session.drill, {path, header, session.chain}, history::utc_now(), request.history);
  if (status == kExitDone && session.confirms && !path.empty() && drill::is_over(session.drill))
    write_stderr(
        fmt::format("breakglass: find better moves, then the verdict: breakglass debrief {} --interactive\n",
                    scenarios::visible(shell_word(path), 200)));
  out = std::move(session.drill);
  return status;
}

// With what a lesson plan brings; nothing, and what is wrong on standard error, where it cannot.
std::optional<DrillRequest> with_plan(const DrillRequest& request) {
  scenarios::Problems problems;
  const auto plan = scenarios::load_plan(request.plan, problems);
  if (!problems.empty()) write_stderr(scenarios::render(problems));
  if (!plan) return std::nullopt;
  DrillRequest out = request;
  if (!out.world.scenario.empty() && out.world.scenario != plan->scenario) {
    fail(fmt::format("the lesson plan is for {}, and the drill would be of {}", plan->scenario,
                     scenarios::visible(out.world.scenario, 60)));
    return std::nullopt;
  }
  out.world.scenario = plan->scenario;
  if (!out.has_seed) out.seed = static_cast<std::uint64_t>(plan->seed);
  if (!out.has_replication) out.replication = static_cast<std::uint32_t>(plan->replication);
  out.injects = drill::planned_of(*plan);
  return out;
}

}  // namespace

int play_drill(const DrillRequest& request, Lines& lines, const Console& console,
               std::optional<drill::Drill>& out) {
  drill::Coach nobody;
  return run_drill(request, lines, nobody, nullptr, console, out);
}

int run(const DrillRequest& request, const Console& console) {
  drill::Coach coach;
  Lines lines(request.script);
  std::optional<drill::Drill> played;
  if (!request.from.empty()) {
    const auto branch = branch_from(request);
    return branch ? run_drill(branch->request, lines, coach, &*branch, console, played) : kExitUsage;
  }
  std::optional<DrillRequest> drill = request;
  if (!request.tutorial.empty()) drill = in_lesson(request, coach);
  if (!request.plan.empty()) drill = with_plan(request);
  return drill ? run_drill(*drill, lines, coach, nullptr, console, played) : kExitUsage;
}

}  // namespace breakglass::cli
