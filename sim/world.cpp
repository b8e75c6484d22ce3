#include "sim/world.hpp"

#include "sim/kernel/hash.hpp"
#include "sim/state_walk.hpp"

namespace breakglass::sim {
namespace {

template <class T>
std::string text_of(const T& value) {
  if constexpr (requires { value.count(); }) {
    return std::to_string(value.count()) + " ns";
  } else if constexpr (std::is_enum_v<T>) {
    return std::to_string(static_cast<long long>(value));
  } else if constexpr (std::is_same_v<T, double>) {
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
    return {buffer, end};
  } else {
    return std::to_string(value);
  }
}

std::vector<std::pair<std::string, std::string>> leaves(const World& world) {
  std::vector<std::pair<std::string, std::string>> result;
  World copy = world;
  walk_state<true>(
      copy, [&](const std::string& name, const auto& value) { result.emplace_back(name, text_of(value)); });
  world.queue.for_each_in_order([&](const Scheduled<Event>& event) {
    result.emplace_back("queue", std::to_string(event.at.count()) + " ns, phase " +
                                     std::to_string(event.phase) + ", event " +
                                     std::to_string(static_cast<int>(event.payload.kind)) + " of " +
                                     std::to_string(event.payload.who) + ", attempt " +
                                     std::to_string(event.payload.attempt));
  });
  return result;
}

}  // namespace

std::uint64_t fingerprint(const World& world) {
  Fingerprint print;
  // The walk hands out references, because a test changes leaves through it; here they are only read.
  walk_state<false>(const_cast<World&>(world),
                    [&](const std::string&, const auto& value) { print.add(value); });
  world.queue.for_each_in_order([&](const Scheduled<Event>& event) {
    print.add(event.at);
    print.add(event.phase);
    print.add(event.payload.kind);
    print.add(event.payload.who);
    print.add(event.payload.attempt);
  });
  return print.value();
}

std::vector<Difference> diff(const World& a, const World& b) {
  const auto left = leaves(a);
  const auto right = leaves(b);
  std::vector<Difference> result;
  const std::size_t common = std::min(left.size(), right.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (left[i] != right[i]) result.push_back({left[i].first, left[i].second, right[i].second});
  }
  for (std::size_t i = common; i < left.size(); ++i)
    result.push_back({left[i].first, left[i].second, "none"});
  for (std::size_t i = common; i < right.size(); ++i)
    result.push_back({right[i].first, "none", right[i].second});
  return result;
}

}  // namespace breakglass::sim
