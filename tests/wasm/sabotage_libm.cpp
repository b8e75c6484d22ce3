// A planted fault: the libraries' own exp and sin. Natively and in wasm the sums must differ, else the
// comparison of the golden programs compares nothing.
#include <cmath>
#include <cstdio>

int main() {
  double sum = 0;
  for (int i = 1; i <= 1'000'000; ++i) sum += std::exp(-i * 1e-5) + std::sin(i * 1e-3);
  std::printf("%a\n", sum);
}
