#include "analysis/compare.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "analysis/estimate/moments.hpp"
#include "analysis/estimate/precision.hpp"
#include "analysis/estimate/tally.hpp"
#include "sim/simulator.hpp"

namespace breakglass::analysis {
namespace {

OutcomeBlock simulate_block(const sim::Scenario& scenario, const std::vector<sim::Strategy>& strategies,
                            std::uint64_t seed, std::uint64_t first, std::uint64_t count) {
  OutcomeBlock block;
  block.first_replication = first;
  block.strategies = strategies.size();
  block.rows.reserve(count * strategies.size());
  for (std::uint64_t r = first; r < first + count; ++r) {
    for (const sim::Strategy& strategy : strategies) {
      const sim::Outcome outcome = sim::simulate(scenario, strategy, seed, static_cast<std::uint32_t>(r));
      block.rows.push_back(row_of(outcome, sim::horizon(scenario)));
    }
  }
  return block;
}

// Blocks from several threads, handed over in their order. A worker runs at most kAhead blocks ahead of what
// has been absorbed, so memory does not depend on the number of replications.
class BlockQueue {
 public:
  BlockQueue(std::uint64_t blocks) : blocks_(blocks) {}

  // The next block to simulate; nothing when there is none left or the run was stopped.
  bool claim(std::uint64_t& block) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return stopped_ || next_ >= blocks_ || next_ < absorbed_ + kAhead; });
    if (stopped_ || next_ >= blocks_) return false;
    block = next_++;
    return true;
  }
  void deliver(std::uint64_t block, BlockDigest digest) {
    const std::lock_guard lock(mutex_);
    done_.emplace(block, std::move(digest));
    ready_.notify_one();
  }
  BlockDigest take(std::uint64_t block) {
    std::unique_lock lock(mutex_);
    ready_.wait(lock, [&] { return done_.count(block) > 0; });
    BlockDigest digest = std::move(done_.at(block));
    done_.erase(block);
    absorbed_ = block + 1;
    room_.notify_all();
    return digest;
  }
  void stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    room_.notify_all();
  }

 private:
  static constexpr std::uint64_t kAhead = 64;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::condition_variable room_;
  std::map<std::uint64_t, BlockDigest> done_;
  std::uint64_t blocks_;
  std::uint64_t next_ = 0;
  std::uint64_t absorbed_ = 0;
  bool stopped_ = false;
};

struct Job {
  const sim::Scenario& scenario;
  const std::vector<sim::Strategy>& strategies;
  std::uint64_t seed;
  unsigned threads;
  const ProgressCallback& progress;
  std::uint64_t expected;  // of the whole run, for the progress
};

// Adds replications [tally.replications, until) to the tally. Returns whether it got to the end.
bool extend(Tally& tally, std::uint64_t until, const Job& job) {
  const std::uint64_t first = tally.replications;
  const std::uint64_t blocks = (until - first + kBlockReplications - 1) / kBlockReplications;
  BlockQueue queue(blocks);
  std::vector<std::jthread> workers;
  const auto work = [&] {
    std::uint64_t block = 0;
    while (queue.claim(block)) {
      const std::uint64_t begin = first + block * kBlockReplications;
      const std::uint64_t count = std::min<std::uint64_t>(kBlockReplications, until - begin);
      queue.deliver(block, digest(simulate_block(job.scenario, job.strategies, job.seed, begin, count)));
    }
  };
  for (unsigned i = 0; i < std::min<std::uint64_t>(job.threads, blocks); ++i) workers.emplace_back(work);
  bool whole = true;
  auto last_told = std::chrono::steady_clock::time_point{};
  for (std::uint64_t block = 0; block < blocks; ++block) {
    if (!absorb(tally, queue.take(block))) sim::check_failed("blocks out of order", __FILE__, __LINE__);
    const auto now = std::chrono::steady_clock::now();
    if (!job.progress || now - last_told < std::chrono::milliseconds{50}) continue;
    last_told = now;
    if (job.progress({tally.replications, job.expected})) continue;
    whole = block + 1 == blocks;
    break;
  }
  queue.stop();
  return whole;
}

}  // namespace

OutcomeRow row_of(const sim::Outcome& outcome, sim::Time horizon) {
  OutcomeRow row;
  double total = 0;
  for (std::size_t source = 0; source < outcome.harm.size(); ++source) {
    row.value[index_of(Metric::harm_ongoing) + source] = outcome.harm[source];
    total += outcome.harm[source];
  }
  set(row, Metric::harm_total, total);
  set(row, Metric::users_harmed, outcome.users_harmed);
  set(row, Metric::requests_on_regression, outcome.requests_on_regression);
  const auto set_time = [&](Metric metric, sim::Time at) {
    if (at == sim::kNever) {
      set_censored(row, metric, sim::to_seconds(horizon));
    } else {
      set(row, metric, sim::to_seconds(at));
    }
  };
  set_time(Metric::time_to_ship_s, outcome.shipped_at);
  set_time(Metric::time_to_full_s, outcome.full_at);
  set_time(Metric::time_to_harm_stopped_s, outcome.harm_stopped_at);
  set_time(Metric::time_to_close_s, outcome.closed_at);
  set(row, Event::regression_present, outcome.has(sim::Flag::regression_present));
  set(row, Event::regression_reached_full, outcome.has(sim::Flag::regression_reached_full));
  set(row, Event::rolled_back, outcome.has(sim::Flag::rolled_back));
  set(row, Event::rolled_back_clean, outcome.has(sim::Flag::rolled_back_clean));
  set(row, Event::rollback_failed, outcome.has(sim::Flag::rollback_failed));
  set(row, Event::deadline_missed, outcome.has(sim::Flag::deadline_missed));
  set(row, Event::harm_stopped_by_horizon, outcome.has(sim::Flag::harm_stopped));
  set(row, Event::full_within_2h, outcome.full_at <= std::chrono::hours{2});
  set(row, Event::shipped_unapproved, outcome.has(sim::Flag::shipped_unapproved));
  set(row, Event::approval_refused, outcome.has(sim::Flag::approval_refused));
  return row;
}

Comparison compare(const sim::Scenario& scenario, const std::vector<sim::Strategy>& strategies,
                   const CompareOptions& options, const ProgressCallback& progress) {
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  Job job{scenario, strategies,          options.seed, options.threads == 0 ? cores : options.threads,
          progress, options.replications};
  Tally tally = make_tally(strategies.size());
  bool partial = false;
  std::optional<PrecisionCheck> precision;
  if (options.precision <= 0) {
    partial = !extend(tally, options.replications, job);
  } else {
    PrecisionCheck check;
    while (!partial && !check.is_reached) {
      const std::uint64_t until = next_look(tally.replications, options.max_replications);
      partial = until == tally.replications;
      if (partial) break;
      job.expected =
          std::clamp(forecast_replications(tally.replications, check), until, options.max_replications);
      partial = !extend(tally, until, job);
      check = check_precision(tally, options.precision);
    }
    partial = partial && !check.is_reached;
    precision = check;
  }
  std::vector<std::string> names;
  for (const sim::Strategy& strategy : strategies) names.push_back(strategy.params.id);
  Comparison out =
      summarize(tally, std::move(names),
                {scenario.params.id, scenario.hash, scenario.params.harm_unit, options.seed, partial});
  out.precision = precision;
  return out;
}

}  // namespace breakglass::analysis
