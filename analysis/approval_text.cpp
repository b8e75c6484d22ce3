#include "analysis/approval_text.hpp"

#include <fmt/format.h>

#include "analysis/timeline_text.hpp"

namespace breakglass::analysis {
namespace {

// "Meera Iyer"
std::string name_of(const sim::Scenario& scenario, int who) {
  const sim::PersonParams& p = scenario.params.people[static_cast<std::size_t>(who)];
  return p.name.empty() ? p.id : p.name;
}

// "Dana Whitfield (executive), for Meera Iyer (platform-lead),"
std::string answer(const sim::Scenario& scenario, const sim::Reason& r) {
  const int by = static_cast<int>(r.value);
  return by == r.who ? person_text(scenario, by)
                     : fmt::format("{}, for {},", person_text(scenario, by), person_text(scenario, r.who));
}

std::string page_missed(const sim::Scenario& scenario, const sim::Reason& r) {
  const int next = static_cast<int>(r.value);
  const auto& waited = scenario.people[static_cast<std::size_t>(r.who)].page_again;
  const std::string then =
      next == r.who ? ", and is paged again" : ": escalated to " + person_text(scenario, next);
  return fmt::format("{} has not answered within {}{}", person_text(scenario, r.who),
                     short_time(sim::to_seconds(waited)), then);
}

}  // namespace

std::string person_text(const sim::Scenario& scenario, int who) {
  const sim::PersonParams& p = scenario.params.people[static_cast<std::size_t>(who)];
  return p.name.empty() ? p.id : fmt::format("{} ({})", p.name, p.id);
}

std::string describe_approval(const sim::Scenario& scenario, const sim::Strategy& strategy,
                              const sim::Reason& r) {
  using K = sim::ReasonKind;
  switch (r.kind) {
    case K::approval_asked: return person_text(scenario, r.who) + " is paged for approval";
    case K::page_missed: return page_missed(scenario, r);
    case K::passed_on:
      return fmt::format("{} answers, without the authority to approve this: {} is paged",
                         person_text(scenario, r.who), person_text(scenario, static_cast<int>(r.value)));
    case K::answered:
    case K::impostor_believed: return answer(scenario, r) + " approves";
    case K::answered_twice:
      return answer(scenario, r) + " answers, but has approved already: a rule needs different people";
    case K::took_own_place:
      return fmt::format("{} answers in their own place: somebody else has to approve for {}",
                         person_text(scenario, r.who), person_text(scenario, r.n));
    case K::approved: return fmt::format("approvals complete (rule \"{}\")", strategy.params.approvals);
    case K::caught: return answer(scenario, r) + " finds a regression in review: back to the author";
    case K::declined: return answer(scenario, r) + " refuses";
    case K::refused: return fmt::format("approval refused (rule \"{}\")", strategy.params.approvals);
    case K::asked_again:
      return fmt::format("approval is asked for again (time {}), with better evidence", r.n);
    case K::impostor_noticed:
      return fmt::format(
          "an approval in {}'s name comes from somebody else's account: it does not count, and "
          "they are called",
          name_of(scenario, r.who));
    case K::shipped_unapproved: return "goes on without approval";
    default: return "";
  }
}

}  // namespace breakglass::analysis
