// What a frame of the drill costs, without the driver: the busiest state that there is (the sixth day of a
// week, every chart full, at 3600x), drawn by the null backend. CPU time of the thread. Targets (the issue
// that asked for the window): median below 4 ms, 99th percentile below 8 ms at 1280x720.
#include <benchmark/benchmark.h>

#include <sys/resource.h>

#include <algorithm>
#include <ctime>
#include <stdexcept>
#include <vector>

#include "viz/drill/room.hpp"
#include "viz/drill/staged.hpp"
#include "viz/headless.hpp"

namespace breakglass::viz {
namespace {

double cpu_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return 1e3 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
}

double megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

// Six days at 10%: three charts with a reading a minute or five, both arms.
std::unique_ptr<DrillSeat> busy_week(const char* until) {
  auto lines = founding_lines("verify-rollback");
  for (const char* line : {"rule emergency", "schedule 1%/5m 10%/6d 100%/1h", "wait change", "ask-approval",
                           "wait approval", "ship", "wait traffic", "wait 5m", "promote", until})
    lines.emplace_back(line);
  std::string problem;
  auto seat = stage_drill("pii-leak", 7, lines, problem);
  if (seat == nullptr) throw std::runtime_error(problem);
  return seat;
}

struct Costs {
  std::vector<double> frame_ms;
};

// One frame as the window makes it, at 3600x whatever happens.
void one_frame(Headless& headless, DrillSeat& seat, DrillDesk& desk, Costs& costs) {
  seat.screen.pace.paused = false;
  seat.screen.pace.speed = 3600;
  const double begin = cpu_ms();
  let_pass(seat, 1.0 / 60);
  Commands commands;
  headless.frame([&] { draw_drill_room(headless.look(), seat.screen, desk, commands); });
  costs.frame_ms.push_back(cpu_ms() - begin);
}

double quantile(std::vector<double> values, double q) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(q * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

void frames_of_a_week(benchmark::State& state) {
  const auto seat = busy_week("wait 120h");
  Headless headless(1280, 720, 1);
  DrillDesk desk;
  Costs costs;
  for (int i = 0; i < 10; ++i) one_frame(headless, *seat, desk, costs);
  costs.frame_ms.clear();
  for (auto _ : state) one_frame(headless, *seat, desk, costs);
  state.counters["median_ms"] = quantile(costs.frame_ms, 0.5);
  state.counters["p99_ms"] = quantile(costs.frame_ms, 0.99);
  state.counters["target_median_ms"] = 4;
  state.counters["target_p99_ms"] = 8;
}
BENCHMARK(frames_of_a_week)->Iterations(1500)->Unit(benchmark::kMillisecond);

// An hour of play at 3600x is 216,000 frames: whatever a frame leaves behind shows in the memory.
void memory_of_an_hour(benchmark::State& state) {
  const auto seat = busy_week("wait 1h");
  Headless headless(1280, 720, 1);
  DrillDesk desk;
  Costs costs;
  for (int i = 0; i < 12000; ++i) one_frame(headless, *seat, desk, costs);  // past the end of the week
  const double before = megabytes();
  for (auto _ : state) {
    costs.frame_ms.clear();
    one_frame(headless, *seat, desk, costs);
  }
  state.counters["grown_MB"] = megabytes() - before;
}
BENCHMARK(memory_of_an_hour)->Iterations(216000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace breakglass::viz
