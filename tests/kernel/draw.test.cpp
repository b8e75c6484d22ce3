#include "sim/kernel/draw.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "sim/kernel/samplers.hpp"
#include "tests/kernel/statistics_support.hpp"

using namespace breakglass::sim;
using breakglass::tests::chi_square_p;
using breakglass::tests::plausible;

namespace {

// Addresses as a simulation uses them: every part small and dense, which is where a bad mapping would
// collide.
Address dense_address(std::uint64_t i) {
  return {.seed = 1 + i % 2,
          .replication = static_cast<std::uint32_t>(i / 2 % 50),
          .question = static_cast<std::uint8_t>(i / 100 % 20),
          .entity = static_cast<std::uint16_t>(i / 2'000 % 10),
          .index = i / 20'000};
}

std::size_t collisions(std::vector<std::uint64_t> words) {
  std::sort(words.begin(), words.end());
  std::size_t found = 0;
  for (std::size_t i = 1; i < words.size(); ++i) found += words[i] == words[i - 1] ? 1U : 0U;
  return found;
}

std::size_t collisions_of(std::uint64_t count) {
  std::vector<std::uint64_t> words(count);
  for (std::uint64_t i = 0; i < count; ++i) words[i] = words2(dense_address(i))[0];
  return collisions(std::move(words));
}

void throw_failure(const CheckFailure& f) { throw std::runtime_error(std::string(f.what)); }

}  // namespace

TEST_CASE("A million addresses give a million different words") { CHECK(collisions_of(1'000'000) == 0); }

TEST_CASE("Ten million addresses give ten million different words", "[.][deep]") {
  CHECK(collisions_of(10'000'000) == 0);
}

TEST_CASE("A mapping that drops the entity is caught by the same count") {
  std::vector<std::uint64_t> words(100'000);
  for (std::uint64_t i = 0; i < words.size(); ++i) {
    Address a = dense_address(i);
    a.entity = 0;
    words[i] = words2(a)[0];
  }
  CHECK(collisions(std::move(words)) > 0);
}

TEST_CASE("Every part of an address reaches a bit of its own in the counter or the key") {
  const Address base{};
  const auto mapped = [](const Address& a, std::uint8_t block) {
    std::vector<std::uint32_t> bits;
    for (const auto word : philox_counter(a, block)) bits.push_back(word);
    for (const auto word : philox_key(a)) bits.push_back(word);
    return bits;
  };
  const auto zero = mapped(base, 0);
  std::vector<std::vector<std::uint32_t>> seen;
  const auto see = [&](const Address& a, std::uint8_t block) {
    const auto bits = mapped(a, block);
    int changed = 0;
    for (std::size_t i = 0; i < bits.size(); ++i) changed += std::popcount(bits[i] ^ zero[i]);
    CHECK(changed == 1);
    seen.push_back(bits);
  };
  for (int bit = 0; bit < 64; ++bit) see({.seed = std::uint64_t{1} << bit}, 0);
  for (int bit = 0; bit < 32; ++bit) see({.replication = std::uint32_t{1} << bit}, 0);
  for (int bit = 0; bit < 8; ++bit) see({.question = static_cast<std::uint8_t>(1 << bit)}, 0);
  for (int bit = 0; bit < 16; ++bit) see({.entity = static_cast<std::uint16_t>(1 << bit)}, 0);
  for (int bit = 0; bit < 64; ++bit) see({.index = std::uint64_t{1} << bit}, 0);
  for (int bit = 0; bit < 8; ++bit) see(base, static_cast<std::uint8_t>(1 << bit));
  std::sort(seen.begin(), seen.end());
  CHECK(std::adjacent_find(seen.begin(), seen.end()) == seen.end());
}

TEST_CASE("Uniforms stay inside the open interval and mirror exactly") {
  CHECK(to_uniform(0) == 0x1p-53);
  CHECK(to_uniform(~std::uint64_t{0}) == 1 - 0x1p-53);
  CHECK(1 - to_uniform(0) == to_uniform(~std::uint64_t{0}));
  CHECK(to_uniform(std::uint64_t{1} << 63) == 0.5 + 0x1p-53);
  for (std::uint64_t i = 0; i < 1000; ++i) {
    const std::uint64_t word = words2({.seed = 3, .index = i})[1];
    CHECK(1 - to_uniform(word) == to_uniform(~word));
  }
}

TEST_CASE("Uniforms are uniform in cells of one draw and of two") {
  std::vector<double> single(100), pair(100);
  for (std::uint64_t i = 0; i < 1'000'000; ++i) {
    const auto [u, v] = uniform2({.seed = 9, .question = 3, .index = i});
    single[static_cast<std::size_t>(100 * u)] += 1;
    pair[static_cast<std::size_t>(10 * u) * 10 + static_cast<std::size_t>(10 * v)] += 1;
  }
  CHECK(plausible(chi_square_p(single, std::vector<double>(100, 0.01))));
  CHECK(plausible(chi_square_p(pair, std::vector<double>(100, 0.01))));
}

TEST_CASE("A draw is pinned to its address for ever") {
  const Address a{.seed = 42, .replication = 7, .question = 3, .entity = 500, .index = 1'000'000'000'000};
  CHECK(words2(a)[0] == 0xB3166CCF680376D1U);
  CHECK(words2(a)[1] == 0x3DE90FEA09840DFAU);
  CHECK(uniform(a) == to_uniform(words2(a)[0]));
  CHECK(uniform2(a, 5).second == to_uniform(words2(a, 5)[1]));
}

TEST_CASE("A stream runs through the blocks of its address and then stops the program") {
  const Address a{.seed = 42, .index = 8};
  Stream stream(a);
  for (int block = 0; block < 256; ++block) {
    const auto words = words2(a, static_cast<std::uint8_t>(block));
    REQUIRE(stream.word() == words[0]);
    REQUIRE(stream.word() == words[1]);
  }
  CHECK(stream.words_used() == 512);
  const CheckHandler before = set_check_handler(throw_failure);
  CHECK_THROWS_WITH(stream.word(), Catch::Contains("256 blocks"));
  set_check_handler(before);
}

TEST_CASE("A copied stream goes on from the same place") {
  Stream stream({.seed = 1});
  stream.word();
  Stream copy = stream;
  for (int i = 0; i < 10; ++i) CHECK(copy.word() == stream.word());
}

TEST_CASE("Bulk draws have the bits of the scalar ones, for every length and across a carry of the index") {
  for (const std::uint64_t start : {std::uint64_t{0}, (std::uint64_t{1} << 32) - 5, ~std::uint64_t{0} - 3}) {
    for (std::size_t length = 0; length < 70; ++length) {
      const Address first{.seed = 77, .replication = 5, .question = 200, .entity = 40'000, .index = start};
      std::vector<double> uniforms(length), exponentials(length);
      fill_uniforms(first, uniforms);
      fill_exponentials(first, exponentials);
      for (std::size_t i = 0; i < length; ++i) {
        Address a = first;
        a.index += i / 2;
        const Uniform2 pair = uniform2(a);
        REQUIRE(uniforms[i] == (i % 2 == 0 ? pair.first : pair.second));
        REQUIRE(exponentials[i] == exponential_quantile(uniforms[i], 1));
      }
    }
  }
}

TEST_CASE("The buffered generators give the filled sequence") {
  std::vector<double> uniforms(2000), exponentials(2000);
  fill_uniforms({.seed = 3}, uniforms);
  fill_exponentials({.seed = 3}, exponentials);
  BulkUniforms next_uniform({.seed = 3});
  BulkExponentials next_exponential({.seed = 3});
  for (std::size_t i = 0; i < uniforms.size(); ++i) {
    REQUIRE(next_uniform() == uniforms[i]);
    REQUIRE(next_exponential(2.5) == 2.5 * exponentials[i]);
  }
}
