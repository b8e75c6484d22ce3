#include "analysis/sweep/units.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "analysis/sweep/situation.hpp"

namespace breakglass::analysis {
namespace {

struct Done {
  std::vector<double> values;
  std::string problem;
};

class Board {
 public:
  explicit Board(std::vector<const Unit*> open) : open_(std::move(open)) {}

  std::size_t count() const { return open_.size(); }
  const Unit& unit(std::size_t i) const { return *open_[i]; }

  void work() {
    for (;;) {
      std::size_t i = 0;
      {
        const std::lock_guard lock(mutex_);
        if (stopped_ || next_ == open_.size()) return;
        i = next_++;
      }
      Done done;
      try {
        done.values = open_[i]->answer();
      } catch (const IllegalSituation& problem) {
        done.problem = problem.what();
      }
      const std::lock_guard lock(mutex_);
      done_.emplace(i, std::move(done));
      ready_.notify_one();
    }
  }
  // Waits for the i-th answer, but not for ever: false when it is not there yet.
  bool take(std::size_t i, Done& out) {
    std::unique_lock lock(mutex_);
    if (!ready_.wait_for(lock, std::chrono::milliseconds{100}, [&] { return done_.count(i) > 0; }))
      return false;
    out = std::move(done_.at(i));
    done_.erase(i);
    return true;
  }
  void stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }

 private:
  std::vector<const Unit*> open_;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::map<std::size_t, Done> done_;
  std::size_t next_ = 0;
  bool stopped_ = false;
};

}  // namespace

Ending answer_all(const std::vector<Unit>& units, unsigned threads, Journal& journal,
                  const UnitProgress& progress) {
  std::vector<const Unit*> open;
  for (const Unit& unit : units) {
    if (journal.find(unit.name) == nullptr) open.push_back(&unit);
  }
  const std::size_t known = units.size() - open.size();
  Board board(std::move(open));
  std::vector<std::jthread> workers;
  for (std::size_t i = 0; i < std::min<std::size_t>(std::max(1U, threads), board.count()); ++i)
    workers.emplace_back([&board] { board.work(); });
  Ending ending;
  for (std::size_t i = 0; i < board.count() && ending.how == Ended::all;) {
    Done done;
    if (board.take(i, done)) {
      std::string problem = std::move(done.problem);
      if (problem.empty()) problem = journal.add(board.unit(i).name, std::move(done.values));
      if (!problem.empty()) ending = {Ended::failed, std::move(problem)};
      ++i;
    }
    if (ending.how == Ended::all && i < board.count() && progress && !progress(known + i))
      ending = {Ended::stopped, {}};
  }
  board.stop();
  return ending;
}

}  // namespace breakglass::analysis
