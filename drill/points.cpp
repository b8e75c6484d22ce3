#include "drill/points.hpp"

#include <algorithm>

#include "drill/arrange.hpp"
#include "sim/simulator.hpp"

namespace breakglass::drill {

bool is_decision(const Action& action, const sim::World& world) {
  switch (action.verb) {
    case Verb::order:
    case Verb::refuse:
    case Verb::close: return true;
    case Verb::bypass:
    case Verb::keep:
    case Verb::assign:
    case Verb::relieve:
    case Verb::automatic:
    case Verb::mitigate: return is_under_way(world);
    default: return false;
  }
}

namespace {

// The trainee's schedule on autopilot.
sim::Strategy on_autopilot(const sim::Strategy& seat, const sim::Strategy& reference) {
  sim::Strategy own = seat;
  own.params.max_attempts = reference.params.max_attempts;
  own.params.monitoring.reports_to_act = reference.params.monitoring.reports_to_act;
  own.params.monitoring.on_concern = reference.params.monitoring.on_concern;
  own.params.on_late_regression = reference.params.on_late_regression;
  return own;
}

void name_successors(DecisionPoint& point, const sim::Strategy& reference) {
  point.during = on_autopilot(point.at.seat, reference);
  point.during_after = on_autopilot(point.seat, reference);
  point.before = reference;
  if (point.seat.containment >= 0) point.before.containment = point.seat.containment;
  point.before_manned = seated(point.at.scenario(), point.before.params);
  point.before_manned.containment = point.before.containment;
  point.normal = normal_way(point.at);
}

// A moment as it stands, and the seat as the action leaves it.
DecisionPoint decision_at(const Drill& at, const sim::Strategy& seat, int entry) {
  DecisionPoint point;
  point.at = at;
  point.seat = seat;
  point.entry = entry;
  return point;
}

// Whether what has happened since so many reasons asked for a decision.
bool asked_since(const Drill& past, std::size_t seen, bool every_reading) {
  return std::any_of(past.reasons.begin() + static_cast<std::ptrdiff_t>(seen), past.reasons.end(),
                     [&](const sim::Reason& r) { return asks_for_decision(r.kind, every_reading); });
}

// Lets the past go on to `until`, and keeps every moment at which something asked for a decision. Where the
// trainee acts then, what asked for it at that very moment is no point of its own: returns whether there was
// any.
bool pass(Drill& past, sim::Time until, bool acts, bool every_reading, std::vector<DecisionPoint>& points) {
  while (past.world.now < until && !is_over(past)) {
    const std::size_t seen = past.reasons.size();
    wait_until(past, std::min(past.world.queue.next_time(), until));
    if (!asked_since(past, seen, every_reading) || is_over(past)) continue;
    if (acts && past.world.now >= until) return true;
    points.push_back(decision_at(past, past.seat, -1));
  }
  return false;
}

}  // namespace

std::vector<DecisionPoint> find_points(const Drill& drill, const sim::Strategy& reference,
                                       const Decider& decider) {
  const bool every_reading = decider != nullptr;
  std::vector<DecisionPoint> points;
  Drill past = begin_drill(drill.loaded, drill.setup);
  points.push_back(decision_at(past, past.seat, -1));
  for (std::size_t i = 0; i < drill.entries.size(); ++i) {
    const Entry& entry = drill.entries[i];
    const bool answers_news =
        pass(past, entry.at, is_decision(entry.action, past.world), every_reading, points);
    Drill before = past;
    submit(past, entry.action);
    if (!is_decision(entry.action, before.world)) {
      // On the telephone time passes, and what asks for a decision meanwhile waits for its end.
      if (asked_since(past, before.reasons.size(), every_reading) && !is_over(past))
        points.push_back(decision_at(past, past.seat, -1));
      continue;
    }
    before.entries.push_back(entry);
    points.push_back(decision_at(before, past.seat, static_cast<int>(past.entries.size()) - 1));
    points.back().answers_news = answers_news;
  }
  pass(past, sim::horizon(drill.scenario()), false, every_reading, points);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const bool last = i + 1 == points.size();
    const sim::Time next = last ? sim::Time{sim::horizon(drill.scenario())} : points[i + 1].at.world.now;
    points[i].until_next = next - points[i].at.world.now;
    points[i].acts_next = !last && points[i + 1].entry >= 0 && !points[i + 1].answers_news;
    name_successors(points[i], reference);
    points[i].decider = decider;
  }
  return points;
}

std::optional<DecisionPoint> point_of(const Drill& now, const Action& action,
                                      const sim::Strategy& reference) {
  if (!is_decision(action, now.world)) return std::nullopt;
  Drill after = now;
  submit(after, action);
  DecisionPoint point = decision_at(now, after.seat, static_cast<int>(now.entries.size()));
  point.at.entries.push_back(after.entries.back());
  point.acts_next = true;  // what else is done at the same moment is not held against it
  name_successors(point, reference);
  return point;
}

}  // namespace breakglass::drill
