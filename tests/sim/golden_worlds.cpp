// Prints the fingerprints of the shipped scenarios' worlds, to be compared between compilers and with
// WebAssembly.
#include <cstdio>

#include "scenarios/shipped.hpp"
#include "tests/sim/golden_worlds.hpp"

int main() {
  const std::string text = breakglass::tests::golden_worlds();
  std::fputs(text.c_str(), stdout);
  return text.empty() ? 1 : 0;
}
