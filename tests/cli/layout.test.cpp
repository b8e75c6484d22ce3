#include "cli/layout.hpp"

#include <catch2/catch.hpp>

#include "cli/help.hpp"
#include "cli/progress.hpp"

namespace breakglass::cli {
namespace {

Table small_table() {
  return {{{"strategy", Align::left}, {"mean\nharm"}, {"median"}},
          {{{"immediate"}, {"3,412"}, {"12"}}, {{"do-nothing"}, {"9", Tone::strong}, {"1,000"}}}};
}

TEST_CASE("numbers are aligned at the right and heads stand at the bottom") {
  CHECK(print_table(small_table(), 80, false) ==
        "             mean\n"
        "strategy     harm  median\n"
        "immediate   3,412      12\n"
        "do-nothing      9   1,000\n");
}

TEST_CASE("a table that is too wide is cut into several with the same first column") {
  CHECK(print_table(small_table(), 20, false) ==
        "             mean\n"
        "strategy     harm\n"
        "immediate   3,412\n"
        "do-nothing      9\n"
        "\n"
        "\n"
        "strategy    median\n"
        "immediate       12\n"
        "do-nothing   1,000\n");
}

TEST_CASE("a cut table has parts of nearly equal size") {
  Table table{{{"x", Align::left}, {"1234567"}, {"1234567"}, {"1234567"}, {"1234567"}}, {}};
  CHECK(print_table(table, 30, false) == "x  1234567  1234567\n\nx  1234567  1234567\n");
}

TEST_CASE("colour changes no width, and wide characters count twice") {
  Table table{{{"n", Align::left}, {"v"}}, {{{"東京", Tone::accent}, {"1"}}, {{"abcd"}, {"2"}}}};
  CHECK(print_table(table, 80, false) == "n     v\n東京  1\nabcd  2\n");
  CHECK(print_table(table, 80, true) ==
        "\x1b[2mn\x1b[0m     \x1b[2mv\x1b[0m\n\x1b[1;36m東京\x1b[0m  1\nabcd  2\n");
}

TEST_CASE("text wraps at blanks, and a long word is broken rather than lost") {
  CHECK(wrap("one two three", 7) == std::vector<std::string>{"one two", "three"});
  CHECK(wrap("", 7) == std::vector<std::string>{""});
  CHECK(wrap("a\nb", 7) == std::vector<std::string>{"a", "b"});
  CHECK(wrap("abcdefghij", 4) == std::vector<std::string>{"abcd", "efgh", "ij"});
  CHECK(wrap("x abcdefghij", 4) == std::vector<std::string>{"x", "abcd", "efgh", "ij"});
  CHECK(hanging("  at ", "one two three", 12) == "  at one two\n     three\n");
}

TEST_CASE("a command's help wraps beside its options") {
  const CommandHelp help{"run",
                         "Tells one world.",
                         "breakglass run x",
                         {{"SCENARIO", "a path"}},
                         {{"--seed N", "the luck of all worlds and more"}, {"--help", "this text"}}};
  CHECK(render(help, 32) ==
        "usage: breakglass run SCENARIO [OPTION]...\n\nTells one world.\n\noperands:\n  SCENARIO  a path\n\n"
        "options:\n  --seed N  the luck of all\n            worlds and more\n  --help    this text\n\n"
        "example:\n  breakglass run x\n");
}

TEST_CASE("the progress line says how much, how fast and how long, in the width there is") {
  CHECK(progress_line(5200, 10'000, 0.25, 80) ==
        "[##########..........]   52%  5,200 of 10,000 worlds  20,800/s  0 s left");
  CHECK(progress_line(0, 10'000, 0, 80) == "[....................]    0%  0 of 10,000 worlds");
  CHECK(progress_line(10'000, 10'000, 2, 40) == "[####################]  100%");
  CHECK(progress_line(100, 10'000, 10, 20) == "  1%");
  CHECK(progress_line(100, 100'000, 10, 80) ==
        "[....................]    0%  100 of 100,000 worlds  10/s  2 h 47 min left");
}

}  // namespace
}  // namespace breakglass::cli
