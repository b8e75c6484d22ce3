// Looks over the words of a command line before they are read: names that do not exist, with what was
// probably meant; options without their value, given twice, or with a value they do not take.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cli/complaint.hpp"

namespace breakglass::cli {

struct OptionSpelling {
  std::string name;  // with its dashes: "--seed", "-h"
  bool takes_value = false;
  bool is_repeatable = false;
};

// Complaints about the command's arguments (without the command itself). Unknown names come alone: while
// there are any, nothing else is complained about.
std::vector<Complaint> check_spelling(std::string_view command, std::span<const std::string> arguments,
                                      std::span<const OptionSpelling> options);

}  // namespace breakglass::cli
