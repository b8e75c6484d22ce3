// The pending events of a world: a plain value that can be copied byte by byte.
//
// Order: by time; at one instant by phase, the smaller first (what the phases are is the simulator's
// business: traffic happens, then it is measured, then judged, ...); within a phase in the order of
// scheduling. The order is total and specified, so a run does not depend on how the queue is stored.
//
// Storage: inline, for at most Capacity events; a push beyond it is a failed check, because worlds hold a
// few dozen events and a growing queue is our mistake. A heap of 16-byte keys over payloads that do not
// move. Push and pop take O(log size), cancelling takes O(size).
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "sim/kernel/check.hpp"
#include "sim/kernel/time.hpp"

namespace breakglass::sim {

// An event as it comes out of the queue.
template <class Payload>
struct Scheduled {
  Time at{};
  std::uint64_t sequence = 0;  // how many events had been pushed before this one
  std::uint8_t phase = 0;
  Payload payload{};
};

template <class Payload, std::size_t Capacity>
class EventQueue {
  static_assert(std::is_trivially_copyable_v<Payload>,
                "events are plain data: a world is copied by its bytes");
  static_assert(sizeof(Payload) <= 64, "an event names what it is about; it does not carry it");
  static_assert(Capacity >= 1 && Capacity <= 4096);

 public:
  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  static constexpr std::size_t capacity() { return Capacity; }

  // How many events were ever pushed: the sequence number of the next.
  std::uint64_t pushed() const { return pushed_; }

  // Returns the event's sequence number. `at` may be any instant; kNever is legal and comes last.
  std::uint64_t push(Time at, std::uint8_t phase, const Payload& payload);

  // The instant of the next event; kNever if there is none.
  Time next_time() const { return size_ == 0 ? kNever : Time{keys_[0].at}; }

  // The next event. The queue must not be empty.
  Scheduled<Payload> peek() const;
  Scheduled<Payload> pop();

  // Removes every event for which predicate(const Scheduled<Payload>&) holds; returns how many. The order
  // of the others is untouched. The predicate sees the events in no particular order.
  template <class Predicate>
  std::size_t cancel_if(Predicate predicate);

  // No events, and the sequence starts again.
  void clear() { *this = EventQueue{}; }

  // Visits the events in the order in which they will come, for fingerprints and displays.
  template <class Visitor>
  void for_each_in_order(Visitor visit) const;

 private:
  static constexpr unsigned kSlotBits = 12;

  // `order` is phase (8 bits), sequence (44 bits), slot (12 bits). Sequences are unique, so the slot never
  // decides.
  struct Key {
    std::int64_t at;
    std::uint64_t order;
    friend constexpr bool operator<(const Key& a, const Key& b) {
      return a.at != b.at ? a.at < b.at : a.order < b.order;
    }
  };

  Scheduled<Payload> event_of(const Key& key) const;
  void sift_up(std::size_t hole, Key key);
  void sift_down(std::size_t hole, Key key);
  void free_slot(const Key& key) {
    slots_[size_] = static_cast<std::uint16_t>(key.order & ((1U << kSlotBits) - 1));
  }

  std::array<Key, Capacity> keys_{};
  std::array<Payload, Capacity> payloads_{};
  std::array<std::uint16_t, Capacity> slots_ = all_slots();  // slots_[size_...] are free
  std::uint32_t size_ = 0;
  std::uint64_t pushed_ = 0;

  static constexpr std::array<std::uint16_t, Capacity> all_slots() {
    std::array<std::uint16_t, Capacity> slots{};
    for (std::size_t i = 0; i < Capacity; ++i) slots[i] = static_cast<std::uint16_t>(i);
    return slots;
  }
};

template <class Payload, std::size_t Capacity>
std::uint64_t EventQueue<Payload, Capacity>::push(Time at, std::uint8_t phase, const Payload& payload) {
  BG_CHECK(size_ < Capacity, "the event queue is full");
  BG_CHECK(pushed_ < (std::uint64_t{1} << 44), "the event queue ran out of sequence numbers");
  const std::uint16_t slot = slots_[size_];
  payloads_[slot] = payload;
  const Key key{at.count(), (std::uint64_t{phase} << 56) | (pushed_ << kSlotBits) | slot};
  sift_up(size_++, key);
  return pushed_++;
}

template <class Payload, std::size_t Capacity>
Scheduled<Payload> EventQueue<Payload, Capacity>::event_of(const Key& key) const {
  const std::uint64_t sequence = (key.order & ((std::uint64_t{1} << 56) - 1)) >> kSlotBits;
  const auto slot = static_cast<std::size_t>(key.order & ((1U << kSlotBits) - 1));
  return {Time{key.at}, sequence, static_cast<std::uint8_t>(key.order >> 56), payloads_[slot]};
}

template <class Payload, std::size_t Capacity>
Scheduled<Payload> EventQueue<Payload, Capacity>::peek() const {
  BG_CHECK(size_ > 0, "an empty event queue has no next event");
  return event_of(keys_[0]);
}

template <class Payload, std::size_t Capacity>
Scheduled<Payload> EventQueue<Payload, Capacity>::pop() {
  BG_CHECK(size_ > 0, "an empty event queue has no next event");
  const Key first = keys_[0];
  --size_;
  free_slot(first);
  if (size_ > 0) sift_down(0, keys_[size_]);
  return event_of(first);
}

template <class Payload, std::size_t Capacity>
template <class Predicate>
std::size_t EventQueue<Payload, Capacity>::cancel_if(Predicate predicate) {
  std::array<Key, Capacity> kept;
  std::size_t count = 0;
  const std::size_t before = size_;
  std::array<Key, Capacity> gone;
  std::size_t removed = 0;
  for (std::size_t i = 0; i < before; ++i) {
    const Scheduled<Payload> event = event_of(keys_[i]);
    if (predicate(event)) {
      gone[removed++] = keys_[i];
    } else {
      kept[count++] = keys_[i];
    }
  }
  if (removed == 0) return 0;
  size_ = 0;
  for (std::size_t i = 0; i < count; ++i) sift_up(size_++, kept[i]);
  for (std::size_t i = 0; i < removed; ++i) {
    slots_[count + i] = static_cast<std::uint16_t>(gone[i].order & ((1U << kSlotBits) - 1));
  }
  return removed;
}

template <class Payload, std::size_t Capacity>
template <class Visitor>
void EventQueue<Payload, Capacity>::for_each_in_order(Visitor visit) const {
  std::array<Key, Capacity> sorted = keys_;
  std::sort(sorted.begin(), sorted.begin() + size_);
  for (std::size_t i = 0; i < size_; ++i) {
    const Scheduled<Payload> event = event_of(sorted[i]);
    visit(event);
  }
}

template <class Payload, std::size_t Capacity>
void EventQueue<Payload, Capacity>::sift_up(std::size_t hole, Key key) {
  while (hole > 0) {
    const std::size_t parent = (hole - 1) / 4;
    if (!(key < keys_[parent])) break;
    keys_[hole] = keys_[parent];
    hole = parent;
  }
  keys_[hole] = key;
}

template <class Payload, std::size_t Capacity>
void EventQueue<Payload, Capacity>::sift_down(std::size_t hole, Key key) {
  for (;;) {
    const std::size_t first = 4 * hole + 1;
    if (first >= size_) break;
    const std::size_t last = first + 4 < size_ ? first + 4 : size_;
    std::size_t least = first;
    for (std::size_t child = first + 1; child < last; ++child) {
      if (keys_[child] < keys_[least]) least = child;
    }
    if (!(keys_[least] < key)) break;
    keys_[hole] = keys_[least];
    hole = least;
  }
  keys_[hole] = key;
}

}  // namespace breakglass::sim
