#include "drill/memory.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "drill/moments.hpp"
#include "drill/tasks.hpp"
#include "scenarios/quantity.hpp"

namespace breakglass::drill {
namespace {

constexpr double kDaysOfMonth = 30;
constexpr double kMostMissed = 0.99;  // as the scenario reader says of `miss`

double with_odds(double p, double factor) { return p * factor / (1 - p + p * factor); }

std::string set(const std::string& pointer, double value) {
  return pointer + "=" + scenarios::print_number(value);
}

// log P(k) of a Poisson number, without the factorial, which all meanings share.
double log_poisson(double mean, int k) {
  if (mean <= 0) return k == 0 ? 0 : -INFINITY;
  return k * std::log(mean) - mean;
}

struct Rates {
  double real = 0, called = 0;  // means: real ones, and false ones that are called
};

std::array<Rates, kMeanings> rates_of(const scenarios::RatesParams& p, double real_per_month, double months) {
  const double real = months * real_per_month;
  const double high = months * p.false_per_month * p.passes_high;
  const double low = months * p.false_per_month * p.passes_low;
  return {Rates{real, high}, Rates{real, low}, Rates{real * p.upstream, high}};
}

Beliefs normalised(const scenarios::RatesParams& p, const Beliefs& log_likelihood) {
  const Beliefs prior{1 - p.bar - p.upstream_share, p.bar, p.upstream_share};
  const double most = *std::max_element(log_likelihood.begin(), log_likelihood.end());
  if (!std::isfinite(most)) return prior;  // no meaning allows it: nothing is learned
  Beliefs out{};
  double sum = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = prior[i] * std::exp(log_likelihood[i] - most);
    sum += out[i];
  }
  if (!(sum > 0)) return prior;
  for (double& belief : out) belief /= sum;
  return out;
}

}  // namespace

int needless_bypasses(const Drill& drill) {
  const sim::Time shipped = first_traffic(drill);
  if (shipped == sim::kNever) return 0;
  const Drill at = as_of(drill, shipped);
  const auto& bypasses = at.seat.params.bypasses;
  if (drill.scenario().params.nature == sim::Nature::decoy) return static_cast<int>(bypasses.size());
  return static_cast<int>(std::count_if(bypasses.begin(), bypasses.end(), [&](const sim::BypassParams& b) {
    return is_needless(at.scenario().params, b.id);
  }));
}

Card card_of(const Drill& drill, std::int64_t week) {
  Card card;
  card.scenario = drill.scenario().params.id;
  card.week = week;
  const Notes& notes = drill.notes;
  card.called = !notes.refused && notes.category && *notes.category != sim::Category::none;
  card.real = drill.scenario().params.nature != sim::Nature::decoy;
  card.shipped = first_traffic(drill) != sim::kNever;
  card.needless = needless_bypasses(drill);
  return card;
}

std::int64_t needless_so_far(const std::vector<Card>& cards) {
  std::int64_t sum = 0;
  for (const Card& card : cards) sum += card.needless;
  return sum;
}

std::vector<std::string> eroded(const scenarios::SeasonParams& season, const sim::ScenarioParams& scenario,
                                std::int64_t needless) {
  std::vector<std::string> out;
  const auto factor = [&](double each) { return scenarios::erosion_factor(each, needless); };
  if (needless <= 0) return out;
  if (const double haste = factor(season.erosion.haste_odds); haste != 1)
    out.push_back(set("/change/regression/haste_odds", scenario.change.regression.haste_odds * haste));
  for (std::size_t i = 0; i < scenario.people.size(); ++i) {
    const sim::PersonParams& person = scenario.people[i];
    const std::string at = "/people/" + std::to_string(i);
    const auto move = [&](const char* member, double p, double f, double most) {
      if (p > 0 && f != 1) out.push_back(set(at + member, std::min(most, with_odds(p, f))));
    };
    move("/miss", person.miss, factor(season.erosion.miss_odds), kMostMissed);
    move("/catches", person.catches, factor(season.erosion.review_odds), 1);
    move("/sees_through", person.sees_through, factor(season.erosion.review_odds), 1);
  }
  return out;
}

Called called_in(const scenarios::SeasonParams& season, const std::vector<Card>& cards) {
  Called out;
  for (const Card& card : cards) {
    out.emergencies += card.called;
    out.real += card.called && card.real;
  }
  const std::int64_t weeks = season.weeks.empty() ? 1 : season.weeks.back().week;
  out.months = static_cast<double>(weeks) * 7 / kDaysOfMonth;
  return out;
}

Beliefs meaning_of(const scenarios::RatesParams& p, double real_per_month, const Called& called) {
  Beliefs log_likelihood{};
  const auto rates = rates_of(p, real_per_month, called.months);
  for (std::size_t i = 0; i < rates.size(); ++i)
    log_likelihood[i] = log_poisson(rates[i].real + rates[i].called, called.emergencies);
  return normalised(p, log_likelihood);
}

Beliefs meaning_in_hindsight(const scenarios::RatesParams& p, double real_per_month, const Called& called) {
  Beliefs log_likelihood{};
  const auto rates = rates_of(p, real_per_month, called.months);
  for (std::size_t i = 0; i < rates.size(); ++i) {
    log_likelihood[i] = log_poisson(rates[i].real, called.real) +
                        log_poisson(rates[i].called, called.emergencies - called.real);
  }
  return normalised(p, log_likelihood);
}

double distance(const Beliefs& a, const Beliefs& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return sum;
}

}  // namespace breakglass::drill
