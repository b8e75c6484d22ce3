#include "scenarios/shipped.hpp"

namespace breakglass::scenarios {

std::vector<std::string> shipped_ids(std::string_view kind) {
  std::vector<std::string> ids;
  for (const ShippedFile& file : shipped_files()) {
    if (file.kind == kind) ids.emplace_back(file.id);
  }
  return ids;
}

}  // namespace breakglass::scenarios
