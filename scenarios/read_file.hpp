// The only place where this layer touches files.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "scenarios/problems.hpp"
#include "scenarios/trace_csv.hpp"

namespace breakglass::scenarios {

// Reads a whole file ("-" is standard input) and registers it as a source of `problems`, under its path
// ("standard input" for "-"). Returns the source's index. A file that is absent, a directory, unreadable or
// larger than `budget` gives a problem in plain words and nothing is returned; the size is looked at before a
// byte is read, and what has no size (a pipe, a device) is read no further than the budget.
std::optional<int> read_file(const std::string& path, Problems& problems,
                             std::size_t budget = std::size_t{16} << 20);

// Opens a file (or "-") for read_trace. The returned source owns the file and closes it when it is destroyed.
// Nothing and a problem if it cannot be opened. If reading fails later, the source returns kReadFailed.
std::optional<ChunkSource> open_chunks(const std::string& path, Problems& problems);

}  // namespace breakglass::scenarios
