#include "viz/lab/job.hpp"

#include <algorithm>
#include <utility>

#include "viz/run/run_view.hpp"

namespace breakglass::viz {
namespace {

std::vector<sim::Strategy> strategies_of(const LabRequest& request, const scenarios::LoadedScenario& loaded,
                                         scenarios::Problems& problems) {
  std::vector<sim::Strategy> out;
  for (const std::string& id : request.strategies) {
    if (auto strategy = scenarios::load_strategy(id, loaded, problems)) out.push_back(std::move(*strategy));
  }
  if (request.own.empty()) return out;
  if (const auto like = scenarios::load_strategy(request.like, loaded, problems)) {
    sim::StrategyParams params = like->params;
    params.id = "yours";
    params.steps = request.own;
    out.push_back(sim::prepare(loaded.scenario, std::move(params)));
  }
  return out;
}

std::vector<Racer> race(const sim::Scenario& scenario, const std::vector<sim::Strategy>& strategies,
                        std::uint64_t seed) {
  std::vector<Racer> out;
  for (const sim::Strategy& strategy : strategies) {
    const RunView view = view_run(scenario, strategy, seed, 0);
    Racer racer{strategy.params.id, {}, {}, view.weight};
    for (std::size_t i = 0; i < view.sampled.size(); ++i) {
      racer.times_s.push_back(sim::to_seconds(view.sampled[i]));
      double sum = 0;
      for (const double part : view.harm[i]) sum += part;
      racer.harm.push_back(sum);
    }
    out.push_back(std::move(racer));
  }
  return out;
}

}  // namespace

LabResult run_lab(const LabRequest& request) {
  LabJob job(request);
  while (!job.is_done()) std::this_thread::sleep_for(std::chrono::milliseconds{2});
  return job.take().value_or(LabResult{});
}

LabJob::LabJob(LabRequest request) {
  thread_ = std::jthread([this, wanted = std::move(request)] { run(wanted); });
}

LabJob::~LabJob() { cancelled_ = true; }

void LabJob::put(LabResult result) {
  const std::scoped_lock lock(mutex_);
  ready_ = std::move(result);
}

void LabJob::run(const LabRequest& request) {
  scenarios::Problems problems;
  scenarios::LoadOptions load;
  load.overrides = request.overrides;
  load.check_listed_strategies = false;
  const auto loaded = scenarios::load_scenario(request.scenario, load, problems);
  std::vector<sim::Strategy> strategies;
  if (loaded) strategies = strategies_of(request, *loaded, problems);
  if (!loaded || !problems.empty() || strategies.empty()) {
    LabResult nothing;
    nothing.problem = problems.empty() ? "no strategy is chosen" : scenarios::render(problems);
    put(std::move(nothing));
    done_ = true;
    return;
  }
  LabResult result;
  result.clock = loaded->scenario.clock;
  result.unit = loaded->scenario.params.harm_unit;
  result.race = race(loaded->scenario, strategies, request.seed);
  analysis::CompareOptions options;
  options.seed = request.seed;
  options.threads = std::max(1U, std::thread::hardware_concurrency() / 2);  // the frame needs one, too
  of_ = request.replications;
  for (std::uint64_t n = std::min<std::uint64_t>(256, request.replications);;
       n = std::min(4 * n, request.replications)) {
    options.replications = n;
    auto comparison =
        analysis::compare(loaded->scenario, strategies, options, [&](const analysis::Progress& p) {
          worlds_ = std::max<std::uint64_t>(worlds_, p.done);
          return !cancelled_;
        });
    if (comparison.replications > 0) {
      result.comparison = std::move(comparison);
      put(result);
    }
    if (cancelled_ || n >= request.replications) break;
  }
  done_ = true;
}

double LabJob::progress() const {
  const std::uint64_t of = of_;
  return of == 0 ? 0 : std::min(1.0, static_cast<double>(worlds_) / static_cast<double>(of));
}

std::optional<LabResult> LabJob::take() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(ready_, std::nullopt);
}

}  // namespace breakglass::viz
