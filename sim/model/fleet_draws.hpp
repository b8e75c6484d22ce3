// The draws of a fleet while it is moved on: read one by one, made in blocks, which is several times cheaper.
// Work space for one call: it holds nothing that its addresses do not say, and so belongs to no state.
#pragma once

#include <algorithm>
#include <array>

#include "sim/kernel/samplers.hpp"
#include "sim/model/fleet.hpp"

namespace breakglass::sim {

class FleetDraws {
 public:
  FleetDraws(const FleetPlan& plan, FleetState& state, const Address& at)
      : streams_(plan.streams), used_(state.used), at_(at) {
    const std::size_t count = std::clamp<std::size_t>(plan.streams.size(), 1, kBlocks);
    length_ = std::min<std::size_t>(kValues / count, 512) / 2 * 2;
  }
  FleetDraws(const FleetDraws&) = delete;  // the blocks point into their own values
  FleetDraws& operator=(const FleetDraws&) = delete;

  // The next value of a stream: number used[stream], which is then used.
  double next(std::int32_t stream) {
    const auto s = static_cast<std::size_t>(stream);
    const std::uint64_t n = used_[s]++;
    if (s >= kBlocks) return single(s, n);
    const Block& block = blocks_[s];
    if (n - block.first >= block.size) [[unlikely]]
      refill(s, n);
    return block.values[n - block.first];
  }
  // The same, unread: the answer does not matter to this customer.
  void skip(std::int32_t stream) { ++used_[static_cast<std::size_t>(stream)]; }

 private:
  static constexpr std::size_t kBlocks = 64;  // streams beyond these are drawn one by one
  static constexpr std::size_t kValues = 4096;
  static constexpr std::uint64_t kFirstBlock = 16;  // a short stretch of time needs few

  struct Block {
    std::uint64_t first = 0;
    std::uint64_t size = 0;
    const double* values = nullptr;
  };

  // Two values to an index.
  Address address(std::size_t s, std::uint64_t n) const {
    Address a = at_;
    a.question = static_cast<std::uint8_t>(streams_[s].question);
    a.entity = streams_[s].entity;
    a.index = n / 2;
    return a;
  }
  double single(std::size_t s, std::uint64_t n) const {
    const Uniform2 pair = uniform2(address(s, n));
    const double u = n % 2 == 0 ? pair.first : pair.second;
    return streams_[s].exponential ? exponential_quantile(u, 1) : u;
  }
  void refill(std::size_t s, std::uint64_t n);

  const std::vector<FleetStream>& streams_;
  std::vector<std::uint64_t>& used_;
  Address at_;
  std::size_t length_ = 0;  // of a block, at most: even
  std::array<Block, kBlocks> blocks_{};
  std::array<double, kValues> values_;  // written before they are read
};

inline void FleetDraws::refill(std::size_t s, std::uint64_t n) {
  Block& block = blocks_[s];
  block.first = n - n % 2;
  block.size = std::clamp<std::uint64_t>(2 * block.size, kFirstBlock, length_);
  const std::span<double> out(values_.data() + s * length_, block.size);
  block.values = out.data();
  if (streams_[s].exponential) {
    fill_exponentials(address(s, block.first), out);
  } else {
    fill_uniforms(address(s, block.first), out);
  }
}

}  // namespace breakglass::sim
