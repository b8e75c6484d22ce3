// Stands in for scenarios/read_file.cpp where there is no file system: every file is a problem.
#include "scenarios/read_file.hpp"

namespace breakglass::scenarios {
namespace {

void complain(const std::string& path, Problems& problems) {
  const int source = problems.add_source(path, {});
  problems.add_at(whole(source), "there are no files here");
}

}  // namespace

std::optional<int> read_file(const std::string& path, Problems& problems, std::size_t) {
  complain(path, problems);
  return std::nullopt;
}

std::optional<ChunkSource> open_chunks(const std::string& path, Problems& problems) {
  complain(path, problems);
  return std::nullopt;
}

}  // namespace breakglass::scenarios
