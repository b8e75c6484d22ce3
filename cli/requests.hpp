// What was asked for, as plain values: the result of reading a command line.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "analysis/compare.hpp"
#include "analysis/sweep/sweep.hpp"
#include "cli/complaint.hpp"
#include "cli/gates.hpp"
#include "drill/inject.hpp"
#include "history/filter.hpp"
#include "scenarios/load.hpp"

namespace breakglass::cli {

// The world that is simulated, and the words that name it again on another command line.
struct WorldRequest {
  std::string scenario;  // a path, a shipped id, or "-"
  scenarios::LoadOptions load;
};

struct CompareRequest {
  WorldRequest world;
  std::vector<std::string> strategies;  // empty: those that the scenario lists
  std::vector<std::string> without;     // duties of the one strategy, or "each"; empty: none is switched off
  analysis::CompareOptions options;
  GateRequest gates;
  std::string json;  // a path, "-", or empty
  std::string csv;
  bool quiet = false;
};

struct SweepRequest {
  WorldRequest world;
  std::vector<std::string> strategies;  // empty: those that the scenario lists
  std::vector<std::string> vary;        // "POINTER=LO:HI:N[:log]", one or two
  std::vector<std::string> tornado;     // "POINTER=LO:HI[:log]"
  analysis::SweepRequest options;       // without recipe and parameters
  std::string json;                     // a path, "-", or empty
  std::string csv;
  bool quiet = false;
};

struct RunRequest {
  WorldRequest world;
  std::string strategy;  // empty: the first that the scenario lists
  std::uint64_t seed = 1;
  std::uint32_t replication = 0;
  bool all_readings = false;
  bool hindsight = false;
  std::string json;
};

struct CheckRequest {
  std::vector<std::string> files;
};

// Where finished drills are recorded.
struct HistoryChoice {
  std::string path;  // empty: where the environment says, or in the data folder
  bool off = false;
};

struct DrillRequest {
  WorldRequest world;
  std::uint64_t seed = 1;
  std::uint32_t replication = 0;
  std::string mode;        // practice, drill or assessed
  std::string tutorial;    // a level, a lesson's id or a path; empty: none, and then there is a scenario
  std::string script;      // a path or "-"; empty: line by line from standard input
  std::string log;         // a path; empty: none for a script, a new one in the user's data folder otherwise
  std::string from;        // a log to go back in; empty: a drill from its beginning
  std::size_t at = 0;      // the first of its actions that is taken anew, counted from 1
  std::uint32_t luck = 0;  // 0: the same; otherwise which draw of new luck
  double warn_share = -1;  // of the stake; below 0: as the mode has it
  std::string plan;        // a lesson plan; empty: none
  std::string instructor;  // a file or pipe that an instructor writes to; empty: none
  std::vector<drill::PlannedInject> injects;  // what the plan brings
  bool has_seed = false;                      // one was asked for, whatever the plan says
  bool has_replication = false;
  HistoryChoice history;
};

struct SeasonRequest {
  std::string season;  // a path or a shipped id
  std::string folder;  // of its logs; empty: in the data folder
  std::string script;  // a path or "-"; empty: line by line from standard input
  HistoryChoice history;
};

// The same drill in the window; without a scenario or a lesson, its start room.
struct PlayRequest {
  DrillRequest drill;
};

struct ReplayRequest {
  std::string log;
};

struct DebriefRequest {
  std::string log;
  std::vector<std::string> overlay;  // several logs, laid over each other; then there is no `log`
  bool interactive = false;          // first asks for better moves
  std::string html;                  // a path, "-", or empty
  std::string md;                    // likewise
  std::string json;
  HistoryChoice history;
};

struct HistoryRequest {
  std::string path;  // as in HistoryChoice
  history::Filter filter;
  std::int64_t show = 0;  // the number of one drill; 0: all
  bool summary = false;
  std::string json;  // a path, "-", or empty
  std::string csv;
};

struct ListRequest {};

struct SchemaRequest {
  std::string kind;  // "scenario", "strategy", "season", "lesson", "plan", "debrief" or "history"
};

// A text that was asked for (--help, --version): printed, and that is all.
struct TextRequest {
  std::string text;
};

// What cannot be done, and why.
struct BadRequest {
  std::vector<Complaint> complaints;
  std::string help;  // printed after them; for a command line without a command
};

using Request = std::variant<CompareRequest, SweepRequest, RunRequest, DrillRequest, PlayRequest,
                             SeasonRequest, ReplayRequest, DebriefRequest, HistoryRequest, CheckRequest,
                             ListRequest, SchemaRequest, TextRequest, BadRequest>;

}  // namespace breakglass::cli
