#include "cli/interrupt.hpp"

#include <csignal>

namespace breakglass::cli {
namespace {

volatile std::sig_atomic_t caught = 0;

void note(int) {
  caught = 1;
  // Whichever of the two comes next does what it does by default.
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
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

bool interrupted() { return caught != 0; }

}  // namespace breakglass::cli
