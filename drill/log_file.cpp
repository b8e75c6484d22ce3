#include "drill/log_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <vector>

#include "scenarios/visible.hpp"

namespace breakglass::drill {
namespace {

constexpr std::size_t kLongestLog = 16U << 20U;

// A byte more than a log may have shows that it is too long: what never ends (/dev/zero) is read no further.
std::optional<std::string> read_bounded(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text;
  std::vector<char> part(1U << 16U);
  while (file && text.size() <= kLongestLog) {
    file.read(part.data(), static_cast<std::streamsize>(part.size()));
    text.append(part.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (!file.eof() && text.size() <= kLongestLog) return std::nullopt;
  return text;
}

bool same_drill(const LogHeader& a, const LogHeader& b) {
  return a.scenario == b.scenario && a.hash == b.hash && a.setup.seed == b.setup.seed &&
         a.setup.replication == b.setup.replication && a.setup.mode == b.setup.mode &&
         a.overrides == b.overrides && a.setup.branch == b.setup.branch &&
         same_injects(a.setup.injects, b.setup.injects);
}

// A kill in the middle of the header leaves a file of which nothing was ever acknowledged.
bool is_torn_header(const std::string& path, const LogHeader& header) {
  std::uint64_t chain = 0;
  const std::string line = header_line(header, chain);
  std::ifstream file(path, std::ios::binary);
  std::string text(line.size(), ' ');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text.size() < line.size() && line.starts_with(text);
}

OpenedLog resume(Session& session, const std::string& path, const LogHeader& header, bool is_scripted,
                 std::shared_ptr<const scenarios::LoadedScenario> loaded) {
  const ReadLog read = read_log_file(path);
  if (!read.error.empty()) return {read.error, ""};
  const Log& log = read.log;
  OpenedLog out;
  if (log.cut_short)
    out.note = fmt::format("{}: the last line was begun and never acknowledged; it is left out",
                           scenarios::visible(path, 200));
  if (!same_drill(log.header, header)) {
    out.problem = fmt::format(
        "\"{}\" is the log of another drill: of {}, seed {}, replication {}, mode {}{}",
        scenarios::visible(path, 200), scenarios::visible(log.header.scenario, 60), log.header.setup.seed,
        log.header.setup.replication, kModes[static_cast<std::size_t>(log.header.setup.mode)],
        same_injects(log.header.setup.injects, header.setup.injects) ? "" : ", with another lesson plan");
    return out;
  }
  Replayed replayed = replay(log, std::move(loaded));
  out.problem = replayed.error;
  if (!replayed.drill) return out;
  session.resumed = true;
  if (is_scripted) {
    session.played = log.entries;
    session.played_over = log.is_over;
  } else {
    session.drill = std::move(*replayed.drill);
    session.chain = log.chain;
  }
  out.problem = session.journal.open(path, log.sound_bytes, true);
  return out;
}

}  // namespace

ReadLog read_log_file(const std::string& path) {
  const std::string shown = scenarios::visible(path, 200);
  const auto text = read_bounded(path);
  ReadLog read;
  if (!text) {
    read.error = fmt::format("cannot read the log \"{}\"", shown);
  } else if (text->size() > kLongestLog) {
    read.error = fmt::format("\"{}\" is no log: it is larger than 16 MB", shown);
  } else {
    read = read_log(*text);
    if (!read.error.empty()) read.error = fmt::format("{}: {}", shown, read.error);
  }
  return read;
}

OpenedLog open_log(Session& session, const std::string& path, const LogHeader& header, bool is_scripted,
                   std::shared_ptr<const scenarios::LoadedScenario> loaded) {
  std::error_code error;
  const bool is_there = std::filesystem::exists(path, error);
  if (is_there && !is_torn_header(path, header))
    return resume(session, path, header, is_scripted, std::move(loaded));
  return {session.journal.open(path, 0, is_there), ""};
}

}  // namespace breakglass::drill
