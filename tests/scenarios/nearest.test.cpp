#include "scenarios/nearest.hpp"

#include <catch2/catch.hpp>

namespace breakglass::tests {

using namespace scenarios;

TEST_CASE("edit distances count insertions, deletions, replacements and swaps") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("rate", "rat") == 1);
  CHECK(edit_distance("rate", "rtae") == 1);
  CHECK(edit_distance("kitten", "sitting") == 3);
  CHECK(edit_distance("ca", "abc") == 3);  // 2 in the unrestricted form: no letter is edited twice here
  CHECK(edit_distance("Daily-Rate", "daily_rate") == 0);
  CHECK(edit_distance(std::string(1'000'000, 'a'), "b") == 64);
}

TEST_CASE("only likely slips are suggested") {
  constexpr std::string_view kNames[] = {"rate",  "daily",       "weekly", "burst",
                                         "trace", "probability", "at",     "id"};
  const std::pair<const char*, const char*> cases[] = {
      {"rat", "rate"},
      {"RATE", "rate"},
      {"tarce", "trace"},
      {"brust", "burst"},
      {"week", "weekly"},
      {"prob", "probability"},
      {"propability", "probability"},
      {"colour", ""},
      {"x", ""},
      {"", ""},
      {"ID", "id"},
      {"to", ""},
  };
  for (const auto& [word, expected] : cases) {
    CAPTURE(word);
    CHECK(nearest(word, kNames) == expected);
  }
  CHECK(did_you_mean("rat", kNames) == "did you mean \"rate\"?");
  CHECK(did_you_mean("colour", kNames).empty());
  CHECK(list_names(kNames, 2) == "rate, daily, ... (8 in all)");
}

}  // namespace breakglass::tests
