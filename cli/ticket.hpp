// The words that name a world again on another command line.
#pragma once

#include <string>
#include <string_view>

#include "cli/requests.hpp"

namespace breakglass::cli {

// One word for a POSIX shell: as it is where nothing in it is special, else between single quotes.
std::string shell_word(std::string_view text);

// `breakglass run pii-leak --strategy immediate --seed 1 --replication 7 --set …`: the command that shows
// that world, in hindsight where that is asked for. `replication` is a text, so that it can be a letter too.
std::string replay_command(const WorldRequest& world, std::string_view strategy, std::uint64_t seed,
                           std::string_view replication, bool hindsight);

// What was changed on the command line, one line a change: "/change/regression/probability=0.4",
// "traffic of the entry point: trace.csv (exact)". Not yet safe for a terminal.
std::vector<std::string> changes_of(const WorldRequest& world);

}  // namespace breakglass::cli
