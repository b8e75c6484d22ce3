#include "drill/warning.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "drill/grade.hpp"
#include "plot/axis.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::drill {

std::string warning_of(const Drill& drill, const Action& action, double share) {
  GradeOptions how;
  how.most = 256;
  double stake = 0;
  const auto weighed = weigh(drill, action, how, stake);
  if (!weighed || weighed->loss - kSure * weighed->se <= share * stake) return "";
  const auto best =
      std::min_element(weighed->options.begin(), weighed->options.end(),
                       [](const OptionValue& a, const OptionValue& b) { return a.mean < b.mean; });
  return fmt::format("WARNING: by what you can know, \"{}\" would do {} ± {} {} less harm on average.\n",
                     scenarios::visible(best->option), plot::short_number(weighed->loss),
                     plot::short_number(kSure * weighed->se),
                     scenarios::visible(drill.scenario().params.harm_unit, 40));
}

}  // namespace breakglass::drill
