#include "viz/settings.hpp"

#include <catch2/catch.hpp>

#include <fstream>

#include "tests/viz/player_support.hpp"

namespace breakglass::viz {
namespace {

TEST_CASE("settings are what was written") {
  Settings settings;
  settings.scale_percent = 150;
  settings.theme = Theme::light;
  settings.reduced_motion = true;
  CHECK(read_settings(print_settings(settings)).settings == settings);
  CHECK(read_settings(print_settings(settings)).damage == 0);
  const Scratch scratch;
  CHECK(save_settings(scratch.path("a/b/window.conf"), settings).empty());
  CHECK(load_settings(scratch.path("a/b/window.conf")).settings == settings);
}

TEST_CASE("a damaged settings file leaves the defaults of its damaged lines, and says so") {
  const ReadSettings read =
      read_settings("scale = 9999\ntheme = light\nreduced-motion\n\xFF\xFE\nscale = 12.5\n# a remark\n");
  CHECK(read.settings.scale_percent == 0);
  CHECK(read.settings.theme == Theme::light);
  CHECK_FALSE(read.settings.reduced_motion);
  CHECK(read.damage == 4);
  const Scratch scratch;
  std::ofstream(scratch.path("window.conf"), std::ios::binary) << std::string(100000, '\0');
  const LoadedSettings loaded = load_settings(scratch.path("window.conf"));
  CHECK(loaded.settings == Settings{});
  CHECK(loaded.note.find("not understood") != std::string::npos);
}

TEST_CASE("a file that is not there is the default, and a folder that cannot be made is said") {
  CHECK(load_settings("/nowhere/at/all").settings == Settings{});
  CHECK(load_settings("/nowhere/at/all").note.empty());
  CHECK_FALSE(save_settings("/proc/nowhere/window.conf", {}).empty());
  CHECK_FALSE(save_settings("", {}).empty());
}

TEST_CASE("what is chosen in the settings is written, and the window is drawn anew with it") {
  const Scratch scratch;
  Player player(1280, 720, 1);
  player.app.settings_file = scratch.path("window.conf");
  open_start(player.app);
  REQUIRE(player.activate("Settings"));
  REQUIRE(player.activate("light"));
  CHECK(player.app.restyle);
  REQUIRE(player.activate("150%"));
  CHECK(load_settings(player.app.settings_file).settings.scale_percent == 150);
  CHECK(load_settings(player.app.settings_file).settings.theme == Theme::light);
  player.press(Key::escape);
  CHECK(player.app.room == Room::start);
}

}  // namespace
}  // namespace breakglass::viz
