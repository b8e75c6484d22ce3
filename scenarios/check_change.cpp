#include <algorithm>
#include <cmath>

#include "scenarios/checks.hpp"
#include "scenarios/quantity.hpp"

namespace breakglass::scenarios {
namespace {

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
  const double doublings = sim::to_seconds(p.horizon) / sim::to_seconds(growth.doubling);
  if (growth.doubling.count() > 0 && growth.cap_factor < 1 && doublings > 60 && check.whole("/horizon")) {
    check.say(where, "harm doubles more than 60 times by the horizon",
              "a cap_factor, a slower doubling or a nearer horizon");
    return;
  }
  if (!check.whole("/horizon") || (grows && growth.ramp.count() > 0 && growth.cap_factor < 1)) return;
  const double most = p.harm.ongoing.per_request * sim::growth_factor(sim::prepare_growth(growth), p.horizon);
  if (grows && most > 1) {
    check.say(where, "the probability that a request does harm grows to " + about(most) + " by the horizon",
              "at most 1: a cap_factor of at most " + about(1 / p.harm.ongoing.per_request));
  }
}

void check_severity(const Checker& check, const std::string& where, const sim::Distribution& severity) {
  if (!(sim::mean(severity) > 0)) check.say(where, "the mean severity is not above 0", "a positive severity");
}

void check_level(const Checker& check, const std::string& where, const sim::MoveParams& move,
                 const sim::SignalParams& signal) {
  if (signal.kind == sim::SignalKind::mean) return;
  const double moved = signal.baseline * move.ratio + move.difference;
  const double most = signal.kind == sim::SignalKind::ratio ? 1 : kMostEvents;
  if (moved >= 0 && moved <= most) return;
  check.say(where, "moves \"" + signal.id + "\" from " + plain(signal.baseline) + " to " + plain(moved),
            "a level from 0 to " + plain(most));
}

void check_onset(const Checker& check, const sim::ScenarioParams& p, std::size_t k) {
  const auto& severity = p.change.regression.severities[k];
  const std::string where = at("/change/regression/severities", k);
  const auto signals = ids_of(p.signals);
  for (const auto& move : severity.moves) {
    std::string there = where + "/moves";
    append_token(there, move.id);
    if (!has(signals, move.id) && check.named("/signals")) check.unknown(there, "signal", move.id, signals);
    for (std::size_t i = 0; i < signals.size(); ++i) {
      if (signals[i] == move.id && check.whole(at("/signals", i)))
        check_level(check, there, move, p.signals[i]);
    }
  }
  if (severity.moves.empty() && severity.harm_per_request == 0 && severity.service_time_ratio == 1) {
    check.say(where, "this severity moves no signal and does no harm", "moves, harm_per_request, or both");
  }
}

}  // namespace

void check_harm(const Checker& check, const sim::ScenarioParams& p) {
  const auto& ongoing = p.harm.ongoing;
  const bool is_released = ongoing.service.empty() || ongoing.service == p.change.service;
  if (!is_released && has(ids_of(p.services), p.change.service)) {
    check.say("/harm/ongoing/service",
              "harm is counted at the service that the change releases, \"" + p.change.service + "\"",
              "\"" + p.change.service + "\", or nothing");
  }
  const bool has_deadline = p.harm.deadline || !check.whole("/harm/deadline");
  if (ongoing.per_request <= 0 && ongoing.per_second <= 0 && !has_deadline) {
    check.say("/harm/ongoing", "nothing does harm: this is no emergency",
              "per_request, per_time, or a deadline");
  }
  check_growth(check, p);
  check_severity(check, "/harm/ongoing/severity", ongoing.severity);
  check_severity(check, "/harm/regression/severity", p.harm.regression.severity);
  if (!p.harm.deadline) return;
  if (p.harm.deadline->lump <= 0 && p.harm.deadline->per_second <= 0) {
    check.say("/harm/deadline", "a deadline that costs nothing", "lump, per_time, or both");
  }
  if (p.harm.deadline->at.count() <= 0) {
    check.say("/harm/deadline/at", "the deadline is over when the page comes: nobody can keep it",
              "a time after the page");
  }
  if (p.harm.deadline->at > p.horizon && check.whole("/horizon")) {
    check.say("/harm/deadline/at", "the deadline comes after the horizon: nobody would see it",
              "at most " + print_duration(p.horizon));
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
}

namespace {

void check_signal(const Checker& check, const sim::ScenarioParams& p, std::size_t i) {
  const auto& signal = p.signals[i];
  const bool is_mean = signal.kind == sim::SignalKind::mean;
  if (is_mean && signal.sd <= 0) {
    check.say(at("/signals", i), "missing field \"sd\": a mean needs the standard deviation of one item",
              "a number above 0");
  }
  if (!is_mean && signal.sd > 0)
    check.say(at("/signals", i, "/sd"), "only a signal of kind \"mean\" has an sd", "no sd");
  const bool is_ratio = signal.kind == sim::SignalKind::ratio;
  if (!is_mean && (signal.baseline < 0 || (is_ratio && signal.baseline > 1))) {
    check.say(at("/signals", i, "/baseline"), "a baseline of " + plain(signal.baseline),
              is_ratio ? "a ratio from 0 to 1" : "0 or more");
  }
  if (!is_mean && signal.drift && signal.drift->sd > 3) {
    check.say(at("/signals", i, "/drift/sd"),
              "a drift of " + plain(signal.drift->sd) + " on a scale of logarithms",
              "at most 3: a factor of 20 either way");
  }
  if (signal.kind == sim::SignalKind::count && signal.baseline > kMostEvents) {
    check.say(at("/signals", i, "/baseline"), "a baseline of " + plain(signal.baseline) + " events an item",
              "at most " + plain(kMostEvents));
  }
}

}  // namespace

void check_signals(const Checker& check, const sim::ScenarioParams& p) {
  if (p.signals.size() > sim::kMaxSignals) {
    check.say("/signals", std::to_string(p.signals.size()) + " signals",
              "at most " + std::to_string(sim::kMaxSignals));
  }
  double pending = 0;
  for (std::size_t i = 0; i < p.signals.size(); ++i) {
    const auto& signal = p.signals[i];
    check_signal(check, p, i);
    if (signal.window + signal.delay >= p.horizon && check.whole("/horizon")) {
      check.say(at("/signals", i, signal.window >= p.horizon ? "/window" : "/delay"),
                "its first measurement is published " + print_duration(signal.window + signal.delay) +
                    " after the first traffic: nobody sees it before the horizon",
                "window and delay below " + print_duration(p.horizon) + " together");
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
