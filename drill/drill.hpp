// The game's rules: one emergency, one seat, one trainee. No screen, no clock of its own, no file.
//
//     Drill drill = begin_drill(loaded, setup);
//     if (query(drill, action).empty()) submit(drill, action);
//     wait_until(drill, drill.world.now + 10min);
//     View what_the_trainee_sees = look(drill);        // view.hpp
//
// A drill is its scenario, its setup and the list of its actions with their times: playing them again gives
// the same drill, bit for bit, whoever plays them and in whatever portions time passes.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "drill/action.hpp"
#include "drill/branch.hpp"
#include "drill/desk.hpp"
#include "drill/inject.hpp"
#include "scenarios/load.hpp"
#include "sim/reason.hpp"
#include "sim/strategy.hpp"
#include "sim/world.hpp"

namespace breakglass::drill {

// Practice: time may go back. Drill: it may not. Assessed: the seed is the instructor's. Results of different
// modes are never mixed.
enum class Mode { practice, drill, assessed };
constexpr std::string_view kModes[] = {"practice", "drill", "assessed"};

struct Setup {
  std::uint64_t seed = 1;
  std::uint32_t replication = 0;
  Mode mode = Mode::drill;
  std::optional<Branch> branch = {};     // it goes on from another drill
  std::vector<PlannedInject> injects{};  // of a lesson plan, in the order of their times
};

struct Entry {
  sim::Time at{};
  Action action;
  std::uint64_t seen = 0;  // fingerprint of the view that the action was taken on
};

// What the trainee has said and written, apart from orders.
struct Notes {
  std::optional<sim::Category> category;
  sim::Time classified_at = sim::kNever;
  double regression = -1;  // stated last; -1: never
  double real = -1;
  bool refused = false;
  std::string refusal;  // its reason
  bool closed = false;
  sim::Time closed_at = sim::kNever;
  std::vector<std::pair<std::string, std::string>> review;  // question, answer
};

struct Drill {
  std::shared_ptr<const scenarios::LoadedScenario> loaded;
  Setup setup;
  sim::Strategy seat;  // what the trainee has arranged so far, made ready
  sim::World world;
  sim::Reasons reasons;        // what has happened; the trainee sees the published readings
  std::vector<Message> told;   // and the rest of it in words
  std::size_t told_until = 0;  // of `reasons`
  Notes notes;
  std::vector<Entry> entries;
  bool has_turned = false;  // a branch's new luck has been drawn
  Desk desk;
  std::vector<PlannedInject> planned;            // still to come
  std::shared_ptr<const sim::Scenario> changed;  // by injects; none: the loaded one

  // As the world goes on in it. What the trainee is shown is made from the loaded one.
  const sim::Scenario& scenario() const { return changed ? *changed : loaded->scenario; }
};

// Whether the trainee is told of it in words, when it happens.
bool is_news(const sim::Reason& reason);

Drill begin_drill(std::shared_ptr<const scenarios::LoadedScenario> loaded, const Setup& setup);

// Why an action is not possible now, in words for the trainee, and what to do instead; empty: it is possible.
std::string query(const Drill& drill, const Action& action);

// Does it, and enters it in the list. `query` must have called it possible.
void submit(Drill& drill, const Action& action);

// Lets time pass, up to that instant or the horizon.
void wait_until(Drill& drill, sim::Time until);
// Lets time pass until something asks for attention (an answer, a result, the end of a step, a verdict, a
// report, a fact), at most until then.
void wait_for_news(Drill& drill, sim::Time at_most);

// The drill is over: closed, refused or at the horizon. What follows is no longer the trainee's.
bool is_over(const Drill& drill);
// Runs what is left of the world after the trainee's part: the team takes over (handover.hpp). Returns the
// world at its horizon.
sim::World run_out(const Drill& drill);

// "page", "classify", "scope", "approve", "prepare", "roll out", "close", "debrief".
std::string_view phase_of(const Drill& drill);

}  // namespace breakglass::drill
