#include "tests/kernel/golden_draws.hpp"

#include <catch2/catch.hpp>

// A change of this number changes every result that anybody has stored: it needs an entry in the change log.
TEST_CASE("Ten million draws of every sampler have the bits that they always had") {
  CHECK(breakglass::sim::hex(breakglass::tests::golden_draws(breakglass::tests::kGoldenRounds)) ==
        "16523026a27e3a86");
}

TEST_CASE("The golden hash notices one draw more") {
  CHECK(breakglass::tests::golden_draws(100) != breakglass::tests::golden_draws(101));
}
