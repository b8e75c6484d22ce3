#include "drill/grade_text.hpp"

namespace breakglass::drill {

nlohmann::ordered_json decision_json(const GradedDecision& d) {
  nlohmann::ordered_json row = {{"at_s", sim::to_seconds(d.at)},
                                {"at", d.clock},
                                {"did", d.did},
                                {"counts", d.counts},
                                {"label", name_of(d.label)},
                                {"loss", d.loss},
                                {"se", d.se},
                                {"error", kSure * d.se},
                                {"value_before", d.value},
                                {"value_chosen", d.chosen_mean},
                                {"luck_after", d.luck},
                                {"worlds", d.worlds}};
  if (d.believed >= 0) row["p_regression"] = d.believed;
  if (d.only_move >= 0) row["only_move"] = d.options[static_cast<std::size_t>(d.only_move)].option;
  for (const OptionValue& o : d.options) {
    row["options"].push_back({{"option", o.option},
                              {"mean", o.mean},
                              {"worse", o.worse},
                              {"se", o.se},
                              {"error", kSure * o.se},
                              {"chosen", o.chosen}});
  }
  return row;
}

nlohmann::ordered_json grade_json(const Grade& g) {
  nlohmann::ordered_json out;
  out["reference"] = g.reference;
  out["stake"] = g.stake;
  out["at_page"] = g.at_page;
  out["skill"] = g.skill;
  out["luck"] = g.luck;
  out["luck_se"] = g.luck_se;
  out["luck_error"] = kSure * g.luck_se;
  out["in_the_end"] = g.in_the_end;
  out["luck_adjusted"] = g.luck_adjusted();
  out["residual"] = g.residual;
  out["mean_loss_of_stake"] = g.mean_loss;
  out["mean_loss_se"] = g.mean_loss_se;
  out["mean_loss_error"] = kSure * g.mean_loss_se;
  out["standard_errors"] = kSure;
  out["limits_of_stake"] = {{"inaccuracy", kInaccuracy}, {"mistake", kMistake}, {"blunder", kBlunder}};
  out["decisions"] = nlohmann::ordered_json::array();
  for (const GradedDecision& d : g.decisions) out["decisions"].push_back(decision_json(d));
  return out;
}

}  // namespace breakglass::drill
