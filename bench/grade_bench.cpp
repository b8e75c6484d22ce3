// How soon a decision of the founding drill is graded: the first answer, and the stopping rule. Both are wall
// time on two threads, of each decision from its beginning, and the rows say what they are held to.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <string>
#include <vector>

#include "drill/grade.hpp"
#include "drill/session.hpp"

namespace {

namespace drill = breakglass::drill;
namespace scenarios = breakglass::scenarios;
using Clock = std::chrono::steady_clock;

const drill::Drill& founding() {
  static const drill::Drill played = [] {
    scenarios::Problems problems;
    auto loaded = scenarios::load_scenario("pii-leak", {}, problems);
    drill::Session session;
    session.drill = drill::begin_drill(std::make_shared<const scenarios::LoadedScenario>(std::move(*loaded)),
                                       {.seed = 7});
    std::ifstream lines(BREAKGLASS_SOURCE_DIR "/tests/drill/founding.txt");
    for (std::string line; std::getline(lines, line) && !session.done;) (void)drill::obey(session, line);
    return session.drill;
  }();
  return played;
}

struct Times {
  std::vector<double> first_ms, settled_ms;
};

Times grade_once() {
  Times out;
  drill::GradeOptions how;
  how.threads = 2;
  auto began = Clock::now();
  bool is_first = true;
  how.progress = [&](const drill::GradingProgress& p) {
    const auto now = Clock::now();
    const double ms = std::chrono::duration<double, std::milli>(now - began).count();
    if (is_first) out.first_ms.push_back(ms);
    if (p.settled) {
      out.settled_ms.push_back(ms);
      began = now;
    }
    is_first = p.settled;
    return true;
  };
  (void)drill::grade(founding(), how);
  // What comes before the first decision (which strategy is the reference) is in its time.
  return out;
}

void grade_decision(benchmark::State& state) {
  (void)founding();
  double first = 0, settled = 0, first_decision = 0;
  for (auto _ : state) {
    const Times t = grade_once();
    first_decision = t.first_ms.front();
    first = *std::max_element(t.first_ms.begin() + 1, t.first_ms.end());
    settled = *std::max_element(t.settled_ms.begin(), t.settled_ms.end());
  }
  state.counters["first_answer_ms(target 50)"] = first;
  state.counters["settled_ms(target 500)"] = settled;
  state.counters["first_decision_ms"] = first_decision;
}
BENCHMARK(grade_decision)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
