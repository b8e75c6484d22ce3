// A command's options as they were written, before anything is made of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/requests.hpp"

namespace breakglass::cli {

// Texts; an option that was not given is empty (an empty value is refused before this).
struct RawOptions {
  std::string scenario;
  std::string schema;
  std::vector<std::string> files;
  std::vector<std::string> strategies;  // of compare
  std::string strategy;                 // of run
  std::vector<std::string> without;     // of compare
  std::vector<std::string> fail_if;
  std::vector<std::string> vary;  // of sweep
  std::vector<std::string> tornado;
  std::string checkpoint;
  std::vector<std::string> sets;
  std::vector<std::string> traffic;
  std::string seed;
  std::string replications;
  std::string precision;
  std::string max_replications;
  std::string threads;
  std::string replication;
  std::string json;
  std::string csv;
  std::string md;
  std::string html;
  std::string mode;
  std::string script;
  std::string history;
  std::string tutorial;
  std::string from;
  std::string at;
  std::string luck;
  std::string warn;
  std::string plan;
  std::string instructor;
  std::string season;
  std::string folder;
  std::string since;
  std::string mistakes;
  std::string log;  // of drill: where it is written; of replay and debrief: which
  bool traffic_exact = false;
  bool quiet = false;
  bool require_winner = false;
  bool all_readings = false;
  bool hindsight = false;
  bool terminal = false;
  bool no_history = false;
  bool summary = false;
  bool interactive = false;
  bool overlay = false;
};

// The request of a command, or everything that is wrong with its options.
Request to_request(std::string_view command, const RawOptions& raw);

}  // namespace breakglass::cli
