// The debrief of a drill, made on another thread: grading takes seconds, and the frame never waits.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "drill/debrief.hpp"

namespace breakglass::viz {

class DebriefJob {
 public:
  // Begins at once. The drill is copied.
  explicit DebriefJob(const drill::Drill& drill);
  ~DebriefJob();  // stops it, and waits for its end
  DebriefJob(const DebriefJob&) = delete;
  DebriefJob& operator=(const DebriefJob&) = delete;

  // 0 to 1, as far as it is known.
  double progress() const;
  // What there is so far: first without the grade, then with it; handed out once each.
  std::optional<drill::Debrief> take();
  bool is_done() const { return done_; }
  // The grade is given up; what is done stays.
  void cancel() { cancelled_ = true; }

 private:
  void run(const drill::Drill& drill);

  std::atomic<std::uint64_t> decided_{0};
  std::atomic<std::uint64_t> of_{0};
  std::atomic<bool> cancelled_{false};
  std::atomic<bool> done_{false};
  std::mutex mutex_;
  std::optional<drill::Debrief> ready_;
  std::jthread thread_;  // last: it uses what stands before it
};

}  // namespace breakglass::viz
