#include "sim/kernel/hash.hpp"

namespace breakglass::sim {

Hash128 hash_text(std::string_view text) {
  Fingerprint high, low;
  high.add(std::uint64_t{0x6272656B676C6173U});  // two different starts, so that the lanes are unrelated
  low.add(std::uint64_t{0x7363656E6172696FU});
  high.add(text);
  low.add(text);
  return {high.value(), low.value()};
}

std::string hex(std::uint64_t value) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text(16, '0');
  for (std::size_t i = 16; i-- > 0; value >>= 4) text[i] = kDigits[value & 15];
  return text;
}

std::string hex(const Hash128& hash) { return hex(hash.high) + hex(hash.low); }

}  // namespace breakglass::sim
