// Checks of our own mistakes: a condition that can only be false if this program is wrong.
//
//     BG_CHECK(size_ < Capacity, "the event queue is full");
//     BG_CHECK_AT(at >= now, "an event lies in the past", ticket_text(world));
//
// A failed check says what, where and, if the caller gave one, in which context (a ticket, a simulated
// time), and then aborts: a wrong simulation must not print a number. Checks are on in every build, so keep
// their conditions cheap. What a user can get wrong is never checked here: it becomes a problem in a list.
//
// No exceptions and no iostream, so the same code runs in WebAssembly.
#pragma once

#include <string_view>

namespace breakglass::sim {

struct CheckFailure {
  std::string_view what;
  std::string_view file;
  int line = 0;
  std::string_view context;  // empty where the caller gave none
};

// Called once, before the abort. It may print, write a crash note, or leave by throwing or jumping where a
// test wants to go on (the program aborts if it returns). Null means the default, which prints one line to
// stderr. Set it at start-up: the handler is one for the whole process.
using CheckHandler = void (*)(const CheckFailure&);

// Returns the handler that was set before (null for the default).
CheckHandler set_check_handler(CheckHandler handler);

[[noreturn]] void check_failed(std::string_view what, std::string_view file, int line,
                               std::string_view context = {});

}  // namespace breakglass::sim

#define BG_CHECK(condition, what) \
  ((condition) ? static_cast<void>(0) : ::breakglass::sim::check_failed((what), __FILE__, __LINE__))

// `context` is evaluated only if the check fails: building a text there costs nothing otherwise.
#define BG_CHECK_AT(condition, what, context) \
  ((condition) ? static_cast<void>(0)         \
               : ::breakglass::sim::check_failed((what), __FILE__, __LINE__, (context)))
