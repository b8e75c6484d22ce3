// A line cut into words; a word in double quotes may hold blanks, and \" and \\.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace breakglass::drill {

struct Words {
  std::vector<std::string> words;
  std::string
      error;  // an unclosed or empty quote, a character that a terminal would act on, bytes that are no text
};
Words cut_words(std::string_view line);

// In quotes, with what needs it escaped.
std::string quoted(std::string_view text);

}  // namespace breakglass::drill
