// The harm ledger: what the emergency is about, counted in the scenario's own unit, one line a source.
//
// A version without the fix harms a request with probability p0 g(t), where g is the growth of harm since the
// page (g(0) = 1); a version with the fix of effectiveness f with (1 - f) p0 g(t). Harm per unit of time
// grows likewise and falls with the share of traffic that the fix serves.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>

#include "sim/kernel/distribution.hpp"
#include "sim/kernel/draw.hpp"
#include "sim/kernel/field.hpp"
#include "sim/kernel/time.hpp"

namespace breakglass::sim {

enum class HarmSource : std::uint8_t { ongoing, residual, regression, deadline, containment };
inline constexpr int kHarmSources = 5;

// How harm grows after the page. With `doubling` it is exponential, 2^(t/doubling), up to the cap; with
// `ramp` it rises in a straight line to the cap at that time; with neither it is constant.
struct GrowthParams {
  Duration doubling{};
  Duration ramp{};
  double cap_factor =
      0;  // g never exceeds it; 0: no cap (allowed for doubling only where the horizon is sane)
};

// A count of something else than the scenario's unit, brought into it: stated, with its reason.
struct ExchangeParams {
  std::string from;  // "refused request"
  double rate = 1;   // scenario units for one of them
  std::string reason;
};

struct OngoingParams {
  std::string service;     // where it happens: the service that the change releases
  double per_request = 0;  // probability that a request does harm, at the page
  double per_second = 0;   // harm per second, at the page
  GrowthParams growth;
  Distribution severity{.kind = Distribution::Kind::fixed, .a = 1, .b = 0, .atoms = {}};
  std::optional<ExchangeParams> exchange;
};

struct RegressionHarmParams {
  Distribution severity{.kind = Distribution::Kind::fixed, .a = 1, .b = 0, .atoms = {}};
  std::optional<ExchangeParams> exchange;
};

struct DeadlineParams {
  Duration at{};
  double lump = 0;        // harm on missing it
  double per_second = 0;  // harm per second from the deadline until the change serves `share`
  double share = 1;
};

struct HarmParams {
  OngoingParams ongoing;
  RegressionHarmParams regression;
  std::optional<DeadlineParams> deadline;
  double rejected = 0;  // harm of one request turned away, there or on the way there (request fidelity)
};

template <class V>
void fields(V& visit, GrowthParams& p) {
  visit(field("doubling", "time in which harm doubles (exponential growth)").as(Unit::duration).above(0),
        p.doubling);
  visit(field("ramp", "time in which harm rises in a straight line to the cap").as(Unit::duration).above(0),
        p.ramp);
  visit(
      field("cap_factor", "the most that harm grows to, as a multiple of what it is at the page").at_least(1),
      p.cap_factor);
}
template <class V>
void fields(V& visit, ExchangeParams& p) {
  visit(field("from", "what is counted").required(), p.from);
  visit(field("rate", "scenario units for one of them").as(Unit::harm).at_least(0).required(), p.rate);
  visit(field("reason", "why this rate").required(), p.reason);
}
template <class V>
void fields(V& visit, OngoingParams& p) {
  visit(field("service", "the service where it happens; the one that the change releases"), p.service);
  visit(field("per_request", "probability that one request does harm, at the page").as(Unit::probability),
        p.per_request);
  visit(field("per_time", "harm per unit of time, at the page, whatever the traffic").as(Unit::per_second),
        p.per_second);
  visit(field("growth", "how harm grows after the page; constant when absent"), p.growth);
  visit(field("severity", "harm of one exposure").as(Unit::harm).at_least(0), p.severity);
  visit(field("exchange", "brings a count of something else into the scenario's unit"), p.exchange);
}
template <class V>
void fields(V& visit, RegressionHarmParams& p) {
  visit(field("severity", "harm of one exposure to the regression").as(Unit::harm).at_least(0), p.severity);
  visit(field("exchange", "brings a count of something else into the scenario's unit"), p.exchange);
}
template <class V>
void fields(V& visit, DeadlineParams& p) {
  visit(field("at", "time from the page to the deadline").as(Unit::duration).required(), p.at);
  visit(field("lump", "harm of missing it at all").as(Unit::harm).at_least(0), p.lump);
  visit(
      field("per_time", "harm per unit of time from the deadline until the change serves the required share")
          .as(Unit::per_second),
      p.per_second);
  visit(field("share", "share of traffic that the change must serve by then").as(Unit::share).above(0),
        p.share);
}
template <class V>
void fields(V& visit, HarmParams& p) {
  visit(field("ongoing", "the harm of not shipping").required(), p.ongoing);
  visit(field("regression", "how harm by a regression is counted"), p.regression);
  visit(field("deadline", "a deadline that cannot be missed"), p.deadline);
  visit(field("rejected",
              "harm of one request that the released service, or one on the way to it, turns away (request "
              "fidelity)")
            .as(Unit::harm)
            .at_least(0),
        p.rejected);
}

// The growth as it is evaluated: what does not depend on the instant, computed once.
struct Growth {
  double per_s = 0;   // exponential: ln 2 / doubling; 0: not exponential
  double ramp_s = 0;  // straight line: how long it rises; 0: not a ramp
  double cap_factor = 1;
  double cap_at_s = 0;     // exponential: when the cap is met
  double until_cap_s = 0;  // exponential: the integral of g up to there
};
Growth prepare_growth(const GrowthParams& params);

// g(t): the growth of harm since the page, 1 at t = 0, never above the cap.
double growth_factor(const Growth& growth, Time t);
// The integral of g over [0, t), in seconds.
double growth_integral(const Growth& growth, Time t);

// What one exposure weighs on average: the mean severity times the exchange rate.
double mean_weight(const Distribution& severity, const std::optional<ExchangeParams>& exchange);

// The summed severity of `exposures` exposures (a whole number). Drawn one by one up to kSumOneByOne, by a
// lognormal with the sum's mean and variance beyond (Fenton and Wilkinson's approximation; L. F. Fenton, IRE
// Trans. Communications Systems 8(1), 1960). `at` addresses the draws; its block numbers the exposures.
inline constexpr int kSumOneByOne = 64;
double severity_sum(const Distribution& severity, double exposures, const Address& at);

struct LedgerState {
  std::array<double, kHarmSources> harm{};       // in the scenario's unit, by HarmSource
  std::array<double, kHarmSources> exposures{};  // counts behind them, before severity; 0 for deadline
  Time settled_until{};                          // harm is booked up to here
  double harm_rate_at_page = 0;                  // expected harm per second at t = 0, at the mean traffic
  Time last_above{};                             // the last instant at which the rate was 5% of that or more
};

template <class V>
void state_fields(V& visit, LedgerState& s) {
  visit("harm", s.harm);
  visit("exposures", s.exposures);
  visit("settled_until", s.settled_until);
  visit("harm_rate_at_page", s.harm_rate_at_page);
  visit("last_above", s.last_above);
}

inline void book(LedgerState& ledger, HarmSource source, double harm, double exposures) {
  ledger.harm[static_cast<std::size_t>(source)] += harm;
  ledger.exposures[static_cast<std::size_t>(source)] += exposures;
}

double total(const LedgerState& ledger);

}  // namespace breakglass::sim
