// Recording a drill that is over.
#pragma once

#include <cstdint>
#include <string>

#include "drill/grade.hpp"
#include "drill/log.hpp"

namespace breakglass::history {

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

struct Kept {
  std::string problem;  // why it is not recorded; empty: it is, or is not to be
  std::int64_t id = 0;  // 0: a drill that is not over, or a tutorial's, which is left out
  bool is_new = false;
};

// Records it in the history at `path` (history_path; empty: there is none). `ended` is when. `grade` may come
// later.
Kept keep(const drill::Drill& drill, const KeptLog& log, const std::string& ended, const std::string& path,
          const drill::Grade* grade = nullptr);

}  // namespace breakglass::history
