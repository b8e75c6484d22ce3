// Fingerprints of values and hashes of text. Not cryptographic: they find differences that happen, not ones
// that somebody crafts.
//
// A fingerprint reads values, never memory: padding, addresses and the order of unordered things cannot
// reach it. Doubles are told apart by their bits, so 0.0 and -0.0 differ, and so do two NaNs with different
// payloads. What is added one by one in the same order gives the same fingerprint on every machine.
#pragma once

#include <bit>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace breakglass::sim {

// A bijection of 64 bits in which every input bit reaches every output bit: two rounds of multiply and
// xor-shift (constants of Stafford's "variant 13", 2011, the finaliser of SplitMix64).
constexpr std::uint64_t mix64(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31);
}

// A streaming 64-bit fingerprint: state = mix64(state + odd constant + word), a word at a time. Words at
// different places, and different words at one place, cannot cancel: each step is a bijection of the state.
class Fingerprint {
 public:
  constexpr void add(std::uint64_t word) { state_ = mix64((state_ + 0x9E3779B97F4A7C15U) ^ word); }
  constexpr void add(double value) { add(std::bit_cast<std::uint64_t>(value)); }

  // Every other integer, bool, character and enumeration, by value (signed ones extended).
  template <class T>
    requires((std::integral<T> || std::is_enum_v<T>) && !std::same_as<T, std::uint64_t>)
  constexpr void add(T value) {
    if constexpr (std::is_enum_v<T>) {
      add(static_cast<std::uint64_t>(static_cast<std::underlying_type_t<T>>(value)));
    } else {
      add(static_cast<std::uint64_t>(value));
    }
  }

  template <class Rep, class Period>
  constexpr void add(std::chrono::duration<Rep, Period> d) {
    add(d.count());
  }

  // The length, then the bytes: "ab" + "c" differs from "a" + "bc".
  constexpr void add(std::string_view text) {
    add(std::uint64_t{text.size()});
    std::uint64_t word = 0;
    int filled = 0;
    for (const char c : text) {
      word |= std::uint64_t{static_cast<unsigned char>(c)} << (8 * filled);
      if (++filled == 8) {
        add(word);
        word = 0;
        filled = 0;
      }
    }
    if (filled > 0) add(word);
  }
  constexpr void add(const char* text) { add(std::string_view(text)); }

  // A sequence: its length, then its elements. The elements must be types that add() knows.
  template <class Range>
    requires(requires(const Range& r) {
      r.begin();
      r.end();
      r.size();
    } && !std::convertible_to<const Range&, std::string_view>)
  constexpr void add(const Range& range) {
    add(static_cast<std::uint64_t>(range.size()));
    for (const auto& element : range) add(element);
  }

  constexpr std::uint64_t value() const { return state_; }

 private:
  std::uint64_t state_ = 0;
};

// A hash of 128 bits for contents, such as a scenario's canonical text.
struct Hash128 {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  friend constexpr bool operator==(const Hash128&, const Hash128&) = default;
};

// Two fingerprints with different starts over the same bytes.
Hash128 hash_text(std::string_view text);

// Lower-case hexadecimal: 16 and 32 digits.
std::string hex(std::uint64_t value);
std::string hex(const Hash128& hash);

}  // namespace breakglass::sim
