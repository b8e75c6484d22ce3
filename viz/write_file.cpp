#include "viz/write_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace breakglass::viz {

std::string write_file(const std::string& path, const std::string& bytes) {
  const std::string part = path + ".part";
  const auto failed = [&](const char* what) {
    return fmt::format("cannot {} \"{}\": {}", what, path, std::strerror(errno));
  };
  std::FILE* file = std::fopen(part.c_str(), "wb");
  if (file == nullptr) return failed("write");
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  std::string problem = written ? "" : failed("write");
  if (std::fclose(file) != 0 && problem.empty()) problem = failed("write");
  if (problem.empty() && std::rename(part.c_str(), path.c_str()) != 0) problem = failed("replace");
  if (!problem.empty()) std::remove(part.c_str());
  return problem;
}

}  // namespace breakglass::viz
