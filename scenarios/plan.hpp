// A lesson plan: what an instructor throws into a drill, and when. Everybody who plays the plan meets the
// same. The lines that mean the same live are in drill/inject.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/problems.hpp"
#include "sim/kernel/enum_names.hpp"
#include "sim/kernel/field.hpp"
#include "sim/model/inquiries.hpp"

namespace breakglass::scenarios {

enum class InjectKind : std::uint8_t {
  asleep,  // `who` does not answer for `lasts`
  lag,     // readings of `signal` appear `lasts` later from now on
  fault,   // a second fault: the ongoing harm goes on at `factor` times its rate; `text`: what is told
  call,    // somebody (`from`) calls for a word: `text`
  say,     // `text` is told
};
inline constexpr std::array kInjectNames{sim::EnumName{"asleep", 0}, sim::EnumName{"lag", 1},
                                         sim::EnumName{"fault", 2}, sim::EnumName{"call", 3},
                                         sim::EnumName{"say", 4}};
constexpr std::span<const sim::EnumName> names(InjectKind) { return kInjectNames; }

// What a line of the log can say.
inline constexpr double kLongestInject_s = 365 * 86400.0;
inline constexpr std::size_t kLongestText = 1000;  // bytes

struct InjectParams {
  sim::Duration at{};
  InjectKind kind = InjectKind::say;
  std::string who;
  std::string signal;
  sim::Duration lasts{};
  double factor = 1;
  sim::Caller from = sim::Caller::manager;
  std::string text;
};

struct PlanParams {
  std::string id;
  std::string title;
  std::string scenario;  // id of a shipped scenario
  std::int64_t seed = 1;
  std::int64_t replication = 0;
  std::vector<InjectParams> injects;
};

template <class V>
void fields(V& visit, InjectParams& p) {
  visit(sim::field("at", "time since the page").as(sim::Unit::duration).required(), p.at);
  visit(sim::field("kind",
                   "asleep: `who` does not answer for `lasts`; lag: readings of `signal` come `lasts` later; "
                   "fault: the ongoing harm goes on at `factor` times its rate; call: `from` calls and asks "
                   "`text`; say: `text` is told")
            .required(),
        p.kind);
  visit(sim::field("who", "asleep: a person of the scenario"), p.who);
  visit(sim::field("signal", "lag: a signal of the scenario"), p.signal);
  visit(sim::field("lasts", "asleep: how long; lag: how much later")
            .as(sim::Unit::duration)
            .at_least(0)
            .at_most(kLongestInject_s),
        p.lasts);
  visit(sim::field("factor", "fault: times the rate of the ongoing harm").at_least(0).at_most(1000),
        p.factor);
  visit(sim::field("from", "call: who calls"), p.from);
  visit(sim::field("text", "call: what they ask; fault and say: what is told"), p.text);
}
template <class V>
void fields(V& visit, PlanParams& p) {
  visit(sim::field("id", "the plan's name").required(), p.id);
  visit(sim::field("title", "one line that says what it is for"), p.title);
  visit(sim::field("scenario", "id of a shipped scenario").required(), p.scenario);
  visit(sim::field("seed", "the luck of the world").at_least(0), p.seed);
  visit(sim::field("replication", "which world of that seed").at_least(0), p.replication);
  visit(sim::field("injects", "what comes, and when").required(), p.injects);
}

// Reads a source of `problems`: nothing if there was any problem. Scenarios, people and signals that do not
// exist are problems, each at its place, with what there is.
std::optional<PlanParams> read_plan(Problems& problems, int source);

// `name`: the id of a shipped plan, a path, or "-".
std::optional<PlanParams> load_plan(const std::string& name, Problems& problems);

std::string plan_schema();

}  // namespace breakglass::scenarios
