// Lines that somebody types, or that come through a pipe. At a terminal they can be edited, undone, recalled
// and completed with the Tab key.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace breakglass::cli {

using Completer = std::function<std::vector<std::string>(const std::string& line)>;

// Reads a line of standard input without its break; nothing at its end. At a terminal the prompt is shown and
// `completer` asked for the words that could end the line; otherwise nothing is printed.
std::optional<std::string> read_line(const std::string& prompt, const Completer& completer);

// Whether somebody sits at standard input.
bool input_is_terminal();

}  // namespace breakglass::cli
