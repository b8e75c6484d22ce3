// Whom the trainee has asked, as the graph that the rule is: who has answered what, and who is waited for.
// Made from what was told: a false approval stands here as it was taken.
#pragma once

#include <string>
#include <vector>

#include "drill/drill.hpp"

namespace breakglass::drill {

enum class Asked { no, waiting, approved, refused };

struct BoardPlace {
  std::string name;       // who is paged first: "Meera Iyer"
  std::string authority;  // what whoever answers must hold
  Asked state = Asked::no;
  sim::Time since{};      // of the state; of `waiting`: the first page
  int pages = 0;          // since then
  std::string paged_now;  // another person to whom it went on; empty: the same
  std::string local;      // "Wed 22:47 UTC+05:30" where whoever is paged now is
};

struct BoardRule {
  std::string text;  // "all of 2", "1 of 3"
  bool approved = false;
  int after = -1;           // the rule that it waits for, by index
  std::vector<int> places;  // by index
  std::vector<int> rules;
};

struct ApprovalBoard {
  std::string rule;  // empty: none is chosen
  std::vector<BoardPlace> places;
  std::vector<BoardRule> rules;  // those that others need come first; the last is the rule itself
};

ApprovalBoard approval_board(const Drill& drill);

}  // namespace breakglass::drill
