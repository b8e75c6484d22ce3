// The command line: which commands and options there are, their help, and reading them. The only part that
// knows the library behind it.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "cli/requests.hpp"

namespace breakglass::cli {

// Reads the arguments after the program's name. Names that are nearly right come first: a mistyped command or
// option is reported with what was probably meant, and nothing else is complained about; otherwise everything
// that is wrong is reported at once. Help texts are at most `width` columns wide.
Request read_command_line(std::span<const std::string> arguments, std::size_t width);

// The names of all commands, in the order of the help, and of a command's long options ("--seed").
std::vector<std::string> command_names();
std::vector<std::string> option_names(const std::string& command);

}  // namespace breakglass::cli
