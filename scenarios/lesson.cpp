#include "scenarios/lesson.hpp"

#include <algorithm>

#include "scenarios/checks.hpp"
#include "scenarios/read_file.hpp"
#include "scenarios/reader.hpp"
#include "scenarios/schema.hpp"
#include "scenarios/shipped.hpp"

namespace breakglass::scenarios {
namespace {

std::vector<std::string> playable() {
  std::vector<std::string> ids = shipped_ids("scenario");
  const std::vector<std::string> tutorials = shipped_ids("tutorial");
  ids.insert(ids.end(), tutorials.begin(), tutorials.end());
  return ids;
}

void check_notes(const Checker& check, const LessonParams& p) {
  const bool begins = std::any_of(p.notes.begin(), p.notes.end(),
                                  [](const NoteParams& note) { return note.when == Moment::page; });
  if (!begins) check.say("/notes", "a lesson in which nobody says how to begin", "a note at \"page\"");
  for (std::size_t i = 0; i < p.notes.size(); ++i) {
    if (p.notes[i].say.empty())
      check.say(at("/notes", i, "/say"), "a note without a word", "what the coach says");
  }
}

}  // namespace

std::optional<LessonParams> read_lesson(Problems& problems, int source) {
  const std::size_t before = problems.count();
  const auto root = parse_text(problems, source);
  if (!root) return std::nullopt;
  LessonParams params;
  read_document(*root, params, problems);
  const Checker check{*root, problems, problems.pointers_since(before)};
  if (check.whole("/scenario") && !has(playable(), params.scenario))
    check.unknown("/scenario", "shipped scenario", params.scenario, playable());
  if (check.whole("/notes")) check_notes(check, params);
  if (problems.count() > before) return std::nullopt;
  return params;
}

std::optional<LessonParams> load_lesson(const std::string& name, Problems& problems) {
  const bool is_path = name == "-" || name.find('/') != std::string::npos || name.ends_with(".json");
  if (is_path) {
    const auto source = read_file(name, problems);
    return source ? read_lesson(problems, *source) : std::nullopt;
  }
  for (const ShippedFile& file : shipped_files()) {
    if (file.kind != "lesson" || file.id != name) continue;
    return read_lesson(problems, problems.add_source(std::string(file.path), std::string(file.text)));
  }
  const std::vector<std::string> ids = shipped_ids("lesson");
  const std::vector<std::string_view> views(ids.begin(), ids.end());
  problems.add_at(whole(problems.add_source(name, "")), "no lesson of this name is shipped",
                  "a path to a file, or one of: " + list_names(views), did_you_mean(name, views));
  return std::nullopt;
}

std::vector<LessonParams> shipped_lessons() {
  std::vector<LessonParams> lessons;
  Problems problems;
  for (const std::string& id : shipped_ids("lesson")) {
    if (auto lesson = load_lesson(id, problems)) lessons.push_back(std::move(*lesson));
  }
  std::stable_sort(lessons.begin(), lessons.end(),
                   [](const LessonParams& a, const LessonParams& b) { return a.level < b.level; });
  return lessons;
}

std::string lesson_schema() {
  return json_schema<LessonParams>("Breakglass lesson", "One emergency with a coach, a note at a moment.");
}

}  // namespace breakglass::scenarios
