#include "drill/approval_board.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace breakglass::drill {
namespace {

std::string name_of_person(const sim::Scenario& scenario, int who) {
  const sim::PersonParams& p = scenario.params.people[static_cast<std::size_t>(who)];
  return p.name.empty() ? p.id : p.name;
}

std::string local_text(const sim::Scenario& scenario, int who, sim::Time now) {
  const int offset = scenario.people[static_cast<std::size_t>(who)].offset_s;
  const int minutes = std::abs(offset) / 60;
  const sim::CivilClock theirs{scenario.clock.start_unix_s, offset};
  return fmt::format("{} UTC{}{:02}:{:02}", sim::format_weekday_time(theirs, now), offset < 0 ? '-' : '+',
                     minutes / 60, minutes % 60);
}

struct Paged {
  BoardPlace* place = nullptr;
  int person = -1;  // who is paged now
};

// What a reason says of the place of the person `who`.
void note(const sim::Reason& r, Paged& paged) {
  using K = sim::ReasonKind;
  BoardPlace& place = *paged.place;
  const auto settle = [&](Asked state) {
    place.state = state;
    place.since = r.at;
  };
  switch (r.kind) {
    case K::approval_asked:
    case K::impostor_noticed:
      settle(Asked::waiting);
      place.pages = 1;
      paged.person = r.who;
      return;
    case K::page_missed:
    case K::passed_on:
      place.pages += 1;
      paged.person = static_cast<int>(r.value);
      return;
    case K::answered:
    case K::impostor_believed: return settle(Asked::approved);
    case K::caught:
    case K::declined: return settle(Asked::refused);
    default: return;
  }
}

bool is_approved(const ApprovalBoard& board, const BoardRule& rule, int needed) {
  const auto places = std::count_if(rule.places.begin(), rule.places.end(), [&](int i) {
    return board.places[static_cast<std::size_t>(i)].state == Asked::approved;
  });
  const auto rules = std::count_if(rule.rules.begin(), rule.rules.end(),
                                   [&](int i) { return board.rules[static_cast<std::size_t>(i)].approved; });
  return places + rules >= needed;
}

void read_reasons(const Drill& drill, std::vector<Paged>& paged) {
  for (const sim::Reason& r : drill.reasons) {
    if (r.kind == sim::ReasonKind::published || r.who < 0) continue;
    for (std::size_t i = 0; i < paged.size(); ++i) {
      if (drill.seat.plan.leaves[i].person == r.who) note(r, paged[i]);
    }
  }
}

}  // namespace

ApprovalBoard approval_board(const Drill& drill) {
  const sim::Scenario& scenario = drill.scenario();
  const sim::ApprovalPlan& plan = drill.seat.plan;
  ApprovalBoard board;
  board.rule = drill.seat.params.approvals;
  board.places.resize(plan.leaves.size());
  std::vector<Paged> paged;
  for (std::size_t i = 0; i < plan.leaves.size(); ++i) {
    board.places[i].name = name_of_person(scenario, plan.leaves[i].person);
    board.places[i].authority = sim::name_of(plan.leaves[i].needed);
    paged.push_back({&board.places[i], plan.leaves[i].person});
  }
  read_reasons(drill, paged);
  for (std::size_t i = 0; i < paged.size(); ++i) {
    if (paged[i].person != plan.leaves[i].person)
      board.places[i].paged_now = name_of_person(scenario, paged[i].person);
    board.places[i].local = local_text(scenario, paged[i].person, drill.world.now);
  }
  for (const sim::ApprovalNode& node : plan.nodes) {
    const std::size_t of = node.leaves.size() + node.nodes.size();
    BoardRule rule{"", false, node.after, node.leaves, node.nodes};
    rule.text = static_cast<std::size_t>(node.needed) == of ? fmt::format("all {}", of)
                                                            : fmt::format("{} of {}", node.needed, of);
    if (of == 1) rule.text = "approval";
    rule.approved = is_approved(board, rule, node.needed);
    board.rules.push_back(std::move(rule));
  }
  return board;
}

}  // namespace breakglass::drill
