// What a long computation has found so far, in a file that only grows: killed at any moment, it goes on from
// there.
//
//     breakglass-sweep 1 0.1.0 af0de9c2df053abd72c42fb26efe651c 3b1f0c9e5a7d2244
//     0123456789abcdef point/0 0 1 0 1569.25 …
//
// The first line says what it is of: format, program version, scenario's hash, hash of everything else that
// results depend on. Each further line is an answer: a checksum, the question's name, numbers in their
// shortest exact form. A line that was cut off by a kill is the last one; it is taken away when the file is
// opened again. The program's answers depend on nothing but their questions, so a run that went on ends with
// the same bytes as one that was never stopped, in this file as well.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace breakglass::analysis {

// What a journal is of.
struct JournalHead {
  std::string version;        // of the program
  std::string scenario_hash;  // of the scenario as it is before anything is varied
  std::string request;        // canonical text of everything else
};

class Journal {
 public:
  Journal() = default;  // in memory only
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  // Opens a file, or begins one. "" or why not, and then nothing was changed: it is of another scenario,
  // version or request, is no journal, is damaged before its end, is in use, or cannot be read or written.
  std::string open(const std::string& path, const JournalHead& head);

  // The answer, or nullptr.
  const std::vector<double>* find(const std::string& question) const;
  // Remembers an answer, in the file too. "" or why it could not be written; the file then ends with a whole
  // line all the same. Numbers must be finite; questions hold no blanks.
  std::string add(const std::string& question, std::vector<double> answer);

  std::size_t size() const { return answers_.size(); }

 private:
  int file_ = -1;
  std::uint64_t end_ = 0;  // of the last whole line
  std::map<std::string, std::vector<double>> answers_;
};

}  // namespace breakglass::analysis
