#include "sim/kernel/philox.hpp"

#include <catch2/catch.hpp>

using namespace breakglass::sim;

// The known answers published with Random123 (kat_vectors, "philox4x32 10").
static_assert(philox4x32({0, 0, 0, 0}, {0, 0}) ==
              PhiloxBlock{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});

TEST_CASE("Philox gives the published answers") {
  CHECK(philox4x32({0, 0, 0, 0}, {0, 0}) == PhiloxBlock{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  CHECK(philox4x32({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}) ==
        PhiloxBlock{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
        PhiloxBlock{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("Nine rounds of Philox do not give the published answers") {
  std::uint32_t c0 = 0, c1 = 0, c2 = 0, c3 = 0;
  PhiloxKey key{0, 0};
  for (int round = 0; round < 9; ++round) {
    philox_round(c0, c1, c2, c3, key);
    philox_next_key(key);
  }
  CHECK(PhiloxBlock{c0, c1, c2, c3} != PhiloxBlock{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
}
