#include "drill/inject.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "drill/drill.hpp"
#include "drill/words.hpp"
#include "scenarios/nearest.hpp"
#include "scenarios/quantity.hpp"
#include "scenarios/visible.hpp"
#include "sim/kernel/check.hpp"
#include "sim/model/limits.hpp"
#include "sim/upset.hpp"

namespace breakglass::drill {
namespace {

constexpr double kNeverAnswers = 0.99;  // of pages; a page must be answered some time, or nothing ends
constexpr const char* kWake = "wake";   // what ends a sleep: planned by it, and never typed

template <class List>
int index_of(const List& list, const std::string& id) {
  const auto it = std::find_if(list.begin(), list.end(), [&](const auto& item) { return item.id == id; });
  return it == list.end() ? -1 : static_cast<int>(it - list.begin());
}

template <class List>
std::string unknown(const char* what, const std::string& id, const List& list) {
  std::vector<std::string> known;
  for (const auto& item : list) known.push_back(item.id);
  const std::string near(scenarios::nearest(id, known));
  return fmt::format("there is no {} \"{}\" here; there is {}{}", what, scenarios::visible(id, 40),
                     known.empty() ? "none" : fmt::format("{}", fmt::join(known, ", ")),
                     near.empty() ? "" : fmt::format(". Did you mean {}?", near));
}

sim::Duration time_in(const Action& a) { return scenarios::parse_duration(a.said[1]).value; }

// How many readings could be on their way at once.
std::int64_t in_flight(const std::vector<sim::SignalParams>& signals) {
  std::int64_t sum = 0;
  for (const sim::SignalParams& s : signals) sum += s.delay / s.window + 1;
  return sum;
}

// The world goes on in the scenario as it is changed; what lies behind was booked before.
template <class Change>
void change_scenario(Drill& drill, Change change) {
  sim::settle(drill.scenario(), drill.seat, drill.world);
  sim::ScenarioParams params = drill.scenario().params;
  change(params);
  auto changed = std::make_shared<sim::Scenario>(sim::prepare(std::move(params)));
  changed->hash = drill.loaded->scenario.hash;
  drill.changed = std::move(changed);
}

void plan_wake(Drill& drill, const std::string& person, sim::Time at) {
  Action wake;
  wake.verb = Verb::inject;
  wake.subject = kWake;
  wake.said = {person};
  const auto after = std::find_if(drill.planned.begin(), drill.planned.end(),
                                  [&](const PlannedInject& p) { return p.at > at; });
  drill.planned.insert(after, {at, std::move(wake)});
}

void fall_asleep(Drill& drill, const Action& a) {
  const int person = index_of(drill.scenario().params.people, a.said[0]);
  sim::answer_later(drill.world, person, time_in(a));
  change_scenario(drill, [&](sim::ScenarioParams& p) {
    double& miss = p.people[static_cast<std::size_t>(person)].miss;
    miss = std::max(miss, kNeverAnswers);
  });
  // A later sleep is the one that ends.
  std::erase_if(drill.planned, [&](const PlannedInject& p) {
    return p.action.subject == kWake && p.action.said[0] == a.said[0];
  });
  plan_wake(drill, a.said[0], drill.world.now + time_in(a));
}

void wake_up(Drill& drill, const Action& a) {
  const auto person = static_cast<std::size_t>(index_of(drill.scenario().params.people, a.said[0]));
  change_scenario(drill, [&](sim::ScenarioParams& p) {
    p.people[person].miss = drill.loaded->scenario.params.people[person].miss;
  });
}

void second_fault(Drill& drill, const Action& a) {
  const double factor = scenarios::parse_number(a.said[0]).value;
  change_scenario(drill, [&](sim::ScenarioParams& p) {
    p.harm.ongoing.per_request = std::min(1.0, p.harm.ongoing.per_request * factor);
    p.harm.ongoing.per_second *= factor;
  });
  if (a.said.size() > 1) drill.told.push_back({drill.world.now, "told: " + a.said[1], false});
}

sim::Caller caller_in(const Action& a) {
  for (const sim::EnumName& name : names(sim::Caller{})) {
    if (name.text == a.said[0]) return static_cast<sim::Caller>(name.value);
  }
  return sim::Caller::manager;
}

std::string line_of(const scenarios::InjectParams& p) {
  using scenarios::InjectKind;
  const std::string text = p.text.empty() ? "" : " " + quoted(p.text);
  switch (p.kind) {
    case InjectKind::asleep:
      return fmt::format("inject asleep {} {}", quoted(p.who), scenarios::print_duration(p.lasts));
    case InjectKind::lag:
      return fmt::format("inject lag {} {}", quoted(p.signal), scenarios::print_duration(p.lasts));
    case InjectKind::fault: return fmt::format("inject fault {}{}", scenarios::print_number(p.factor), text);
    case InjectKind::call:
      return fmt::format("inject call {}{}", names(p.from)[static_cast<std::size_t>(p.from)].text, text);
    case InjectKind::say: return "inject say" + text;
  }
  return "";
}

}  // namespace

std::vector<PlannedInject> planned_of(const scenarios::PlanParams& plan) {
  std::vector<PlannedInject> out;
  for (const scenarios::InjectParams& p : plan.injects) {
    ReadAction read = read_action(line_of(p));
    BG_CHECK(read.error.empty(), "a plan that was checked holds an inject that cannot be said");
    out.push_back({p.at, std::move(read.action)});
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const PlannedInject& a, const PlannedInject& b) { return a.at < b.at; });
  return out;
}

std::string query_inject(const Drill& drill, const Action& a) {
  const sim::ScenarioParams& p = drill.scenario().params;
  if (a.subject == "asleep" && index_of(p.people, a.said[0]) < 0)
    return unknown("person", a.said[0], p.people);
  if (a.subject != "lag") return "";
  const int signal = index_of(p.signals, a.said[0]);
  if (signal < 0) return unknown("chart", a.said[0], p.signals);
  std::vector<sim::SignalParams> later = p.signals;
  later[static_cast<std::size_t>(signal)].delay += time_in(a);
  if (in_flight(later) <= sim::kMaxPending) return "";
  return fmt::format("more than {} readings would be on their way at once: less of a lag", sim::kMaxPending);
}

void apply_inject(Drill& drill, const Action& a) {
  if (a.subject == "asleep") return fall_asleep(drill, a);
  if (a.subject == kWake) return wake_up(drill, a);
  if (a.subject == "fault") return second_fault(drill, a);
  if (a.subject == "call") return ring_now(drill, caller_in(a), a.said[1]);
  if (a.subject == "say") return drill.told.push_back({drill.world.now, "told: " + a.said[0], false});
  const int signal = index_of(drill.scenario().params.signals, a.said[0]);
  change_scenario(drill, [&](sim::ScenarioParams& p) {
    p.signals[static_cast<std::size_t>(signal)].delay += time_in(a);
  });
}

sim::Time next_planned(const Drill& drill) {
  return drill.planned.empty() ? sim::kNever : drill.planned.front().at;
}

void apply_planned(Drill& drill) {
  while (next_planned(drill) <= drill.world.now) {
    const PlannedInject next = drill.planned.front();
    drill.planned.erase(drill.planned.begin());
    // What a live inject has made impossible is passed over.
    if (next.action.subject == kWake || query_inject(drill, next.action).empty())
      apply_inject(drill, next.action);
  }
}

void keep_wakes(Drill& drill) {
  std::erase_if(drill.planned, [](const PlannedInject& p) { return p.action.subject != kWake; });
}

bool had_injects(const Drill& drill) {
  const auto& planned = drill.setup.injects;
  return std::any_of(planned.begin(), planned.end(),
                     [&](const PlannedInject& p) { return p.at <= drill.world.now; }) ||
         std::any_of(drill.entries.begin(), drill.entries.end(),
                     [](const Entry& e) { return e.action.verb == Verb::inject; });
}

bool same_injects(const std::vector<PlannedInject>& a, const std::vector<PlannedInject>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const PlannedInject& x, const PlannedInject& y) {
                      return x.at == y.at && print_action(x.action) == print_action(y.action);
                    });
}

}  // namespace breakglass::drill
