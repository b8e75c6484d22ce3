// A line cut into words; a word in double quotes may hold blanks, and \" and \\.
#pragma once

#include <optional>
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

// "20%" or "0.2"; nothing where it is no share from 0 to 1.
std::optional<double> read_share(std::string_view text);

}  // namespace breakglass::drill
