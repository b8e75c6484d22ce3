#include "scenarios/read_file.hpp"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <thread>

namespace breakglass::tests {

using namespace scenarios;
namespace fs = std::filesystem;

namespace {

// A folder of its own for one test, gone afterwards.
struct Folder {
  fs::path path;
  Folder() {
    std::string name = (fs::temp_directory_path() / "breakglass-read-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Folder() {
    std::error_code ignored;
    fs::permissions(path, fs::perms::owner_all, ignored);
    fs::remove_all(path, ignored);
  }
  std::string file(const std::string& name, const std::string& text) const {
    std::ofstream(path / name, std::ios::binary) << text;
    return (path / name).string();
  }
};

// The rendered problem, with the test's folder called DIR.
std::string said(const Folder& folder, const std::string& path, std::size_t budget = 1 << 20) {
  Problems problems;
  CHECK_FALSE(read_file(path, problems, budget));
  std::string text = render(problems);
  for (std::size_t at = 0; (at = text.find(folder.path.string())) != std::string::npos;) {
    text.replace(at, folder.path.string().size(), "DIR");
  }
  return text.substr(0, text.find("\n\n"));
}

}  // namespace

TEST_CASE("a file is read byte for byte and becomes a source") {
  const Folder folder;
  const std::string text("a\0b\r\nc\xff", 7);
  const std::string path = folder.file("x.json", text);
  Problems problems;
  CHECK(read_file(path, problems) == 0);
  CHECK(problems.source(0).text == text);
  CHECK(problems.source(0).name == path);
  CHECK(read_file(folder.file("empty", ""), problems) == 1);
  CHECK(problems.source(1).text.empty());
}

TEST_CASE("a budget holds exactly") {
  const Folder folder;
  const std::string path = folder.file("x", "12345");
  Problems problems;
  CHECK(read_file(path, problems, 5));
  CHECK(said(folder, path, 4) == "DIR/x: error: too large: 5 bytes\n      = expected at most 4 bytes");
}

TEST_CASE("a file of gigabytes is refused before a byte is read") {
  const Folder folder;
  const std::string path = folder.file("big", "");
  fs::resize_file(path, std::uintmax_t{5} << 30);
  CHECK(said(folder, path) == "DIR/big: error: too large: 5120 MB\n      = expected at most 1 MB");
}

TEST_CASE("an endless device is read no further than the budget") {
  const Folder folder;
  CHECK(said(folder, "/dev/zero") ==
        "/dev/zero: error: too large: more than 1 MB\n      = expected at most 1 MB");
}

TEST_CASE("what is not there is said with the nearest name") {
  const Folder folder;
  folder.file("pii-leak.json", "{}");
  fs::create_directory(folder.path / "strategies");
  const std::string dir = folder.path.string();
  CHECK(said(folder, dir + "/pii-laek.json") ==
        "DIR/pii-laek.json: error: there is no such file\n      = did you mean \"DIR/pii-leak.json\"?");
  CHECK(said(folder, dir + "/nothing") == "DIR/nothing: error: there is no such file");
  CHECK(said(folder, dir + "/strategeis/a.json") ==
        "DIR/strategeis/a.json: error: there is no folder \"DIR/strategeis\"\n      = did you mean "
        "\"DIR/strategies\"?");
  CHECK(said(folder, dir + "/pii-leak.json/x") ==
        "DIR/pii-leak.json/x: error: a part of this path is a file, not a folder");
  CHECK(said(folder, dir) == "DIR: error: this is a folder\n      = expected a file");
  CHECK(said(folder, "") == "\"\": error: the path is empty");
  fs::create_symlink(folder.path / "b", folder.path / "a");
  fs::create_symlink(folder.path / "a", folder.path / "b");
  CHECK(said(folder, dir + "/a") == "DIR/a: error: its links go round in a circle");
}

TEST_CASE("no permission is said plainly") {
  const Folder folder;
  const std::string path = folder.file("secret", "x");
  fs::permissions(path, fs::perms::none);
  if (::geteuid() != 0) {
    CHECK(said(folder, path) == "DIR/secret: error: no permission to read it");
    return;
  }
  // The superuser may read anything: so a child gives up its rights first and answers by its exit status.
  fs::permissions(folder.path, fs::perms::all);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    if (::setgid(65534) != 0 || ::setuid(65534) != 0) ::_exit(77);
    Problems problems;
    const bool refused = !read_file(path, problems);
    ::_exit(refused && problems.resolve()[0].what == "no permission to read it" ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("a pipe is read to its end") {
  const Folder folder;
  const std::string path = (folder.path / "pipe").string();
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  std::string text;
  for (int i = 0; i < 30'000; ++i) text += "0123456789";
  std::thread writer([&] { std::ofstream(path) << text; });
  Problems problems;
  const auto source = read_file(path, problems);
  writer.join();
  REQUIRE(source == 0);
  CHECK(problems.source(0).text == text);
}

TEST_CASE("standard input is a file named -") {
  const Folder folder;
  const std::string path = folder.file("in", "{}");
  const int saved = ::dup(STDIN_FILENO);
  REQUIRE(std::freopen(path.c_str(), "r", stdin) != nullptr);
  Problems problems;
  const auto source = read_file("-", problems);
  if (saved >= 0) {
    ::dup2(saved, STDIN_FILENO);
    ::close(saved);
  }
  REQUIRE(source == 0);
  CHECK(problems.source(0).text == "{}");
  CHECK(problems.source(0).name == "standard input");
}

TEST_CASE("a file opened for streaming closes itself and refuses folders") {
  const Folder folder;
  const std::string path = folder.file("t.csv", "1\n2\n");
  Problems problems;
  auto chunks = open_chunks(path, problems);
  REQUIRE(chunks);
  char buffer[16];
  CHECK((*chunks)(buffer, sizeof buffer) == 4);
  CHECK((*chunks)(buffer, sizeof buffer) == 0);
  CHECK_FALSE(open_chunks(folder.path.string(), problems));
  CHECK(problems.count() == 1);
}

}  // namespace breakglass::tests
