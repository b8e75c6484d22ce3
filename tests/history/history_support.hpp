// Histories for tests: a folder that goes away, and drills to put into it.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "history/store.hpp"

namespace breakglass::tests {

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "breakglass-history-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

inline std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline history::Played some_drill(const std::string& identity) {
  history::Played p;
  p.identity = identity;
  p.log = "/somewhere/" + identity + ".jsonl";
  p.scenario = "pii-leak";
  p.hash = "h";
  p.version = "0.1.0";
  p.seed = UINT64_MAX;
  p.replication = 4;
  p.mode = "drill";
  p.started = "2026-11-25T10:00:00Z";
  p.ended = "2026-11-25T10:30:00Z";
  p.tasks = {{"classified on evidence", true}, {"rollback verified", false}};
  p.mistakes = {{"without-rollback", 3600.5}};
  p.harm = 0.1;
  p.harm_unit = "records; \"exposed\"'); DROP TABLE drills; --";
  p.is_emergency = true;
  p.treated_as_emergency = true;
  p.stated = {{"real", 0.95, true, {}}, {"regression", 0.2, {}, {}}};
  return p;
}

}  // namespace breakglass::tests
