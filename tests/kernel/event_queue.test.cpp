#include "sim/kernel/event_queue.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstring>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

#include "sim/kernel/draw.hpp"

using namespace breakglass::sim;

namespace {

struct Event {
  std::uint32_t who = 0;
  std::uint16_t what = 0;
};
using Queue = EventQueue<Event, 64>;
static_assert(std::is_trivially_copyable_v<Queue>);

using Row = std::tuple<std::int64_t, int, std::uint64_t, std::uint32_t>;  // the order is that of the queue
Row row(const Scheduled<Event>& e) { return {e.at.count(), e.phase, e.sequence, e.payload.who}; }

std::vector<Row> drained(Queue queue) {
  std::vector<Row> rows;
  while (!queue.empty()) rows.push_back(row(queue.pop()));
  return rows;
}

void throw_failure(const CheckFailure& f) { throw std::runtime_error(std::string(f.what)); }

// A queue that keeps a sorted list, run beside the real one.
struct Model {
  std::vector<Row> rows;
  void push(const Row& r) { rows.insert(std::upper_bound(rows.begin(), rows.end(), r), r); }
};

}  // namespace

TEST_CASE("Events come by time, then phase, then order of scheduling") {
  Queue queue;
  queue.push(Time{20}, 0, {1, 0});
  queue.push(Time{10}, 3, {2, 0});
  queue.push(Time{10}, 1, {3, 0});
  queue.push(Time{10}, 1, {4, 0});
  queue.push(Time{-5}, 9, {5, 0});
  queue.push(kNever, 0, {6, 0});
  CHECK(queue.next_time() == Time{-5});
  std::vector<std::uint32_t> order;
  while (!queue.empty()) {
    const auto next = queue.peek();
    const auto popped = queue.pop();
    CHECK(row(next) == row(popped));
    order.push_back(popped.payload.who);
  }
  CHECK(order == std::vector<std::uint32_t>{5, 3, 4, 2, 1, 6});
  CHECK(queue.next_time() == kNever);
}

TEST_CASE("Ten thousand random operations agree with a sorted list") {
  for (std::uint64_t run = 0; run < 20; ++run) {
    Queue queue;
    Model model;
    for (std::uint64_t i = 0; i < 10'000; ++i) {
      const auto [u, v] = uniform2({.seed = 99, .replication = static_cast<std::uint32_t>(run), .index = i});
      const double pushing = i / 1000 % 2 == 0 ? 0.55 : 0.45;
      if (u < pushing && queue.size() < queue.capacity()) {
        const Time at{static_cast<std::int64_t>(v * 40) - 5};
        const auto phase = static_cast<std::uint8_t>(static_cast<int>(v * 4000) % 3);
        const auto who = static_cast<std::uint32_t>(i % 7);
        const auto sequence = queue.push(at, phase, {who, 1});
        model.push({at.count(), phase, sequence, who});
      } else if (u < 0.97 && !queue.empty()) {
        REQUIRE(queue.next_time().count() == std::get<0>(model.rows.front()));
        REQUIRE(row(queue.peek()) == model.rows.front());
        REQUIRE(row(queue.pop()) == model.rows.front());
        model.rows.erase(model.rows.begin());
      } else if (u >= 0.97) {
        const auto who = static_cast<std::uint32_t>(v * 7);
        const auto removed = queue.cancel_if([&](const Scheduled<Event>& e) { return e.payload.who == who; });
        REQUIRE(removed == std::erase_if(model.rows, [&](const Row& r) { return std::get<3>(r) == who; }));
      }
      REQUIRE(queue.size() == model.rows.size());
    }
    CHECK(drained(queue) == model.rows);
  }
}

TEST_CASE("A visit sees the order that popping gives, and changes nothing") {
  Queue queue;
  for (std::uint64_t i = 0; i < 40; ++i) {
    queue.push(Time{static_cast<std::int64_t>(10 * uniform({.seed = 4, .index = i}))}, 0,
               {static_cast<std::uint32_t>(i), 0});
  }
  for (int popped = 0; popped < 3; ++popped) {
    std::vector<Row> visited;
    queue.for_each_in_order([&](const Scheduled<Event>& e) { visited.push_back(row(e)); });
    CHECK(visited == drained(queue));
    queue.pop();
  }
}

TEST_CASE("A copy by bytes goes its own way") {
  Queue queue;
  for (int i = 0; i < 10; ++i) queue.push(Time{10 - i}, 0, {static_cast<std::uint32_t>(i), 0});
  queue.pop();
  Queue copy;
  std::memcpy(static_cast<void*>(&copy), &queue, sizeof queue);
  const auto rest = drained(queue);
  copy.push(Time{0}, 0, {77, 0});
  copy.pop();
  CHECK(drained(copy) == rest);
  CHECK(drained(queue) == rest);
}

TEST_CASE("A queue that is full or empty stops the program instead of losing an event") {
  EventQueue<Event, 4> queue;
  const CheckHandler before = set_check_handler(throw_failure);
  CHECK_THROWS_WITH(queue.pop(), Catch::Contains("empty"));
  CHECK_THROWS_WITH(queue.peek(), Catch::Contains("empty"));
  for (int i = 0; i < 4; ++i) queue.push(Time{i}, 0, {});
  CHECK_THROWS_WITH(queue.push(Time{9}, 0, {}), Catch::Contains("full"));
  set_check_handler(before);
  CHECK(queue.size() == 4);
}

TEST_CASE("A cleared queue is as good as new") {
  Queue queue;
  queue.push(Time{1}, 0, {});
  queue.push(Time{2}, 0, {});
  queue.pop();
  queue.clear();
  CHECK(queue.empty());
  CHECK(queue.pushed() == 0);
  CHECK(queue.push(Time{3}, 0, {}) == 0);
  CHECK(queue.pop().at == Time{3});
}
