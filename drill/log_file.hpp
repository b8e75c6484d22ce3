// Logs as files: reading one, and beginning or going on with the one behind a session.
#pragma once

#include <memory>
#include <string>

#include "drill/log.hpp"
#include "drill/session.hpp"

namespace breakglass::drill {

// Reads the log at `path`; an error names the file. More than 16 MB is no log.
ReadLog read_log_file(const std::string& path);

// Opens the log behind a session whose drill has begun. A file that is there already must be the log of the
// same drill: a person goes on where it ends (`session.resumed`, and the drill as it stood then); a script is
// played from its beginning, against what the log holds. Otherwise a new one is begun.
//
// `problem` is empty on success. `note`: what the person should know all the same.
struct OpenedLog {
  std::string problem;
  std::string note;
};
OpenedLog open_log(Session& session, const std::string& path, const LogHeader& header, bool is_scripted,
                   std::shared_ptr<const scenarios::LoadedScenario> loaded);

}  // namespace breakglass::drill
