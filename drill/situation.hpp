// What the trainee knew when a decision was to be taken: for looking at it again before anybody says what
// it was worth.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "drill/view.hpp"

namespace breakglass::drill {

struct Situation {
  std::string clock;
  std::vector<std::pair<std::string, std::string>> status;  // "harm": "about 12 records so far, …"
  std::vector<std::string> news;      // the last messages, each with its time, oldest first
  std::vector<std::string> readings;  // the last of each dashboard
};

// Of the screen as it stood; at most `most_news` messages.
Situation situation_of(const View& view, std::size_t most_news = 6);

}  // namespace breakglass::drill
