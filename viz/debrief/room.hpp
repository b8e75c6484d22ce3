// The debrief, in the order in which it helps: what happened; whether there was a better move; then the
// verdict, the beliefs, skill and luck, the critical tasks, other strategies, hindsight; one's own words; and
// the export.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "drill/debrief.hpp"
#include "drill/view.hpp"
#include "viz/ui.hpp"

namespace breakglass::viz {

enum class Chapter { replay, better, verdict, belief, luck, tasks, others, hindsight, words, files };
inline constexpr int kChapters = 10;
const char* name_of(Chapter chapter);

struct DebriefScreen {
  std::string title;
  std::string unit;
  std::vector<drill::Message> messages;  // all of them, oldest first
  std::vector<std::string> clocks;       // of the messages, local
  std::optional<drill::Debrief> debrief;
  bool graded = false;
  bool working = false;
  double progress = 0;
  std::string saved;  // where the last export went, or why it did not
};

struct DebriefDesk {
  Memory memory;
  Chapter chapter = Chapter::replay;
  int decision = 0;           // that is looked at
  std::map<int, int> picked;  // decision: the option that the trainee would take now
  std::array<std::string, 3> answers;
};

enum class DebriefWish { none, leave, cancel, markdown, json };
DebriefWish draw_debrief_room(const Look& look, const DebriefScreen& screen, DebriefDesk& desk);

// The three questions to answer in one's own words.
extern const std::array<const char*, 3> kOwnWords;

}  // namespace breakglass::viz
