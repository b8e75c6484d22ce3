// A drill that was played to its end, as the history keeps it: what is needed to find it again, what came of
// it, and what was stated. A plain value; nothing here knows the database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace breakglass::history {

struct MadeMistake {
  std::string id;   // drill/mistakes.hpp: "without-approval"
  double at_s = 0;  // after the page
};

struct DoneTask {
  std::string name;
  bool passed = false;
};

// A probability that the trainee stated last, and what there is to hold it against.
struct Stated {
  std::string question;  // "real" or "regression"
  double probability = 0;
  std::optional<bool> outcome;      // what was; nothing where the question did not come up
  std::optional<double> posterior;  // what could be known: without luck; nothing until it is graded
};

struct Played {
  std::int64_t id = 0;   // in its history; 0: not there yet
  std::string identity;  // of its log: the fingerprint of all its lines
  std::string log;       // where the log was, as an absolute path
  std::string scenario;
  std::string hash;     // of the scenario
  std::string version;  // of the program
  std::uint64_t seed = 0;
  std::uint32_t replication = 0;
  std::string mode;
  std::string started;  // "2026-11-25T10:44:04Z"; empty: unknown
  std::string ended;
  std::vector<DoneTask> tasks;
  std::vector<MadeMistake> mistakes;
  double harm = 0;
  std::string harm_unit;
  std::optional<double> luck_adjusted;  // the harm without the luck of what happened; until graded: nothing
  std::optional<double> grade;          // harm given up by decisions, in shares of the stake; likewise
  bool is_emergency = false;            // what the page was: an emergency, or a decoy
  std::optional<bool> treated_as_emergency;  // nothing: neither classified, shipped nor refused
  std::vector<Stated> stated;
};

int passed_tasks(const Played& played);

}  // namespace breakglass::history
