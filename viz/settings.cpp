#include "viz/settings.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "scenarios/visible.hpp"
#include "viz/write_file.hpp"

namespace breakglass::viz {
namespace {

constexpr std::size_t kLongest = 4096;

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

bool set_scale(std::string_view value, Settings& settings) {
  int percent = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), percent);
  if (error != std::errc{} || end != value.data() + value.size()) return false;
  if (percent != 0 && (percent < 100 || percent > 250)) return false;
  settings.scale_percent = percent;
  return true;
}

bool set(std::string_view name, std::string_view value, Settings& settings) {
  if (name == "scale") return set_scale(value, settings);
  if (name == "theme" && (value == "dark" || value == "light")) {
    settings.theme = value == "dark" ? Theme::dark : Theme::light;
    return true;
  }
  if (name == "reduced-motion" && (value == "on" || value == "off")) {
    settings.reduced_motion = value == "on";
    return true;
  }
  return false;
}

}  // namespace

ReadSettings read_settings(std::string_view text) {
  ReadSettings out;
  text = text.substr(0, kLongest);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.front() == '#') continue;
    const std::size_t equals = line.find('=');
    const bool is_set = equals != std::string_view::npos &&
                        set(trimmed(line.substr(0, equals)), trimmed(line.substr(equals + 1)), out.settings);
    if (!is_set) ++out.damage;
  }
  return out;
}

std::string print_settings(const Settings& s) {
  return fmt::format("scale = {}\ntheme = {}\nreduced-motion = {}\n", s.scale_percent,
                     s.theme == Theme::dark ? "dark" : "light", s.reduced_motion ? "on" : "off");
}

std::string settings_path() {
  const std::filesystem::path file = std::filesystem::path("breakglass") / "window.conf";
  const char* config = std::getenv("XDG_CONFIG_HOME");
  if (config != nullptr && *config == '/') return (std::filesystem::path(config) / file).string();
  const char* home = std::getenv("HOME");
  if (home == nullptr || *home != '/') return "";
  return (std::filesystem::path(home) / ".config" / file).string();
}

LoadedSettings load_settings(const std::string& path) {
  std::error_code error;
  if (path.empty() || !std::filesystem::is_regular_file(path, error)) return {};
  std::ifstream file(path, std::ios::binary);
  std::string text(kLongest, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  const ReadSettings read = read_settings(text);
  if (read.damage == 0) return {read.settings, ""};
  return {read.settings,
          fmt::format("{}: {} {} not understood; the defaults stand in", scenarios::visible(path, 200),
                      read.damage, read.damage == 1 ? "line was" : "lines were")};
}

std::string save_settings(const std::string& path, const Settings& settings) {
  if (path.empty()) return "there is no folder for settings: neither XDG_CONFIG_HOME nor HOME is set";
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
  return write_file(path, print_settings(settings));
}

}  // namespace breakglass::viz
