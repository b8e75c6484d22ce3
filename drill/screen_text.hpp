// A view in plain lines: for terminals, pipes and screen readers. It says how old every figure is.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "drill/view.hpp"

namespace breakglass::drill {

std::string clock_text(const View& view);    // "Wed 22:14 0:14:00"
std::string prompt_text(const View& view);   // one line, ends with a blank
std::string rollout_text(const View& view);  // where the change stands, and what is asked
std::string brief_text();                    // at the page
// The messages from that one on, a line each.
std::string messages_text(const View& view, std::size_t from);
// One message, and one reading of a dashboard, without a line break.
std::string message_text(const Message& message);
std::string reading_text(const Point& point);
// Where things stand: what, and how.
std::vector<std::pair<std::string, std::string>> status_rows(const View& view);
std::string status_text(const View& view);
std::string charts_text(const View& view);
// All words, or what is known of one.
std::string help_text(const View& view, std::string_view word);

}  // namespace breakglass::drill
