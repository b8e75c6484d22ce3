#include "sim/model/calendar.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenes.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

sim::Calendar mon_to_thu() {
  sim::Calendar c;
  c.has_window = true;
  c.weekdays = *sim::parse_weekdays("Mon-Thu");
  c.from_s = 10 * 3600;
  c.to_s = 15 * 3600;
  return c;
}

sim::CivilClock starting(const std::string& start) { return *sim::parse_rfc3339(start); }

// The start that the calendar allows, as hours since the page.
double opens_after(const sim::Calendar& c, const std::string& start, Time now = Time{}, bool window = true,
                   bool freeze = true) {
  return sim::to_seconds(sim::next_start(c, starting(start), now, window, freeze)) / 3600;
}

sim::Calendar::Freeze days(const std::string& from, const std::string& to) {
  return {sim::day_from_date(*sim::parse_date(from)), sim::day_from_date(*sim::parse_date(to))};
}

}  // namespace

TEST_CASE("Weekdays are read as names, lists and ranges, also across the week's end") {
  CHECK(sim::parse_weekdays("Mon-Thu") == 0b0001111);
  CHECK(sim::parse_weekdays("Mon,Wed,Fri") == 0b0010101);
  CHECK(sim::parse_weekdays("Mon, Wed - Thu") == 0b0001101);
  CHECK(sim::parse_weekdays("Sat-Mon") == 0b1100001);
  CHECK(sim::parse_weekdays("Sun") == 0b1000000);
  CHECK(sim::parse_weekdays("Mon-Sun") == 0b1111111);
  for (const char* wrong :
       {"", "Mo", "Mon-", "-Mon", "Mon,,Tue", "Mon;Tue", "mon", "Mon-Tue-Wed", "Mon Tue"}) {
    INFO(wrong);
    CHECK_FALSE(sim::parse_weekdays(wrong));
  }
}

TEST_CASE("Within the window a rollout starts at once; the closing minute is out") {
  // 2026-03-02 is a Monday.
  CHECK(opens_after(mon_to_thu(), "2026-03-02T12:00:00+00:00") == 0);
  CHECK(opens_after(mon_to_thu(), "2026-03-02T10:00:00+00:00") == 0);
  CHECK(opens_after(mon_to_thu(), "2026-03-02T14:59:59+00:00") == 0);
  CHECK(opens_after(mon_to_thu(), "2026-03-02T15:00:00+00:00") == 19);  // Tuesday 10:00
  CHECK(opens_after(mon_to_thu(), "2026-03-02T09:30:00+00:00") == 0.5);
  CHECK(opens_after(mon_to_thu(), "2026-03-02T09:30:00+00:00", hours{3}) == 3);
}

TEST_CASE("After Thursday's window comes Monday's") {
  CHECK(opens_after(mon_to_thu(), "2026-03-05T16:00:00+00:00") == 8 + 3 * 24 + 10);
  CHECK(opens_after(mon_to_thu(), "2026-03-06T12:00:00+00:00") == 12 + 2 * 24 + 10);
}

TEST_CASE("The window is local: the offset of the start moves it") {
  CHECK(opens_after(mon_to_thu(), "2026-03-04T22:00:00+05:30") == 12);
  // The same instant, seen in London: 16:30 the same Wednesday.
  CHECK(opens_after(mon_to_thu(), "2026-03-04T16:30:00+00:00") == 17.5);
  // Sunday evening in New York is Monday in UTC.
  CHECK(opens_after(mon_to_thu(), "2026-03-01T21:00:00-05:00") == 13);
}

TEST_CASE("Freezes close whole local days, and a kept freeze alone waits for midnight") {
  sim::Calendar c = mon_to_thu();
  c.freezes = {days("2026-03-03", "2026-03-04"), days("2026-03-09", "2026-03-09")};
  CHECK(opens_after(c, "2026-03-02T16:00:00+00:00") == 8 + 48 + 10);              // Thursday 10:00
  CHECK(opens_after(c, "2026-03-05T16:00:00+00:00") == 8 + 4 * 24 + 10);          // Tuesday the 10th
  CHECK(opens_after(c, "2026-03-03T12:00:00+00:00", Time{}, false, true) == 36);  // the 5th, 00:00
  CHECK(opens_after(c, "2026-03-03T12:00:00+00:00", Time{}, true, false) == 0);
  CHECK(opens_after(c, "2026-03-03T12:00:00+00:00", Time{}, false, false) == 0);
  CHECK(sim::in_freeze(c, starting("2026-03-03T00:00:00+00:00"), Time{}));
  CHECK(sim::in_freeze(c, starting("2026-03-02T23:00:00+00:00"), hours{1}));
  CHECK_FALSE(sim::in_freeze(c, starting("2026-03-02T23:00:00+00:00"), seconds{3599}));
  CHECK_FALSE(sim::in_freeze(c, starting("2026-03-05T00:00:00+00:00"), Time{}));
}

TEST_CASE("A calendar without a day in ten years never opens") {
  sim::Calendar c = mon_to_thu();
  c.freezes = {days("2026-01-01", "2040-01-01")};
  CHECK(sim::next_start(c, starting("2026-03-02T12:00:00+00:00"), Time{}, true, true) == sim::kNever);
  c = mon_to_thu();
  c.weekdays = 0;
  CHECK(sim::next_start(c, starting("2026-03-02T12:00:00+00:00"), Time{}, true, true) == sim::kNever);
  CHECK(sim::next_start(c, starting("2026-03-02T12:00:00+00:00"), Time{}, false, true) == Time{});
}

TEST_CASE("A rollout that keeps the window first serves traffic in it; one that bypasses it does not wait") {
  sim::ScenarioParams p = scene(hours{24 * 7});
  p.start = "2026-03-06T12:00:00+00:00";  // a Friday
  p.traffic.counts = sim::Counts::expected;
  p.gates.change_window = sim::WindowParams{};
  sim::StrategyParams s = rollout({{1, hours{1}}});
  CHECK(Prepared(p, s).outcome(1, 0).shipped_at == hours{70} + seconds{100});  // Monday 10:00, and deploying
  s.bypasses = {{"change-window", "the harm goes on all weekend", sim::Compensation::on_call_cover}};
  CHECK(Prepared(p, s).outcome(1, 0).shipped_at == seconds{1000});
}
