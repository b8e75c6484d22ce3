#include "analysis/estimate/tally.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstddef>
#include <future>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "analysis/compare_json.hpp"
#include "analysis/estimate/summary.hpp"
#include "draws.hpp"
#include "rows.hpp"

namespace breakglass::analysis {
namespace {

using testing::block_of;
using testing::tally_of;

constexpr std::uint64_t kReplications = 3000;  // eleven blocks and a short one
constexpr std::size_t kStrategies = 3;

std::string text_of(const Tally& tally) { return to_json(summarize(tally, {"x", "y", "z"}, {}), {}); }

// Digests made in a shuffled order by several threads, absorbed in block order: what a runner does.
Tally threaded(std::uint64_t seed) {
  std::vector<std::uint64_t> order(testing::block_count(kReplications));
  std::iota(order.begin(), order.end(), 0U);
  testing::Draws draws(seed);
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[draws.below(i)]);
  std::vector<std::future<BlockDigest>> digests(order.size());
  for (const std::uint64_t i : order) {
    digests[i] =
        std::async(std::launch::async, [i] { return digest(block_of(i, kReplications, kStrategies)); });
  }
  Tally tally = make_tally(kStrategies);
  for (auto& d : digests) REQUIRE(absorb(tally, d.get()));
  return tally;
}

TEST_CASE("digests made in any order and absorbed in block order give the same bits") {
  const std::string expected = text_of(tally_of(kReplications, kStrategies));
  for (const std::uint64_t seed : {1U, 2U, 3U}) REQUIRE(text_of(threaded(seed)) == expected);
}

// The twin: were the order of merging left to the threads, the bits would move, and the comparison above
// would see it.
TEST_CASE("moments merged out of block order differ in their bits") {
  std::vector<BlockDigest> digests;
  for (std::uint64_t i = 0; i < 11; ++i) digests.push_back(digest(block_of(i, kReplications, 1)));
  int moved = 0;
  for (std::size_t m = 0; m < kMetricCount; ++m) {
    Moments forward;
    Moments backward;
    for (std::size_t i = 0; i < digests.size(); ++i) {
      merge(forward, digests[i].strategies[0].moments[m]);
      merge(backward, digests[digests.size() - 1 - i].strategies[0].moments[m]);
    }
    moved += forward == backward ? 0 : 1;
  }
  REQUIRE(moved > 5);
}

TEST_CASE("a block out of turn is refused and changes nothing") {
  Tally tally = make_tally(kStrategies);
  REQUIRE_FALSE(absorb(tally, digest(block_of(1, kReplications, kStrategies))));
  REQUIRE(absorb(tally, digest(block_of(0, kReplications, kStrategies))));
  const std::string before = text_of(tally);
  REQUIRE_FALSE(absorb(tally, digest(block_of(0, kReplications, kStrategies))));  // twice
  REQUIRE_FALSE(absorb(tally, digest(block_of(2, kReplications, kStrategies))));  // one left out
  REQUIRE_FALSE(absorb(tally, digest(block_of(1, kReplications, 2))));       // another number of strategies
  REQUIRE_FALSE(absorb(tally, digest(OutcomeBlock{256, kStrategies, {}})));  // empty
  REQUIRE(text_of(tally) == before);
}

TEST_CASE("nothing follows a short block") {
  Tally tally = make_tally(1);
  REQUIRE(absorb(tally, digest(block_of(0, 100, 1))));
  OutcomeBlock next = block_of(0, 256, 1);
  next.first_replication = 100;
  REQUIRE_FALSE(absorb(tally, digest(std::move(next))));
}

TEST_CASE("totals agree with a plain loop over all rows") {
  const Tally tally = tally_of(kReplications, kStrategies);
  long double sum = 0;
  std::uint64_t censored = 0;
  std::uint64_t rolled_back = 0;
  std::uint64_t lower = 0;
  for (std::uint64_t r = 0; r < kReplications; ++r) {
    const OutcomeRow row = testing::row_of(r, 1);
    sum += row.value[index_of(Metric::harm_total)];
    censored += is_censored(row, Metric::time_to_full_s) ? 1 : 0;
    rolled_back += happened(row, Event::rolled_back) ? 1 : 0;
    lower += row.value[0] < testing::row_of(r, 2).value[0] ? 1 : 0;
  }
  const StrategyCounts& counts = tally.strategies[1].counts;
  REQUIRE(counts.moments[0].mean == Approx(static_cast<double>(sum / kReplications)).epsilon(1e-13));
  REQUIRE(counts.censored[index_of(Metric::time_to_full_s)] == censored);
  REQUIRE(counts.events[index_of(Event::rolled_back)] == rolled_back);
  REQUIRE(tally.pairs[pair_index(1, 2, kStrategies)].a_lower == lower);
}

TEST_CASE("pairs are numbered without gaps") {
  for (std::size_t n = 1; n <= 7; ++n) {
    std::size_t expected = 0;
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t b = a + 1; b < n; ++b) REQUIRE(pair_index(a, b, n) == expected++);
    }
    REQUIRE(pair_count(n) == expected);
  }
}

TEST_CASE("beyond the limit samples give way to sketches, whenever the switch came") {
  const Tally early = tally_of(kReplications, kStrategies, 1);
  const Tally late = tally_of(kReplications, kStrategies, kReplications - 1);
  const Tally never = tally_of(kReplications, kStrategies, kReplications);
  REQUIRE(early.is_sketched);
  REQUIRE(late.is_sketched);
  REQUIRE_FALSE(never.is_sketched);
  REQUIRE(text_of(early) == text_of(late));
  for (std::size_t s = 0; s < kStrategies; ++s) {
    REQUIRE(late.strategies[s].counts == never.strategies[s].counts);  // moments do not feel it
    for (const Sample& sample : late.strategies[s].samples) REQUIRE(sample.values.capacity() == 0);
  }
}

}  // namespace
}  // namespace breakglass::analysis
