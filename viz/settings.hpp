// What a person has chosen for the window, remembered between starts.
#pragma once

#include <string>
#include <string_view>

#include "viz/theme.hpp"

namespace breakglass::viz {

struct Settings {
  int scale_percent = 0;  // of text, 100 to 250; 0: the monitor's
  Theme theme = Theme::dark;
  bool reduced_motion = false;

  friend bool operator==(const Settings&, const Settings&) = default;
};

// A line a setting: "scale = 150". Whatever cannot be read leaves its default; `damage` counts such lines.
struct ReadSettings {
  Settings settings;
  int damage = 0;
};
ReadSettings read_settings(std::string_view text);
std::string print_settings(const Settings& settings);

// $XDG_CONFIG_HOME/breakglass/window.conf, or in ~/.config; empty where there is neither.
std::string settings_path();

// A file that is not there is the default. `note`: what the person should know, empty otherwise.
struct LoadedSettings {
  Settings settings;
  std::string note;
};
LoadedSettings load_settings(const std::string& path);
// "", or why not. Whole or not at all.
std::string save_settings(const std::string& path, const Settings& settings);

}  // namespace breakglass::viz
