#include "sim/model/reports.hpp"

#include <algorithm>
#include <cmath>

#include "sim/kernel/check.hpp"
#include "sim/kernel/fmath.hpp"

namespace breakglass::sim {
namespace {

// P(a report has come `t` seconds after the batch began), for a batch of `length` seconds.
double arrival_cdf(const Distribution& delay, double length, double t) {
  double sum = 0;
  for (int i = 0; i < kPlaces; ++i) sum += cdf(delay, t - length * (i + 0.5) / kPlaces);
  return sum / kPlaces;
}

// The arrival time, in seconds since the batch began, that a report's uniform stands for: by halving, between
// an exposure at the batch's beginning and one at its end.
double arrival_quantile(const Distribution& delay, double length, double u) {
  double low = std::max(0.0, quantile(delay, u));
  double high = low + length;
  while (high - low > 1e-3) {
    const double middle = 0.5 * (low + high);
    if (middle <= low || middle >= high) break;
    (arrival_cdf(delay, length, middle) >= u ? high : low) = middle;
  }
  return high;
}

void draw_each(const ReportsParams& params, double reports, double length, std::span<double> out,
               const Address& at) {
  std::array<double, kReportsOneByOne> all{};
  const auto count = static_cast<std::size_t>(reports);
  for (std::size_t i = 0; i < count; ++i) {
    const Uniform2 u = uniform2(at, static_cast<std::uint8_t>(i));
    all[i] = length * u.first + std::max(0.0, quantile(params.delay, u.second));
  }
  const auto end = all.begin() + static_cast<std::ptrdiff_t>(count);
  std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(out.size()), end);
  std::copy_n(all.begin(), out.size(), out.begin());
}

void draw_first(const ReportsParams& params, double reports, double length, std::span<double> out,
                const Address& at) {
  double above = 1;  // 1 minus the last order statistic
  for (std::size_t j = 0; j < out.size(); ++j) {
    const double u = uniform(at, static_cast<std::uint8_t>(j));
    above *= exp(log1p(-u) / (reports - static_cast<double>(j)));
    out[j] = arrival_quantile(params.delay, length, 1 - above);
  }
}

}  // namespace

Duration check_interval(Duration age) { return std::max<Duration>(std::chrono::minutes{5}, age / 4); }

void first_arrivals(const ReportsParams& params, double reports, Time from, Time until, std::span<Time> out,
                    const Address& at) {
  BG_CHECK(out.size() <= kMaxReportsToAct && static_cast<double>(out.size()) <= reports,
           "more reports are asked for than there are");
  std::array<double, kMaxReportsToAct> seconds{};
  const std::span<double> first(seconds.data(), out.size());
  const double length = to_seconds(until - from);
  if (reports <= kReportsOneByOne) {
    draw_each(params, reports, length, first, at);
  } else {
    draw_first(params, reports, length, first, at);
  }
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = std::max(until, from + from_seconds(seconds[i]));
}

void expect_arrival(ReportsState& state, Time time, int wanted) {
  const auto begin = state.due.begin();
  const auto end = begin + state.ahead;
  const auto place = std::upper_bound(begin, end, time);
  if (place - begin >= wanted) return;
  if (state.ahead < wanted) ++state.ahead;
  std::copy_backward(place, begin + state.ahead - 1, begin + state.ahead);
  *place = time;
}

void dismiss_reports(ReportsState& state) {
  state.dismissed += state.triaged;
  state.came -= state.triaged;
  state.triaged = 0;
}

Time take_arrival(ReportsState& state) {
  BG_CHECK(state.ahead > 0, "no report is on its way");
  const Time first = state.due[0];
  --state.ahead;
  std::copy(state.due.begin() + 1, state.due.begin() + 1 + state.ahead, state.due.begin());
  state.due[static_cast<std::size_t>(state.ahead)] = Time{};
  return first;
}

}  // namespace breakglass::sim
