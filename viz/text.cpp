#include "viz/text.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdlib>

#include "plot/axis.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::viz {

std::string plain(std::string_view text) { return scenarios::visible(text); }

std::string zone_text(int offset_s) {
  const int minutes = std::abs(offset_s) / 60;
  return fmt::format("UTC{}{:02}:{:02}", offset_s < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

std::string clock_text(const sim::CivilClock& clock, sim::Time at, bool with_date) {
  static constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const sim::Date date = sim::local_date(clock, at);
  const auto day = sim::weekday_name(sim::local_weekday(clock, at));
  const std::string time = sim::format_time(clock, at);
  if (!with_date) return fmt::format("{} {}", day, time);
  return fmt::format("{} {} {} {}", day, date.day, kMonths[static_cast<std::size_t>(date.month - 1)], time);
}

std::string amount_text(double value) { return plot::short_number(value); }

}  // namespace breakglass::viz
