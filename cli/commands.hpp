// What each command does. They return the program's exit status (exit_status.hpp); results go to standard
// output, everything else to standard error.
#pragma once

#include <string>

#include "cli/console.hpp"
#include "cli/requests.hpp"

namespace breakglass::cli {

int run(const CompareRequest& request, const Console& console);
int run(const SweepRequest& request, const Console& console);
int run(const RunRequest& request, const Console& console);
int run(const DrillRequest& request, const Console& console);
int run(const SeasonRequest& request, const Console& console);
int run(const PlayRequest& request, const Console& console);
int run(const ReplayRequest& request, const Console& console);
int run(const DebriefRequest& request, const Console& console);
int run(const HistoryRequest& request, const Console& console);
int run(const CheckRequest& request, const Console& console);
int run(const ListRequest& request, const Console& console);
int run(const SchemaRequest& request, const Console& console);
int run(const TextRequest& request, const Console& console);
int run(const BadRequest& request, const Console& console);

// "breakglass: error: …" on standard error; returns the status for it.
int fail(const std::string& what);

// The whole program, given the arguments after its name.
int run_program(const std::vector<std::string>& arguments);

}  // namespace breakglass::cli
