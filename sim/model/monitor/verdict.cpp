#include "sim/model/monitor/verdict.hpp"

#include <cmath>

namespace breakglass::sim {

Judgement without_data(NoData policy) {
  switch (policy) {
    case NoData::error: return Judgement::error;
    case NoData::fail: return Judgement::fail;
    case NoData::pass: return Judgement::pass;
    case NoData::ignore: return Judgement::ignore;
  }
  return Judgement::error;
}

double standard_error(const Baseline& baseline, double level, double items) {
  switch (baseline.law) {
    case Baseline::Law::bernoulli: return std::sqrt(level * (1 - level) / items);
    case Baseline::Law::poisson: return std::sqrt(level / items);
    case Baseline::Law::normal: return baseline.sd / std::sqrt(items);
  }
  return 0;
}

}  // namespace breakglass::sim
