// A scenario from a stranger: any bytes are read or refused, with problems that can be shown; what is read has a
// canonical text that reads the same, and can be made ready to run.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "scenarios/load.hpp"

using namespace breakglass;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  scenarios::Problems problems("fuzz.json", std::string(reinterpret_cast<const char*>(data), size));
  auto params = scenarios::read_scenario(problems, 0, {});
  if (params.has_value() != problems.empty()) std::abort();
  if (!params) return scenarios::render(problems).empty() ? (std::abort(), 0) : 0;
  const std::string text = scenarios::canonical_text(*params);
  scenarios::Problems again("canonical.json", text);
  auto same = scenarios::read_scenario(again, 0, {});
  if (!same || scenarios::canonical_text(std::move(*same)) != text) std::abort();
  sim::prepare(std::move(*params));
  return 0;
}
