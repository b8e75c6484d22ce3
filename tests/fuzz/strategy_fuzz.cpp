// A strategy from a stranger: any bytes are read or refused, with problems that can be shown.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "scenarios/load.hpp"

using namespace breakglass;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  scenarios::Problems problems("fuzz.json", std::string(reinterpret_cast<const char*>(data), size));
  const auto params = scenarios::read_strategy(problems, 0);
  if (params.has_value() != problems.empty()) std::abort();
  if (!params && scenarios::render(problems).empty()) std::abort();
  return 0;
}
