// A scenario from a stranger, and perhaps a strategy after a byte 30: any bytes are read or refused, with
// problems that can be shown; what is read has a canonical text that reads the same, can be made ready, and
// runs to its horizon in bounded time, to a harm that is a number.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "scenarios/checks.hpp"
#include "scenarios/load.hpp"
#include "scenarios/shipped.hpp"
#include "sim/simulator.hpp"

using namespace breakglass;

namespace {

void run_one(const sim::Scenario& scenario, const std::string& text) {
  scenarios::Problems problems("strategy.json", text);
  auto draft = scenarios::draft_strategy(problems, 0);
  if (!draft) return;
  scenarios::check_fit({draft->root, problems, draft->unread}, draft->params, scenario.params);
  if (!problems.empty()) return;
  const sim::Strategy strategy = sim::prepare(scenario, std::move(draft->params));
  const sim::Outcome outcome = sim::simulate(scenario, strategy, 1, 0);
  for (const double harm : outcome.harm) {
    if (!std::isfinite(harm) || harm < 0) std::abort();
  }
  if (!std::isfinite(outcome.users_harmed) || !std::isfinite(outcome.requests_on_regression)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = input.find('\x1e');
  scenarios::Problems problems("fuzz.json", input.substr(0, cut));
  auto params = scenarios::read_scenario(problems, 0, {});
  if (params.has_value() != problems.empty()) std::abort();
  if (!params) return scenarios::render(problems).empty() ? (std::abort(), 0) : 0;
  const std::string text = scenarios::canonical_text(*params);
  scenarios::Problems again("canonical.json", text);
  auto same = scenarios::read_scenario(again, 0, {});
  if (!same || scenarios::canonical_text(std::move(*same)) != text) std::abort();
  for (const auto& entry : params->traffic.entry) {
    if (entry.trace) return 0;  // its file is not read here
  }
  const sim::Scenario scenario = sim::prepare(std::move(*params));
  if (cut != std::string::npos) return run_one(scenario, input.substr(cut + 1)), 0;
  for (const scenarios::ShippedFile& file : scenarios::shipped_files()) {
    if (file.kind == "strategy") run_one(scenario, std::string(file.text));
  }
  return 0;
}
