#include "cli/help.hpp"

#include <algorithm>

#include "cli/layout.hpp"

namespace breakglass::cli {
namespace {

constexpr std::size_t kWidestName = 22;  // longer names get a line of their own

std::string entries(const std::string& title, const std::vector<HelpEntry>& list, std::size_t width) {
  if (list.empty()) return {};
  std::size_t column = 0;
  for (const HelpEntry& entry : list) column = std::max(column, std::min(entry.name.size(), kWidestName));
  std::string out = "\n" + title + "\n";
  for (const HelpEntry& entry : list) {
    std::string lead = "  " + padded(entry.name, column) + "  ";
    if (entry.name.size() > column) {
      out += "  " + entry.name + '\n';
      lead = std::string(column + 4, ' ');
    }
    out += hanging(lead, entry.about, width);
  }
  return out;
}

}  // namespace

std::string render(const CommandHelp& help, std::size_t width) {
  std::string usage = "usage: breakglass " + help.command;
  for (const HelpEntry& operand : help.operands) usage += " " + operand.name;
  if (help.options.size() > 1) usage += " [OPTION]...";
  std::string out = usage + "\n\n" + hanging("", help.about, width);
  out += entries("operands:", help.operands, width);
  out += entries("options:", help.options, width);
  return out + "\nexample:\n  " + help.example + '\n';
}

std::string render_overview(const std::vector<HelpEntry>& commands, std::size_t width) {
  std::string out = "usage: breakglass COMMAND [OPTION]...\n\n";
  out += hanging(
      "",
      "Simulates emergency changes: a fix must ship now, and shipping it past the usual safeguards may "
      "do harm of its own. Which way of shipping does the least?",
      width);
  out += entries("commands:", commands, width);
  out += entries("options:",
                 {{"-h, --help", "this text; breakglass COMMAND --help for a command's own"},
                  {"-V, --version", "the program's version"}},
                 width);
  out += entries("exit status:",
                 {{"0", "done"},
                  {"1", "a check failed: the files are sound, and a rollout or its scope is not"},
                  {"2", "wrong usage, bad input, or a file that cannot be read or written"},
                  {"130", "interrupted; what was done has been reported"}},
                 width);
  return out + "\nexample:\n  breakglass compare pii-leak\n";
}

}  // namespace breakglass::cli
