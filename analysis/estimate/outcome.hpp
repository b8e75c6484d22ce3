// The catalogue of what a comparison reports of one replication: names, units, kinds; and the row that the
// estimators eat.
//
// Adding a metric or an event: one enumerator, one line in its table below; everything downstream walks the
// tables.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace breakglass::analysis {

enum class Metric : std::uint8_t {
  harm_total,  // the sum of the five sources that follow
  harm_ongoing,
  harm_residual,
  harm_regression,
  harm_deadline,
  harm_containment,
  users_harmed,            // unique
  requests_on_regression,  // requests served by a bad version
  time_to_ship_s,          // page to the first request on the change
  time_to_full_s,          // page to 100%
  time_to_harm_stopped_s,  // page to the moment after which the harm rate stays below 5% of what it was at
                           // the page
  time_to_close_s,         // page to the postmortem, every duty done
};
inline constexpr std::size_t kMetricCount = 12;

enum class MetricKind : std::uint8_t {
  amount,  // a total by the horizon; always known
  time,    // seconds since the page; censored at the horizon when it did not happen
};

// In what a metric is measured.
enum class MetricUnit : std::uint8_t { harm, users, requests, seconds };

struct MetricInfo {
  std::string_view name;
  MetricKind kind;
  MetricUnit unit;
};

inline constexpr std::array<MetricInfo, kMetricCount> kMetrics{{
    {"harm_total", MetricKind::amount, MetricUnit::harm},
    {"harm_ongoing", MetricKind::amount, MetricUnit::harm},
    {"harm_residual", MetricKind::amount, MetricUnit::harm},
    {"harm_regression", MetricKind::amount, MetricUnit::harm},
    {"harm_deadline", MetricKind::amount, MetricUnit::harm},
    {"harm_containment", MetricKind::amount, MetricUnit::harm},
    {"users_harmed", MetricKind::amount, MetricUnit::users},
    {"requests_on_regression", MetricKind::amount, MetricUnit::requests},
    {"time_to_ship_s", MetricKind::time, MetricUnit::seconds},
    {"time_to_full_s", MetricKind::time, MetricUnit::seconds},
    {"time_to_harm_stopped_s", MetricKind::time, MetricUnit::seconds},
    {"time_to_close_s", MetricKind::time, MetricUnit::seconds},
}};

// Things that happened in a replication or did not. Each probability is of all replications, not conditional
// on another event: rolled_back_clean is "rolled back, and the change was clean".
enum class Event : std::uint8_t {
  regression_present,
  regression_reached_full,
  rolled_back,
  rolled_back_clean,
  rollback_failed,
  deadline_missed,
  harm_stopped_by_horizon,
  full_within_2h,      // 100% at most two hours after the page
  shipped_unapproved,  // the change met traffic without the approval that it needs
  approval_refused,    // the approvers refused at least once
};
inline constexpr std::size_t kEventCount = 10;

inline constexpr std::array<std::string_view, kEventCount> kEvents{
    "regression_present",      "regression_reached_full", "rolled_back",
    "rolled_back_clean",       "rollback_failed",         "deadline_missed",
    "harm_stopped_by_horizon", "full_within_2h",          "shipped_unapproved",
    "approval_refused",
};

constexpr std::size_t index_of(Metric m) { return static_cast<std::size_t>(m); }
constexpr std::size_t index_of(Event e) { return static_cast<std::size_t>(e); }
constexpr const MetricInfo& info(Metric m) { return kMetrics[index_of(m)]; }

// The word for a unit in tables and files; `harm_unit` is the scenario's ("records exposed").
constexpr std::string_view unit_name(MetricUnit unit, std::string_view harm_unit) {
  switch (unit) {
    case MetricUnit::harm: return harm_unit;
    case MetricUnit::users: return "users";
    case MetricUnit::requests: return "requests";
    case MetricUnit::seconds: return "s";
  }
  return "";
}

// One strategy in one replication. Every value is finite. A time that did not happen by the horizon holds the
// horizon (in seconds since the page) and has its bit set in `censored`.
struct OutcomeRow {
  std::array<double, kMetricCount> value{};
  std::uint32_t censored = 0;  // bit index_of(Metric)
  std::uint32_t events = 0;    // bit index_of(Event)

  friend bool operator==(const OutcomeRow&, const OutcomeRow&) = default;
};

constexpr void set(OutcomeRow& row, Metric m, double value) { row.value[index_of(m)] = value; }
constexpr void set_censored(OutcomeRow& row, Metric m, double horizon_s) {
  row.value[index_of(m)] = horizon_s;
  row.censored |= 1U << index_of(m);
}
constexpr void set(OutcomeRow& row, Event e, bool happened) {
  const std::uint32_t bit = 1U << index_of(e);
  row.events = happened ? row.events | bit : row.events & ~bit;
}
constexpr bool is_censored(const OutcomeRow& row, Metric m) { return (row.censored >> index_of(m)) & 1U; }
constexpr bool happened(const OutcomeRow& row, Event e) { return (row.events >> index_of(e)) & 1U; }

}  // namespace breakglass::analysis
