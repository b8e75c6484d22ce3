#include "viz/run_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/simulator.hpp"

namespace breakglass::viz {
namespace {

constexpr int kGrid = 720;  // instants sampled over the story, and as many over all
constexpr double kTwoSided95 = 1.959963984540054;

// The 95% interval of a level from one window's items, as wide as chance alone makes it: Wilson's score
// interval for a ratio (JASA 22, 1927), the normal one for a mean, the square root of the count for events.
void set_interval(Reading& r, const sim::SignalParams& params) {
  const double n = r.items;
  const double z = kTwoSided95;
  double middle = r.change;
  double half = 0;
  switch (params.kind) {
    case sim::SignalKind::ratio: {
      const double p = std::clamp(r.change, 0.0, 1.0);
      middle = (p + z * z / (2 * n)) / (1 + z * z / n);
      half = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);
      break;
    }
    case sim::SignalKind::count: half = z * std::sqrt(std::max(r.change, 1 / n) / n); break;
    case sim::SignalKind::mean: half = z * params.sd / std::sqrt(n); break;
  }
  half *= std::sqrt(params.overdispersion);
  r.low = params.kind == sim::SignalKind::mean ? middle - half : std::max(0.0, middle - half);
  r.high = middle + half;
}

std::vector<SignalView> signals_of(const sim::Scenario& scenario, const sim::Strategy& strategy,
                                   const sim::Reasons& reasons) {
  std::vector<SignalView> all;
  for (const sim::SignalParams& params : scenario.params.signals) {
    SignalView view;
    view.id = params.id;
    view.delay = params.delay;
    view.from_zero = params.kind != sim::SignalKind::mean;
    if (params.kind == sim::SignalKind::ratio) view.style = plot::NumberStyle::percent;
    all.push_back(std::move(view));
  }
  for (const sim::Reason& reason : reasons) {
    if (reason.kind != sim::ReasonKind::published || reason.n <= 0) continue;
    const auto s = static_cast<std::size_t>(reason.who);
    const sim::SignalParams& params = scenario.params.signals[s];
    Reading r;
    r.at = reason.at;
    r.until = reason.at - params.delay;
    r.change = reason.value;
    r.has_stable = reason.n2 > 0;
    r.stable = r.has_stable ? reason.value2 : 0;
    r.items = reason.n;
    set_interval(r, params);
    all[s].readings.push_back(r);
  }
  const auto& verdicts = strategy.params.monitoring.verdicts;
  for (std::size_t v = 0; v < verdicts.size() && v < strategy.verdict_signal.size(); ++v) {
    if (!verdicts[v].threshold || verdicts[v].threshold->measure != sim::Measure::level) continue;
    auto& bounds = all[static_cast<std::size_t>(strategy.verdict_signal[v])].bounds;
    if (verdicts[v].threshold->above) bounds.push_back({*verdicts[v].threshold->above, true});
    if (verdicts[v].threshold->below) bounds.push_back({*verdicts[v].threshold->below, false});
  }
  std::erase_if(all, [](const SignalView& s) { return s.readings.empty() && s.bounds.empty(); });
  return all;
}

// Where the interesting part ends: the last event and a quarter more, at least two hours; everything if
// nothing was shipped.
sim::Time story_end_of(const sim::Reasons& reasons, const sim::Outcome& outcome, sim::Time horizon) {
  if (outcome.shipped_at == sim::kNever) return horizon;
  sim::Time last{};
  for (const sim::Reason& reason : reasons) {
    if (reason.kind != sim::ReasonKind::published) last = std::max(last, reason.at);
  }
  last += last / 8;
  return std::min(horizon, std::max<sim::Time>(last, std::chrono::hours{2}));
}

std::vector<sim::Time> instants(const RunView& view, const sim::Reasons& reasons) {
  std::vector<sim::Time> times;
  for (const sim::Reason& reason : reasons) {
    if (reason.kind != sim::ReasonKind::published) times.push_back(reason.at);
  }
  for (int i = 0; i <= kGrid; ++i) {
    times.push_back(view.story_end / kGrid * i);
    times.push_back(view.horizon / kGrid * i);
  }
  times.push_back(view.story_end);
  times.push_back(view.horizon);
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
  return times;
}

// The same world once more, stopped at every instant; how often it is stopped changes nothing.
void sample(RunView& view, const sim::Scenario& scenario, const sim::Strategy& strategy,
            const sim::BeginOptions& options) {
  sim::World world = sim::begin(scenario, strategy, options);
  for (const sim::Time t : view.sampled) {
    sim::advance(scenario, strategy, world, t);
    view.harm.push_back(sim::outcome_of(scenario, strategy, world).harm);
    view.weight.push_back(world.rollout.weight);
  }
  // Between two events the count so far is a draw of its own, which the count of the whole stretch may fall
  // short of: what is shown never falls.
  for (std::size_t i = view.harm.size(); i-- > 1;) {
    for (std::size_t s = 0; s < view.harm[i].size(); ++s)
      view.harm[i - 1][s] = std::min(view.harm[i - 1][s], view.harm[i][s]);
  }
}

std::string zone_text(int offset_s) {
  const int minutes = std::abs(offset_s) / 60;
  return fmt::format("UTC{}{:02}:{:02}", offset_s < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

}  // namespace

RunView view_run(const sim::Scenario& scenario, const sim::Strategy& strategy, std::uint64_t seed,
                 std::uint32_t replication) {
  const sim::BeginOptions options{.seed = seed, .replication = replication};
  sim::Reasons reasons;
  sim::BeginOptions recorded = options;
  recorded.belief = strategy.params.ships;
  recorded.reasons = &reasons;
  sim::World world = sim::begin(scenario, strategy, recorded);
  sim::advance(scenario, strategy, world, sim::horizon(scenario), &reasons);

  RunView view;
  view.title = scenario.params.title.empty() ? scenario.params.id : scenario.params.title;
  view.category = sim::name_of(scenario.params.category);
  view.strategy = strategy.params.id;
  view.ticket = fmt::format("{}, seed {}, replication {}", scenario.params.id, seed, replication);
  view.unit = scenario.params.harm_unit;
  view.clock = scenario.clock;
  view.zone = zone_text(scenario.clock.offset_s);
  view.horizon = sim::horizon(scenario);
  view.story_end = story_end_of(reasons, sim::outcome_of(scenario, strategy, world), view.horizon);
  view.sampled = instants(view, reasons);
  sample(view, scenario, strategy, options);
  for (const sim::Reason& reason : reasons) {
    if (reason.belief >= 0) view.belief.push_back({sim::to_seconds(reason.at), reason.belief});
  }
  view.signals = signals_of(scenario, strategy, reasons);
  view.events = analysis::tell(scenario, strategy, {.seed = seed, .replication = replication}).lines;
  return view;
}

Now at(const RunView& view, sim::Time instant) {
  Now now;
  auto after = std::upper_bound(view.sampled.begin(), view.sampled.end(), instant);
  const auto i = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, after - view.sampled.begin() - 1));
  const std::size_t next = std::min(i + 1, view.sampled.size() - 1);
  now.weight = view.weight[i];
  const double gap = sim::to_seconds(view.sampled[next] - view.sampled[i]);
  const double part = gap > 0 ? std::clamp(sim::to_seconds(instant - view.sampled[i]) / gap, 0.0, 1.0) : 0;
  for (std::size_t s = 0; s < now.by_source.size(); ++s) {
    now.by_source[s] = view.harm[i][s] + part * (view.harm[next][s] - view.harm[i][s]);
    now.harm += now.by_source[s];
  }
  for (const plot::Point& p : view.belief) {
    if (p.x > sim::to_seconds(instant)) break;
    now.belief = p.y;
  }
  return now;
}

const Reading* newest(const SignalView& signal, sim::Time instant) {
  const auto after = std::upper_bound(signal.readings.begin(), signal.readings.end(), instant,
                                      [](sim::Time t, const Reading& r) { return t < r.at; });
  return after == signal.readings.begin() ? nullptr : &*(after - 1);
}

std::string elapsed_text(sim::Duration elapsed) {
  const std::int64_t s = std::abs(elapsed / std::chrono::seconds{1});
  return fmt::format("{}{}:{:02}:{:02}", elapsed < sim::Duration{} ? '-' : '+', s / 3600, s / 60 % 60,
                     s % 60);
}

std::string age_text(sim::Duration age) {
  const std::int64_t s = std::max<std::int64_t>(0, age / std::chrono::seconds{1});
  if (s < 60) return fmt::format("{} s", s);
  if (s < 3600) return fmt::format("{} min", s / 60);
  if (s < 86400) return fmt::format("{} h {:02} min", s / 3600, s / 60 % 60);
  if (s / 3600 % 24 == 0) return fmt::format("{} d", s / 86400);
  return fmt::format("{} d {} h", s / 86400, s / 3600 % 24);
}

}  // namespace breakglass::viz
