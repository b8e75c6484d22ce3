// A disk that fills up in mid-drill: the decision is not taken, nothing before it is lost, and once there is
// room the drill goes on to the same log.
#include <sys/resource.h>
#include <catch2/catch.hpp>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/drill/stage.hpp"

namespace breakglass::tests {
namespace {

// How large files may become, for as long as this lives: what follows fails as on a full disk.
class SmallFiles {
 public:
  explicit SmallFiles(std::size_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small{static_cast<rlim_t>(bytes), before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
  }
  SmallFiles(const SmallFiles&) = delete;
  SmallFiles& operator=(const SmallFiles&) = delete;
  ~SmallFiles() { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

std::string temporary_log(const char* name) {
  const auto path =
      std::filesystem::temp_directory_path() / fmt::format("breakglass-{}-{}", ::getpid(), name);
  std::filesystem::remove(path);
  return path.string();
}

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void open(drill::Session& session, const std::string& path) {
  begin(session, load("pii-leak"));
  REQUIRE(session.journal.open(path, 0, false).empty());
  drill::open_session(session, {"0.1.0", "pii-leak", {}, session.drill.scenario().hash, session.drill.setup});
  REQUIRE(session.failure.empty());
}

const Lines kLines = kClassify + kAssign + kBypasses + kCompressed + kApprove;

std::string undisturbed() {
  const std::string path = temporary_log("whole");
  drill::Session session;
  open(session, path);
  play(session, kLines);
  REQUIRE(session.failure.empty());
  std::string all = bytes_of(path);
  std::filesystem::remove(path);
  return all;
}

}  // namespace

TEST_CASE(
    "at whatever byte the disk is full, the drill pauses, and goes on to the same log once there is room") {
  const std::string whole = undisturbed();
  const std::size_t header = whole.find('\n') + 1;
  const std::string path = temporary_log("full");
  int pauses = 0;
  for (std::size_t room = header; room < whole.size(); room += 37) {
    std::filesystem::remove(path);
    drill::Session session;
    open(session, path);
    for (const std::string& line : kLines) {
      const drill::View before = drill::look(session.drill);
      std::string answer;
      {
        const SmallFiles small(room);
        answer = drill::obey(session, line);
      }
      if (session.stuck.empty()) continue;
      ++pauses;
      INFO(answer);
      CHECK(answer.starts_with("PAUSED: cannot write to the log"));
      CHECK(answer.find("File too large") != std::string::npos);
      CHECK_FALSE(session.done);
      CHECK(drill::fingerprint(drill::look(session.drill)) == drill::fingerprint(before));
      const std::string kept = bytes_of(path);
      CHECK(whole.starts_with(kept));
      CHECK(kept.ends_with('\n'));
      drill::obey(session, line);  // typed again
      REQUIRE(session.stuck.empty());
    }
    CHECK(bytes_of(path) == whole);
  }
  CHECK(pauses > 40);
  std::filesystem::remove(path);
}

TEST_CASE("while the disk stays full nothing happens, however often it is tried") {
  const std::string path = temporary_log("stays");
  drill::Session session;
  open(session, path);
  const std::string before = bytes_of(path);
  const SmallFiles small(before.size() + 10);
  for (int i = 0; i < 3; ++i) {
    drill::obey(session, "classify security");
    CHECK_FALSE(session.stuck.empty());
    CHECK(session.drill.entries.empty());
    CHECK(bytes_of(path) == before);
  }
  std::filesystem::remove(path);
}

}  // namespace breakglass::tests
