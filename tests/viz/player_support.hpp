// Somebody at the window, without one: activates what is on the screen by its label, types, presses keys.
#pragma once

#include <string>
#include <vector>

#include "viz/app.hpp"
#include "viz/headless.hpp"
#include "viz/input.hpp"

namespace breakglass::viz {

class Player {
 public:
  Player(int width, int height, float scale);

  App app;

  // So many frames of a 60th of a second.
  void frames(int count);
  // Whether there is such an item, and it can be had. Then it is activated, and a frame drawn.
  bool activate(const std::string& label);
  bool can(const std::string& label) const;
  // Puts the text in the field of that label, as if it were typed.
  bool type(const std::string& label, const std::string& text);
  // One key of the screen: a letter, a dot, a digit.
  void press(const char* character);
  void press(Key key);
  Memory& memory();
  // The texts of one more frame.
  std::vector<TextMark> texts();
  Headless& headless() { return headless_; }

 private:
  Headless headless_;
};

// A folder that is gone at the end.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  std::string path(const std::string& name) const;

 private:
  std::string folder_;
};
std::string text_of(const std::string& path);

}  // namespace breakglass::viz
