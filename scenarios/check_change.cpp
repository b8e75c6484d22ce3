#include <cmath>

#include "scenarios/checks.hpp"

namespace breakglass::scenarios {
namespace {

std::string plain(double value) { return make_number(value).text; }

void check_growth(const Checker& check, const sim::ScenarioParams& p) {
  const auto& growth = p.harm.ongoing.growth;
  const std::string where = "/harm/ongoing/growth";
  if (growth.doubling.count() > 0 && growth.ramp.count() > 0) {
    check.say(where, "harm either doubles or ramps", "doubling or ramp");
  }
  const bool grows = growth.doubling.count() > 0 || growth.ramp.count() > 0;
  if (growth.cap_factor >= 1 && !grows)
    check.say(where, "a cap without growth", "doubling or ramp beside it");
  if (growth.ramp.count() > 0 && growth.cap_factor < 1) {
    check.say(where, "missing field \"cap_factor\": what the ramp rises to", "a multiple such as 10");
  }
  if (growth.doubling.count() > 0 && growth.cap_factor < 1 &&
      sim::to_seconds(p.horizon) / sim::to_seconds(growth.doubling) > 60) {
    check.say(where, "harm doubles more than 60 times by the horizon",
              "a cap_factor, a slower doubling or a nearer horizon");
  }
}

void check_severity(const Checker& check, const std::string& where, const sim::Distribution& severity) {
  if (!(sim::mean(severity) > 0)) check.say(where, "the mean severity is not above 0", "a positive severity");
}

void check_onset(const Checker& check, const sim::ScenarioParams& p, std::size_t k) {
  const auto& severity = p.change.regression.severities[k];
  const std::string where = at("/change/regression/severities", k);
  const auto signals = ids_of(p.signals);
  for (const auto& move : severity.moves) {
    std::string there = where + "/moves";
    append_token(there, move.id);
    if (!has(signals, move.id)) {
      check.unknown(there, "signal", move.id, signals);
      continue;
    }
    for (const auto& signal : p.signals) {
      if (signal.id != move.id || signal.kind == sim::SignalKind::mean) continue;
      const double moved = signal.baseline * move.ratio + move.difference;
      if (moved < 0 || (signal.kind == sim::SignalKind::ratio && moved > 1)) {
        check.say(there, "moves \"" + signal.id + "\" from " + plain(signal.baseline) + " to " + plain(moved),
                  signal.kind == sim::SignalKind::ratio ? "a level from 0 to 1" : "a level of 0 or more");
      }
    }
  }
  if (severity.moves.empty() && severity.harm_per_request == 0) {
    check.say(where, "this severity moves no signal and does no harm", "moves, harm_per_request, or both");
  }
}

}  // namespace

void check_harm(const Checker& check, const sim::ScenarioParams& p) {
  const auto& ongoing = p.harm.ongoing;
  if (!ongoing.service.empty() && ongoing.service != p.change.service) {
    check.say("/harm/ongoing/service",
              "harm is counted at the service that the change releases, \"" + p.change.service + "\"",
              "\"" + p.change.service + "\", or nothing");
  }
  if (ongoing.per_request <= 0 && ongoing.per_second <= 0 && !p.harm.deadline) {
    check.say("/harm/ongoing", "nothing does harm: this is no emergency",
              "per_request, per_time, or a deadline");
  }
  check_growth(check, p);
  check_severity(check, "/harm/ongoing/severity", ongoing.severity);
  check_severity(check, "/harm/regression/severity", p.harm.regression.severity);
  if (p.harm.deadline && p.harm.deadline->lump <= 0 && p.harm.deadline->per_second <= 0) {
    check.say("/harm/deadline", "a deadline that costs nothing", "lump, per_time, or both");
  }
}

void check_change(const Checker& check, const sim::ScenarioParams& p) {
  const auto& regression = p.change.regression;
  if (regression.probability > 0 && regression.severities.empty()) {
    check.say("/change/regression", "missing field \"severities\": what a regression does",
              "a list of one to five severities");
  }
  if (regression.severities.size() >= sim::kMaxHypotheses) {
    check.say("/change/regression/severities", std::to_string(regression.severities.size()) + " severities",
              "at most " + std::to_string(sim::kMaxHypotheses - 1));
  }
  double sum = 0;
  for (const auto& severity : regression.severities) sum += severity.share;
  if (!regression.severities.empty() && !sums_to_one(sum)) {
    check.say("/change/regression/severities", "the shares of the severities sum to " + plain(sum),
              "a sum of 1");
  }
  for (std::size_t k = 0; k < regression.severities.size(); ++k) check_onset(check, p, k);
  const double f = sim::mean(p.change.fix_effectiveness);
  if (f < 0 || f > 1)
    check.say("/change/fix_effectiveness", "a mean effectiveness of " + plain(f), "a share from 0 to 1");
}

void check_signals(const Checker& check, const sim::ScenarioParams& p) {
  if (p.signals.size() > sim::kMaxSignals) {
    check.say("/signals", std::to_string(p.signals.size()) + " signals",
              "at most " + std::to_string(sim::kMaxSignals));
  }
  double pending = 0;
  for (std::size_t i = 0; i < p.signals.size(); ++i) {
    const auto& signal = p.signals[i];
    if (signal.kind == sim::SignalKind::mean && signal.sd <= 0) {
      check.say(at("/signals", i), "missing field \"sd\": a mean needs the standard deviation of one item",
                "a number above 0");
    }
    if (signal.kind != sim::SignalKind::mean && signal.sd > 0) {
      check.say(at("/signals", i, "/sd"), "only a signal of kind \"mean\" has an sd", "no sd");
    }
    const bool above_one = signal.kind == sim::SignalKind::ratio && signal.baseline > 1;
    if (signal.kind != sim::SignalKind::mean && (signal.baseline < 0 || above_one)) {
      check.say(at("/signals", i, "/baseline"), "a baseline of " + plain(signal.baseline),
                signal.kind == sim::SignalKind::ratio ? "a ratio from 0 to 1" : "0 or more");
    }
    if (signal.window.count() > 0)
      pending += std::ceil(sim::to_seconds(signal.delay) / sim::to_seconds(signal.window)) + 1;
  }
  if (pending > sim::kMaxPending) {
    check.say(
        "/signals", "the pipelines hold " + plain(pending) + " measurements at once",
        "at most " + std::to_string(sim::kMaxPending) + " (the sum of delay / window + 1 over the signals)",
        "lengthen the windows or shorten the delays");
  }
}

}  // namespace breakglass::scenarios
