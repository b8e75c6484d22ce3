#include "analysis/sweep/border.hpp"

#include <algorithm>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "analysis/sweep/world_sample.hpp"

namespace breakglass::analysis {
namespace {

constexpr std::uint64_t kFirstWorlds = 512;
constexpr double kSolved = 0.05;  // of the precision: how closely the sampled function's own root is found

// The sampled difference along the stretch, at a fixed number of worlds. Values are remembered: the solver
// and the slope ask for some of them twice.
class Difference {
 public:
  Difference(const Recipe& recipe, const Stretch& stretch, std::size_t a, std::size_t b, std::uint64_t seed)
      : recipe_(recipe), stretch_(stretch), a_(a), b_(b), seed_(seed) {}

  void use(std::uint64_t worlds) {
    worlds_ = worlds;
    known_.clear();
  }
  std::uint64_t worlds() const { return worlds_; }

  const Estimate& at(double share) {
    const auto found = known_.find(share);
    return found != known_.end() ? found->second : known_.emplace(share, measure(share)).first->second;
  }
  double value(double share) const { return value_at(*stretch_.parameter, share); }

  // What is known: the closest at least `reach` below and above a share, or else the lowest and the highest.
  using Known = std::pair<double, Estimate>;
  std::pair<Known, Known> neighbours(double share, double reach) const {
    std::pair<Known, Known> out = ends();
    for (const auto& [at, estimate] : known_) {
      if (at <= share - reach) out.first = {at, estimate};
      if (at >= share + reach) return {out.first, {at, estimate}};
    }
    return out;
  }
  std::pair<Known, Known> ends() const { return {*known_.begin(), *known_.rbegin()}; }

 private:
  Estimate measure(double share) const {
    std::vector<Setting> settings = stretch_.held;
    settings.push_back({stretch_.parameter, value(share)});
    const Situation situation = expect_situation(recipe_, settings);
    return difference_in(situation, a_, b_, worlds_, seed_);
  }

  const Recipe& recipe_;
  const Stretch& stretch_;
  std::size_t a_;
  std::size_t b_;
  std::uint64_t seed_;
  std::uint64_t worlds_ = 0;
  std::map<double, Estimate> known_;
};

struct Bracket {
  double low = 0;
  double high = 0;
};

bool holds_root(Difference& f, const Bracket& bracket) {
  return f.at(bracket.low).mean <= 0 && f.at(bracket.high).mean >= 0;
}

double solve(Difference& f, const Bracket& bracket, double tolerance) {
  const double low = f.at(bracket.low).mean;
  const double high = f.at(bracket.high).mean;
  if (low == 0) return bracket.low;
  if (high == 0) return bracket.high;
  std::uintmax_t steps = 40;
  const auto ends = boost::math::tools::toms748_solve(
      [&](double share) { return f.at(share).mean; }, bracket.low, bracket.high, low, high,
      [&](double x, double y) { return std::fabs(f.value(y) - f.value(x)) <= tolerance; }, steps);
  return (ends.first + ends.second) / 2;
}

// d difference / d value at the root: the chord between what is known to either side of it, far enough apart
// that the sampled function's unevenness does not count; over the whole stretch where that is not positive.
double slope_at(const Difference& f, double root, const Stretch& stretch) {
  const auto [left, right] = f.neighbours(root, (stretch.high - stretch.low) / 8);
  const double near = (right.second.mean - left.second.mean) / (f.value(right.first) - f.value(left.first));
  if (near > 0) return near;
  const auto [low, high] = f.ends();
  return (high.second.mean - low.second.mean) / (f.value(high.first) - f.value(low.first));
}

// Where the sampled difference changes its sign: around the last root, if there was one; in the stretch; or
// as far again beyond the end that is on the wrong side, and then the stretch is the wider one.
std::optional<Bracket> find_bracket(Difference& f, Stretch& stretch, const std::optional<Bracket>& guess) {
  if (guess && guess->low < guess->high && holds_root(f, *guess)) return guess;
  const double width = stretch.high - stretch.low;
  if (f.at(stretch.low).mean > 0 && f.at(std::max(0.0, stretch.low - width)).mean <= 0)
    stretch.low = std::max(0.0, stretch.low - width);
  if (f.at(stretch.high).mean < 0 && f.at(std::min(1.0, stretch.high + width)).mean >= 0)
    stretch.high = std::min(1.0, stretch.high + width);
  const Bracket whole{stretch.low, stretch.high};
  return holds_root(f, whole) ? std::optional(whole) : std::nullopt;
}

// Three half-widths to either side of a root.
Bracket around(Difference& f, double root, double half, const Stretch& stretch) {
  const double range = f.value(stretch.high) - f.value(stretch.low);
  const double reach = (stretch.high - stretch.low) * std::min(1.0, 3 * half / range);
  return {std::max(stretch.low, root - reach), std::min(stretch.high, root + reach)};
}

std::uint64_t more_worlds(std::uint64_t worlds, double ratio, std::uint64_t most) {
  const double wanted = static_cast<double>(worlds) * std::clamp(1.2 * ratio * ratio, 2.0, 16.0);
  return std::min(most, static_cast<std::uint64_t>(wanted));
}

}  // namespace

Border find_border(const Recipe& recipe, const Stretch& wanted, std::size_t a, std::size_t b,
                   const BorderOptions& options) {
  Stretch stretch = wanted;
  Difference f(recipe, wanted, a, b, options.seed);
  f.use(std::min(kFirstWorlds, options.max_worlds));
  std::optional<Bracket> guess;
  Border out;
  for (;;) {
    const bool is_last = f.worlds() >= options.max_worlds;
    const auto bracket = find_bracket(f, stretch, guess);
    if (!bracket) {
      if (is_last) return out;
      f.use(more_worlds(f.worlds(), 2, options.max_worlds));
      continue;
    }
    const double scale = std::fabs(f.value((bracket->low + bracket->high) / 2));
    const double root = solve(f, *bracket, kSolved * options.precision * scale);
    const Estimate& there = f.at(root);
    const double slope = slope_at(f, root, stretch);
    const double error = interval_of({0, there.error, there.dof, there.worlds}).high;
    const double range = f.value(1) - f.value(0);
    const double half = error <= 0 ? 0 : slope > 0 ? std::min(range, error / slope) : range;
    const double value = f.value(root);
    const double target = options.precision * std::fabs(value);
    out = {true,
           value,
           {std::max(f.value(0), value - half), std::min(f.value(1), value + half)},
           half <= target,
           f.worlds()};
    const double ratio = target > 0 ? half / target : 1e9;
    // Where the most would not make it precise, it would be wasted.
    const double needed = static_cast<double>(f.worlds()) * ratio * ratio;
    if (out.is_precise || is_last || needed > static_cast<double>(options.max_worlds)) return out;
    f.use(more_worlds(f.worlds(), ratio, options.max_worlds));
    guess = around(f, root, half, stretch);
  }
}

}  // namespace breakglass::analysis
