// Prints the fingerprint of ten million draws, to be compared between compilers and with WebAssembly.
#include <cstdio>

#include "sim/kernel/hash.hpp"
#include "tests/kernel/golden_draws.hpp"

int main() {
  const auto fingerprint = breakglass::tests::golden_draws(breakglass::tests::kGoldenRounds);
  std::printf("%s\n", breakglass::sim::hex(fingerprint).c_str());
}
