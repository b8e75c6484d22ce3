// Reading without files: text to parameters, through every check.
#include "scenarios/checks.hpp"
#include "scenarios/fields_doc.hpp"
#include "scenarios/load.hpp"
#include "scenarios/override.hpp"
#include "scenarios/reader.hpp"
#include "scenarios/schema.hpp"
#include "scenarios/writer.hpp"

namespace breakglass::scenarios {

namespace {

// Reads a document and notes what could not be read. Checks run on the rest all the same, so that one pass
// finds the problems of both kinds.
template <class Params>
std::optional<Draft<Params>> read_draft(Problems& problems, int source,
                                        const std::vector<std::string>& overrides) {
  const std::size_t before = problems.count();
  auto root = parse_text(problems, source);
  if (!root) return std::nullopt;
  for (const auto& argument : overrides) apply_override(*root, argument, problems);
  Draft<Params> draft;
  draft.root = std::move(*root);
  read_document(draft.root, draft.params, problems);
  draft.unread = problems.pointers_since(before);
  return draft;
}

}  // namespace

std::optional<Draft<sim::ScenarioParams>> draft_scenario(Problems& problems, int source,
                                                         const std::vector<std::string>& overrides) {
  auto draft = read_draft<sim::ScenarioParams>(problems, source, overrides);
  if (draft) check_scenario({draft->root, problems, draft->unread}, draft->params);
  return draft;
}

std::optional<Draft<sim::StrategyParams>> draft_strategy(Problems& problems, int source) {
  auto draft = read_draft<sim::StrategyParams>(problems, source, {});
  if (draft) check_strategy({draft->root, problems, draft->unread}, draft->params);
  return draft;
}

std::optional<sim::ScenarioParams> read_scenario(Problems& problems, int source,
                                                 const std::vector<std::string>& overrides) {
  const std::size_t before = problems.count();
  auto draft = draft_scenario(problems, source, overrides);
  if (!draft || problems.count() > before) return std::nullopt;
  return std::move(draft->params);
}

std::optional<sim::StrategyParams> read_strategy(Problems& problems, int source) {
  const std::size_t before = problems.count();
  auto draft = draft_strategy(problems, source);
  if (!draft || problems.count() > before) return std::nullopt;
  return std::move(draft->params);
}

DocumentKind kind_of(const Node& root) {
  if (root.find("services") || root.find("traffic") || root.find("harm") || root.find("category"))
    return DocumentKind::scenario;
  if (root.find("steps") || root.find("bypasses") || root.find("ships") || root.find("monitoring"))
    return DocumentKind::strategy;
  if (root.find("weeks")) return DocumentKind::season;
  if (root.find("notes")) return DocumentKind::lesson;
  if (root.find("injects")) return DocumentKind::plan;
  return DocumentKind::unknown;
}

std::string canonical_text(sim::ScenarioParams params) {
  return to_json(params, WriteOptions{.defaults = true});
}

std::string scenario_schema() {
  return json_schema<sim::ScenarioParams>("Breakglass scenario",
                                          "One emergency: traffic, harm, the fix, people, gates.");
}

std::string scenario_fields() { return fields_markdown<sim::ScenarioParams>(); }

std::string strategy_fields() { return fields_markdown<sim::StrategyParams>(); }

std::string strategy_schema() {
  return json_schema<sim::StrategyParams>("Breakglass strategy", "How a change reaches 100%.");
}

}  // namespace breakglass::scenarios
