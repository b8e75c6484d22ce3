#include "analysis/compare_csv.hpp"
#include "analysis/json_writer.hpp"
#include "history/export.hpp"

namespace breakglass::history {
namespace {

using analysis::csv_cell;
using analysis::number_text;

std::string text_of(std::optional<double> value) { return value ? number_text(*value) : ""; }
std::string text_of(std::optional<bool> value) { return value ? (*value ? "1" : "0") : ""; }

std::string joined(const std::vector<MadeMistake>& mistakes) {
  std::string out;
  for (const MadeMistake& mistake : mistakes) out += (out.empty() ? "" : " ") + mistake.id;
  return out;
}

const Stated* stated_of(const Played& p, std::string_view question) {
  for (const Stated& stated : p.stated) {
    if (stated.question == question) return &stated;
  }
  return nullptr;
}

std::string stated_cells(const Played& p, std::string_view question) {
  const Stated* const stated = stated_of(p, question);
  if (stated == nullptr) return ",,,";
  return "," + number_text(stated->probability) + "," + text_of(stated->outcome) + "," +
         text_of(stated->posterior);
}

class Rows {
 public:
  explicit Rows(std::string mode) : mode_(std::move(mode)) {}
  void add(std::string_view what, std::string_view name, std::string_view statistic,
           std::optional<double> value) {
    text_ += csv_cell(mode_) + ',' + csv_cell(what) + ',' + csv_cell(name) + ',' + csv_cell(statistic) + ',' +
             text_of(value) + "\r\n";
  }
  void add(std::string_view what, std::string_view name, const std::optional<analysis::Interval>& ci95) {
    add(what, name, "ci95_low", ci95 ? std::optional<double>(ci95->low) : std::nullopt);
    add(what, name, "ci95_high", ci95 ? std::optional<double>(ci95->high) : std::nullopt);
  }
  void add(std::string_view what, const Share& share) {
    add(what, share.name, "count", share.count);
    add(what, share.name, "of", share.of);
    add(what, share.name, share.ci95);
  }
  void add(std::string_view what, std::string_view name, const Part& part) {
    add(what, name, "value", part.value);
    add(what, name, "corrected", part.corrected);
    add(what, name, part.ci95);
  }
  const std::string& text() const { return text_; }

 private:
  std::string mode_;
  std::string text_;
};

void add_question(Rows& rows, const Question& q) {
  const Calibration& c = q.calibration;
  const std::string what = "stated " + q.question;
  rows.add(what, "forecasts", "count", c.count);
  rows.add(what, "brier", c.brier);
  rows.add(what, "reliability", c.reliability);
  rows.add(what, "resolution", c.resolution);
  rows.add(what, "uncertainty", c.uncertainty);
  rows.add(what, "within", c.within);
  if (q.graded == 0) return;
  rows.add(what, "against_posterior", "count", q.graded);
  rows.add(what, "against_posterior", "mean_square", q.distance);
  rows.add(what, "against_posterior", q.distance_ci95);
}

std::string summary_rows(const Summary& s) {
  Rows rows(s.mode);
  rows.add("drills", "", "count", s.drills);
  rows.add("drills", s.without_mistakes);
  for (const Share& share : s.mistakes) rows.add("mistake", share);
  for (const Share& share : s.failed_tasks) rows.add("failed task", share);
  rows.add("detection", "emergencies", "count", s.answers.emergencies);
  rows.add("detection", "emergencies", "treated_as_emergency", s.answers.hits);
  rows.add("detection", "decoys", "count", s.answers.decoys);
  rows.add("detection", "decoys", "treated_as_emergency", s.answers.false_alarms);
  if (s.detection) {
    rows.add("detection", "d_prime", "value", s.detection->d);
    rows.add("detection", "d_prime", s.detection->d_ci95);
    rows.add("detection", "c", "value", s.detection->c);
    rows.add("detection", "c", s.detection->c_ci95);
  }
  for (const Question& question : s.questions) add_question(rows, question);
  return rows.text();
}

}  // namespace

std::string drills_csv(std::span<const Played> drills) {
  std::string out =
      "id,started,ended,scenario,hash,version,seed,replication,mode,tasks_passed,tasks_failed,mistakes,harm,"
      "harm_unit,luck_adjusted_harm,grade,is_emergency,treated_as_emergency,stated_real,real,posterior_real,"
      "stated_regression,regression,posterior_regression,log\r\n";
  for (const Played& p : drills) {
    const int passed = passed_tasks(p);
    out += std::to_string(p.id) + ',' + csv_cell(p.started) + ',' + csv_cell(p.ended) + ',' +
           csv_cell(p.scenario) + ',' + csv_cell(p.hash) + ',' + csv_cell(p.version) + ',' +
           std::to_string(p.seed) + ',' + std::to_string(p.replication) + ',' + csv_cell(p.mode) + ',' +
           std::to_string(passed) + ',' + std::to_string(static_cast<int>(p.tasks.size()) - passed) + ',' +
           csv_cell(joined(p.mistakes)) + ',' + number_text(p.harm) + ',' + csv_cell(p.harm_unit) + ',' +
           text_of(p.luck_adjusted) + ',' + text_of(p.grade) + ',' + (p.is_emergency ? "1" : "0") + ',' +
           text_of(p.treated_as_emergency) + stated_cells(p, "real") + stated_cells(p, "regression") + ',' +
           csv_cell(p.log) + "\r\n";
  }
  return out;
}

std::string summaries_csv(std::span<const Summary> summaries) {
  std::string out = "mode,what,name,statistic,value\r\n";
  for (const Summary& s : summaries) out += summary_rows(s);
  return out;
}

}  // namespace breakglass::history
