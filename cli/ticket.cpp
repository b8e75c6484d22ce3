#include "cli/ticket.hpp"

#include <algorithm>

namespace breakglass::cli {

std::string shell_word(std::string_view text) {
  const auto is_plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("-_./=:,+%@").find(c) != std::string_view::npos;
  };
  if (!text.empty() && std::all_of(text.begin(), text.end(), is_plain)) return std::string(text);
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

std::string replay_command(const WorldRequest& world, std::string_view strategy, std::uint64_t seed,
                           std::string_view replication, bool hindsight) {
  std::string out = "breakglass run " + shell_word(world.scenario);
  out += " --strategy " + shell_word(strategy) + " --seed " + std::to_string(seed);
  out += " --replication " + std::string(replication);
  for (const std::string& change : world.load.overrides) out += " --set " + shell_word(change);
  bool is_exact = false;
  for (const auto& traffic : world.load.traffic) {
    out +=
        " --traffic " + shell_word(traffic.entry.empty() ? traffic.file : traffic.entry + "=" + traffic.file);
    is_exact = is_exact || traffic.exact;
  }
  if (is_exact) out += " --traffic-exact";
  return hindsight ? out + " --hindsight" : out;
}

std::vector<std::string> changes_of(const WorldRequest& world) {
  std::vector<std::string> changes = world.load.overrides;
  for (const auto& traffic : world.load.traffic) {
    std::string change = "traffic";
    if (!traffic.entry.empty()) change += " of " + traffic.entry;
    change += " from " + traffic.file;
    changes.push_back(change + (traffic.exact ? " (replayed as it is)" : " (resampled)"));
  }
  return changes;
}

}  // namespace breakglass::cli
