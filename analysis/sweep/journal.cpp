#include "analysis/sweep/journal.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>
#include <sstream>

#include "analysis/json_writer.hpp"
#include "scenarios/visible.hpp"
#include "sim/kernel/hash.hpp"

namespace breakglass::analysis {
namespace {

constexpr std::string_view kName = "breakglass-sweep";
constexpr std::string_view kFormat = "1";
constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 30U;

std::string short_hash(std::string_view text) { return sim::hex(sim::hash_text(text)).substr(0, 16); }

std::string head_line(const JournalHead& head) {
  return std::string(kName) + " " + std::string(kFormat) + " " + head.version + " " + head.scenario_hash +
         " " + short_hash(head.request) + "\n";
}

std::string answer_line(const std::string& question, const std::vector<double>& answer) {
  std::string body = question;
  for (const double value : answer) body += " " + number_text(value);
  return short_hash(body) + " " + body + "\n";
}

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

struct Answer {
  std::string question;
  std::vector<double> values;
};

// Nothing if the line is not whole.
std::optional<Answer> read_line(const std::string& line) {
  if (line.size() < 18 || line[16] != ' ' ||
      short_hash(std::string_view(line).substr(17)) != line.substr(0, 16))
    return std::nullopt;
  const std::vector<std::string> words = words_of(line.substr(17));
  Answer answer{words.empty() ? "" : words[0], {}};
  for (std::size_t i = 1; i < words.size(); ++i) {
    double value = 0;
    const auto read = std::from_chars(words[i].data(), words[i].data() + words[i].size(), value);
    if (read.ec != std::errc() || read.ptr != words[i].data() + words[i].size()) return std::nullopt;
    answer.values.push_back(value);
  }
  return answer;
}

// "" or what is different about the head.
std::string difference(const std::string& line, const JournalHead& head) {
  const std::vector<std::string> found = words_of(line);
  if (found.size() != 5 || found[0] != kName) return "it is no checkpoint of a sweep";
  const std::vector<std::string> wanted = words_of(head_line(head));
  if (found[1] != wanted[1]) return "it is of a format that this version does not know";
  if (found[3] != wanted[3])
    return "it is of another scenario (or the scenario has changed since): its hash is " +
           scenarios::visible(found[3], 40) + ", and this one's " + wanted[3];
  if (found[2] != wanted[2])
    return "it was begun by version " + scenarios::visible(found[2], 40) + ", and this is " + wanted[2] +
           ": results may differ between versions";
  if (found[4] != wanted[4])
    return "it is of another sweep: parameters, strategies, --set, --traffic, seed, precision or "
           "--max-replications differ";
  return {};
}

std::string because() { return std::strerror(errno); }

// All of it or nothing counts; a signal does not cut it short.
bool write_all(int file, const std::string& text) {
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t n = ::write(file, text.data() + done, text.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    done += static_cast<std::size_t>(n);
  }
  return true;
}

std::optional<std::string> read_whole(int file, std::uint64_t size) {
  std::string text(size, '\0');
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t n = ::pread(file, text.data() + done, text.size() - done, static_cast<off_t>(done));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return std::nullopt;
    done += static_cast<std::size_t>(n);
  }
  return text;
}

}  // namespace

Journal::~Journal() {
  if (file_ >= 0) ::close(file_);
}

std::string Journal::open(const std::string& path, const JournalHead& head) {
  const std::string shown = "the checkpoint \"" + scenarios::visible(path, 200) + "\"";
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (file_ < 0) return "cannot open " + shown + ": " + because();
  struct stat about{};
  if (::fstat(file_, &about) != 0) return "cannot read " + shown + ": " + because();
  if (!S_ISREG(about.st_mode)) return shown + " is no regular file";
  if (::flock(file_, LOCK_EX | LOCK_NB) != 0) return shown + " is in use by another sweep";
  const auto size = static_cast<std::uint64_t>(about.st_size);
  if (size > kMostBytes) return shown + " is too large to be one (more than 1 GB)";
  const auto text = read_whole(file_, size);
  if (!text) return "cannot read " + shown + ": " + because();

  const std::string first = head_line(head);
  const std::size_t end_of_head = text->find('\n');
  // Killed while it was begun: as good as not there.
  const bool is_begun = end_of_head == std::string::npos && first.starts_with(*text);
  if (!is_begun) {
    const std::string problem = difference(text->substr(0, end_of_head), head);
    if (!problem.empty()) return shown + " cannot be gone on with: " + problem;
    end_ = end_of_head + 1;
    while (end_ < text->size()) {
      const std::size_t end_of_line = text->find('\n', end_);
      const auto answer = read_line(text->substr(end_, end_of_line - end_));
      const bool is_last = end_of_line == std::string::npos || end_of_line + 1 == text->size();
      if (end_of_line == std::string::npos || (!answer && is_last)) break;  // cut off
      if (!answer) return shown + " is damaged in the middle, at byte " + std::to_string(end_);
      answers_[answer->question] = answer->values;
      end_ = end_of_line + 1;
    }
  }
  if (::ftruncate(file_, static_cast<off_t>(end_)) != 0 || ::lseek(file_, 0, SEEK_END) < 0)
    return "cannot write " + shown + ": " + because();
  if (!is_begun) return {};
  if (!write_all(file_, first)) return "cannot write " + shown + ": " + because();
  end_ = first.size();
  return {};
}

const std::vector<double>* Journal::find(const std::string& question) const {
  const auto found = answers_.find(question);
  return found == answers_.end() ? nullptr : &found->second;
}

std::string Journal::add(const std::string& question, std::vector<double> answer) {
  if (file_ >= 0) {
    const std::string line = answer_line(question, answer);
    if (!write_all(file_, line)) {
      const std::string why = because();
      if (::ftruncate(file_, static_cast<off_t>(end_)) != 0) return "cannot write the checkpoint: " + why;
      return "cannot write the checkpoint: " + why + "; what is in it is whole, and the same command goes on";
    }
    end_ += line.size();
  }
  answers_[question] = std::move(answer);
  return {};
}

}  // namespace breakglass::analysis
