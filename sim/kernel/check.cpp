#include "sim/kernel/check.hpp"

#include <atomic>
#include <cstdio>
#include <cstdlib>

namespace breakglass::sim {
namespace {

// Atomic because replications run on several threads; only start-up writes it.
std::atomic<CheckHandler> g_handler{nullptr};

void print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); }

void print_failure(const CheckFailure& f) {
  print("breakglass: internal error: ");
  print(f.what);
  print(" (");
  print(f.file);
  std::fprintf(stderr, ":%d)", f.line);
  if (!f.context.empty()) print(" at ");
  print(f.context);
  print("\n");
  std::fflush(stderr);
}

}  // namespace

CheckHandler set_check_handler(CheckHandler handler) { return g_handler.exchange(handler); }

void check_failed(std::string_view what, std::string_view file, int line, std::string_view context) {
  const CheckFailure failure{what, file, line, context};
  const CheckHandler handler = g_handler.load();
  (handler != nullptr ? handler : print_failure)(failure);
  std::abort();
}

}  // namespace breakglass::sim
