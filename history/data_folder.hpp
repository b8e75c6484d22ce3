// Where the program keeps what nobody named a place for: logs of drills and their history.
#pragma once

#include <string>

namespace breakglass::history {

// $XDG_DATA_HOME/breakglass, or ~/.local/share/breakglass (XDG Base Directory Specification: a relative
// XDG_DATA_HOME does not count). Not made. Empty where there is neither.
std::string data_folder();

// Where the history is: `named`, or $BREAKGLASS_HISTORY, or history.db in the data folder, which is not
// made; empty where there is none to write to.
std::string history_path(const std::string& named);

// A new file's path for the log of a drill, in `drills` of the data folder, which is made; empty where there
// is none to write to.
std::string new_log_path(const std::string& scenario);

}  // namespace breakglass::history
