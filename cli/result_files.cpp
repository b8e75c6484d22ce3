#include "cli/result_files.hpp"

#include <vector>

#include "cli/commands.hpp"
#include "cli/output_file.hpp"

namespace breakglass::cli {
namespace {

bool goes_to_file(const std::string& path) { return !path.empty() && path != "-"; }

}  // namespace

std::string writing_problem(const ResultPaths& paths) {
  for (const std::string& path : {paths.json, paths.csv}) {
    if (!goes_to_file(path)) continue;
    if (std::string problem = writing_problem(path); !problem.empty()) return problem;
  }
  return {};
}

int deliver(const ResultPaths& paths, const ResultTexts& texts, int status) {
  const std::string json = paths.json.empty() ? "" : texts.json();
  const std::string csv = paths.csv.empty() ? "" : texts.csv();
  std::vector<OutputText> files;
  if (goes_to_file(paths.json)) files.push_back({paths.json, json});
  if (goes_to_file(paths.csv)) files.push_back({paths.csv, csv});
  if (const std::string problem = write_files(files); !problem.empty()) return fail(problem);
  if (paths.json == "-") return finish(json, status);
  if (paths.csv == "-") return finish(csv, status);
  return finish(texts.report(), status);
}

}  // namespace breakglass::cli
