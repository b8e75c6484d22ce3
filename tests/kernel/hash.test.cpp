#include "sim/kernel/hash.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <set>
#include <vector>

#include "sim/kernel/time.hpp"

using namespace breakglass::sim;

namespace {

template <class... Values>
std::uint64_t print(const Values&... values) {
  Fingerprint f;
  (f.add(values), ...);
  return f.value();
}

enum class Colour : std::uint8_t { red, green };

}  // namespace

TEST_CASE("A fingerprint tells values, order and sign of zero apart") {
  CHECK(print(1, 2) == print(1, 2));
  CHECK(print(1, 2) != print(2, 1));
  CHECK(print(0) != print(0, 0));
  CHECK(print() != print(0));
  CHECK(print(0.0) != print(-0.0));
  CHECK(print(1.0) != print(1.0 + 0x1p-52));
  CHECK(print(Colour::red) != print(Colour::green));
  CHECK(print(true) != print(false));
  CHECK(print(-1) == print(std::int64_t{-1}));
  CHECK(print(Time{5}) == print(std::int64_t{5}));
}

TEST_CASE("Texts and sequences carry their lengths") {
  CHECK(print("ab", "c") != print("a", "bc"));
  CHECK(print("", "a") != print("a", ""));
  CHECK(print(std::string(8, '\0')) != print(std::string(7, '\0')));
  CHECK(print(std::vector<double>{1, 2}, std::vector<double>{}) !=
        print(std::vector<double>{1}, std::vector<double>{2}));
  CHECK(print(std::array<int, 2>{1, 2}) == print(std::vector<int>{1, 2}));
  CHECK(print(std::string("abc")) == print("abc"));
}

TEST_CASE("Every bit of a word moves about half of the fingerprint") {
  for (int bit = 0; bit < 64; ++bit) {
    const int moved = std::popcount(print(std::uint64_t{0}) ^ print(std::uint64_t{1} << bit));
    CHECK(moved > 12);
    CHECK(moved < 52);
  }
}

TEST_CASE("A hundred thousand small values have different fingerprints") {
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 100'000; ++i) seen.insert(print(i % 317, i / 317));
  CHECK(seen.size() == 100'000);
}

TEST_CASE("Content hashes are pinned and print as 32 digits") {
  CHECK(hex(std::uint64_t{0xAB}) == "00000000000000ab");
  CHECK(hex(hash_text("")).size() == 32);
  CHECK(hash_text("a") == hash_text("a"));
  CHECK_FALSE(hash_text("a") == hash_text("b"));
  CHECK(hash_text("x").high != hash_text("x").low);
  CHECK(hex(hash_text("break glass")) == "c9932606196c039b1c97959f090e3136");
}
