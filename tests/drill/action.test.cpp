// Lines and actions: every kind reads back to itself, and a wrong line is told what to write instead.
#include <catch2/catch.hpp>

#include "drill/action.hpp"

using namespace breakglass;
using drill::read_action;

TEST_CASE("a canonical line reads back to itself") {
  const char* lines[] = {"classify customer-blocking",
                         "believe regression=0.2 real=0.95",
                         "bypass eval-gate run-after-promotion \"it takes \\\"hours\\\"\"",
                         "keep eval-gate",
                         "schedule compressed-canary",
                         "schedule 0.01/5m 0.1/10m 1/30m",
                         "rule emergency",
                         "assign decision-maker",
                         "relieve on-call-cover",
                         "watchers 2",
                         "automatic on",
                         "mitigate disable-agent",
                         "hold \"one more window\"",
                         "hold",
                         "refuse \"ordinary planning\"",
                         "review root-cause \"no redaction\"",
                         "close",
                         "promote 3",
                         "promote",
                         "roll-back"};
  for (const char* line : lines) {
    const auto read = read_action(line);
    INFO(line << ": " << read.error);
    CHECK(read.error.empty());
    CHECK(drill::print_action(read.action) == line);
  }
  for (const auto& usage : drill::usages()) CHECK_FALSE(usage.about.empty());
}

TEST_CASE("a wrong line says what is wrong and what to write instead") {
  const auto says = [](std::string_view line) {
    const auto read = read_action(line);
    return read.error + " | " + read.hint;
  };
  CHECK(says("clasify security") == "there is no action \"clasify\" | did you mean classify?");
  CHECK(says("classify securty") == "\"securty\" is no category | did you mean security?");
  CHECK(says("believe regression=2") ==
        "\"regression=2\" is no probability | write, for example: believe regression=20% real=95%");
  CHECK(says("bypass change-window") ==
        "a bypass needs an element, a compensation and a reason | write, for example: "
        "bypass change-window on-call-cover \"it is 22:00\"");
  CHECK(says("bypass freeze on-call-cover \"x\"") ==
        "on-call-cover does not make up for bypassing freeze | `none` says that nothing does");
  CHECK(says("schedule 50%/5m 10%/5m") ==
        "the weight of \"10%/5m\" does not rise | write, for example: schedule "
        "1%/5m 10%/10m 50%/15m 100%/30m");
  CHECK(says("schedule 50%/5m") ==
        "the last step is not 100% | write, for example: schedule 1%/5m 10%/10m 50%/15m 100%/30m");
  CHECK(says("promote zero") == "\"zero\" is no step | steps are counted from 1: promote 3");
  CHECK(says("hold \"unclosed") == "a quote that does not end | ");
  CHECK(says("refuse \"\"") == "quotes with nothing between them | ");
  CHECK(says("hold \"\"") == "quotes with nothing between them | ");
  CHECK(says("refuse \"caf\xe9\"") == "bytes that are not UTF-8 | ");
  CHECK(says("refuse \"a\x1b[31m\"") == "a control character in the text | ");
  CHECK(says("watchers 99") == "\"99\" is no number of people | from 0 to 16");
  CHECK(says(std::string(5000, 'a')) == "the line is longer than 4,000 bytes | ");
}

TEST_CASE("whatever line is read prints to a line that is read as the same action") {
  // Odd words in every place: what is refused need not read back, what is taken must.
  const char* odd[] = {"\"\"",     "\"a b\"",  "\"\\\\\"", "\"\\\"\"", "a\"b",
                       "#",        "none",     "0",        "1e300",    "0.1",
                       "100%",     "33.3333%", "1%/5m",    "1/1h",     "regression=5e-324",
                       "security", "freeze",   "on",       "2",        "\"\xc3\xa9\""};
  int taken = 0;
  for (const auto& usage : drill::usages()) {
    for (const char* a : odd) {
      for (const char* b : odd) {
        for (const std::string& line :
             {std::string(usage.word) + " " + a, std::string(usage.word) + " " + a + " " + b,
              std::string(usage.word) + " " + a + " none " + b}) {
          const auto read = read_action(line);
          if (!read.error.empty()) continue;
          ++taken;
          const std::string printed = drill::print_action(read.action);
          const auto again = read_action(printed);
          INFO(line << " -> " << printed << ": " << again.error);
          CHECK(again.error.empty());
          CHECK(drill::print_action(again.action) == printed);
          CHECK(again.action.subject == read.action.subject);
          CHECK(again.action.reason == read.action.reason);
          CHECK(again.action.regression == read.action.regression);
        }
      }
    }
  }
  CHECK(taken > 500);
}
