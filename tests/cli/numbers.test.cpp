#include "cli/numbers.hpp"

#include <catch2/catch.hpp>

namespace breakglass::cli {
namespace {

TEST_CASE("amounts keep four digits, commas and no false precision") {
  CHECK(amount(0) == "0");
  CHECK(amount(12) == "12");
  CHECK(amount(1.5) == "1.500");
  CHECK(amount(0.034121) == "0.03412");
  CHECK(amount(29'313.4) == "29,310");
  CHECK(amount(1'234'567) == "1,235,000");
  CHECK(amount(9999.6) == "10,000");
  CHECK(amount(999'950) == "1,000,000");
  CHECK(amount(-1234) == "-1,234");
  CHECK(amount(-0.0) == "0");
  CHECK(amount(1.2345e18) == "1.234e+18");
  CHECK(amount(0.00001234) == "1.234e-05");
  CHECK(amount(3.14159, 2) == "3.1");
}

TEST_CASE("differences carry their sign, and absent intervals are said to be absent") {
  CHECK(signed_amount(25'880) == "+25,880");
  CHECK(signed_amount(-3) == "-3");
  CHECK(signed_amount(0) == "0");
  CHECK(range(analysis::Interval{3380, 3440}) == "3,380 to 3,440");
  CHECK(range(analysis::Interval{3.38e7, 3.44e7}, 1e6) == "33.80 to 34.40");
  CHECK(signed_range(analysis::Interval{-3, 27}) == "-3 to +27");
  CHECK(range(std::nullopt) == "none");
}

TEST_CASE("a percentage is 0 or 100 only when it is exactly that") {
  CHECK(percent(0) == "0%");
  CHECK(percent(1) == "100%");
  CHECK(percent(0.198) == "19.8%");
  CHECK(percent(0.0004) == "0.04%");
  CHECK(percent(0.00001) == "<0.01%");
  CHECK(percent(0.99999) == ">99.99%");
  CHECK(percent(0.9996) == "99.96%");
}

TEST_CASE("a percentage and its interval have the same number of decimals") {
  CHECK(percent_with_interval({198, 1000, 0.198, {0.1745, 0.2238}}) == "19.8% (17.4-22.4)");
  CHECK(percent_with_interval({0, 1000, 0, {0, 0.0038}}) == "0% (0-0.38)");
  CHECK(percent_with_interval({989, 1000, 0.989, {0.98, 0.9908}}) == "98.9% (98.0-99.1)");
  CHECK(percent_with_interval({1, 10, 0.1, {0.0002, 0.4}}) == "10.0% (<0.1-40.0)");
}

TEST_CASE("times are rounded to what is shown of them") {
  CHECK(hours_minutes(0) == "0:00");
  CHECK(hours_minutes(7200) == "2:00");
  CHECK(hours_minutes(6210) == "1:44");
  CHECK(hours_minutes(547'800) == "152:10");
  CHECK(clock_text(451) == "0:07:31");
  CHECK(clock_text(604'740.9) == "167:59:00");
  CHECK(in_words(12.4) == "12 s");
  CHECK(in_words(59.6) == "1 min");
  CHECK(in_words(2880) == "48 min");
  CHECK(in_words(6180) == "1 h 43 min");
  CHECK(in_words(3599) == "1 h");
  CHECK(in_words(604'800) == "7 d");
  CHECK(in_words(-5) == "0 s");
}

TEST_CASE("whole counts are grouped in threes") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1,000");
  CHECK(grouped(UINT64_MAX) == "18,446,744,073,709,551,615");
}

}  // namespace
}  // namespace breakglass::cli
