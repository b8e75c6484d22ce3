// Writing a file whole or not at all.
#pragma once

#include <string>

namespace breakglass::viz {

// Written beside the target, then renamed over it. "", or why not.
std::string write_file(const std::string& path, const std::string& bytes);

}  // namespace breakglass::viz
