#include "cli/complaint.hpp"

namespace breakglass::cli {

std::string render(const std::vector<Complaint>& complaints) {
  std::string out;
  for (const Complaint& complaint : complaints) {
    out += "breakglass: error: " + complaint.what + '\n';
    for (const std::string& note : complaint.notes) {
      if (!note.empty()) out += "  = " + note + '\n';
    }
  }
  return out;
}

}  // namespace breakglass::cli
