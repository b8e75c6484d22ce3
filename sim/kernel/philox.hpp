// Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as
// easy as 1, 2, 3", SC11, 2011, section 5.3. A block of 128 random bits is a keyed permutation of a 128-bit
// counter, so any block can be had at any time in any order, and two different (counter, key) pairs with the
// same key never give the same block.
//
// The output words are in the order of the published known-answer vectors, which the tests pin.
#pragma once

#include <array>
#include <cstdint>

namespace breakglass::sim {

using PhiloxCounter = std::array<std::uint32_t, 4>;
using PhiloxKey = std::array<std::uint32_t, 2>;
using PhiloxBlock = std::array<std::uint32_t, 4>;

inline constexpr int kPhiloxRounds = 10;

inline constexpr std::uint64_t kPhiloxMultiplier0 = 0xD2511F53;  // the paper's table 2
inline constexpr std::uint64_t kPhiloxMultiplier1 = 0xCD9E8D57;
inline constexpr std::uint32_t kPhiloxKeyStep0 = 0x9E3779B9;  // golden ratio
inline constexpr std::uint32_t kPhiloxKeyStep1 = 0xBB67AE85;  // sqrt(3) - 1

// One round on the four words of a counter.
constexpr void philox_round(std::uint32_t& c0, std::uint32_t& c1, std::uint32_t& c2, std::uint32_t& c3,
                            const PhiloxKey& key) {
  const std::uint64_t product0 = kPhiloxMultiplier0 * c0;
  const std::uint64_t product1 = kPhiloxMultiplier1 * c2;
  c0 = static_cast<std::uint32_t>(product1 >> 32) ^ c1 ^ key[0];
  c1 = static_cast<std::uint32_t>(product1);
  c2 = static_cast<std::uint32_t>(product0 >> 32) ^ c3 ^ key[1];
  c3 = static_cast<std::uint32_t>(product0);
}

// The next round's key: a Weyl sequence.
constexpr void philox_next_key(PhiloxKey& key) {
  key[0] += kPhiloxKeyStep0;
  key[1] += kPhiloxKeyStep1;
}

constexpr PhiloxBlock philox4x32(PhiloxCounter counter, PhiloxKey key) {
  for (int round = 0; round < kPhiloxRounds; ++round) {
    philox_round(counter[0], counter[1], counter[2], counter[3], key);
    philox_next_key(key);
  }
  return counter;
}

}  // namespace breakglass::sim
