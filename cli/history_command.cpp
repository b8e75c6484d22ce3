// What was played: listed, shown, summed up, exported.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "cli/commands.hpp"
#include "cli/exit_status.hpp"
#include "cli/history_report.hpp"
#include "cli/output_file.hpp"
#include "history/data_folder.hpp"
#include "history/export.hpp"
#include "history/store.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::cli {
namespace {

using history::Played;

// Nothing played yet is no error, unless a file was named that is not there.
history::Loaded load_history(const HistoryRequest& request, const std::string& path) {
  if (path.empty()) return {{}, "there is no data folder; name a history with --history"};
  std::error_code error;
  if (request.path.empty() && !std::filesystem::exists(path, error)) return {};
  history::Database database;
  if (std::string why = database.open(path, history::Access::read, history::migrations()); !why.empty())
    return {{}, why};
  return history::load(database);
}

struct Texts {
  std::string json;
  std::string csv;
  std::string table;
};

std::string nothing_found(const HistoryRequest& request, std::size_t all, const std::string& path) {
  if (all > 0) return fmt::format("None of the {} drills in the history is of that kind.\n", all);
  return fmt::format("No drill has been finished yet{}.\nPlay one: breakglass drill pii-leak\n",
                     request.path.empty() ? "" : " in " + scenarios::visible(path, 200));
}

int deliver(const HistoryRequest& request, const Texts& texts) {
  std::vector<OutputText> files;
  if (!request.json.empty() && request.json != "-") files.push_back({request.json, texts.json});
  if (!request.csv.empty() && request.csv != "-") files.push_back({request.csv, texts.csv});
  if (const std::string problem = write_files(files); !problem.empty()) return fail(problem);
  if (request.json == "-") return finish(texts.json, kExitDone);
  if (request.csv == "-") return finish(texts.csv, kExitDone);
  return finish(texts.table, kExitDone);
}

}  // namespace

int run(const HistoryRequest& request, const Console& console) {
  const std::string path = history::history_path(request.path);
  history::Loaded loaded = load_history(request, path);
  if (!loaded.error.empty()) return fail(loaded.error);
  std::vector<Played>& drills = loaded.drills;
  const std::size_t all = drills.size();
  std::erase_if(drills, [&](const Played& p) {
    return request.show > 0 ? p.id != request.show : !history::matches(request.filter, p);
  });
  if (request.show > 0 && drills.empty())
    return fail(fmt::format("there is no drill {} in the history", request.show));

  Texts texts;
  if (request.summary) {
    const auto summaries = history::summaries(drills);
    texts = {history::summaries_json(summaries, BREAKGLASS_VERSION), history::summaries_csv(summaries),
             history_summary(summaries, console)};
  } else {
    texts = {history::drills_json(drills, BREAKGLASS_VERSION), history::drills_csv(drills),
             request.show > 0 ? history_entry(drills[0], console) : history_table(drills, console)};
  }
  if (drills.empty()) texts.table = nothing_found(request, all, path);
  return deliver(request, texts);
}

}  // namespace breakglass::cli
