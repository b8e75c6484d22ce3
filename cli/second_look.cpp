#include "cli/second_look.hpp"

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/exit_status.hpp"
#include "cli/line_input.hpp"
#include "drill/second_look.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::cli {
namespace {

// What was typed, until it is an option, nothing (only the answer is wanted) or the end.
struct Answer {
  bool is_over = false;
  std::optional<std::size_t> choice;
};

Answer ask(const drill::Debrief& debrief, std::size_t numbered) {
  for (;;) {
    const auto line = read_line("Your move (a number, or Enter for the answer, or quit): ",
                                [](const auto&) { return std::vector<std::string>{}; });
    if (!line || *line == "quit") return {true, {}};
    if (line->empty()) return {};
    if (const auto choice = drill::read_choice(debrief, numbered, *line)) return {false, choice};
    if (write_stdout(fmt::format("\"{}\" is no option: give its number or its name\n",
                                 scenarios::visible(*line, 40))) != 0)
      return {true, {}};
  }
}

}  // namespace

int look_again(const drill::Debrief& debrief) {
  const std::vector<std::size_t> again = drill::to_look_at_again(debrief);
  if (again.empty()) {
    return write_stdout("There is no decision to look at again.\n") == 0 ? kExitDone : kExitUsage;
  }
  std::size_t asked = 0, good = 0;
  for (const std::size_t numbered : again) {
    if (write_stdout("\n" + drill::question_text(debrief, numbered)) != 0) return kExitUsage;
    const Answer answer = ask(debrief, numbered);
    if (answer.is_over) break;
    if (answer.choice) {
      ++asked;
      good += drill::is_as_good_as_best(debrief, numbered, *answer.choice) ? 1 : 0;
    }
    if (write_stdout("\n" + drill::answer_text(debrief, numbered, answer.choice)) != 0) return kExitUsage;
  }
  const std::string sum =
      fmt::format("\nYou found a move as good as any in {} of {} that you tried.\n\n", good, asked);
  return write_stdout(sum) == 0 ? kExitDone : kExitUsage;
}

}  // namespace breakglass::cli
