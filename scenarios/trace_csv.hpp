// Request traces from CSV: what a gateway's log exports, read as a stream so that a file of gigabytes costs
// no more memory than its numbers.
//
// Two shapes, told apart by the header:
//   one row a request   the first column is the time; other columns are ignored; the header is optional
//   counts per bin      a header with a column named time, timestamp, bin, offset_s (or alike) and one named
//   count,
//                       counts or requests; times are the bins' starts and equally spaced
//
// Times are "2023-11-16 18:17:03.9799600", RFC 3339, or plain seconds (since anything: from 10^8 on they are
// taken as Unix time). Without an offset they are UTC. The separator is a comma, or in a file without commas
// in its first line a tab or semicolon. CRLF, a byte-order mark, blank lines and quoted cells are fine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/problems.hpp"

namespace breakglass::scenarios {

// Fills up to `size` bytes and returns how many; 0 at the end; kReadFailed if reading failed.
using ChunkSource = std::function<std::size_t(char* buffer, std::size_t size)>;
inline constexpr std::size_t kReadFailed = static_cast<std::size_t>(-1);

struct TraceBudget {
  std::size_t line_bytes = std::size_t{64} << 10;
  std::size_t rows = 50'000'000;  // 400 MB of arrivals
};

struct Trace {
  enum class Kind { arrivals, counts };

  Kind kind = Kind::arrivals;
  // kind arrivals: nanoseconds from the first row, sorted, starting at 0; equal times are allowed.
  std::vector<std::int64_t> arrivals_ns;
  // kind counts: requests in bin i, which covers [i, i + 1) * bin_ns.
  std::vector<std::int64_t> counts;
  std::int64_t bin_ns = 0;

  std::int64_t first_unix_ns = 0;  // Unix time of the first row; 0 if the file's times are only offsets
  bool has_date = false;           // whether first_unix_ns means something
  // How far to shift a repetition. Arrivals: last - first + the mean gap, so that the seam has the gap of the
  // mean spacing and the repeated rate is (rows - 1) / (last - first). Counts: bins * bin_ns.
  std::int64_t length_ns = 0;
  std::int64_t rows = 0;   // data rows
  std::uint64_t hash = 0;  // of kind, times and counts: the same for the same data, however spelled

  double length_s() const { return static_cast<double>(length_ns) / 1e9; }
  double bin_s() const { return static_cast<double>(bin_ns) / 1e9; }
};

// Reads a trace. Returns nothing if there was any problem; all of them are collected (each with its line),
// except that a binary file or an over-long line ends the reading. `name` is what problems call the file.
std::optional<Trace> read_trace(const std::string& name, const ChunkSource& chunks, Problems& problems,
                                const TraceBudget& budget = {});

// Requests in all.
std::int64_t total_requests(const Trace& trace);

// Requests in [0, t) of one pass, 0 <= t <= length_ns. Exact for arrivals; for counts, those of a bin are
// spread evenly over it and rounded down, so that differences of this function are whole and sum to the
// total.
std::int64_t cumulative_count(const Trace& trace, std::int64_t t_ns);

// Mean rate per second in each bin of `bin_ns` from the trace's start; the last, shorter bin is divided by
// its own length. What a Poisson resampling of the trace draws from.
std::vector<double> binned_rates(const Trace& trace, std::int64_t bin_ns);

}  // namespace breakglass::scenarios
