#include "cli/interrupt.hpp"

#include <atomic>
#include <csignal>

namespace breakglass::cli {
namespace {

std::atomic<bool> caught = false;
static_assert(std::atomic<bool>::is_always_lock_free, "what a signal's handler may touch");

void note(int number) {
  const bool is_second = caught.exchange(true);
  // Whichever of the two comes next does what it does by default.
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  // It has come already, on another thread, before this one's handler was taken away.
  if (is_second) std::raise(number);
}

void watch(int number) {
  struct sigaction before{};
  if (::sigaction(number, nullptr, &before) == 0 && before.sa_handler == SIG_IGN) return;
  struct sigaction action{};
  action.sa_handler = note;
  action.sa_flags = SA_RESTART;
  // Neither interrupts the other's handler: a second signal finds what the first one has left.
  ::sigemptyset(&action.sa_mask);
  ::sigaddset(&action.sa_mask, SIGINT);
  ::sigaddset(&action.sa_mask, SIGTERM);
  ::sigaction(number, &action, nullptr);
}

}  // namespace

void ignore_write_signals() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

void watch_interrupts() {
  watch(SIGINT);
  watch(SIGTERM);
}

bool interrupted() { return caught; }

}  // namespace breakglass::cli
