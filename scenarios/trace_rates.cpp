// What a trace says, once it is read: totals, counts up to an instant, rates.
#include <algorithm>
#include <cstddef>

#include "scenarios/trace_csv.hpp"

namespace breakglass::scenarios {

std::int64_t total_requests(const Trace& trace) {
  if (trace.kind == Trace::Kind::arrivals) return static_cast<std::int64_t>(trace.arrivals_ns.size());
  std::int64_t sum = 0;
  for (const std::int64_t count : trace.counts) sum += count;
  return sum;
}

namespace {

// floor(count * part / bin) for 0 <= part < bin, by long multiplication and division in one: the product
// itself may need more than 64 bits, and floating point of any width would differ between machines.
std::int64_t part_of_bin(std::int64_t count, std::int64_t part, std::int64_t bin) {
  std::int64_t quotient = 0;
  std::int64_t rest = 0;
  for (int bit = 62; bit >= 0; --bit) {
    quotient *= 2;
    for (const std::int64_t term : {rest, ((count >> bit) & 1) != 0 ? part : std::int64_t{0}}) {
      rest += term;
      if (rest < bin) continue;
      rest -= bin;
      ++quotient;
    }
  }
  return quotient;
}

// Adds `count` requests, spread evenly over [from, to), to the bins that they fall into.
void spread(std::vector<double>& bins, std::int64_t bin_ns, double count, std::int64_t from,
            std::int64_t to) {
  for (std::int64_t at = from; at < to;) {
    const std::int64_t index = at / bin_ns;
    const std::int64_t end = std::min(to, (index + 1) * bin_ns);
    bins[static_cast<std::size_t>(index)] +=
        count * static_cast<double>(end - at) / static_cast<double>(to - from);
    at = end;
  }
}

}  // namespace

std::int64_t cumulative_count(const Trace& trace, std::int64_t t_ns) {
  if (trace.kind == Trace::Kind::arrivals) {
    const auto end = std::lower_bound(trace.arrivals_ns.begin(), trace.arrivals_ns.end(), t_ns);
    return end - trace.arrivals_ns.begin();
  }
  std::int64_t sum = 0;
  const auto bins = static_cast<std::int64_t>(trace.counts.size());
  const std::int64_t whole_bins = std::clamp(t_ns / trace.bin_ns, std::int64_t{0}, bins);
  for (std::int64_t i = 0; i < whole_bins; ++i) sum += trace.counts[static_cast<std::size_t>(i)];
  if (whole_bins == bins) return sum;
  return sum + part_of_bin(trace.counts[static_cast<std::size_t>(whole_bins)],
                           t_ns - whole_bins * trace.bin_ns, trace.bin_ns);
}

std::vector<double> binned_rates(const Trace& trace, std::int64_t bin_ns) {
  std::vector<double> bins(static_cast<std::size_t>((trace.length_ns + bin_ns - 1) / bin_ns), 0.0);
  for (const std::int64_t at : trace.arrivals_ns) bins[static_cast<std::size_t>(at / bin_ns)] += 1;
  for (std::size_t i = 0; i < trace.counts.size(); ++i) {
    const auto from = static_cast<std::int64_t>(i) * trace.bin_ns;
    spread(bins, bin_ns, static_cast<double>(trace.counts[i]), from, from + trace.bin_ns);
  }
  for (std::size_t i = 0; i < bins.size(); ++i) {
    const std::int64_t length = std::min(bin_ns, trace.length_ns - static_cast<std::int64_t>(i) * bin_ns);
    bins[i] /= static_cast<double>(length) / 1e9;
  }
  return bins;
}

}  // namespace breakglass::scenarios
