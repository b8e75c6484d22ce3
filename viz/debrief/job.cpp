#include "viz/debrief/job.hpp"

#include <algorithm>
#include <utility>

namespace breakglass::viz {

DebriefJob::DebriefJob(const drill::Drill& drill) {
  thread_ = std::jthread([this, copy = drill] { run(copy); });
}

DebriefJob::~DebriefJob() { cancelled_ = true; }

void DebriefJob::run(const drill::Drill& drill) {
  const auto put = [&](drill::Debrief debrief) {
    const std::scoped_lock lock(mutex_);
    ready_ = std::move(debrief);
  };
  put(drill::debrief_of(drill));
  drill::GradeOptions how;
  how.threads = std::max(1U, std::thread::hardware_concurrency() / 2);  // the frame needs one, too
  how.progress = [&](const drill::GradingProgress& progress) {
    decided_ = progress.decision + (progress.settled ? 1 : 0);
    of_ = progress.decisions;
    return !cancelled_;
  };
  if (!cancelled_) {
    drill::Debrief graded = drill::debrief_of(drill, &how);
    if (!cancelled_) put(std::move(graded));
  }
  done_ = true;
}

double DebriefJob::progress() const {
  const std::uint64_t of = of_;
  return of == 0 ? 0 : std::min(1.0, static_cast<double>(decided_) / static_cast<double>(of));
}

std::optional<drill::Debrief> DebriefJob::take() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(ready_, std::nullopt);
}

}  // namespace breakglass::viz
