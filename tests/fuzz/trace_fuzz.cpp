// A request trace from a stranger: any bytes are read or refused, and what is read is a sorted trace.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "scenarios/trace_csv.hpp"

using namespace breakglass;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  const auto chunks = [&rest](char* buffer, std::size_t room) {
    const std::size_t n = std::min({room, rest.size(), std::size_t{61}});  // odd seams between the chunks
    std::copy_n(rest.data(), n, buffer);
    rest.remove_prefix(n);
    return n;
  };
  scenarios::Problems problems;
  const auto trace = scenarios::read_trace("fuzz.csv", chunks, problems);
  if (trace.has_value() != problems.empty()) std::abort();
  if (!trace) return scenarios::render(problems).empty() ? (std::abort(), 0) : 0;
  if (!std::is_sorted(trace->arrivals_ns.begin(), trace->arrivals_ns.end())) std::abort();
  if (scenarios::cumulative_count(*trace, trace->length_ns) > scenarios::total_requests(*trace)) std::abort();
  return 0;
}
