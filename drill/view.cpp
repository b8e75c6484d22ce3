#include "drill/view.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/timeline_text.hpp"
#include "drill/estimate.hpp"
#include "drill/moments.hpp"
#include "drill/quiet_charts.hpp"
#include "scenarios/quantity.hpp"
#include "sim/command.hpp"
#include "sim/kernel/hash.hpp"

namespace breakglass::drill {
namespace {

std::vector<Chart> charts_of(const Drill& drill) {
  std::vector<Chart> charts;
  for (const sim::SignalParams& signal : drill.loaded->scenario.params.signals)
    charts.push_back({signal.id, signal.delay, {}});
  for (const sim::Reason& r : drill.reasons) {
    if (r.kind != sim::ReasonKind::published) continue;
    charts[static_cast<std::size_t>(r.who)].points.push_back({r.at, r.value, r.value2, r.n});
  }
  if (first_traffic(drill) != sim::kNever) return charts;
  for (std::size_t s = 0; s < charts.size(); ++s) charts[s].points = quiet_readings(drill, s);
  return charts;
}

std::vector<Message> messages_of(const Drill& drill) {
  std::vector<Message> messages;
  for (const sim::FactParams& fact : drill.scenario().params.brief.facts) {
    if (fact.at <= drill.world.now) messages.push_back({fact.at, "told: " + fact.text, false});
  }
  messages.insert(messages.end(), drill.told.begin(), drill.told.end());
  std::stable_sort(messages.begin(), messages.end(),
                   [](const Message& a, const Message& b) { return a.at < b.at; });
  return messages;
}

// What `query` says of an order tells whether it is done.
Task task(const Drill& drill, sim::Order order) {
  switch (sim::query(drill.scenario(), drill.seat, drill.world, {order})) {
    case sim::Hindrance::done: return Task::done;
    case sim::Hindrance::under_way: return Task::under_way;
    default: return Task::no;
  }
}

Task containment(const Drill& drill) {
  if (drill.world.record.contained) return Task::done;
  return drill.seat.containment < 0 ? Task::no : task(drill, sim::Order::contain);
}

void add_arrangement(const Drill& drill, View& view) {
  const sim::StrategyParams& seat = drill.seat.params;
  for (const sim::BypassParams& b : seat.bypasses) {
    view.bypasses.push_back(fmt::format("{} ({}): {}", b.id, sim::name_of(b.compensation), b.reason));
  }
  view.rule = seat.approvals;
  for (const sim::StepParams& step : seat.steps) {
    view.schedule += fmt::format("{}{} {}", view.schedule.empty() ? "" : ", ", analysis::percent(step.weight),
                                 scenarios::print_duration(step.duration));
  }
  view.watchers = static_cast<int>(seat.monitoring.watchers);
  view.decision_maker = seat.decision_maker;
  view.rollback_operator = seat.staff_rollback;
  view.on_call_cover = seat.on_call_cover || drill.seat.covered;
}

void add_rollout(const Drill& drill, View& view) {
  const sim::RolloutState& rollout = drill.world.rollout;
  view.change_ready = drill.world.seat.ready;
  view.step = rollout.weight > 0 ? rollout.step : -1;
  view.steps = static_cast<int>(drill.seat.params.steps.size());
  view.weight = rollout.weight;
  view.step_over = drill.world.seat.step_over;
  view.complete = rollout.stage == sim::Stage::complete;
  if (view.step < 0 || view.step >= view.steps) return;
  view.step_lasted_s = sim::to_seconds(drill.world.now - rollout.step_began);
  view.step_lasts_s = sim::to_seconds(drill.seat.params.steps[static_cast<std::size_t>(view.step)].duration);
}

struct Adder {
  sim::Fingerprint& print;
  void operator()(const Message& m) const {
    print.add(m.at);
    print.add(m.text);
  }
  void operator()(const Chart& c) const {
    print.add(c.signal);
    print.add(c.delay);
    print.add(std::uint64_t{c.points.size()});
    for (const Point& p : c.points) {
      print.add(p.at);
      print.add(p.change);
      print.add(p.stable);
      print.add(p.items);
    }
  }
};

}  // namespace

View look(const Drill& drill) {
  View view;
  const sim::World& w = drill.world;
  view.now = w.now;
  view.clock = sim::format_weekday_time(drill.scenario().clock, w.now);
  view.phase = phase_of(drill);
  view.page = drill.scenario().params.brief.page;
  view.messages = messages_of(drill);
  view.charts = charts_of(drill);
  view.harm_unit = drill.scenario().params.harm_unit;
  view.harm_estimate = estimated_harm(drill);
  add_rollout(drill, view);
  if (drill.notes.category) view.category = sim::name_of(*drill.notes.category);
  add_arrangement(drill, view);
  view.communication_owner = drill.desk.has_owner;
  view.on_the_line = on_the_line(drill);
  view.status_due = status_due(drill);
  view.approvals = task(drill, sim::Order::ask_approval);
  view.gate = task(drill, sim::Order::run_gate);
  view.rollback = task(drill, sim::Order::verify_rollback);
  view.customers = task(drill, sim::Order::communicate);
  view.containment = containment(drill);
  view.resolution = w.record.verified ? Task::done : task(drill, sim::Order::verify_resolution);
  view.late_gate = task(drill, sim::Order::run_bypassed_gates);
  view.postmortem = task(drill, sim::Order::hold_postmortem);
  view.over = is_over(drill);
  return view;
}

std::uint64_t fingerprint(const View& v) {
  sim::Fingerprint print;
  const Adder add{print};
  print.add(v.now);
  for (const std::string* text :
       {&v.clock, &v.phase, &v.page, &v.harm_unit, &v.category, &v.rule, &v.schedule})
    print.add(*text);
  print.add(std::uint64_t{v.messages.size()});
  for (const Message& m : v.messages) add(m);
  print.add(std::uint64_t{v.charts.size()});
  for (const Chart& c : v.charts) add(c);
  for (const double value : {v.harm_estimate, v.weight, v.step_lasted_s, v.step_lasts_s}) print.add(value);
  for (const int value : {v.step, v.steps, v.watchers}) print.add(value);
  for (const bool value :
       {v.change_ready, v.step_over, v.decision_maker, v.rollback_operator, v.on_call_cover, v.over})
    print.add(value);
  print.add(std::uint64_t{v.bypasses.size()});
  for (const std::string& bypass : v.bypasses) print.add(bypass);
  print.add(v.communication_owner);
  print.add(std::uint64_t{v.on_the_line.size()});
  for (const std::string& call : v.on_the_line) print.add(call);
  print.add(v.status_due);
  for (const Task value :
       {v.approvals, v.gate, v.rollback, v.customers, v.containment, v.resolution, v.late_gate, v.postmortem})
    print.add(value);
  return print.value();
}

}  // namespace breakglass::drill
