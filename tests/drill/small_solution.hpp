// The exact solution of a small drill by dynamic programming over time, weight and belief, in plain loops.
// Nothing of it is the grader's or the simulator's.
//
// The belief is exact in two numbers: how many requests on the change have failed and how many have not. In a
// period with weight w both are Poisson and independent: w * requests * level, and w * requests * (1 -
// level).
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "tests/drill/small_drill.hpp"

namespace breakglass::tests {

class SmallSolution {
 public:
  explicit SmallSolution(SmallDrill drill)
      : d_(std::move(drill)), steps_(static_cast<int>(d_.weights.size())) {
    const double all = d_.requests * d_.periods, most_fail = all * std::max(d_.bad, d_.clean);
    most_failed_ = static_cast<int>(most_fail + 7 * std::sqrt(most_fail) + 8);
    most_passed_ = static_cast<int>(all + 7 * std::sqrt(all) + 8);
    for (int step = 0; step < steps_; ++step)
      windows_.push_back(readings(d_.weights[at(step)] * d_.requests));
    for (int attempt = 1; attempt >= 0; --attempt) solve(attempt);
  }

  double regression(int failed, int passed) const { return 1 / (1 + std::exp(-log_odds(failed, passed))); }

  // All values are expected harm from that moment to the horizon.
  double value(const SmallState& s) const {
    if (s.period >= d_.periods) return 0;
    const int failed = std::min(s.failed, most_failed_), passed = std::min(s.passed, most_passed_);
    return table(s)[at(failed) * (at(most_passed_) + 1) + at(passed)];
  }
  double ongoing(double periods, double weight = 0) const {
    return d_.harm_per_s * periods * kSeconds * (1 - weight * (1 - d_.half_fix / 2));
  }
  // Of a period at that weight: what goes on, and what a regression does.
  double cost(const SmallState& s, double periods) const {
    const double weight = d_.weights[at(s.step)];
    return ongoing(periods, weight) +
           regression(s.failed, s.passed) * periods * weight * d_.requests * d_.harm_per_request;
  }
  // A period more at this weight, then as is best. Where the requests of the window that is not yet published
  // are known by number, `items`; -1: they are not.
  double hold(const SmallState& s, int items = -1) const {
    double out = cost(s, 1);
    SmallState next = s;
    next.period += 1;
    if (next.period >= d_.periods) return out;
    next.pending = d_.lag > 0 ? s.step : -1;
    const int measured = d_.lag > 0 ? s.pending : s.step;
    if (measured < 0) return out + value(next);
    const double p = regression(s.failed, s.passed);
    for (const Reading& r : items < 0 ? windows_[at(measured)] : readings_of(items)) {
      next.failed = s.failed + r.failed;
      next.passed = s.passed + r.passed;
      out += (p * r.if_bad + (1 - p) * r.if_clean) * value(next);
    }
    return out;
  }
  // Several periods more without anybody deciding, then as is best.
  double hold(const SmallState& s, int periods, int items) const {
    if (periods <= 1) return hold(s, items);
    if (s.period + periods >= d_.periods) return never_decide(s);
    double measured = (periods - (d_.lag > 0 ? 1 : 0)) * d_.weights[at(s.step)] * d_.requests;
    if (d_.lag > 0 && s.pending >= 0) measured += d_.weights[at(s.pending)] * d_.requests;
    SmallState next = s;
    next.period += periods;
    next.pending = d_.lag > 0 ? s.step : -1;
    const double p = regression(s.failed, s.passed);
    double out = cost(s, periods);
    for (const Reading& r : readings(measured)) {
      next.failed = s.failed + r.failed;
      next.passed = s.passed + r.passed;
      out += (p * r.if_bad + (1 - p) * r.if_clean) * value(next);
    }
    return out;
  }
  double roll_back(const SmallState& s) const {
    const double back = sim::to_seconds(kBack) / kSeconds;
    const int again = s.period + d_.rework;
    const double left = std::min(d_.periods, again) - s.period - back;
    return cost(s, back) + ongoing(left) + (s.attempt == 0 && again < d_.periods ? ready(1, again) : 0);
  }
  double promote(SmallState s) const {
    s.step += 1;
    return value(s);
  }
  // This weight to the end.
  double never_decide(const SmallState& s) const { return cost(s, d_.periods - s.period); }
  // A change is ready, and shipped at once or never.
  double ready(int attempt, int period) const {
    return std::min(value({attempt, period, 0, -1, 0, 0}), ongoing(d_.periods - period));
  }
  bool ships(int attempt, int period) const {
    return value({attempt, period, 0, -1, 0, 0}) < ongoing(d_.periods - period);
  }
  // The steps one after another, whatever is seen.
  double on_autopilot(int period) const {
    double out = 0;
    for (int step = 0; period < d_.periods; ++period, step = std::min(step + 1, steps_ - 1))
      out += cost({0, period, step, -1, 0, 0}, 1);
    return out;
  }
  Move best(const SmallState& s) const {
    const double back = roll_back(s), stay = hold(s);
    const double on = s.step + 1 < steps_ ? promote(s) : back + 1 + stay;
    if (on <= stay && on <= back) return Move::promote;
    return back < stay ? Move::roll_back : Move::hold;
  }
  // As is best, where the number of requests in the window on its way is known to whoever looks on, and not
  // to whoever decides.
  double value_given(SmallState s, int items) const {
    if (items < 0) return value(s);
    for (;;) {
      const Move move = best(s);
      if (move == Move::roll_back) return roll_back(s);
      if (move == Move::hold) return hold(s, items);
      s.step += 1;
    }
  }
  // The published counts that make for a belief, by its log odds.
  std::pair<int, int> counts_of(double wanted) const {
    const auto above = std::lower_bound(beliefs_.begin(), beliefs_.end(), wanted,
                                        [](const Belief& b, double l) { return b.log_odds < l; });
    const auto below = above == beliefs_.begin() ? above : above - 1;
    const bool nearer = above == beliefs_.end() || wanted - below->log_odds < above->log_odds - wanted;
    return nearer ? std::pair{below->failed, below->passed} : std::pair{above->failed, above->passed};
  }
  const SmallDrill& drill() const { return d_; }

 private:
  struct Reading {
    int failed = 0, passed = 0;
    double if_clean = 0, if_bad = 0;  // probabilities
  };
  struct Belief {
    double log_odds = 0;
    int failed = 0, passed = 0;
  };
  static constexpr double kSeconds = 600;
  static std::size_t at(int i) { return static_cast<std::size_t>(i); }
  double log_odds(int failed, int passed) const {
    return std::log(d_.prior / (1 - d_.prior)) + failed * std::log(d_.bad / d_.clean) +
           passed * std::log((1 - d_.bad) / (1 - d_.clean));
  }
  static double poisson(int n, double mean) {
    return std::exp(n * std::log(mean) - mean - std::lgamma(n + 1.0));
  }

  std::vector<Reading> readings(double requests) const {
    std::vector<Reading> out;
    const double wide = requests + 8 * std::sqrt(requests) + 10;
    for (int failed = 0; failed <= wide; ++failed) {
      for (int passed = 0; passed <= wide; ++passed) {
        const auto under = [&](double level) {
          return poisson(failed, requests * level) * poisson(passed, requests * (1 - level));
        };
        const Reading r{failed, passed, under(d_.clean), under(d_.bad)};
        if (r.if_clean + r.if_bad > 1e-11) out.push_back(r);
      }
    }
    return out;
  }
  std::vector<Reading> readings_of(int items) const {
    std::vector<Reading> out;
    for (int failed = 0; failed <= items; ++failed) {
      const auto under = [&](double level) {
        return std::exp(std::lgamma(items + 1.0) - std::lgamma(failed + 1.0) -
                        std::lgamma(items - failed + 1.0) + failed * std::log(level) +
                        (items - failed) * std::log1p(-level));
      };
      out.push_back({failed, items - failed, under(d_.clean), under(d_.bad)});
    }
    return out;
  }
  std::vector<double>& table(const SmallState& s) {
    return tables_[at(((s.attempt * d_.periods + s.period) * steps_ + s.step) * (steps_ + 1) + s.pending +
                      1)];
  }
  const std::vector<double>& table(const SmallState& s) const {
    return const_cast<SmallSolution*>(this)->table(s);
  }

  void solve(int attempt) {
    tables_.resize(at(2 * d_.periods * steps_ * (steps_ + 1)));
    for (int period = d_.periods - 1; period >= 0; --period) {
      for (int step = steps_ - 1; step >= 0; --step) {
        for (int pending = -1; pending <= (d_.lag > 0 ? step : -1); ++pending)
          solve_all({attempt, period, step, pending, 0, 0});
      }
    }
    if (attempt > 0) return;
    for (int failed = 0; failed <= most_failed_; ++failed) {
      for (int passed = 0; passed <= most_passed_; ++passed)
        beliefs_.push_back({log_odds(failed, passed), failed, passed});
    }
    std::sort(beliefs_.begin(), beliefs_.end(),
              [](const Belief& a, const Belief& b) { return a.log_odds < b.log_odds; });
  }
  void solve_all(SmallState s) {
    std::vector<double> values(at(most_failed_ + 1) * at(most_passed_ + 1));
    // No more can have been published by then.
    const double seen = d_.requests * s.period, fail = seen * std::max(d_.bad, d_.clean);
    const int last_failed = std::min(most_failed_, static_cast<int>(fail + 7 * std::sqrt(fail) + 8));
    const int last_passed = std::min(most_passed_, static_cast<int>(seen + 7 * std::sqrt(seen) + 8));
    for (s.failed = 0; s.failed <= last_failed; ++s.failed) {
      for (s.passed = 0; s.passed <= last_passed; ++s.passed) {
        double best = std::min(hold(s), roll_back(s));
        if (s.step + 1 < steps_) best = std::min(best, promote(s));
        values[at(s.failed) * at(most_passed_ + 1) + at(s.passed)] = best;
      }
    }
    s.failed = s.passed = 0;
    table(s) = std::move(values);
  }

  SmallDrill d_;
  int steps_;
  int most_failed_ = 0, most_passed_ = 0;
  std::vector<std::vector<Reading>> windows_;
  std::vector<std::vector<double>> tables_;
  std::vector<Belief> beliefs_;
};

}  // namespace breakglass::tests
