// Random mouse and keys in every room: nothing breaks, whatever is pressed. 100,000 frames with
// BREAKGLASS_DEEP.
#include <imgui.h>
#include <catch2/catch.hpp>

#include <cstdlib>

#include "tests/viz/player_support.hpp"
#include "tests/viz/readable_support.hpp"

namespace breakglass::viz {
namespace {

int frames_wanted() { return std::getenv("BREAKGLASS_DEEP") != nullptr ? 100000 : 2500; }

// A key, a character, a move of the mouse or a click; sometimes another size of window.
void poke(Player& player, Dice& dice) {
  static constexpr const char* kTyped[] = {
      "p", "h", "r",  "c",  "a", "b", ".", ">", "1", "3",  "5",
      "y", "n", "\"", "\\", "x", " ", "[", "]", "é", "日", "\xF0\x9F\x94\xA5"};
  const int what = dice.below(12);
  if (what < 4)
    ImGui::GetIO().AddInputCharactersUTF8(kTyped[dice.below(static_cast<int>(std::size(kTyped)))]);
  const auto key = static_cast<Key>(dice.below(kKeys));
  if (what >= 4 && what < 8 && (key != Key::escape || dice.below(8) == 0)) {
    feed_key(key, true);
    player.frames(1);
    feed_key(key, false);
  }
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  const auto x = static_cast<float>(dice.below(static_cast<int>(size.x) + 40) - 20);
  const auto y = static_cast<float>(dice.below(static_cast<int>(size.y) + 40) - 20);
  if (what >= 8) feed_mouse(x, y, what >= 10, static_cast<float>(dice.below(5) - 2));
  if (dice.below(200) == 0) {
    static constexpr std::pair<int, int> kSizes[] = {
        {1280, 720}, {300, 200}, {1, 1}, {2560, 1440}, {640, 1400}};
    const auto [width, height] = kSizes[dice.below(static_cast<int>(std::size(kSizes)))];
    player.headless().resize(width, height);
  }
}

TEST_CASE("random input in every room breaks nothing") {
  const Scratch scratch;
  ::setenv("XDG_DATA_HOME", scratch.path("data").c_str(), 1);
  ::setenv("XDG_CONFIG_HOME", scratch.path("config").c_str(), 1);
  Player player(1280, 720, 1);
  player.app.settings_file = settings_path();
  open_start(player.app);
  Dice dice(20261125);
  int drills = 0;
  for (int i = 0; i < frames_wanted(); ++i) {
    poke(player, dice);
    player.frames(1);
    if (player.app.room == Room::start && dice.below(10) == 0) {
      PlayRequest request;
      request.scenario = drills++ % 2 == 0 ? "pii-leak" : "waf-rule";
      request.seed = static_cast<std::uint64_t>(drills);
      request.no_history = true;
      REQUIRE(open_drill(player.app, request).empty());
    }
    player.app.quits = false;
  }
  CHECK(drills > 0);
  player.headless().resize(1280, 720);
  feed_mouse(-1000, -1000, false, 0);
  CHECK_FALSE(player.texts().empty());
}

}  // namespace
}  // namespace breakglass::viz
