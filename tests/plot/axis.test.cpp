#include "plot/axis.hpp"

#include <catch2/catch.hpp>

#include <limits>
#include <string>
#include <vector>

namespace breakglass::plot {
namespace {

std::vector<std::string> texts(const std::vector<Tick>& ticks) {
  std::vector<std::string> out;
  for (const Tick& tick : ticks) out.push_back(tick.text);
  return out;
}

constexpr std::int64_t kWednesday22 = 1772661600;  // 2026-03-04T22:00:00, as local seconds

TEST_CASE("numbers are shown with three significant digits and commas") {
  CHECK(short_number(0) == "0");
  CHECK(short_number(-0.0) == "0");
  CHECK(short_number(1234567) == "1,230,000");
  CHECK(short_number(999.6) == "1,000");
  CHECK(short_number(29310) == "29,300");
  CHECK(short_number(-34.12) == "-34.1");
  CHECK(short_number(0.0340999) == "0.0341");
  CHECK(short_number(0.5) == "0.5");
  CHECK(short_number(12) == "12");
  CHECK(short_number(1234567, 7) == "1,234,567");
  CHECK(short_number(1.5e12) == "1.5e+12");
  CHECK(short_number(std::numeric_limits<double>::infinity()) == "-");
  CHECK(short_number(std::numeric_limits<double>::quiet_NaN()) == "-");
  CHECK(short_percent(0.125) == "12.5%");
  CHECK(short_percent(1) == "100%");
}

TEST_CASE("a scale maps both ways") {
  const Scale y{0, 10, 200, 100};  // upside down, as on a screen
  CHECK(y(0) == 200);
  CHECK(y(10) == 100);
  CHECK(y(2.5) == 175);
  CHECK(y.inverse(y(7.25)) == Approx(7.25));
}

TEST_CASE("ticks of values are round, inside and not too many") {
  CHECK(texts(value_ticks(0, 1200, 4)) == std::vector<std::string>{"0", "500", "1,000"});
  CHECK(texts(value_ticks(0, 1, 3, NumberStyle::percent)) == std::vector<std::string>{"0%", "50%", "100%"});
  CHECK(texts(value_ticks(0, 0.05, 6, NumberStyle::percent)) ==
        std::vector<std::string>{"0%", "1%", "2%", "3%", "4%", "5%"});
  CHECK(texts(value_ticks(0, 0.012, 4, NumberStyle::percent)) ==
        std::vector<std::string>{"0.0%", "0.5%", "1.0%"});
  CHECK(texts(value_ticks(-1, 1, 5)) == std::vector<std::string>{"-1.0", "-0.5", "0.0", "0.5", "1.0"});
  CHECK(value_ticks(1, 1, 5).empty());
  CHECK(value_ticks(2, 1, 5).empty());
  for (double to = 1e-9; to < 1e12; to *= 3.7) {
    for (int most = 2; most < 12; ++most) {
      const auto ticks = value_ticks(0, to, most);
      CAPTURE(to, most);
      CHECK(ticks.size() >= 1);
      CHECK(static_cast<int>(ticks.size()) <= most);
      CHECK(ticks.back().value <= to * (1 + 1e-9));
    }
  }
}

TEST_CASE("an axis that begins at zero ends at a round value") {
  CHECK(round_up(0) == 1);
  CHECK(round_up(-5) == 1);
  CHECK(round_up(1110) == 1200);
  CHECK(round_up(100) == 100);
  CHECK(round_up(8.5) == 10);
  for (double value = 1e-6; value < 1e9; value *= 1.37) {
    CAPTURE(value);
    CHECK(round_up(value) >= value * (1 - 1e-9));
    CHECK(round_up(value) <= value * 1.51);
  }
}

TEST_CASE("ticks of time stand at round local times, and name the day where it begins") {
  const auto ticks = local_time_ticks(0, 4.5 * 3600, kWednesday22, 6);
  CHECK(texts(ticks) == std::vector<std::string>{"22:00", "23:00", "Thu 5", "01:00", "02:00"});
  CHECK(ticks[2].value == 7200);
  CHECK(texts(local_time_ticks(0, 1000, kWednesday22 + 90, 4)) ==
        std::vector<std::string>{"22:05", "22:10", "22:15"});
  CHECK(texts(local_time_ticks(0, 7 * 86400, kWednesday22, 8)).front() == "Thu 5");
  CHECK(texts(local_time_ticks(0, 20, kWednesday22, 6)) ==
        std::vector<std::string>{"22:00", "22:00:05", "22:00:10", "22:00:15", "22:00:20"});
  CHECK(local_time_ticks(5, 5, kWednesday22, 6).empty());
  for (double length = 1; length < 1e9; length *= 2.3) {
    CAPTURE(length);
    CHECK(local_time_ticks(0, length, kWednesday22, 7).size() <= (length < 2e8 ? 7U : 60U));
  }
}

}  // namespace
}  // namespace breakglass::plot
