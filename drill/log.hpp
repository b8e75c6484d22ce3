// The log of a drill: a header and one line an action, as JSON lines, a few kilobytes in all. It is
// append-only; every line carries a fingerprint of all that stands before it, so that damage is found and
// never played.
//
//     {"breakglass":"drill","version":"0.1.0","scenario":"pii-leak","hash":"…","seed":"1","replication":0,"mode":"drill","chain":"…"}
//     {"n":1,"at_ns":720000000000,"at":"0:12:00","do":"classify security","seen":"…","chain":"…"}
//
// The log of a branch holds the actions that it keeps, and says in its header what it branches from:
// "branch":{"of":"<the last mark of the other log>","kept":12,"at_ns":…,"luck":0}.
//
// `seen` is the fingerprint of what was on the screen. A replay rebuilds the screen and must find the same.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "drill/drill.hpp"

namespace breakglass::drill {

struct LogHeader {
  std::string version;
  std::string scenario;                // as it was named: an id or a path
  std::vector<std::string> overrides;  // "/pointer=value"
  std::string hash;
  Setup setup;
};

// The lines, each with its line break. `chain` is the fingerprint that the line before carried; it becomes
// that of this line.
std::string header_line(const LogHeader& header, std::uint64_t& chain);
std::string entry_line(const Entry& entry, std::size_t number, std::uint64_t& chain);
// The last line of a drill that came to its horizon:
// {"n":29,"at_ns":…,"at":"168:00:00","over":true,"chain":"…"}.
std::string end_line(sim::Time at, std::size_t number, std::uint64_t& chain);

struct Log {
  LogHeader header;
  std::vector<Entry> entries;
  std::size_t sound_bytes = 0;  // up to the end of the last whole line
  std::uint64_t chain = 0;
  bool is_over = false;  // the horizon was reached
  bool cut_short =
      false;  // a last line was begun and not finished: it was never acknowledged, and is left out
};

// Reads a log's text. `error` names the line and what is wrong with it, and is empty on success.
struct ReadLog {
  Log log;
  std::string error;
};
ReadLog read_log(std::string_view text);

// Plays a log from its beginning in the scenario that it names. `error` is empty on success, and otherwise
// says which scenario, version or event differs.
struct Replayed {
  std::optional<Drill> drill;
  std::string error;
};
Replayed replay(const Log& log, std::shared_ptr<const scenarios::LoadedScenario> loaded);

}  // namespace breakglass::drill
