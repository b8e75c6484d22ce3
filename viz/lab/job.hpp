// Strategies compared on another thread: the same worlds for all of them, first a few, then more, so that
// there is something to see at once. What is done when it is cancelled stays.
#pragma once

#include <atomic>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "analysis/compare.hpp"
#include "scenarios/load.hpp"

namespace breakglass::viz {

struct LabRequest {
  std::string scenario;
  std::vector<std::string> overrides;   // "/pointer=value"
  std::vector<std::string> strategies;  // shipped ids
  std::vector<sim::StepParams> own;     // the steps of "yours", on the arrangement of `like`; empty: none
  std::string like;                     // a shipped id
  std::uint64_t seed = 1;
  std::uint64_t replications = 4000;
};

// One strategy in the world that all are raced in.
struct Racer {
  std::string name;
  std::vector<double> times_s;
  std::vector<double> harm;
  std::vector<double> weight;
};

struct LabResult {
  std::string problem;  // why there is nothing
  std::optional<analysis::Comparison> comparison;
  std::vector<Racer> race;
  sim::CivilClock clock;
  std::string unit;
};

// The whole of it: waits for its end.
LabResult run_lab(const LabRequest& request);

class LabJob {
 public:
  explicit LabJob(LabRequest request);
  ~LabJob();
  LabJob(const LabJob&) = delete;
  LabJob& operator=(const LabJob&) = delete;

  double progress() const;          // 0 to 1
  std::optional<LabResult> take();  // the newest that has not been taken
  bool is_done() const { return done_; }
  void cancel() { cancelled_ = true; }

 private:
  void run(const LabRequest& request);
  void put(LabResult result);

  std::atomic<std::uint64_t> worlds_{0};
  std::atomic<std::uint64_t> of_{1};
  std::atomic<bool> cancelled_{false};
  std::atomic<bool> done_{false};
  std::mutex mutex_;
  std::optional<LabResult> ready_;
  std::jthread thread_;  // last: it uses what stands before it
};

}  // namespace breakglass::viz
