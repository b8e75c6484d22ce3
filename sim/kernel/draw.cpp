#include "sim/kernel/draw.hpp"

#include "sim/kernel/fmath_inline.hpp"

// The bulk loops exist twice: as they read, and for x86 machines with AVX2, which is asked at run time.
// Integer arithmetic, and IEEE operations in the same order: the bits are the same. The plain form is the one
// that WebAssembly and other machines run.
#if defined(__x86_64__) && defined(__GNUC__)
#define BG_HAVE_AVX2 1
#include <immintrin.h>
#else
#define BG_HAVE_AVX2 0
#endif

namespace breakglass::sim {
namespace {

// -log(1 - u) of every u, in place. A loop without branches, so that compilers vectorise it.
#if BG_HAVE_AVX2
__attribute__((always_inline))
#endif
inline void
to_exponentials(std::span<double> values) {
  for (double& value : values) value = -inlined::log_normal_number(1 - value);
}

void fill_plain(const Address& first, std::span<double> out) {
  Address at = first;
  for (std::size_t i = 0; i < out.size(); i += 2, ++at.index) {
    const Uniform2 pair = uniform2(at);
    out[i] = pair.first;
    if (i + 1 < out.size()) out[i + 1] = pair.second;
  }
}

#if BG_HAVE_AVX2

bool have_avx2() {
  static const bool have = __builtin_cpu_supports("avx2") != 0;
  return have;
}

__attribute__((target("avx2"))) inline __m256i broadcast(std::uint64_t word) {
  return _mm256_set1_epi64x(static_cast<long long>(word));
}

// The two words of blocks index, ..., index + 3: philox4x32() with its 32-bit words held in 64-bit lanes,
// where their products appear. Upper halves that are never read are left as they fall.
__attribute__((target("avx2"))) inline void four_blocks(const Address& at, __m256i& low, __m256i& high) {
  const PhiloxCounter counter = philox_counter(at, 0);
  const __m256i low32 = broadcast(0xFFFFFFFFU);
  const __m256i multiplier0 = broadcast(kPhiloxMultiplier0), multiplier1 = broadcast(kPhiloxMultiplier1);
  const __m256i index = _mm256_add_epi64(broadcast(at.index), _mm256_set_epi64x(3, 2, 1, 0));
  __m256i c0 = index, c1 = _mm256_srli_epi64(index, 32);
  __m256i c2 = broadcast(counter[2]), c3 = broadcast(counter[3]);
  PhiloxKey key = philox_key(at);
  for (int round = 0; round < kPhiloxRounds; ++round) {
    const __m256i product0 = _mm256_mul_epu32(c0, multiplier0);
    const __m256i product1 = _mm256_mul_epu32(c2, multiplier1);
    c0 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(product1, 32), c1), broadcast(key[0]));
    c1 = product1;
    c2 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(product0, 32), c3), broadcast(key[1]));
    c3 = product0;
    philox_next_key(key);
  }
  low = _mm256_or_si256(_mm256_slli_epi64(c1, 32), _mm256_and_si256(c0, low32));
  high = _mm256_or_si256(_mm256_slli_epi64(c3, 32), _mm256_and_si256(c2, low32));
}

// to_uniform() of four words.
__attribute__((target("avx2"))) inline __m256d four_uniforms(__m256i words) {
  const __m256i one_to_two = _mm256_or_si256(_mm256_srli_epi64(words, 12), broadcast(0x3FF0000000000000U));
  return _mm256_sub_pd(_mm256_castsi256_pd(one_to_two), _mm256_set1_pd(0x1.fffffffffffffp-1));
}

__attribute__((target("avx2"))) void fill_avx2(const Address& first, std::span<double> out) {
  Address at = first;
  std::size_t done = 0;
  for (; out.size() - done >= 8; done += 8, at.index += 4) {
    __m256i low, high;
    four_blocks(at, low, high);
    const __m256d l = four_uniforms(low), h = four_uniforms(high);
    const __m256d even = _mm256_unpacklo_pd(l, h), odd = _mm256_unpackhi_pd(l, h);
    _mm256_storeu_pd(out.data() + done, _mm256_permute2f128_pd(even, odd, 0x20));
    _mm256_storeu_pd(out.data() + done + 4, _mm256_permute2f128_pd(even, odd, 0x31));
  }
  _mm256_zeroupper();  // half-used registers would slow down everything that follows
  fill_plain(at, out.subspan(done));
}

__attribute__((target("avx2"))) void to_exponentials_avx2(std::span<double> values) {
  to_exponentials(values);
}

#endif

void make_exponentials(std::span<double> values) {
#if BG_HAVE_AVX2
  if (have_avx2()) return to_exponentials_avx2(values);
#endif
  to_exponentials(values);
}

}  // namespace

void fill_uniforms(const Address& first, std::span<double> out) {
#if BG_HAVE_AVX2
  if (have_avx2()) return fill_avx2(first, out);
#endif
  fill_plain(first, out);
}

void fill_exponentials(const Address& first, std::span<double> out) {
  fill_uniforms(first, out);
  make_exponentials(out);
}

void BulkUniforms::refill() {
  fill_uniforms(next_, buffer_);
  next_.index += kBuffer / 2;
  used_ = 0;
}

void BulkExponentials::refill() {
  fill_exponentials(next_, buffer_);
  next_.index += kBuffer / 2;
  used_ = 0;
}

}  // namespace breakglass::sim
