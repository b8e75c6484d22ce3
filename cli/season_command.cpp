// A season: its pages one after the other, each a drill with a log of its own, and the review at the end.
// What is remembered from page to page follows from the logs; the book says which season it is, and keeps
// what cannot be worked out again: the answer of the review.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/drill_log.hpp"
#include "cli/drill_play.hpp"
#include "cli/exit_status.hpp"
#include "drill/journal.hpp"
#include "drill/month_review.hpp"
#include "history/data_folder.hpp"
#include "scenarios/season.hpp"
#include "scenarios/visible.hpp"
#include "sim/kernel/hash.hpp"

namespace breakglass::cli {
namespace {

using Json = nlohmann::ordered_json;

// Lines that are the same whenever the season is played up to there: those that are there are compared, those
// that are not are appended. A last line that was begun and not finished was never acknowledged.
class Book {
 public:
  std::string open(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    std::size_t sound = 0;
    for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', sound)) {
      lines_.push_back(text.substr(sound, end - sound));
      sound = end + 1;
    }
    return journal_.open(path, sound, true);
  }
  // The next line, if it is there already.
  const std::string* peek() const { return next_ < lines_.size() ? &lines_[next_] : nullptr; }
  // "" or why not.
  std::string put(const std::string& line, const std::string& else_say) {
    if (const std::string* there = peek()) {
      if (*there != line) return else_say;
      ++next_;
      return "";
    }
    const std::string why = journal_.append(line + "\n");
    if (why.empty()) {
      lines_.push_back(line);
      ++next_;
    }
    return why;
  }

 private:
  drill::Journal journal_;
  std::vector<std::string> lines_;
  std::size_t next_ = 0;
};

std::string header_of(const scenarios::SeasonParams& season) {
  const std::string hash = sim::hex(sim::hash_text(scenarios::canonical_season(season)));
  return Json{
      {"breakglass", "season"}, {"version", BREAKGLASS_VERSION}, {"season", season.id}, {"hash", hash}}
      .dump();
}

std::string line_of(const drill::Card& card, std::size_t number) {
  return Json{{"page", number},
              {"scenario", card.scenario},
              {"called", card.called},
              {"shipped", card.shipped},
              {"needless", card.needless}}
      .dump();
}

struct Played {
  const SeasonRequest& request;
  const scenarios::SeasonParams& season;
  std::string folder;
  Book book;
  std::vector<drill::Card> cards;
};

// What a page's drill is, with what the season remembers; nothing if its scenario cannot be read.
std::optional<DrillRequest> drill_of(const Played& played, std::size_t i) {
  const scenarios::WeekParams& week = played.season.weeks[i];
  DrillRequest drill;
  drill.world.scenario = week.scenario;
  drill.seed = static_cast<std::uint64_t>(week.seed);
  drill.replication = static_cast<std::uint32_t>(week.replication);
  drill.mode = "drill";
  drill.script = played.request.script;
  drill.log = fmt::format("{}/page-{}.jsonl", played.folder, i + 1);
  drill.history = played.request.history;
  const auto loaded = load_for_drill(week.scenario, {});
  if (!loaded) return std::nullopt;
  drill.world.load.overrides =
      drill::eroded(played.season, loaded->scenario.params, drill::needless_so_far(played.cards));
  return drill;
}

// A page that is over and is not played again under a script.
std::optional<drill::Drill> finished(const DrillRequest& request) {
  std::error_code error;
  if (!request.script.empty() || !std::filesystem::exists(request.log, error)) return std::nullopt;
  const auto log = load_log(request.log);
  if (!log || log->header.overrides != request.world.load.overrides) return std::nullopt;
  auto drill = play_log(*log, request.log);
  if (!drill || !is_over(*drill)) return std::nullopt;
  return drill;
}

// Returns whether the season goes on; otherwise `status` says how it ends.
bool play_page(Played& played, std::size_t i, Lines& lines, const Console& console, int& status) {
  const auto request = drill_of(played, i);
  status = kExitUsage;
  if (!request) return false;
  const scenarios::WeekParams& week = played.season.weeks[i];
  auto drill = finished(*request);
  const std::string title =
      fmt::format("\n=== Week {}, page {} of {} ===\n", week.week, i + 1, played.season.weeks.size());
  if (drill) {
    if (write_stdout(title + "played: " + week.scenario + "\n") != 0) return false;
  } else {
    if (write_stdout(title) != 0) return false;
    status = play_drill(*request, lines, console, drill);
    if (status != kExitDone || !drill) return false;
    if (!is_over(*drill)) {
      write_stdout(fmt::format("The season waits at page {}: the same command goes on.\n", i + 1));
      return false;
    }
  }
  played.cards.push_back(drill::card_of(*drill, week.week));
  const std::string why =
      played.book.put(line_of(played.cards.back(), i + 1),
                      fmt::format("page {} in \"{}\" is not what its log comes to: was a log changed?", i + 1,
                                  scenarios::visible(played.folder, 200)));
  if (why.empty()) return true;
  status = fail(why);
  return false;
}

std::vector<std::string> review_words(const std::string& line) {
  std::vector<std::string> all{"means", "bar=", "upstream=", "chance=", "quit"};
  const std::size_t blank = line.rfind(' ');
  const std::string last = blank == std::string::npos ? line : line.substr(blank + 1);
  std::erase_if(all, [&](const std::string& word) { return !word.starts_with(last); });
  return all;
}

int answer_with(Played& played, const drill::Beliefs& stated) {
  const std::string why =
      played.book.put(drill::print_means(stated), "the review was answered otherwise the last time");
  if (!why.empty()) return fail(why);
  return finish(drill::review_answer(played.season, played.cards, stated), kExitDone);
}

int review(Played& played, Lines& lines) {
  if (write_stdout("\n" + drill::review_question(played.season, played.cards)) != 0) return kExitUsage;
  if (const std::string* said = played.book.peek(); said && played.request.script.empty()) {
    const drill::ReadMeans before = drill::read_means(*said);
    if (!before.error.empty()) return fail("the review's answer is damaged: " + before.error);
    return answer_with(played, before.beliefs);
  }
  while (const auto line = lines.next("[REVIEW] ", review_words)) {
    if (line->find_first_not_of(" \t\r") == std::string::npos || line->starts_with('#')) continue;
    if (*line == "quit") break;
    const drill::ReadMeans read = drill::read_means(*line);
    if (read.error.empty()) return answer_with(played, read.beliefs);
    if (!played.request.script.empty()) return fail(fmt::format("line {}: {}", lines.number(), read.error));
    if (write_stdout("not understood: " + read.error + "\n") != 0) return kExitUsage;
  }
  return finish("The review waits: the same command goes on.\n", kExitDone);
}

}  // namespace

int run(const SeasonRequest& request, const Console& console) {
  scenarios::Problems problems;
  const auto season = scenarios::load_season(request.season, problems);
  if (!problems.empty()) write_stderr(scenarios::render(problems));
  if (!season) return kExitUsage;
  Played played{request, *season, request.folder, {}, {}};
  if (played.folder.empty()) {
    if (history::data_folder().empty()) return fail("there is no data folder: name one with --folder");
    played.folder = (std::filesystem::path(history::data_folder()) / "seasons" / season->id).string();
  }
  std::error_code error;
  std::filesystem::create_directories(played.folder, error);
  if (error)
    return fail(fmt::format("cannot make the folder \"{}\": {}", scenarios::visible(played.folder, 200),
                            error.message()));
  std::string why = played.book.open(played.folder + "/season.jsonl");
  if (why.empty())
    why = played.book.put(
        header_of(*season),
        fmt::format("\"{}\" holds another season, or one that has changed since, or of another "
                    "version of the program; --folder names another place",
                    scenarios::visible(played.folder, 200)));
  if (!why.empty()) return fail(why);
  Lines lines(request.script);
  if (!lines.is_open())
    return fail(fmt::format("cannot read the script \"{}\"", scenarios::visible(request.script, 200)));
  if (write_stdout("SEASON: " + (season->title.empty() ? season->id : season->title) + "\n") != 0)
    return kExitUsage;
  for (std::size_t i = 0; i < season->weeks.size(); ++i) {
    int status = kExitDone;
    if (!play_page(played, i, lines, console, status)) return status;
  }
  return review(played, lines);
}

}  // namespace breakglass::cli
