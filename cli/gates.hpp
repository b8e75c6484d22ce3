// Gates: what makes a result fail (--fail-if) or too uncertain to act on (--require-winner).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/estimate/summary.hpp"
#include "analysis/gate/judge.hpp"
#include "cli/console.hpp"

namespace breakglass::cli {

// What was asked for, as texts.
struct GateRequest {
  std::vector<std::string> fail_if;
  bool require_winner = false;
};

// The expressions, read and known to name only strategies of the list. What is wrong with any of them is
// printed to standard error, all of it, and nothing is returned.
std::optional<std::vector<analysis::Expression>> read_gates(const GateRequest& request,
                                                            const std::vector<std::string>& strategies);

struct GateResult {
  std::vector<analysis::Judgement> judgements;  // in the order of --fail-if
  bool winner_required = false;
  bool has_winner = true;  // no tie with the best
};

GateResult judge_gates(const std::vector<analysis::Expression>& gates, const GateRequest& request,
                       const analysis::Comparison& comparison);

// kExitFailed if any expression holds; else kExitInconclusive if any is undecided, or a winner was required
// and there is none; else kExitDone.
int status_of(const GateResult& result);

// "Gates" and a few lines for each; "" where there are none.
std::string gate_report(const GateResult& result, const analysis::Comparison& comparison,
                        const Console& console);

}  // namespace breakglass::cli
