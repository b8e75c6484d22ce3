// A session: a drill, the log behind it, and the lines that somebody types, pipes or has written in a script.
// It answers each line with the text that a terminal shows. The log does not know which of them it was.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "drill/journal.hpp"
#include "drill/log.hpp"
#include "drill/view.hpp"

namespace breakglass::drill {

struct Session {
  Drill drill;
  Journal journal;            // open: every action is on the disk before its effect is shown
  std::uint64_t chain = 0;    // of the log so far
  std::size_t shown = 0;      // messages of the view that have been shown
  bool confirms = false;      // somebody is there to be asked before what cannot be taken back
  double warn_share = 0;      // of the stake: who gives up more is warned first; 0: nobody is
  std::string to_confirm;     // the line that waits for a `yes`
  std::vector<Entry> played;  // by a log that is resumed under a script: its lines must be the same again
  bool played_over = false;   // and it ends at the horizon
  bool resumed = false;       // the log has its header already
  bool refused = false;       // the last line was not understood, or not possible
  bool done = false;          // nothing more is to be read
  std::string stuck;    // why the log does not take the last line, which had no effect; it can be typed again
  std::string failure;  // the log could not be begun, or a script differs from its log
};

// Begins a log, if there is a journal; what the trainee sees at the page.
std::string open_session(Session& session, const LogHeader& header);
// Plays the actions that a branch keeps, into its log, and lets time pass to where it begins. What the
// trainee sees of the time before.
std::string keep_actions(Session& session, const std::vector<Entry>& kept);
// What the trainee sees who comes back to a log that was played so far.
std::string resume_session(Session& session);

// One line: an action, `wait`, `look`, `charts`, `record`, `help`, `quit`, or a comment (#).
std::string obey(Session& session, std::string_view line);

// "[Wed 22:14, 0:14:00, scope, 0% on the change, about 12.3 records exposed] "
std::string prompt(const Session& session);

// One line of an instructor, who may be at another terminal: `inject lag error-rate 5m`. Returns what is
// wrong with it; empty: it is in the log and has its effect. The trainee is shown what they would notice,
// with the answer to their next line.
std::string obey_instructor(Session& session, std::string_view line);

}  // namespace breakglass::drill
