#include "analysis/compare_csv.hpp"

#include <catch2/catch.hpp>
#include <cstddef>
#include <string>
#include <vector>

#include "rows.hpp"

namespace breakglass::analysis {
namespace {

// A reader of RFC 4180, so that what is written is judged by the rules and not by its writer.
std::vector<std::vector<std::string>> read_csv(const std::string& text) {
  std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(1));
  bool is_quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string& cell = rows.back().back();
    const char c = text[i];
    if (is_quoted) {
      if (c != '"')
        cell += c;
      else if (i + 1 < text.size() && text[i + 1] == '"')
        cell += text[++i];
      else
        is_quoted = false;
    } else if (c == '"') {
      is_quoted = true;
    } else if (c == ',') {
      rows.back().emplace_back();
    } else if (c == '\r') {
      REQUIRE(text.at(i + 1) == '\n');
      ++i;
      rows.emplace_back(1);
    } else {
      cell += c;
    }
  }
  rows.pop_back();  // behind the last line end
  return rows;
}

Comparison comparison_of(std::uint64_t replications) {
  Provenance from;
  from.scenario_id = "pii-leak";
  from.scenario_hash = "0123abcd";
  from.harm_unit = "records, exposed";
  from.seed = 7;
  return summarize(testing::tally_of(replications, 2), {"=cmd|'/c calc'!A1", "do \"nothing\""}, from);
}

// The value cell of the only row with these first three cells.
std::string value_of(const std::string& csv, const std::string& strategy, const std::string& metric,
                     const std::string& statistic) {
  std::vector<std::string> found;
  for (const auto& row : read_csv(csv)) {
    if (row[0] == strategy && row[1] == metric && row[2] == statistic) found.push_back(row[3]);
  }
  REQUIRE(found.size() == 1);
  return found[0];
}

TEST_CASE("every row has five cells and names a number once") {
  const auto rows = read_csv(to_csv(comparison_of(500)));
  REQUIRE(rows[0] == std::vector<std::string>{"strategy", "metric", "statistic", "value", "unit"});
  for (const auto& row : rows) REQUIRE(row.size() == 5);
  REQUIRE(rows.size() == 1 + 6 + 2 * (kMetricCount * 17 + 4 + kEventCount * 3) + 10 + 1);
}

TEST_CASE("numbers are the comparison's own, negative ones untouched") {
  const Comparison c = comparison_of(500);
  const std::string csv = to_csv(c);
  const std::string pair = "'=cmd|'/c calc'!A1 vs do \"nothing\"";
  REQUIRE(c.pairs[0].mean_difference < 0);
  REQUIRE(std::stod(value_of(csv, pair, "harm_total", "mean_difference")) == c.pairs[0].mean_difference);
  REQUIRE(value_of(csv, pair, "harm_total", "mean_difference").front() == '-');
  REQUIRE(std::stod(value_of(csv, "do \"nothing\"", "users_harmed", "p95")) ==
          *c.strategies[1].metrics[6].quantiles[2].value);
  REQUIRE(value_of(csv, "", "run", "seed") == "7");
  REQUIRE(value_of(csv, "", "run", "scenario") == "pii-leak");
  REQUIRE(value_of(csv, "'=cmd|'/c calc'!A1", "harm_total", "best") == "1");
}

TEST_CASE("an absent number is an empty cell") {
  REQUIRE(value_of(to_csv(comparison_of(1)), "do \"nothing\"", "harm_total", "sd").empty());
}

TEST_CASE("cells that a spreadsheet would run are made text, and separators are quoted") {
  REQUIRE(csv_cell("plain") == "plain");
  REQUIRE(csv_cell("a,b") == "\"a,b\"");
  REQUIRE(csv_cell("say \"x\"") == "\"say \"\"x\"\"\"");
  REQUIRE(csv_cell("=1+1") == "'=1+1");
  REQUIRE(csv_cell("+1") == "'+1");
  REQUIRE(csv_cell("-1") == "'-1");  // as text; numbers do not come this way
  REQUIRE(csv_cell("@A1") == "'@A1");
  REQUIRE(csv_cell("\tx") == "'\tx");
  REQUIRE(csv_cell("\rx") == "\"'\rx\"");
  REQUIRE(csv_cell("").empty());
}

}  // namespace
}  // namespace breakglass::analysis
