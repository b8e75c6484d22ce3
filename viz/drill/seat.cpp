#include "viz/drill/seat.hpp"

#include "viz/text.hpp"

namespace breakglass::viz {
namespace {

constexpr double kTick_s = 0.1;

void take_notes(DrillSeat& seat, const std::vector<scenarios::NoteParams>& notes) {
  for (const scenarios::NoteParams& note : notes) {
    CoachNote shown{plain(note.say), {}};
    for (const std::string& line : note.type) shown.lines.push_back(plain(line));
    seat.screen.notes.push_back(std::move(shown));
  }
}

void renew(DrillSeat& seat) {
  refresh(seat.screen, seat.session);
  take_notes(seat, drill::due(seat.coach, seat.session.drill));
  seat.waited_s = 0;
}

// The last line of an answer that was a no, without its line break.
std::string notice_in(const drill::Session& session, std::string text) {
  if (!session.failure.empty()) return session.failure;
  if (!session.refused && session.stuck.empty()) return "";
  while (!text.empty() && text.back() == '\n') text.pop_back();
  for (char& c : text) c = c == '\n' ? ' ' : c;
  return text;
}

void tell(DrillSeat& seat, const std::string& line) {
  DrillScreen& screen = seat.screen;
  const bool was_stuck = !screen.stuck.empty();
  const std::string answer = drill::obey(seat.session, line);
  screen.notice = plain(notice_in(seat.session, answer));
  screen.stuck = plain(seat.session.stuck);
  screen.question = seat.session.to_confirm.empty()
                        ? ""
                        : plain(drill::question_for(seat.session.drill,
                                                    drill::read_action(seat.session.to_confirm).action));
  if (!screen.stuck.empty() || was_stuck) screen.pace.paused = true;
  renew(seat);
}

}  // namespace

void sit_down(DrillSeat& seat) {
  seat.session.confirms = true;
  seat.screen = open_screen(seat.session);
  take_notes(seat, drill::due(seat.coach, seat.session.drill));
}

void carry_out(DrillSeat& seat, const Command& command) {
  drill::Pace& pace = seat.screen.pace;
  drill::Drill& drill = seat.session.drill;
  using Kind = Command::Kind;
  switch (command.kind) {
    case Kind::say: return tell(seat, command.line);
    case Kind::confirm: return tell(seat, "yes");
    case Kind::dismiss:
      if (!seat.session.to_confirm.empty()) tell(seat, "no");
      return;
    case Kind::pause: pace.paused = !pace.paused; return;
    case Kind::speed:
      pace.speed = command.speed;
      pace.paused = false;
      return;
    case Kind::next_event: drill::wait_for_news(drill, drill.world.now + std::chrono::hours{24}); break;
    case Kind::next_decision: drill::wait_for_decision(drill); break;
    case Kind::debrief:
    case Kind::leave: return;
  }
  pace.paused = true;
  pace.left_s = 0;
  seat.screen.notice.clear();
  renew(seat);
}

void let_pass(DrillSeat& seat, double real_s) {
  drill::Pace& pace = seat.screen.pace;
  if (pace.paused || !seat.screen.question.empty() || seat.screen.view.over) return;
  seat.waited_s += real_s;
  if (seat.waited_s < kTick_s) return;
  const sim::Time before = seat.session.drill.world.now;
  drill::pass(seat.session.drill, pace, seat.waited_s);
  seat.waited_s = 0;
  if (seat.session.drill.world.now != before) renew(seat);
}

}  // namespace breakglass::viz
