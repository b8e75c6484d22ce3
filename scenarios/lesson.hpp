// A lesson: one emergency played in one world, with a coach who says at each turn what to look at, what has
// just happened and why it matters. The tutorial is made of shipped lessons.
//
// The coach knows what the trainee knows: a note is due at a moment that can be seen on the screen, and says
// nothing of the hidden truth. Notes change no result and are not in the log.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/problems.hpp"
#include "sim/kernel/enum_names.hpp"
#include "sim/kernel/field.hpp"

namespace breakglass::scenarios {

// When a note is due. Each has come once it has happened for the first time.
enum class Moment : std::uint8_t {
  page,            // the drill begins
  classified,      // or refused
  bypassed,        // something is bypassed
  way_back_asked,  // the way back is being rehearsed
  way_back_verified,
  change_ready,
  approval_asked,
  approved,
  scheduled,
  gate_asked,  // the evaluation runs before the rollout
  gate_passed,
  gate_flagged,
  accounts_checked,
  on_traffic,
  first_reading,  // of the change, on a chart
  step_over,      // the first step has lasted its time
  promoted,
  rolled_back,
  ready_again,    // another change, after a rollback or a fix forward
  everybody,      // the change serves all of the traffic
  complete,       // the rollout is over
  resolved,       // the resolution is verified
  late_gate_ran,  // a bypassed evaluation has given its result
  looked_into,    // what it flagged has been investigated
  refined,        // a refinement has replaced the change that serves
  postmortem,     // called
  over,
};
inline constexpr std::array kMomentNames{sim::EnumName{"page", 0},
                                         sim::EnumName{"classified", 1},
                                         sim::EnumName{"bypassed", 2},
                                         sim::EnumName{"way-back-asked", 3},
                                         sim::EnumName{"way-back-verified", 4},
                                         sim::EnumName{"change-ready", 5},
                                         sim::EnumName{"approval-asked", 6},
                                         sim::EnumName{"approved", 7},
                                         sim::EnumName{"scheduled", 8},
                                         sim::EnumName{"gate-asked", 9},
                                         sim::EnumName{"gate-passed", 10},
                                         sim::EnumName{"gate-flagged", 11},
                                         sim::EnumName{"accounts-checked", 12},
                                         sim::EnumName{"on-traffic", 13},
                                         sim::EnumName{"first-reading", 14},
                                         sim::EnumName{"step-over", 15},
                                         sim::EnumName{"promoted", 16},
                                         sim::EnumName{"rolled-back", 17},
                                         sim::EnumName{"ready-again", 18},
                                         sim::EnumName{"everybody", 19},
                                         sim::EnumName{"complete", 20},
                                         sim::EnumName{"resolved", 21},
                                         sim::EnumName{"late-gate-ran", 22},
                                         sim::EnumName{"looked-into", 23},
                                         sim::EnumName{"refined", 24},
                                         sim::EnumName{"postmortem", 25},
                                         sim::EnumName{"over", 26}};
constexpr std::span<const sim::EnumName> names(Moment) { return kMomentNames; }

struct NoteParams {
  Moment when = Moment::page;
  std::string say;
  std::vector<std::string> type;  // lines to type now; empty: the trainee decides
};

struct LessonParams {
  std::string id;
  std::string title;
  std::int64_t level = 1;  // its place in the tutorial
  std::string scenario;    // id of a shipped scenario or tutorial
  std::int64_t seed = 1;
  std::int64_t replication = 0;
  std::vector<NoteParams> notes;
};

template <class V>
void fields(V& visit, NoteParams& p) {
  visit(sim::field("when", "the moment at which it is said, the first time that it comes").required(),
        p.when);
  visit(sim::field("say", "what the coach says: what to look at, what has happened, why").required(), p.say);
  visit(sim::field("type", "lines to type now, one after the other; none: the decision is the trainee's"),
        p.type);
}
template <class V>
void fields(V& visit, LessonParams& p) {
  visit(sim::field("id", "the lesson's name").required(), p.id);
  visit(sim::field("title", "one line that says what it teaches").required(), p.title);
  visit(sim::field("level", "its place in the tutorial").at_least(1).at_most(99), p.level);
  visit(sim::field("scenario", "id of a shipped scenario").required(), p.scenario);
  visit(sim::field("seed", "the luck of the world").at_least(0), p.seed);
  visit(sim::field("replication", "which world of that seed").at_least(0), p.replication);
  visit(sim::field("notes", "what the coach says, in the order in which it is said at one moment").required(),
        p.notes);
}

// Reads a source of `problems`: nothing if there was any problem. A scenario that is not shipped and a lesson
// without a word at its page are problems, each at its place.
std::optional<LessonParams> read_lesson(Problems& problems, int source);

// `name`: the id of a shipped lesson, a path, or "-".
std::optional<LessonParams> load_lesson(const std::string& name, Problems& problems);

// The shipped lessons in the order of their levels. They read without problems; a test holds them to it.
std::vector<LessonParams> shipped_lessons();

std::string lesson_schema();

}  // namespace breakglass::scenarios
