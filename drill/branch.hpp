// Going back: a drill that keeps the first actions of another and goes on differently from there.
//
// What was kept is played again in the same world, so that everything which has been asked, said and seen is
// the same. With the same luck the same decisions lead to the same end. With new luck the world is drawn
// anew at that moment from all that could not be told apart then (posterior.hpp): what has been seen stays,
// and what is hidden or still open is another draw. The line that was left is a ghost: nothing changes in it.
#pragma once

#include <cstdint>
#include <string>

#include "sim/kernel/time.hpp"

namespace breakglass::drill {

struct Drill;

inline constexpr std::uint32_t kMostLuck = 1000000;

struct Branch {
  std::string of;          // the mark of the other log's last line
  std::size_t kept = 0;    // of its actions
  sim::Time at{};          // when the next one was taken: here the branch begins
  std::uint32_t luck = 0;  // 0: the same; otherwise which draw of new luck

  friend bool operator==(const Branch&, const Branch&) = default;
};

// Draws new luck, if the drill is a branch with new luck and stands where it begins; once. drill.cpp calls it
// wherever a drill may come to stand there.
void turn_luck(Drill& drill);

// Lets time pass to where the branch begins, if the drill has come so far as its kept actions and no further.
void go_to_branch(Drill& drill);

}  // namespace breakglass::drill
