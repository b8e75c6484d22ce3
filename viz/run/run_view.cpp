#include "viz/run/run_view.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/simulator.hpp"
#include "viz/text.hpp"

namespace breakglass::viz {
namespace {

constexpr int kGrid = 720;  // instants sampled over the story, and as many over all

std::vector<SignalView> signals_of(const sim::Scenario& scenario, const sim::Strategy& strategy,
                                   const sim::Reasons& reasons) {
  std::vector<SignalView> all;
  for (const sim::SignalParams& params : scenario.params.signals) all.push_back(signal_view(params));
  for (const sim::Reason& r : reasons) {
    if (r.kind != sim::ReasonKind::published) continue;
    const auto s = static_cast<std::size_t>(r.who);
    add_reading(all[s], scenario.params.signals[s], {r.at, r.value, r.value2, r.n, r.n2 > 0});
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

}  // namespace breakglass::viz
