// The break-even of a bold and a cautious strategy where it is known in closed form.
//
// An old defect does harm h0 per unit of traffic-time, a bad change h1. A strategy leaves U of traffic-time
// on the old version when the change is good, and B on the change until it is rolled back, at time t, when it
// is bad. With dU = U_cautious - U_bold and dB = B_bold - B_cautious the strategies break even where
//
//     p* = h0 dU / (h0 dU + (h1 - h0) dB)
//
// if the old defect runs on to a common horizon after a rollback; if a certain second fix lands a fixed delay
// after it, h0 (t_bold - t_cautious) joins the denominator. For h0 = 0.1, h1 = 0.5, bold (U, B, t) = (1, 10,
// 11) minutes and cautious (8.75, 0.30, 7): 0.1665 and 0.1533.
#include <catch2/catch.hpp>
#include <string>

#include "analysis/sweep/sweep.hpp"
#include "scenarios/quantity.hpp"
#include "sweep_scenes.hpp"

namespace breakglass::analysis {
namespace {

using testing::Files;

constexpr double kOld = 0.1;
constexpr double kBad = 0.5;

double closed_form(double old, double bad, bool second_fix) {
  const double dU = 8.75 - 1;
  const double dB = 10 - 0.30;
  return old * dU / (old * dU + (bad - old) * dB + (second_fix ? old * (11 - 7) : 0));
}

// Nothing is left to luck but whether the change is bad: harm per time is certain, and of a million requests
// a second one in a hundred does a little harm, which is certain to some 0.04%. The second fix is a
// mitigation that is on 30 minutes after the rollback.
std::string scenario_text(double bad) {
  const double exposures_per_min = 60 * 1e6 * 0.01;
  return R"({
  "id": "break-even", "category": "security", "start": "2026-03-02T00:00:00+00:00", "horizon": "3h",
  "harm_unit": "units",
  "services": [{"id": "api"}],
  "traffic": {"entry": {"api": {"rate": "1000000/s"}}, "routing": "request"},
  "harm": {"ongoing": {"service": "api", "per_time": "0.1/min"},
           "regression": {"severity": )" +
         scenarios::print_number(bad / exposures_per_min) + R"(}},
  "change": {"kind": "prompt", "service": "api", "author_time": "0s",
    "regression": {"probability": 0.2, "severities": [
      {"id": "bad", "share": 1, "harm_per_request": 0.01, "moves": {"errors": 50}}]}},
  "signals": [{"id": "errors", "kind": "ratio", "baseline": 0.01, "window": "1s", "delay": "0s"}],
  "response": {"triage": "0s", "deploy": "1m", "investigate": "0s", "decide": "0s", "find_decider": "0s",
    "muster": "0s", "verify": {"time": "2h", "sensitivity": 0, "again": "2h"}, "postmortem": "1h"},
  "rollback": {"verify": "0s", "verified": {"time": "0s", "fails": 0}, "unverified": {"time": "0s", "fails": 0}},
  "containment": [{"id": "second-fix", "stops": 1, "cost_per_request": 0, "time": "30m"}]
})";
}

std::string strategy_text(const std::string& id, const std::string& steps, const std::string& delay,
                          bool second_fix) {
  return R"({"id": ")" + id + R"(", "decision_maker": true, "staff_rollback": true, "verify_rollback": true,
    "max_attempts": 1, "postmortem": false, )" +
         (second_fix ? R"("containment": "second-fix", )" : "") + R"("steps": )" + steps +
         R"(, "monitoring": {"interval": "1s", "automatic": true, "verdicts": [
      {"signal": "errors", "threshold": {"above": 0.2, "failure_limit": 0, "initial_delay": ")" +
         delay + R"("}}]}})";
}

Sweep sweep_of(const Files& files, double bad, bool second_fix) {
  SweepRequest request;
  request.recipe.scenario = files.write("scenario.json", scenario_text(bad));
  request.recipe.strategies = {
      files.write("bold.json", strategy_text("bold", R"([{"weight": 1, "for": "15m"}])", "10m", second_fix)),
      files.write("cautious.json",
                  strategy_text("cautious",
                                R"([{"weight": 0.05, "for": "7m"}, {"weight": 0.5, "for": "132s"},
                                    {"weight": 1, "for": "15m"}])",
                                "6m", second_fix))};
  scenarios::Problems problems;
  request.grid.push_back(
      *read_parameter("--vary", "/change/regression/probability=0.05:0.35:4", true, problems));
  request.precision = 0.01;
  request.threads = 1;
  check_request(request, problems);
  INFO(scenarios::render(problems));
  REQUIRE(problems.empty());
  const SweepEnding ending = run_sweep(request);
  INFO(ending.problem);
  REQUIRE(ending.sweep);
  return *ending.sweep;
}

void require_break_even(const Sweep& sweep, double truth) {
  REQUIRE(sweep.borders.size() == 1);
  const Border& border = sweep.borders[0].border;
  REQUIRE(sweep.strategies[sweep.borders[0].a] == "bold");
  CAPTURE(border.value, truth, border.ci95.low, border.ci95.high);
  REQUIRE(border.is_precise);
  REQUIRE(border.value == Approx(truth).epsilon(0.01));
}

TEST_CASE("the closed form has its published values") {
  REQUIRE(closed_form(kOld, kBad, false) == Approx(0.1665).margin(5e-5));
  REQUIRE(closed_form(kOld, kBad, true) == Approx(0.1533).margin(5e-5));
}

TEST_CASE("a sweep finds the break-even of the closed form, the old defect running on") {
  const Files files;
  require_break_even(sweep_of(files, kBad, false), closed_form(kOld, kBad, false));
}

TEST_CASE("a sweep finds the break-even of the closed form, a second fix landing after the rollback") {
  const Files files;
  require_break_even(sweep_of(files, kBad, true), closed_form(kOld, kBad, true));
}

TEST_CASE("the break-even tells a bad change that does 2% more harm") {
  const Files files;
  const Sweep sweep = sweep_of(files, 1.02 * kBad, false);
  REQUIRE(sweep.borders.size() == 1);
  const double found = sweep.borders[0].border.value;
  REQUIRE(found != Approx(closed_form(kOld, kBad, false)).epsilon(0.01));
  REQUIRE(found == Approx(closed_form(kOld, 1.02 * kBad, false)).epsilon(0.01));
}

}  // namespace
}  // namespace breakglass::analysis
