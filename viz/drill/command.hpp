// What a drill's panels can ask for. They ask, and change nothing themselves.
#pragma once

#include <string>
#include <vector>

namespace breakglass::viz {

struct Command {
  enum class Kind {
    say,            // `line`, as it would be typed in a terminal
    confirm,        // yes to what was asked
    dismiss,        // no to it
    pause,          // or go on
    speed,          // `speed`, and go on
    next_event,     // on to the next thing that happens
    next_decision,  // on to the next thing that asks for a decision
    debrief,        // to the debrief of a drill that is over
    leave,          // back to the start; the log keeps what was decided
  };
  Kind kind = Kind::say;
  std::string line;
  double speed = 1;
};
using Commands = std::vector<Command>;

inline void say(Commands& commands, std::string line) {
  commands.push_back({Command::Kind::say, std::move(line), 1});
}

}  // namespace breakglass::viz
