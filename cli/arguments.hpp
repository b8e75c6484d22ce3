// Arguments that are numbers, checked against their text: nothing wraps around, nothing is rounded, and an
// error says what to write instead.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "cli/complaint.hpp"
#include "scenarios/load.hpp"

namespace breakglass::cli {

// Either a value, or a complaint with a text in `what`.
template <class T>
struct Answer {
  T value{};
  Complaint complaint;

  bool ok() const { return complaint.what.empty(); }
};

inline constexpr std::uint64_t kMaxReplications = 100'000'000;

Answer<std::uint64_t> read_seed(std::string_view text);  // 0 to 2^64 - 1
Answer<std::uint64_t> read_replications(std::string_view option,
                                        std::string_view text);  // 1 to kMaxReplications
Answer<std::uint32_t> read_replication(std::string_view text);   // 0 to kMaxReplications - 1
Answer<unsigned> read_threads(std::string_view text);            // 1 to 1024

// "1%" or "0.01" as 0.01; from 0.001% to 50%. "1" is refused: nobody can say whether it is 1% or all of it.
Answer<double> read_precision(std::string_view text);

// "5%" or "0.05" as 0.05; from 0 to 100%.
Answer<double> read_share(std::string_view option, std::string_view text);

// From 1 to `most`.
Answer<std::uint64_t> read_count(std::string_view option, std::string_view text, std::uint64_t most);

// "2026-11-25", "2026-11-25 14:00+05:30" or "7d" (before now) as an instant in UTC, "2026-11-25T08:30:00Z".
Answer<std::string> read_since(std::string_view text);

// "[ENTRY=]CSV". What stands before the first '=' is an entry point if it has letters, digits, '-' and '_'
// only; a file of such a name is written "./a=b.csv".
scenarios::TrafficOverride read_traffic(std::string_view text, bool exact);

}  // namespace breakglass::cli
