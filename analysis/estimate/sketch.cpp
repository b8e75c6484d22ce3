#include "analysis/estimate/sketch.hpp"

#include <bit>
#include <cmath>
#include <cstddef>

namespace breakglass::analysis {
namespace {

constexpr int kMantissaBits = 52;
constexpr int kKeptBits = 9;
constexpr int kDroppedBits = kMantissaBits - kKeptBits;

std::uint32_t bucket_of(double magnitude) {
  return static_cast<std::uint32_t>(std::bit_cast<std::uint64_t>(magnitude) >> kDroppedBits);
}

double middle_of(std::uint32_t bucket) {
  const std::uint64_t bits = static_cast<std::uint64_t>(bucket) << kDroppedBits;
  return std::bit_cast<double>(bits | std::uint64_t{1} << (kDroppedBits - 1));
}

// Makes the ladder reach from `low` to `high`, and no further than it must: its extent is the extent of what
// was added, so that equal contents compare equal whatever the order of merges.
void cover(SketchLadder& ladder, std::uint32_t low, std::uint32_t high) {
  if (ladder.counts.empty()) ladder.first = low;
  if (low < ladder.first) {
    ladder.counts.insert(ladder.counts.begin(), ladder.first - low, 0);
    ladder.first = low;
  }
  const std::size_t needed = static_cast<std::size_t>(high - ladder.first) + 1;
  if (needed > ladder.counts.size()) ladder.counts.resize(needed, 0);
}

void merge(SketchLadder& into, const SketchLadder& other) {
  if (other.counts.empty()) return;
  cover(into, other.first, other.first + static_cast<std::uint32_t>(other.counts.size()) - 1);
  const std::size_t offset = other.first - into.first;
  for (std::size_t i = 0; i < other.counts.size(); ++i) into.counts[offset + i] += other.counts[i];
}

// Calls visit(value, count) for every bucket that is not empty, in ascending order; stops when it returns
// false.
template <class Visit>
void ascend(const Sketch& sketch, Visit&& visit) {
  for (std::size_t i = sketch.negative.counts.size(); i > 0; --i) {
    const std::uint64_t n = sketch.negative.counts[i - 1];
    const auto bucket = sketch.negative.first + static_cast<std::uint32_t>(i - 1);
    if (n > 0 && !visit(-middle_of(bucket), n)) return;
  }
  if (sketch.zeros > 0 && !visit(0.0, sketch.zeros)) return;
  for (std::size_t i = 0; i < sketch.positive.counts.size(); ++i) {
    const std::uint64_t n = sketch.positive.counts[i];
    const auto bucket = sketch.positive.first + static_cast<std::uint32_t>(i);
    if (n > 0 && !visit(middle_of(bucket), n)) return;
  }
}

// The same from the top down: the mirror image, upside down.
template <class Visit>
void descend(const Sketch& sketch, Visit&& visit) {
  for (std::size_t i = sketch.positive.counts.size(); i > 0; --i) {
    const std::uint64_t n = sketch.positive.counts[i - 1];
    const auto bucket = sketch.positive.first + static_cast<std::uint32_t>(i - 1);
    if (n > 0 && !visit(middle_of(bucket), n)) return;
  }
  if (sketch.zeros > 0 && !visit(0.0, sketch.zeros)) return;
  for (std::size_t i = 0; i < sketch.negative.counts.size(); ++i) {
    const std::uint64_t n = sketch.negative.counts[i];
    const auto bucket = sketch.negative.first + static_cast<std::uint32_t>(i);
    if (n > 0 && !visit(-middle_of(bucket), n)) return;
  }
}

}  // namespace

void add(Sketch& sketch, double value) {
  sketch.count += 1;
  const double magnitude = std::fabs(value);
  if (magnitude < kSketchSmallest) {
    sketch.zeros += 1;
    return;
  }
  SketchLadder& ladder = value > 0 ? sketch.positive : sketch.negative;
  const std::uint32_t bucket = bucket_of(magnitude);
  cover(ladder, bucket, bucket);
  ladder.counts[bucket - ladder.first] += 1;
}

void merge(Sketch& into, const Sketch& other) {
  into.count += other.count;
  into.zeros += other.zeros;
  merge(into.positive, other.positive);
  merge(into.negative, other.negative);
}

double at_rank(const Sketch& sketch, std::uint64_t k) {
  double found = 0;
  ascend(sketch, [&](double value, std::uint64_t n) {
    found = value;
    if (k <= n) return false;
    k -= n;
    return true;
  });
  return found;
}

double upper_sum(const Sketch& sketch, double mass) {
  double sum = 0;
  descend(sketch, [&](double value, std::uint64_t n) {
    const auto available = static_cast<double>(n);
    const double taken = mass < available ? mass : available;
    sum += taken * value;
    mass -= taken;
    return mass > 0;
  });
  return sum;
}

}  // namespace breakglass::analysis
