#include "drill/valuation.hpp"

namespace breakglass::drill {

Valuation begin_valuation(const DecisionPoint& point, int most) {
  Valuation out;
  out.point = &point;
  out.options = options_of(point);
  out.posterior = posterior_of(point.at, most);
  out.harm.resize(out.options.size());
  return out;
}

void value_worlds(Valuation& v, int worlds, unsigned threads) {
  for (auto& row : v.harm) row.resize(static_cast<std::size_t>(worlds));
  in_parallel(v.worlds, worlds, threads, [&](int r) {
    const sim::World world = imagine_world(v.point->at, v.posterior, static_cast<std::uint32_t>(r));
    for (std::size_t o = 0; o < v.options.size(); ++o)
      v.harm[o][static_cast<std::size_t>(r)] = harm_of_option(*v.point, v.options[o], world);
  });
  v.worlds = worlds;
}

WeightedMean mean_harm(const Valuation& v, std::size_t option, Half half) {
  return weighted_mean(v.posterior.strata, v.harm[option], {}, half);
}

WeightedMean harm_over(const Valuation& v, std::size_t option, std::size_t other, Half half) {
  return weighted_mean(v.posterior.strata, v.harm[option], v.harm[other], half);
}

std::size_t best_of(const Valuation& v, Half half) {
  std::size_t best = 0;
  double least = 0;
  for (std::size_t o = 0; o < v.options.size(); ++o) {
    const double mean = mean_harm(v, o, half).mean;
    if (o > 0 && mean >= least) continue;
    best = o;
    least = mean;
  }
  return best;
}

}  // namespace breakglass::drill
