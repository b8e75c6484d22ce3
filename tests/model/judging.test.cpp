// A judge's runs in time: which points each run sees, and what its score comes to.
#include "sim/model/monitor/judging.hpp"

#include <catch2/catch.hpp>

#include "sim/model/monitor.hpp"

using namespace breakglass;
using sim::Duration;
using sim::Grade;
using sim::NoData;
using sim::Outlook;
using sim::Time;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

sim::JudgeParams judging(Duration lifetime, Duration interval = {}, Duration warm_up = {},
                         Duration lookback = {}) {
  sim::JudgeParams p;
  p.metrics.resize(1);
  p.lifetime = lifetime;
  p.interval = interval;
  p.warm_up = warm_up;
  p.lookback = lookback;
  return p;
}

constexpr Duration kWindow = minutes{1};
const Time kBegan = hours{5} + seconds{7};

// A judge of one metric whose windows, from its begin on, show these values of the change; the stable arm
// always shows 0.
class Told {
 public:
  explicit Told(sim::JudgeParams p) : params_(std::move(p)) {
    place_.capacity = static_cast<std::size_t>(sim::points_of(params_, kWindow));
    state_.points.resize(place_.capacity);
  }
  void windows(int count, double value, double items = 10) {
    for (int i = 0; i < count; ++i, from_ += kWindow) {
      sim::keep_point(params_, place_, kBegan, kWindow, from_, {items, value * items, 10, 0}, state_);
    }
  }
  // At the end of the last window.
  sim::Graded run() const { return sim::grade_points(params_, 0, place_, kBegan, from_, state_); }
  sim::JudgeParams& params() { return params_; }

 private:
  sim::JudgeParams params_;
  sim::JudgedMetric place_{.signal = 0};
  sim::JudgingState state_;
  Time from_ = kBegan;
};

sim::Score scored(double value) { return {value, false, false}; }
constexpr sim::Score kWithoutData{0, false, true};

// The outlook after one run for each score.
Outlook after(const sim::JudgeParams& p, const std::vector<sim::Score>& scores,
              NoData no_data = NoData::error) {
  sim::VerdictState state;
  Time now = kBegan + p.warm_up;
  for (const sim::Score& score : scores) {
    REQUIRE(state.outlook == Outlook::running);
    now += sim::interval_of(p);
    sim::end_run(p, no_data, score, now, state);
    CHECK(state.last_measure == score.value);
    CHECK(state.next_look == now + sim::interval_of(p));
  }
  CHECK(state.measurements == static_cast<int>(scores.size()));
  return state.outlook;
}

}  // namespace

TEST_CASE("The runs of a judge are its lifetime over its interval, and one where there is none") {
  CHECK(sim::runs_of(judging(hours{3})) == 1);
  CHECK(sim::runs_of(judging(hours{3}, hours{1})) == 3);
  CHECK(sim::runs_of(judging(hours{3}, minutes{50})) == 3);
  CHECK(sim::runs_of(judging(hours{3}, hours{3})) == 1);
  CHECK(sim::runs_of(judging(hours{3}, hours{4})) == 1);
  CHECK(sim::interval_of(judging(hours{3}, hours{4})) == hours{3});
  CHECK(sim::length_of(judging(hours{3}, minutes{50}, minutes{10})) == minutes{160});
}

TEST_CASE("A run sees as many windows as fit into its growing or sliding sight") {
  CHECK(sim::points_of(judging(hours{3}, hours{1}), kWindow) == 180);
  CHECK(sim::points_of(judging(hours{3}, minutes{50}, minutes{10}), kWindow) == 150);
  CHECK(sim::points_of(judging(hours{3}, hours{1}, minutes{10}, minutes{45}), kWindow) == 45);
  CHECK(sim::points_of(judging(hours{3}, hours{1}, minutes{10}, hours{9}), kWindow) == 190);
  CHECK(sim::points_of(judging(minutes{10}), minutes{3}) == 3);
}

TEST_CASE("Looks come at the warm-up and every interval after it, and end with the last run") {
  sim::VerdictParams v;
  v.judge = judging(minutes{30}, minutes{10}, minutes{5});
  CHECK(sim::first_look(v, kBegan, minutes{1}) == kBegan + minutes{15});
  CHECK(sim::own_interval(v, minutes{1}) == minutes{10});
  sim::VerdictState state;
  state.began = kBegan;
  state.next_look = kBegan + minutes{15};
  const auto next = [&](Duration t) { return sim::look_after(v, state, minutes{1}, kBegan + t); };
  CHECK(next(minutes{3}) == kBegan + minutes{15});
  CHECK(next(minutes{15}) == kBegan + minutes{25});
  CHECK(next(minutes{26}) == kBegan + minutes{35});
  CHECK(next(minutes{35}) == sim::kNever);
  v.judge->interval = {};
  CHECK(sim::first_look(v, kBegan, minutes{1}) == kBegan + minutes{35});
}

TEST_CASE("A growing judge sees everything since its warm-up and nothing before") {
  Told told(judging(minutes{40}, minutes{20}, minutes{10}));
  told.windows(10, -100);  // warm-up
  told.windows(20, 5);
  CHECK(told.run().grade == Grade::high);
  CHECK(told.run().points == std::array<std::int32_t, 2>{20, 20});
  CHECK(told.run().means[0] == 5);
  told.windows(20, 7);
  CHECK(told.run().points == std::array<std::int32_t, 2>{40, 40});
  CHECK(told.run().means[0] == 6);
  // The twin: without a warm-up the same first windows count.
  Told cold(judging(minutes{55}, minutes{35}));
  cold.windows(15, -100);
  cold.windows(20, 5);
  CHECK(cold.run().grade == Grade::pass);
}

TEST_CASE("A sliding judge sees the last windows only, those of the warm-up too") {
  Told told(judging(minutes{60}, minutes{20}, minutes{10}, minutes{15}));
  told.windows(15, 100);
  CHECK(told.run().grade == Grade::high);
  CHECK(told.run().points == std::array<std::int32_t, 2>{15, 15});
  told.windows(14, 0);
  CHECK(told.run().grade == Grade::pass);  // one of fifteen is left
  told.windows(20, 100);
  CHECK(told.run().grade == Grade::high);
  CHECK(told.run().points == std::array<std::int32_t, 2>{15, 15});
}

TEST_CASE("A window without items is no point, or 0 where it is replaced") {
  Told told(judging(minutes{40}, minutes{20}));
  told.windows(18, 5);
  told.windows(2, 0, 0);
  const sim::Graded removed = told.run();
  CHECK(removed.grade == Grade::high);
  CHECK(removed.points == std::array<std::int32_t, 2>{18, 20});
  CHECK(removed.means[0] == 5);
  told.params().metrics[0].nan_strategy = sim::NanStrategy::replace;
  const sim::Graded replaced = told.run();
  CHECK(replaced.points == std::array<std::int32_t, 2>{20, 20});
  CHECK(replaced.means[0] == 4.5);
}

TEST_CASE("Every run must be above marginal, and the last one reach pass as well") {
  const sim::JudgeParams p = judging(hours{3}, hours{1});
  CHECK(after(p, {scored(75.01)}) == Outlook::running);
  CHECK(after(p, {scored(75)}) == Outlook::failed);
  CHECK(after(p, {scored(100), scored(74.99)}) == Outlook::failed);
  CHECK(after(p, {scored(76), scored(76)}) == Outlook::running);
  CHECK(after(p, {scored(76), scored(76), scored(95)}) == Outlook::passed);
  CHECK(after(p, {scored(76), scored(76), scored(94.99)}) == Outlook::failed);  // no third way
  CHECK(after(p, {scored(100), scored(100), scored(75)}) == Outlook::failed);
  sim::JudgeParams equal = judging(hours{1});
  equal.marginal = equal.pass = 80;
  CHECK(after(equal, {scored(80)}) == Outlook::failed);  // it reaches pass, and is not above marginal
  CHECK(after(equal, {scored(80.01)}) == Outlook::passed);
  CHECK(after(equal, {{0, true, false}}) == Outlook::failed);
}

TEST_CASE("A run without a score counts as the verdict's policy says") {
  const sim::JudgeParams p = judging(hours{2}, hours{1});
  CHECK(after(p, {kWithoutData}, NoData::error) == Outlook::error);
  CHECK(after(p, {kWithoutData}, NoData::fail) == Outlook::failed);
  CHECK(after(p, {kWithoutData}, NoData::pass) == Outlook::running);
  CHECK(after(p, {kWithoutData}, NoData::ignore) == Outlook::running);
  const auto last = [&p](NoData policy) { return after(p, {scored(100), kWithoutData}, policy); };
  CHECK(last(NoData::error) == Outlook::error);
  CHECK(last(NoData::fail) == Outlook::failed);
  CHECK(last(NoData::pass) == Outlook::passed);
  CHECK(last(NoData::ignore) == Outlook::inconclusive);
  CHECK(after(p, {kWithoutData, scored(100)}, NoData::ignore) == Outlook::passed);
}
