#include "scenarios/season.hpp"

#include "scenarios/checks.hpp"
#include "scenarios/read_file.hpp"
#include "scenarios/reader.hpp"
#include "scenarios/schema.hpp"
#include "scenarios/shipped.hpp"
#include "scenarios/writer.hpp"

namespace breakglass::scenarios {
namespace {

void check_weeks(const Checker& check, const SeasonParams& p) {
  if (p.weeks.empty()) check.say("/weeks", "a season without weeks", "at least one entry");
  const std::vector<std::string> known = shipped_ids("scenario");
  for (std::size_t i = 0; i < p.weeks.size(); ++i) {
    const WeekParams& week = p.weeks[i];
    if (!has(known, week.scenario)) {
      check.unknown(at("/weeks", i, "/scenario"), "shipped scenario", week.scenario, known);
    }
    if (i > 0 && week.week < p.weeks[i - 1].week) {
      check.say(
          at("/weeks", i, "/week"),
          "week " + std::to_string(week.week) + " comes after week " + std::to_string(p.weeks[i - 1].week),
          "weeks in their order");
    }
  }
}

void check_season_sources(const Checker& check, const SeasonParams& p) {
  for (std::size_t i = 0; i < p.sources.size(); ++i) {
    if (find(check.root, p.sources[i].parameter) != nullptr) continue;
    check.say(at("/sources", i, "/parameter"), "this pointer names nothing in the season",
              "a JSON pointer such as \"/real_per_month\"");
  }
}

}  // namespace

double erosion_factor(double each, std::int64_t needless) {
  double factor = 1;
  for (std::int64_t i = 0; i < needless; ++i) {
    factor *= each;
    if (factor >= kMostErosion) return kMostErosion;
    if (factor <= 1 / kMostErosion) return 1 / kMostErosion;
  }
  return factor;
}

std::optional<SeasonParams> read_season(Problems& problems, int source) {
  const std::size_t before = problems.count();
  const auto root = parse_text(problems, source);
  if (!root) return std::nullopt;
  SeasonParams params;
  read_document(*root, params, problems);
  const Checker check{*root, problems, problems.pointers_since(before)};
  if (check.whole("/weeks")) check_weeks(check, params);
  if (check.whole("/rates") && params.rates.bar + params.rates.upstream_share > 1)
    check.say("/rates/bar", "more than all months have a low bar or causes upstream",
              "with upstream_share at most 1 in all");
  check_season_sources(check, params);
  if (problems.count() > before) return std::nullopt;
  return params;
}

std::optional<SeasonParams> load_season(const std::string& name, Problems& problems) {
  const bool is_path = name == "-" || name.find('/') != std::string::npos || name.ends_with(".json");
  if (is_path) {
    const auto source = read_file(name, problems);
    return source ? read_season(problems, *source) : std::nullopt;
  }
  for (const ShippedFile& file : shipped_files()) {
    if (file.kind != "season" || file.id != name) continue;
    return read_season(problems, problems.add_source(std::string(file.path), std::string(file.text)));
  }
  const std::vector<std::string> ids = shipped_ids("season");
  const std::vector<std::string_view> views(ids.begin(), ids.end());
  problems.add_at(whole(problems.add_source(name, "")), "no season of this name is shipped",
                  "a path to a file, or one of: " + list_names(views), did_you_mean(name, views));
  return std::nullopt;
}

std::string season_schema() {
  return json_schema<SeasonParams>("Breakglass season", "Weeks of emergencies and decoys, in their order.");
}

std::string canonical_season(SeasonParams params) { return to_json(params, WriteOptions{.defaults = true}); }

}  // namespace breakglass::scenarios
