#include "drill/said.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "drill/words.hpp"
#include "scenarios/nearest.hpp"
#include "scenarios/quantity.hpp"
#include "scenarios/visible.hpp"
#include "sim/model/inquiries.hpp"

namespace breakglass::drill {
namespace {

using WordList = std::vector<std::string>;

std::string shown(std::string_view text) { return scenarios::visible(text, 40); }

std::optional<WrongLine> unknown(const std::string& word, const char* what,
                                 const std::vector<std::string>& known) {
  if (std::find(known.begin(), known.end(), word) != known.end()) return std::nullopt;
  const std::string near(scenarios::nearest(word, known));
  return WrongLine{fmt::format("\"{}\" is no {}", shown(word), what),
                   near.empty() ? fmt::format("one of: {}", fmt::join(known, ", "))
                                : fmt::format("did you mean {}?", near)};
}

bool is_time(const std::string& word) {
  const auto time = scenarios::parse_duration(word);
  return time.ok() && time.value.count() > 0 && time.value <= std::chrono::hours{24 * 365};
}

std::optional<WrongLine> read_answer(const WordList& words, Action& a) {
  constexpr const char* kForm =
      R"(write, for example: answer 1 update "what is known" "what is not" "what is next")";
  if (words.size() < 3) return WrongLine{"an answer needs a call's number and a way to answer", kForm};
  const auto number = scenarios::parse_integer(words[1]);
  if (!number.ok() || number.value < 1)
    return WrongLine{fmt::format("\"{}\" is no number of a call", shown(words[1])), kForm};
  a.subject = std::to_string(number.value);
  a.detail = words[2];
  if (auto wrong = unknown(words[2], "way to answer", {std::begin(kAnswers), std::end(kAnswers)}))
    return wrong;
  a.said.assign(words.begin() + 3, words.end());
  if (a.detail == "update" && a.said.size() != 3)
    return WrongLine{"an update says what is known, what is not, and what is next", kForm};
  if (a.detail == "promise" && (a.said.size() != 1 || !is_time(a.said[0])))
    return WrongLine{"a promise needs a time", "write: answer 1 promise 20m"};
  if ((a.detail == "defer" || a.detail == "delegate") && !a.said.empty())
    return WrongLine{fmt::format("\"{}\" stands alone", a.detail), "write: answer 1 " + a.detail};
  return std::nullopt;
}

std::optional<WrongLine> read_status(const WordList& words, Action& a) {
  a.said.assign(words.begin() + 1, words.end());
  if (a.said.size() == 3) return std::nullopt;
  return WrongLine{"a status says what is known, what is not, and what is next",
                   R"(write: status "what is known" "what is not" "what is next")"};
}

std::optional<WrongLine> read_inject(const WordList& words, Action& a) {
  if (words.size() < 2)
    return WrongLine{"nothing to inject", fmt::format("one of: {}", fmt::join(kInjects, ", "))};
  a.subject = words[1];
  if (auto wrong = unknown(words[1], "inject", {std::begin(kInjects), std::end(kInjects)})) return wrong;
  a.said.assign(words.begin() + 2, words.end());
  const std::size_t count = a.said.size();
  if ((a.subject == "asleep" || a.subject == "lag") && (count != 2 || !is_time(a.said[1])))
    return WrongLine{
        fmt::format("\"{}\" needs a name and a time", a.subject),
        a.subject == "lag" ? "write: inject lag error-rate 5m" : "write: inject asleep security-lead 30m"};
  if (a.subject == "fault") {
    const auto factor = scenarios::parse_number(count > 0 ? a.said[0] : "");
    if (count > 2 || !factor.ok() || !(factor.value >= 0 && factor.value <= 1000))
      return WrongLine{"a fault needs a factor from 0 to 1000", R"(write: inject fault 2 "what is told")"};
  }
  if (a.subject == "call") {
    std::vector<std::string> callers;
    for (const sim::EnumName& name : names(sim::Caller{})) callers.emplace_back(name.text);
    if (count != 2)
      return WrongLine{"a call needs who calls, and what they ask",
                       R"(write: inject call regulator "when?")"};
    return unknown(a.said[0], "caller", callers);
  }
  if (a.subject == "say" && count != 1)
    return WrongLine{"what is said?", R"(write: inject say "what is told")"};
  return std::nullopt;
}

}  // namespace

std::optional<WrongLine> read_said(const WordList& words, Action& action) {
  switch (action.verb) {
    case Verb::answer: return read_answer(words, action);
    case Verb::status: return read_status(words, action);
    default: return read_inject(words, action);
  }
}

std::string print_word(const std::string& word) {
  const bool plain = word.find_first_of(" \t\"\\#") == std::string::npos && !word.empty();
  return plain ? word : quoted(word);
}

}  // namespace breakglass::drill
