#include "analysis/sweep/race.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/estimate/student.hpp"

namespace breakglass::analysis {
namespace {

constexpr std::size_t kFirstWorlds = 24;
constexpr std::size_t kFirstLeast = 6;      // of a stratum
constexpr std::size_t kSecondWorlds = 256;  // then doubling
constexpr std::size_t kLeast = 16;
constexpr double kHopelessFactor = 4;  // forecast beyond this multiple of the maximum: no use going on

class Race {
 public:
  Race(const Situation& situation, const RaceOptions& options)
      : sample_(situation, options.seed), count_(situation.strategies.size()), options_(options) {
    for (std::size_t s = 0; s < count_; ++s) left_.push_back(s);
    for (std::uint64_t n = kSecondWorlds; n <= options.max_worlds; n *= 2) looks_ += 1;
  }

  RaceResult run() {
    extend(kFirstWorlds, kFirstLeast);
    drop_out(kFirstAlpha);
    const double alpha = (options_.alpha - kFirstAlpha * double(count_)) /
                         (static_cast<double>(std::max<std::size_t>(1, count_ - 1)) * looks_);
    for (std::uint64_t n = kSecondWorlds; n <= options_.max_worlds && left_.size() > 1; n *= 2) {
      extend(static_cast<std::size_t>(n), kLeast);
      drop_out(alpha);
      if (left_.size() > 1 && (is_equal() || is_hopeless(n, alpha))) break;
    }
    return result();
  }

 private:
  std::size_t leader() const {
    std::size_t best = left_.front();
    double lowest = sample_.mean(best).mean;
    for (const std::size_t s : left_) {
      const double mean = sample_.mean(s).mean;
      if (mean < lowest) {
        lowest = mean;
        best = s;
      }
    }
    return best;
  }
  void extend(std::size_t worlds, std::size_t least) {
    std::vector<double> spreads(sample_.strata(), 0);
    if (worlds > kFirstWorlds) {
      const std::size_t best = leader();
      for (std::size_t k = 0; k < spreads.size(); ++k) {
        for (const std::size_t s : left_) spreads[k] = std::max(spreads[k], sample_.spread(s, best, k));
      }
    }
    sample_.extend(left_, allocate(sample_.weights(), spreads, worlds, least));
  }
  void drop_out(double alpha) {
    const std::size_t best = leader();
    std::erase_if(left_, [&](std::size_t s) {
      if (s == best) return false;
      const Estimate lead = sample_.difference(s, best);
      if (alpha <= kFirstAlpha && lead.error <= 0)
        return false;  // nothing has varied yet: too few to believe it
      return interval_of(lead, alpha).low > 0;
    });
  }
  bool is_equal() const {
    const std::size_t best = leader();
    return std::all_of(left_.begin(), left_.end(), [&](std::size_t s) {
      const Estimate lead = sample_.difference(s, best);
      return lead.mean == 0 && lead.error == 0;
    });
  }
  // Whether even the one that stands out the most would need far more worlds than are allowed.
  bool is_hopeless(std::uint64_t worlds, double alpha) const {
    if (worlds < 1024) return false;
    const std::size_t best = leader();
    double strongest = 0;
    for (const std::size_t s : left_) {
      const Estimate lead = sample_.difference(s, best);
      if (s != best && lead.error > 0) strongest = std::max(strongest, lead.mean / lead.error);
    }
    if (strongest <= 0) return true;
    const double wanted = student_quantile(1 - alpha / 2, 1e6) / strongest;
    return static_cast<double>(worlds) * wanted * wanted >
           kHopelessFactor * static_cast<double>(options_.max_worlds);
  }
  RaceResult result() const {
    RaceResult out;
    out.best = leader();
    out.is_certain = left_.size() == 1;
    out.is_equal = !out.is_certain && is_equal();
    out.is_left.assign(count_, false);
    for (const std::size_t s : left_) out.is_left[s] = true;
    for (std::size_t s = 0; s < count_; ++s) out.means.push_back(sample_.mean(s));
    out.next = out.best;
    for (std::size_t s = 0; s < count_; ++s) {
      if (s == out.best || (!out.is_certain && !out.is_left[s])) continue;
      if (out.next == out.best || out.means[s].mean < out.means[out.next].mean) out.next = s;
    }
    out.lead = sample_.difference(out.next, out.best);
    return out;
  }

  WorldSample sample_;
  std::size_t count_;
  RaceOptions options_;
  double looks_ = 0;
  std::vector<std::size_t> left_;
};

}  // namespace

RaceResult race(const Situation& situation, const RaceOptions& options) {
  return Race(situation, options).run();
}

}  // namespace breakglass::analysis
