// The requests of the commands of the game, from their options as they were typed.
#pragma once

#include "cli/raw_options.hpp"
#include "cli/requests.hpp"

namespace breakglass::cli {

Request drill_request(const RawOptions& raw);
Request play_request(const RawOptions& raw);
Request season_request(const RawOptions& raw);
Request debrief_request(const RawOptions& raw);
Request history_request(const RawOptions& raw);

}  // namespace breakglass::cli
