#include "sim/kernel/check.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>
#include <string>

using namespace breakglass::sim;

namespace {

void throw_failure(const CheckFailure& f) {
  throw std::runtime_error(std::string(f.what) + "|" + std::string(f.context) + "|" +
                           std::to_string(f.line > 0) + "|" +
                           (f.file.ends_with("check.test.cpp") ? "here" : "elsewhere"));
}

struct HandlerGuard {
  CheckHandler before = set_check_handler(throw_failure);
  ~HandlerGuard() { set_check_handler(before); }
};

}  // namespace

TEST_CASE("A check that holds does nothing, and does not build its context") {
  const HandlerGuard guard;
  int built = 0;
  const auto context = [&] {
    ++built;
    return std::string("ticket");
  };
  BG_CHECK(1 + 1 == 2, "arithmetic");
  BG_CHECK_AT(1 + 1 == 2, "arithmetic", context());
  CHECK(built == 0);
}

TEST_CASE("A failed check says what, where and in which context") {
  const HandlerGuard guard;
  CHECK_THROWS_WITH(BG_CHECK(1 + 1 == 3, "arithmetic"), "arithmetic||1|here");
  CHECK_THROWS_WITH(BG_CHECK_AT(1 + 1 == 3, "arithmetic", "seed 1, replication 2"),
                    "arithmetic|seed 1, replication 2|1|here");
}

TEST_CASE("Setting a handler returns the one before") {
  CHECK(set_check_handler(throw_failure) == nullptr);
  CHECK(set_check_handler(nullptr) == throw_failure);
}
