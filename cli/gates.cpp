#include "cli/gates.hpp"

#include <fmt/format.h>

#include "cli/complaint.hpp"
#include "cli/exit_status.hpp"
#include "cli/layout.hpp"
#include "cli/numbers.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::cli {
namespace {

using analysis::Reading;
using analysis::Truth;

std::string value_text(const Reading& reading, double value) {
  const analysis::Quantity& q = reading.quantity;
  if (q.is_probability) return percent(value);
  if (analysis::info(q.metric).kind == analysis::MetricKind::time) return in_words(value);
  return amount(value);
}

// "rolled_back_clean 4.7% (4.4% to 5.0%)".
std::string reading_text(const Reading& reading, bool with_strategy) {
  const analysis::Quantity& q = reading.quantity;
  std::string out(q.is_probability ? analysis::kEvents[analysis::index_of(q.event)]
                                   : analysis::info(q.metric).name);
  if (q.level) out += "." + std::string(analysis::kLevels[*q.level].name);
  if (with_strategy) out += "[" + scenarios::visible(q.strategy, 40) + "]";
  out += " " + (reading.value ? value_text(reading, *reading.value) : std::string("not by the horizon"));
  if (!reading.low && !reading.high) return out + " (no interval)";
  const std::string low = reading.low ? value_text(reading, *reading.low) : "?";
  const std::string high = reading.high ? value_text(reading, *reading.high) : "?";
  return out + " (" + low + " to " + high + ")";
}

std::string finding_text(const analysis::Finding& finding) {
  std::string out = finding.strategy.empty() ? "" : scenarios::visible(finding.strategy, 40) + ": ";
  for (std::size_t i = 0; i < finding.readings.size(); ++i) {
    const Reading& reading = finding.readings[i];
    out += (i > 0 ? ", " : "") + reading_text(reading, reading.quantity.strategy != finding.strategy);
  }
  switch (finding.truth) {
    case Truth::yes: return out + ": it holds";
    case Truth::no: return out + ": it does not hold";
    case Truth::undecided: return out + ": undecided, the interval straddles the limit";
  }
  return out;
}

std::string_view outcome_word(Truth truth) {
  switch (truth) {
    case Truth::yes: return "FAILED";
    case Truth::no: return "passed";
    case Truth::undecided: return "UNDECIDED";
  }
  return "";
}

}  // namespace

std::optional<std::vector<analysis::Expression>> read_gates(const GateRequest& request,
                                                            const std::vector<std::string>& strategies) {
  scenarios::Problems problems;
  std::vector<analysis::Expression> out;
  for (const std::string& text : request.fail_if) {
    auto expression = analysis::read_expression("--fail-if", text, problems);
    if (!expression) continue;
    analysis::check_strategies(*expression, strategies, problems);
    out.push_back(std::move(*expression));
  }
  if (request.require_winner && strategies.size() < 2) {
    write_stderr(render({{"--require-winner needs two strategies or more, and there is one",
                          {"name another with --strategy, or leave --require-winner out"}}}));
    return std::nullopt;
  }
  if (problems.empty()) return out;
  write_stderr(scenarios::render(problems));
  return std::nullopt;
}

GateResult judge_gates(const std::vector<analysis::Expression>& gates, const GateRequest& request,
                       const analysis::Comparison& comparison) {
  GateResult result;
  for (const analysis::Expression& gate : gates)
    result.judgements.push_back(analysis::judge(gate, comparison));
  result.winner_required = request.require_winner;
  result.has_winner = comparison.best.ties.empty();
  return result;
}

int status_of(const GateResult& result) {
  int status = result.winner_required && !result.has_winner ? kExitInconclusive : kExitDone;
  for (const analysis::Judgement& judgement : result.judgements) {
    if (judgement.truth == Truth::yes) return kExitFailed;
    if (judgement.truth == Truth::undecided) status = kExitInconclusive;
  }
  return status;
}

std::string gate_report(const GateResult& result, const analysis::Comparison& comparison,
                        const Console& console) {
  if (result.judgements.empty() && !result.winner_required) return {};
  std::string out = "\n" + toned("Gates", Tone::strong, console.colour) + "\n";
  for (const analysis::Judgement& judgement : result.judgements) {
    const std::string lead = fmt::format("  {:<9}  ", outcome_word(judgement.truth));
    out += hanging(lead, "fail if " + scenarios::visible(judgement.text), console.width);
    for (const analysis::Finding& finding : judgement.findings)
      out += hanging("             ", finding_text(finding), console.width);
  }
  if (result.winner_required) {
    const std::string best = scenarios::visible(comparison.strategies[comparison.best.strategy].name, 40);
    out += result.has_winner
               ? hanging("  passed     ", "a winner is required: " + best, console.width)
               : hanging("  UNDECIDED  ", "a winner is required, and " + best + " is not told apart",
                         console.width);
  }
  return out;
}

}  // namespace breakglass::cli
