#include "drill/desk.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/timeline_text.hpp"
#include "drill/drill.hpp"
#include "scenarios/quantity.hpp"
#include "sim/model/harm.hpp"

namespace breakglass::drill {
namespace {

constexpr sim::Duration kWord = std::chrono::seconds{30};    // to put off, to promise, to hand on
constexpr sim::Duration kStatus = std::chrono::minutes{2};   // to write the status page
constexpr sim::Duration kLongest = std::chrono::hours{1};    // on the telephone
constexpr sim::Duration kPutOff = std::chrono::minutes{15};  // who was put off calls again

std::string caller_of(const Call& call) {
  return fmt::format("call {}, {}", call.number, name_of(call.from));
}

void note(Desk& desk, sim::Time at, std::string text, bool fault) {
  desk.notes.push_back({at, std::move(text), fault});
}

void tell(Drill& drill, sim::Time at, std::string text) {
  drill.told.push_back({at, std::move(text), false});
}

std::string local(const Drill& drill, sim::Time at) {
  return sim::format_weekday_time(drill.scenario().clock, at);
}

// When the message to customers went out, if it had by then.
bool informed_by(const Drill& drill, sim::Time at) {
  return std::any_of(drill.reasons.begin(), drill.reasons.end(), [&](const sim::Reason& r) {
    return r.kind == sim::ReasonKind::message_out && r.at <= at;
  });
}

// How long one such call takes: what an interruption costs.
sim::Duration length_of(const Drill& drill, const Call& call) {
  const auto& communication = drill.loaded->scenario.params.communication;
  const sim::Distribution each =
      communication ? communication->interruptions.each : sim::InterruptionsParams{}.each;
  const double u = sim::uniform(sim::draw_at(drill.world, sim::Question::call_length, call.index,
                                             static_cast<std::uint64_t>(call.times)));
  return std::clamp(sim::from_seconds(sim::quantile(each, u)), kWord, kLongest);
}

void hand_to_owner(Drill& drill, Call& call, sim::Time at) {
  call.state = Call::State::over;
  tell(drill, at, fmt::format("{}: the communication owner takes it", caller_of(call)));
  note(drill.desk, at, fmt::format("{}: answered by the communication owner", caller_of(call)), false);
}

void ring(Drill& drill, Call& call) {
  Desk& desk = drill.desk;
  const sim::Time at = call.at;
  const auto& communication = drill.scenario().params.communication;
  if (call.times == 0 && communication && informed_by(drill, at) && call.calmness < communication->calms) {
    call.state = Call::State::over;  // nobody hears of it
    return;
  }
  if (call.number == 0) call.number = ++desk.rung;
  ++call.times;
  call.state = Call::State::ringing;
  call.until = at + call.patience;
  tell(drill, at,
       fmt::format("CALL {} from {}{}: {}", call.number, name_of(call.from), call.times > 1 ? ", again" : "",
                   call.text));
  if (desk.has_owner) hand_to_owner(drill, call, at);
}

void give_up(Drill& drill, Call& call) {
  Desk& desk = drill.desk;
  const sim::Time at = call.until;
  const bool promised = call.state == Call::State::promised;
  call.state = Call::State::over;
  if (promised && desk.has_owner) {
    note(desk, at, fmt::format("{}: the communication owner kept the promise", caller_of(call)), false);
    return;
  }
  const std::string what = promised ? fmt::format("{}: an answer was promised by {} and did not come",
                                                  caller_of(call), local(drill, at))
                                    : fmt::format("{}: nobody answered", caller_of(call));
  tell(drill, at, what);
  note(desk, at, what, true);
}

void status_falls_due(Drill& drill, StatusDue& due) {
  Desk& desk = drill.desk;
  due.over = true;
  sim::Time since{};
  for (const StatusDue& other : desk.due) {
    if (other.at < due.at) since = std::max(since, other.at);
  }
  const bool said = desk.last_status != sim::kNever && desk.last_status >= since;
  const std::string when = "T+" + scenarios::print_duration(due.at);
  if (desk.has_owner) {
    tell(drill, due.at, fmt::format("the communication owner updates the status page, due at {}", when));
    note(desk, due.at, fmt::format("the status page, due at {}: by the communication owner", when), false);
  } else if (said) {
    note(desk, due.at, fmt::format("the status page, due at {}: updated", when), false);
  } else {
    const std::string what = fmt::format("the status page was due at {}, and says nothing new", when);
    tell(drill, due.at, what);
    note(desk, due.at, what, true);
  }
}

sim::Time next_of(const Call& call) {
  switch (call.state) {
    case Call::State::to_come: return call.at;
    case Call::State::ringing:
    case Call::State::promised: return call.until;
    case Call::State::over: return sim::kNever;
  }
  return sim::kNever;
}

sim::Time next_in(const Desk& desk) {
  sim::Time next = sim::kNever;
  for (const Call& call : desk.calls) next = std::min(next, next_of(call));
  for (const StatusDue& due : desk.due) next = std::min(next, due.over ? sim::kNever : due.at);
  return next;
}

Call* ringing(Desk& desk, const std::string& number) {
  const auto it = std::find_if(desk.calls.begin(), desk.calls.end(), [&](const Call& c) {
    return c.number > 0 && std::to_string(c.number) == number;
  });
  return it == desk.calls.end() ? nullptr : &*it;
}

void keep_promises(Desk& desk, sim::Time at) {
  for (Call& call : desk.calls) {
    if (call.state != Call::State::promised) continue;
    call.state = Call::State::over;
    note(desk, at, fmt::format("{}: the promise was kept", caller_of(call)), false);
  }
}

sim::Duration answer(Drill& drill, Call& call, const Action& a) {
  Desk& desk = drill.desk;
  const sim::Time now = drill.world.now;
  if (a.detail == "delegate") {
    hand_to_owner(drill, call, now);
  } else if (a.detail == "defer") {
    call.state = Call::State::to_come;
    call.at = now + kPutOff;
    note(desk, now, fmt::format("{}: put off", caller_of(call)), false);
  } else if (a.detail == "promise") {
    call.state = Call::State::promised;
    call.until = now + scenarios::parse_duration(a.said[0]).value;
    note(desk, now, fmt::format("{}: promised an answer by {}", caller_of(call), local(drill, call.until)),
         false);
  } else {
    call.state = Call::State::over;
    note(desk, now,
         fmt::format("{}: told. Known: {}. Unknown: {}. Next: {}", caller_of(call), a.said[0], a.said[1],
                     a.said[2]),
         false);
    return length_of(drill, call);
  }
  return kWord;
}

}  // namespace

std::string_view name_of(sim::Caller caller) {
  switch (caller) {
    case sim::Caller::manager: return "a manager";
    case sim::Caller::customer: return "a customer";
    case sim::Caller::regulator: return "a regulator";
  }
  return "";
}

Desk open_desk(const sim::Scenario& scenario, const sim::World& world) {
  Desk desk;
  const sim::BriefParams& brief = scenario.params.brief;
  for (std::size_t i = 0; i < brief.calls.size(); ++i) {
    const sim::InquiryParams& p = brief.calls[i];
    Call call;
    call.from = p.from;
    call.text = p.text;
    call.patience = p.patience;
    call.index = static_cast<int>(i);
    call.at = sim::from_seconds(
        sim::quantile(p.at, sim::uniform(sim::draw_at(world, sim::Question::call_time, call.index, 0))));
    call.calmness = sim::uniform(sim::draw_at(world, sim::Question::call_calmed, call.index, 0));
    desk.calls.push_back(std::move(call));
  }
  for (const sim::Duration due : brief.status_due) desk.due.push_back({due, false});
  return desk;
}

void ring_now(Drill& drill, sim::Caller from, std::string text) {
  Call call;
  call.from = from;
  call.text = std::move(text);
  call.patience = sim::InquiryParams{}.patience;
  call.index = static_cast<int>(drill.desk.calls.size());
  call.at = drill.world.now;
  call.times = 0;
  call.calmness = 1;  // whoever is made to call does so
  drill.desk.calls.push_back(std::move(call));
  catch_up(drill);
}

void catch_up(Drill& drill) {
  Desk& desk = drill.desk;
  while (true) {
    const sim::Time next = next_in(desk);
    if (next > drill.world.now) return;
    for (Call& call : desk.calls) {
      if (next_of(call) != next) continue;
      if (call.state == Call::State::to_come)
        ring(drill, call);
      else
        give_up(drill, call);
    }
    for (StatusDue& due : desk.due) {
      if (!due.over && due.at == next) status_falls_due(drill, due);
    }
  }
}

sim::Time next_at_desk(const Drill& drill) { return next_in(drill.desk); }

std::string query_desk(const Drill& drill, const Action& a) {
  if (a.verb == Verb::status) {
    return drill.loaded->scenario.params.brief.status_due.empty() ? "there is no status page in this scenario"
                                                                  : "";
  }
  if (a.verb != Verb::answer) return "";
  const auto it = std::find_if(drill.desk.calls.begin(), drill.desk.calls.end(), [&](const Call& c) {
    return c.number > 0 && std::to_string(c.number) == a.subject;
  });
  if (it == drill.desk.calls.end())
    return "nobody has called by that number; `look` shows who is on the line";
  if (it->state == Call::State::promised && a.detail == "update") return "";
  if (it->state == Call::State::promised) return "they have a promise already: `answer N update` keeps it";
  if (it->state != Call::State::ringing) return "they are not on the line any more";
  if (a.detail == "delegate" && !drill.desk.has_owner)
    return "nobody owns the communication: `assign communication-owner` first";
  if (a.detail == "defer" && it->times > 1) return "they were put off already, and do not hang up";
  return "";
}

void submit_desk(Drill& drill, const Action& a) {
  Desk& desk = drill.desk;
  const sim::Time now = drill.world.now;
  if ((a.verb == Verb::assign || a.verb == Verb::relieve) && a.subject == "communication-owner") {
    desk.has_owner = a.verb == Verb::assign;
    for (Call& call : desk.calls) {
      if (desk.has_owner && call.state == Call::State::ringing) hand_to_owner(drill, call, now);
    }
  }
  if (a.verb == Verb::status) {
    desk.last_status = now;
    note(desk, now,
         fmt::format("status page: known: {}; unknown: {}; next: {}", a.said[0], a.said[1], a.said[2]),
         false);
    keep_promises(desk, now);
    wait_until(drill, now + kStatus);
  }
  if (a.verb != Verb::answer) return;
  if (Call* const call = ringing(desk, a.subject)) wait_until(drill, now + answer(drill, *call, a));
}

std::vector<std::string> on_the_line(const Drill& drill) {
  std::vector<std::string> out;
  for (const Call& call : drill.desk.calls) {
    if (call.state != Call::State::ringing && call.state != Call::State::promised) continue;
    const std::string left = analysis::short_time(sim::to_seconds(call.until - drill.world.now));
    out.push_back(fmt::format(
        "{}: {} ({})", caller_of(call), call.text,
        call.state == Call::State::ringing ? "hangs up in " + left : "an answer is due in " + left));
  }
  return out;
}

std::string status_due(const Drill& drill) {
  sim::Time next = sim::kNever;
  for (const StatusDue& due : drill.desk.due) next = std::min(next, due.over ? sim::kNever : due.at);
  return next == sim::kNever ? "" : "T+" + scenarios::print_duration(next);
}

}  // namespace breakglass::drill
