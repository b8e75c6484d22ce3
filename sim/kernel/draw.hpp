// Random draws by address. A draw answers one named question and depends on nothing but its address:
// it does not matter which draws came before, on which thread, or whether they came at all. Common random
// numbers, reproducibility and branching all follow from that.
//
// An address maps one to one onto Philox's key and counter (Salmon et al. 2011):
//
//     key     = seed                                            64 bits
//     counter = index                                           64 bits
//               question << 24 | entity << 8 | block            32 bits
//               replication                                     32 bits
//
// so two different addresses with one seed never share a block (Philox permutes the counters of a key), and
// with two seeds they are as unrelated as two keys of a cipher. A block is two 64-bit words; a question that
// needs more than two uniforms takes further blocks: 256 of them, 512 words, belong to each address.
//
// Uniforms lie in the open interval: odd multiples of 2^-53, from 2^-53 to 1 - 2^-53, evenly spaced. So 0
// and 1 never occur, 1 - u is exact and is itself a possible uniform, and a quantile function is never asked
// for an infinite value.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include "sim/kernel/check.hpp"
#include "sim/kernel/philox.hpp"

namespace breakglass::sim {

// The name of a draw. What the questions are is the simulator's business: the kernel only keeps them apart.
struct Address {
  std::uint64_t seed = 0;
  std::uint32_t replication = 0;
  std::uint8_t question = 0;  // what is asked: "arrivals of a window", "time to answer a page", ...
  std::uint16_t entity = 0;   // of whom: an arm, an approver, a signal
  std::uint64_t index = 0;    // the how-manieth time: window 17, attempt 2

  friend constexpr bool operator==(const Address&, const Address&) = default;
};

struct Uniform2 {
  double first = 0;
  double second = 0;
};

constexpr PhiloxKey philox_key(const Address& a) {
  return {static_cast<std::uint32_t>(a.seed), static_cast<std::uint32_t>(a.seed >> 32)};
}

constexpr PhiloxCounter philox_counter(const Address& a, std::uint8_t block) {
  return {static_cast<std::uint32_t>(a.index), static_cast<std::uint32_t>(a.index >> 32),
          (std::uint32_t{a.question} << 24) | (std::uint32_t{a.entity} << 8) | block, a.replication};
}

// The uniform that 64 random bits stand for: the upper 52 bits k give (2k + 1) / 2^53, exactly.
constexpr double to_uniform(std::uint64_t bits) {
  const double one_to_two = std::bit_cast<double>((bits >> 12) | 0x3FF0000000000000U);
  return one_to_two - 0x1.fffffffffffffp-1;  // minus (1 - 2^-53): the difference is exact
}

// The two 64-bit words of one block.
constexpr std::array<std::uint64_t, 2> words2(const Address& a, std::uint8_t block = 0) {
  const PhiloxBlock b = philox4x32(philox_counter(a, block), philox_key(a));
  return {(std::uint64_t{b[1]} << 32) | b[0], (std::uint64_t{b[3]} << 32) | b[2]};
}

// Two independent uniforms from one block.
constexpr Uniform2 uniform2(const Address& a, std::uint8_t block = 0) {
  const auto words = words2(a, block);
  return {to_uniform(words[0]), to_uniform(words[1])};
}

// One uniform: the first of the block's two.
constexpr double uniform(const Address& a, std::uint8_t block = 0) { return uniform2(a, block).first; }

// Successive words at ONE address, for samplers that need an unknown number of them (rejection). A value:
// copying it copies the place in the sequence. The first words are those of words2(a, 0), then words2(a, 1),
// and so on. After 512 words the address is used up, and the next word is a failed check: going on would
// run into another address, and a rejection sampler that needs so many is broken.
class Stream {
 public:
  explicit constexpr Stream(const Address& address) : address_(address) {}

  constexpr std::uint64_t word() {
    if (position_ % 2 == 0) {
      BG_CHECK(position_ < kWords, "a stream ran past the 256 blocks of its address");
      words_ = words2(address_, static_cast<std::uint8_t>(position_ / 2));
    }
    return words_[position_++ % 2];
  }
  constexpr double uniform() { return to_uniform(word()); }

  constexpr const Address& address() const { return address_; }
  constexpr std::uint32_t words_used() const { return position_; }

 private:
  static constexpr std::uint32_t kWords = 512;

  Address address_;
  std::array<std::uint64_t, 2> words_{};
  std::uint32_t position_ = 0;
};
static_assert(std::is_trivially_copyable_v<Address> && std::is_trivially_copyable_v<Stream>);

// out[2k], out[2k + 1] = uniform2(first with index + k): the same bits as the scalar functions, several
// times faster where the machine has wide registers. An odd last element takes only the first of its pair.
void fill_uniforms(const Address& first, std::span<double> out);

// The same with exponential variables of mean 1: the bits of exponential_quantile(u, 1).
void fill_exponentials(const Address& first, std::span<double> out);

// Very many uniforms in sequence where nobody needs to address one of them, such as a queueing benchmark.
// Uses up indices first.index, first.index + 1, ... of its address, half an index a uniform.
class BulkUniforms {
 public:
  explicit BulkUniforms(const Address& first) : next_(first) {}

  double operator()() {
    if (used_ == kBuffer) refill();
    return buffer_[used_++];
  }

 private:
  static constexpr std::size_t kBuffer = 512;

  void refill();

  Address next_;
  std::size_t used_ = kBuffer;
  std::array<double, kBuffer> buffer_{};
};

// The same with exponential variables: bulk(mean) is exponential_quantile(u, mean), to the bit.
class BulkExponentials {
 public:
  explicit BulkExponentials(const Address& first) : next_(first) {}

  double operator()(double mean) {
    if (used_ == kBuffer) refill();
    return mean * buffer_[used_++];
  }

 private:
  static constexpr std::size_t kBuffer = 512;

  void refill();

  Address next_;
  std::size_t used_ = kBuffer;
  std::array<double, kBuffer> buffer_{};
};

}  // namespace breakglass::sim
