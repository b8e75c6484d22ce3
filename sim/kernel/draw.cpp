#include "sim/kernel/draw.hpp"

// One more version of the loop below for machines with AVX2, chosen when the program starts. Integer
// arithmetic and one exact subtraction: the bits cannot differ. Not under a sanitizer, whose start-up code is
// not ready when the choice is made, nor where there is no such choice.
#if defined(__x86_64__) && defined(__linux__) && !defined(BREAKGLASS_SANITIZED) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && defined(__OPTIMIZE__)
#define BG_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define BG_WIDE
#endif

namespace breakglass::sim {
namespace {

constexpr std::size_t kLanes = 64;

// Blocks of the addresses with index, index + 1, ..., index + kLanes - 1, each lane on its own.
BG_WIDE void fill_lanes(const Address& first, double* out) {
  std::uint32_t c0[kLanes], c1[kLanes], c2[kLanes], c3[kLanes];
  const PhiloxCounter counter = philox_counter(first, 0);
  for (std::size_t i = 0; i < kLanes; ++i) {
    const std::uint64_t index = first.index + i;
    c0[i] = static_cast<std::uint32_t>(index);
    c1[i] = static_cast<std::uint32_t>(index >> 32);
    c2[i] = counter[2];
    c3[i] = counter[3];
  }
  PhiloxKey key = philox_key(first);
  for (int round = 0; round < kPhiloxRounds; ++round) {
    for (std::size_t i = 0; i < kLanes; ++i) philox_round(c0[i], c1[i], c2[i], c3[i], key);
    philox_next_key(key);
  }
  for (std::size_t i = 0; i < kLanes; ++i) {
    out[2 * i] = to_uniform((std::uint64_t{c1[i]} << 32) | c0[i]);
    out[2 * i + 1] = to_uniform((std::uint64_t{c3[i]} << 32) | c2[i]);
  }
}

}  // namespace

void fill_uniforms(const Address& first, std::span<double> out) {
  Address at = first;
  std::size_t done = 0;
  for (; out.size() - done >= 2 * kLanes; done += 2 * kLanes) {
    fill_lanes(at, out.data() + done);
    at.index += kLanes;
  }
  for (; done < out.size(); done += 2) {
    const Uniform2 pair = uniform2(at);
    out[done] = pair.first;
    if (done + 1 < out.size()) out[done + 1] = pair.second;
    ++at.index;
  }
}

void BulkUniforms::refill() {
  fill_uniforms(next_, buffer_);
  next_.index += kBuffer / 2;
  used_ = 0;
}

}  // namespace breakglass::sim
