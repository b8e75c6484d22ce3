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
  CHECK(says("watchers 99") == "\"99\" is no number of people | from 0 to 16");
  CHECK(says(std::string(5000, 'a')) == "the line is longer than 4,000 bytes | ");
}
