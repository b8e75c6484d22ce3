#include "sim/kernel/check.hpp"

#include <atomic>
#include <cstdio>
#include <cstdlib>

namespace breakglass::sim {
namespace {

// Atomic because replications run on several threads; only start-up writes it.
std::atomic<CheckHandler> g_handler{nullptr};

int width(std::string_view text) { return static_cast<int>(text.size()); }

void print_failure(const CheckFailure& f) {
  std::fprintf(stderr, "breakglass: internal error: %.*s (%.*s:%d)", width(f.what), f.what.data(),
               width(f.file), f.file.data(), f.line);
  if (!f.context.empty()) std::fprintf(stderr, " at %.*s", width(f.context), f.context.data());
  std::fputc('\n', stderr);
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
