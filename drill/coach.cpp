#include "drill/coach.hpp"

#include <algorithm>

#include "drill/moments.hpp"
#include "drill/view.hpp"

namespace breakglass::drill {
namespace {

using scenarios::Moment;
using scenarios::NoteParams;
using sim::Order;
using sim::ReasonKind;

bool happened(const Drill& drill, ReasonKind kind) { return first_reason(drill, kind) != sim::kNever; }
bool ordered(const Drill& drill, Order order) { return first_order(drill, order) != sim::kNever; }

bool did(const Drill& drill, Verb verb) {
  return std::any_of(drill.entries.begin(), drill.entries.end(),
                     [&](const Entry& e) { return e.action.verb == verb; });
}

auto changes_written(const Drill& drill) {
  return std::count_if(drill.reasons.begin(), drill.reasons.end(),
                       [](const sim::Reason& r) { return r.kind == ReasonKind::authored; });
}

bool any_reading(const Drill& drill) {
  return std::any_of(drill.reasons.begin(), drill.reasons.end(),
                     [](const sim::Reason& r) { return r.kind == ReasonKind::published && r.n > 0; });
}

// Before and on the way to traffic.
bool has_come_early(const Drill& drill, Moment moment) {
  switch (moment) {
    case Moment::page: return true;
    case Moment::classified: return did(drill, Verb::classify) || did(drill, Verb::refuse);
    case Moment::bypassed: return did(drill, Verb::bypass);
    case Moment::way_back_asked: return ordered(drill, Order::verify_rollback);
    case Moment::way_back_verified: return happened(drill, ReasonKind::rollback_verified);
    case Moment::change_ready: return happened(drill, ReasonKind::authored);
    case Moment::approval_asked: return ordered(drill, Order::ask_approval);
    case Moment::approved: return happened(drill, ReasonKind::approved);
    case Moment::scheduled: return did(drill, Verb::schedule);
    case Moment::gate_asked: return ordered(drill, Order::run_gate);
    case Moment::gate_passed: return happened(drill, ReasonKind::gate_passed);
    case Moment::gate_flagged: return happened(drill, ReasonKind::gate_flagged);
    case Moment::accounts_checked: return ordered(drill, Order::check_accounts);
    default: return false;
  }
}

}  // namespace

bool has_come(const Drill& drill, Moment moment) {
  switch (moment) {
    case Moment::on_traffic: return happened(drill, ReasonKind::step);
    case Moment::first_reading: return any_reading(drill);
    case Moment::step_over: return drill.world.seat.step_over;
    case Moment::promoted: return ordered(drill, Order::promote);
    case Moment::rolled_back: return happened(drill, ReasonKind::rolled_back);
    case Moment::ready_again: return changes_written(drill) > 1;
    case Moment::everybody: return happened(drill, ReasonKind::full);
    case Moment::complete: return happened(drill, ReasonKind::complete);
    case Moment::resolved: return happened(drill, ReasonKind::resolution_verified);
    case Moment::late_gate_ran:
      return happened(drill, ReasonKind::late_gate_passed) || happened(drill, ReasonKind::late_gate_flagged);
    case Moment::looked_into:
      return happened(drill, ReasonKind::late_real) || happened(drill, ReasonKind::late_false);
    case Moment::refined: return happened(drill, ReasonKind::refined);
    case Moment::postmortem: return ordered(drill, Order::hold_postmortem);
    case Moment::over: return is_over(drill);
    default: return has_come_early(drill, moment);
  }
}

Coach coach_of(const scenarios::LessonParams& lesson) {
  return {lesson.notes, std::vector<bool>(lesson.notes.size(), false)};
}

std::vector<NoteParams> due(Coach& coach, const Drill& drill) {
  std::vector<NoteParams> out;
  for (std::size_t i = 0; i < coach.notes.size(); ++i) {
    if (coach.said[i] || !has_come(drill, coach.notes[i].when)) continue;
    coach.said[i] = true;
    out.push_back(coach.notes[i]);
  }
  return out;
}

std::vector<NoteParams> again(Coach& coach, const Drill& drill) {
  const std::vector<NoteParams> all = due(coach, drill);
  return all.empty() ? all : std::vector<NoteParams>{all.back()};
}

}  // namespace breakglass::drill
