// Where the result of a command goes: as JSON and as CSV to files or standard output, and as a text.
#pragma once

#include <functional>
#include <string>

namespace breakglass::cli {

// A path, "-" for standard output, or empty: not wanted.
struct ResultPaths {
  const std::string& json;
  const std::string& csv;
};

// "" or why a result could not be written when it is there: better known before the work than after.
std::string writing_problem(const ResultPaths& paths);

struct ResultTexts {
  std::function<std::string()> json, csv, report;  // each made only if it is wanted
};

// Files first: a reader of standard output that has gone away should not cost them. The report is printed
// where neither of the others goes to standard output. Returns the exit status: `status`, if all was written.
int deliver(const ResultPaths& paths, const ResultTexts& texts, int status);

}  // namespace breakglass::cli
