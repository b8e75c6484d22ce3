// What each duty of a strategy is worth, as a person reads it: the last table and the verdict of
// `compare --without`. The comparison's first strategy is the one that has them all; the others are without
// one duty each, in the order of the duties.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/estimate/summary.hpp"
#include "analysis/without.hpp"
#include "cli/console.hpp"
#include "cli/ready_world.hpp"

namespace breakglass::cli {

using Duties = std::vector<const analysis::Duty*>;

// Adds to the one strategy of `world` itself without each of the duties of these names ("each": every one
// that it has). What cannot be switched off is printed to standard error, and nothing is returned.
std::optional<Duties> switch_off(const std::vector<std::string>& names, ReadyWorld& world);

// "decision-maker: who decides a rollback is named beforehand (decision_maker: false)": what differs.
std::string difference_text(const analysis::Duty& duty);

// Harm added by switching each of them off, the most first, with its interval and what it amounts to: an
// interval that holds zero tells nothing apart.
std::string duty_table(const analysis::Comparison& comparison, const Duties& duties, const Console& console);

// The last line: "…; the most is lost without reports: +12,345 (95% interval …), then without …".
std::string duty_verdict(const analysis::Comparison& comparison, const Duties& duties);

}  // namespace breakglass::cli
