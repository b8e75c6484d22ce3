#include "cli/output_file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace breakglass::cli {
namespace {

namespace fs = std::filesystem;

// A folder of its own that is gone afterwards.
struct Folder {
  Folder() {
    std::string name = (fs::temp_directory_path() / "breakglass-test-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Folder() { fs::remove_all(path); }
  std::string operator/(const std::string& name) const { return (path / name).string(); }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(path), {}));
  }
  fs::path path;
};

std::string content(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string write_one(const std::string& path, const std::string& text) {
  const OutputText output{path, text};
  return write_files({&output, 1});
}

TEST_CASE("a new file has the ordinary permissions and all of its text") {
  const Folder folder;
  CHECK(write_one(folder / "a.json", std::string(3'000'000, 'x')).empty());
  CHECK(content(folder / "a.json").size() == 3'000'000);
  const mode_t mask = ::umask(0);
  ::umask(mask);
  struct stat about{};
  REQUIRE(::stat((folder / "a.json").c_str(), &about) == 0);
  CHECK((about.st_mode & 0777) == (0666 & ~mask));
  CHECK(folder.files() == 1);
}

TEST_CASE("an old file keeps its permissions, and a link stays a link") {
  const Folder folder;
  CHECK(write_one(folder / "a.json", "old").empty());
  fs::permissions(folder / "a.json", fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink("a.json", folder / "link");
  CHECK(write_one(folder / "link", "new").empty());
  CHECK(fs::is_symlink(folder / "link"));
  CHECK(content(folder / "a.json") == "new");
  CHECK(fs::status(folder / "a.json").permissions() == (fs::perms::owner_read | fs::perms::owner_write));
  CHECK(folder.files() == 2);
}

TEST_CASE("when one of two outputs cannot be written, neither is touched and nothing is left behind") {
  const Folder folder;
  CHECK(write_one(folder / "a.json", "old").empty());
  const std::vector<OutputText> outputs{{folder / "a.json", "new"}, {folder / "missing/b.csv", "x"}};
  CHECK(write_files(outputs) ==
        "cannot write \"" + (folder / "missing/b.csv") + "\": No such file or directory");
  CHECK(content(folder / "a.json") == "old");
  CHECK(folder.files() == 1);
}

TEST_CASE("a folder is no file, and a device is written to as it is") {
  const Folder folder;
  CHECK(write_one(folder.path.string(), "x") ==
        "cannot write \"" + folder.path.string() + "\": Is a directory");
  CHECK(write_one("/dev/null", "x").empty());
  CHECK(fs::is_character_file("/dev/null"));
  CHECK(write_one("/dev/full", "x") == "cannot write \"/dev/full\": No space left on device");
}

TEST_CASE("what cannot be written is known before the work, without creating anything") {
  const Folder folder;
  CHECK(writing_problem(folder / "a.json").empty());
  CHECK(writing_problem("/dev/null").empty());
  CHECK(folder.files() == 0);
  CHECK(writing_problem(folder.path.string()).ends_with("Is a directory"));
  CHECK(writing_problem(folder / "missing/a.json").ends_with("No such file or directory"));
  CHECK(write_one(folder / "f", "x").empty());
  CHECK(writing_problem(folder / "f/a.json").ends_with("Not a directory"));
  CHECK(writing_problem(folder / std::string(300, 'n')).ends_with("File name too long"));
}

}  // namespace
}  // namespace breakglass::cli
