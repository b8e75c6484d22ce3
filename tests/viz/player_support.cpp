#include "tests/viz/player_support.hpp"

#include <imgui.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace breakglass::viz {

Player::Player(int width, int height, float scale) : headless_(width, height, scale) {
  app.look = headless_.look();
  app.request.no_history = true;
}

void Player::frames(int count) {
  for (int i = 0; i < count; ++i) headless_.frame([&] { app_frame(app, 1.0 / 60); });
}

Memory& Player::memory() {
  switch (app.room) {
    case Room::start: return app.start_desk.memory;
    case Room::drill: return app.drill_desk.memory;
    case Room::debrief: return app.debrief_desk.memory;
    case Room::lab: return app.lab_desk.memory;
    case Room::settings: return app.settings_desk.memory;
  }
  throw std::logic_error("a room without a memory");
}

bool Player::can(const std::string& label) const {
  const auto& items = const_cast<Player*>(this)->memory().last;
  return std::any_of(items.begin(), items.end(),
                     [&](const ItemMark& item) { return item.label == label && item.enabled; });
}

bool Player::activate(const std::string& label) {
  frames(2);
  if (!can(label)) return false;
  memory().focus = label;
  memory().activate = label;
  frames(1);
  return true;
}

bool Player::type(const std::string& label, const std::string& text) {
  frames(2);
  if (!can(label)) return false;
  memory().focus = label;
  frames(1);
  for (std::size_t at = 0; at < text.size(); at += 8) {  // a few letters a frame
    ImGui::GetIO().AddInputCharactersUTF8(text.substr(at, 8).c_str());
    frames(1);
  }
  memory().focus.clear();
  frames(1);
  return true;
}

void Player::press(const char* character) {
  ImGui::GetIO().AddInputCharactersUTF8(character);
  frames(1);
}

void Player::press(Key key) {
  feed_key(key, true);
  frames(1);
  feed_key(key, false);
  frames(1);
}

std::vector<TextMark> Player::texts() {
  frames(3);
  std::vector<TextMark> marks;
  app.marks = &marks;
  frames(1);
  app.marks = nullptr;
  frames(1);
  return marks;
}

Scratch::Scratch() {
  std::string pattern = (std::filesystem::temp_directory_path() / "breakglass-viz-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder for a test");
  folder_ = pattern;
}

Scratch::~Scratch() {
  std::error_code error;
  std::filesystem::remove_all(folder_, error);
}

std::string Scratch::path(const std::string& name) const { return folder_ + "/" + name; }

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace breakglass::viz
