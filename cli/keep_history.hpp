// Recording a drill that is over. It never spoils the drill: what goes wrong is said on standard error, with
// how to record the drill later, and changes no exit status.
#pragma once

#include <string>

#include "cli/requests.hpp"
#include "drill/grade.hpp"
#include "drill/log.hpp"

namespace breakglass::cli {

struct KeptLog {
  std::string path;
  drill::LogHeader header;
  std::uint64_t chain = 0;  // the mark of all its lines
};

// The time now, in UTC: "2026-11-25T10:44:04Z".
std::string utc_now();
// When the file was made and last written, in UTC; empty where nobody knows.
std::string made_at(const std::string& path);
std::string written_at(const std::string& path);

// Records it unless it is not over, or the request says not to. `ended` is when. `grade` may come later.
void keep(const drill::Drill& drill, const KeptLog& log, const std::string& ended, const HistoryChoice& where,
          const drill::Grade* grade = nullptr);

}  // namespace breakglass::cli
