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

constexpr PhiloxBlock philox4x32(const PhiloxCounter& counter, const PhiloxKey& key) {
  constexpr std::uint64_t kMultiplier0 = 0xD2511F53;  // paper, table 2
  constexpr std::uint64_t kMultiplier1 = 0xCD9E8D57;  // paper, table 2
  constexpr std::uint32_t kKeyStep0 = 0x9E3779B9;     // golden ratio
  constexpr std::uint32_t kKeyStep1 = 0xBB67AE85;     // sqrt(3) - 1
  std::uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
  std::uint32_t k0 = key[0], k1 = key[1];
  for (int round = 0; round < kPhiloxRounds; ++round) {
    const std::uint64_t product0 = kMultiplier0 * c0;
    const std::uint64_t product1 = kMultiplier1 * c2;
    c0 = static_cast<std::uint32_t>(product1 >> 32) ^ c1 ^ k0;
    c1 = static_cast<std::uint32_t>(product1);
    c2 = static_cast<std::uint32_t>(product0 >> 32) ^ c3 ^ k1;
    c3 = static_cast<std::uint32_t>(product0);
    k0 += kKeyStep0;
    k1 += kKeyStep1;
  }
  return {c0, c1, c2, c3};
}

}  // namespace breakglass::sim
