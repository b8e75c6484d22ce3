#include "scenarios/plan.hpp"

#include <algorithm>

#include "scenarios/checks.hpp"
#include "scenarios/load.hpp"
#include "scenarios/nearest.hpp"
#include "scenarios/quantity.hpp"
#include "scenarios/read_file.hpp"
#include "scenarios/reader.hpp"
#include "scenarios/schema.hpp"
#include "scenarios/shipped.hpp"

namespace breakglass::scenarios {
namespace {

void check_named(const Checker& check, std::size_t i, const char* member, const char* what,
                 const std::string& name, const std::vector<std::string>& known) {
  const std::string place = at("/injects", i, std::string("/") + member);
  const std::vector<std::string_view> views(known.begin(), known.end());
  if (name.empty())
    check.say(at("/injects", i), std::string("missing field \"") + member + "\"",
              "one of: " + list_names(views));
  else if (!has(known, name))
    check.unknown(place, what, name, known);
}

void check_inject(const Checker& check, std::size_t i, const InjectParams& p, const sim::ScenarioParams& in) {
  if (p.at > in.horizon)
    check.say(at("/injects", i, "/at"), "this comes after the scenario's horizon",
              "at most " + print_duration(in.horizon));
  const bool lasts = p.kind == InjectKind::asleep || p.kind == InjectKind::lag;
  if (lasts && p.lasts.count() <= 0)
    check.say(at("/injects", i), "missing field \"lasts\"", "a duration such as \"5m\"");
  if (p.kind == InjectKind::asleep) check_named(check, i, "who", "person", p.who, ids_of(in.people));
  if (p.kind == InjectKind::lag) check_named(check, i, "signal", "signal", p.signal, ids_of(in.signals));
  const bool speaks = p.kind == InjectKind::call || p.kind == InjectKind::say;
  const bool is_one_line = std::all_of(p.text.begin(), p.text.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F;
  });
  if (!is_one_line || p.text.size() > kLongestText)
    check.say(
        at("/injects", i, "/text"), "this cannot be said in one line",
        "no line breaks or other control characters, and at most " + std::to_string(kLongestText) + " bytes");
  if (speaks && p.text.empty()) check.say(at("/injects", i), "missing field \"text\"", "what is said");
}

void check_injects(const Checker& check, const PlanParams& p) {
  Problems ignored;  // a shipped scenario has none
  const auto loaded = load_scenario(p.scenario, {}, ignored);
  if (!loaded) return;
  for (std::size_t i = 0; i < p.injects.size(); ++i)
    check_inject(check, i, p.injects[i], loaded->scenario.params);
}

}  // namespace

std::optional<PlanParams> read_plan(Problems& problems, int source) {
  const std::size_t before = problems.count();
  const auto root = parse_text(problems, source);
  if (!root) return std::nullopt;
  if (const DocumentKind kind = kind_of(*root); kind != DocumentKind::plan && kind != DocumentKind::unknown) {
    problems.add(root->at, "", "this is something else than a lesson plan",
                 "an object with \"scenario\" and \"injects\"; see breakglass schema plan");
    return std::nullopt;
  }
  PlanParams params;
  read_document(*root, params, problems);
  const Checker check{*root, problems, problems.pointers_since(before)};
  if (check.whole("/scenario")) {
    const std::vector<std::string> known = shipped_ids("scenario");
    if (!has(known, params.scenario))
      check.unknown("/scenario", "shipped scenario", params.scenario, known);
    else if (check.whole("/injects"))
      check_injects(check, params);
  }
  if (problems.count() > before) return std::nullopt;
  return params;
}

std::optional<PlanParams> load_plan(const std::string& name, Problems& problems) {
  const bool is_path = name == "-" || name.find('/') != std::string::npos || name.ends_with(".json");
  if (is_path) {
    const auto source = read_file(name, problems);
    return source ? read_plan(problems, *source) : std::nullopt;
  }
  const std::vector<std::string> ids = shipped_ids("plan");
  for (const ShippedFile& file : shipped_files()) {
    if (file.kind != "plan" || file.id != name) continue;
    return read_plan(problems, problems.add_source(std::string(file.path), std::string(file.text)));
  }
  const std::vector<std::string_view> views(ids.begin(), ids.end());
  problems.add_at(whole(problems.add_source(name, "")), "no lesson plan of this name is shipped",
                  "a path to a file, or one of: " + list_names(views), did_you_mean(name, views));
  return std::nullopt;
}

std::string plan_schema() {
  return json_schema<PlanParams>("Breakglass lesson plan",
                                 "What an instructor throws into a drill, and when.");
}

}  // namespace breakglass::scenarios
