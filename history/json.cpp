#include "analysis/json_writer.hpp"
#include "history/export.hpp"

namespace breakglass::history {
namespace {

using analysis::JsonWriter;
using analysis::Layout;

void flag(JsonWriter& w, std::string_view name, std::optional<bool> value) {
  w.key(name);
  if (value)
    w.value(*value);
  else
    w.null();
}

void interval(JsonWriter& w, std::string_view name, const std::optional<analysis::Interval>& ci95) {
  w.key(name);
  if (!ci95) return w.null();
  w.open_array(Layout::line);
  w.value(ci95->low);
  w.value(ci95->high);
  w.close_array();
}

void begin_document(JsonWriter& w, const std::string& version) {
  w.open_object();
  w.key("program");
  w.open_object(Layout::line);
  w.member("name", "breakglass");
  w.member("version", version);
  w.close_object();
}

void write_parts(JsonWriter& w, const Played& p) {
  w.key("critical_tasks");
  w.open_array();
  for (const DoneTask& task : p.tasks) {
    w.open_object(Layout::line);
    w.member("name", task.name);
    w.member("passed", task.passed);
    w.close_object();
  }
  w.close_array();
  w.key("mistakes");
  w.open_array();
  for (const MadeMistake& mistake : p.mistakes) {
    w.open_object(Layout::line);
    w.member("id", mistake.id);
    w.member("at_s", mistake.at_s);
    w.close_object();
  }
  w.close_array();
  w.key("stated");
  w.open_object();
  for (const Stated& stated : p.stated) {
    w.key(stated.question);
    w.open_object(Layout::line);
    w.member("probability", stated.probability);
    flag(w, "outcome", stated.outcome);
    w.member("posterior", stated.posterior);
    w.close_object();
  }
  w.close_object();
}

void write_drill(JsonWriter& w, const Played& p) {
  w.open_object();
  w.member("id", static_cast<std::uint64_t>(p.id));
  w.member("identity", p.identity);
  w.member("log", p.log);
  w.member("scenario", p.scenario);
  w.member("hash", p.hash);
  w.member("version", p.version);
  w.member("seed", std::to_string(p.seed));  // 64 bits do not fit every reader's numbers
  w.member("replication", std::uint64_t{p.replication});
  w.member("mode", p.mode);
  w.key("started");
  if (p.started.empty())
    w.null();
  else
    w.value(p.started);
  w.member("ended", p.ended);
  w.key("harm");
  w.open_object(Layout::line);
  w.member("unit", p.harm_unit);
  w.member("total", p.harm);
  w.member("luck_adjusted", p.luck_adjusted);
  w.close_object();
  w.member("grade", p.grade);
  w.member("is_emergency", p.is_emergency);
  flag(w, "treated_as_emergency", p.treated_as_emergency);
  write_parts(w, p);
  w.close_object();
}

void write_shares(JsonWriter& w, std::string_view key, std::string_view name,
                  const std::vector<Share>& shares) {
  w.key(key);
  w.open_array();
  for (const Share& share : shares) {
    w.open_object(Layout::line);
    w.member(name, share.name);
    w.member("count", static_cast<std::uint64_t>(share.count));
    w.member("of", static_cast<std::uint64_t>(share.of));
    interval(w, "ci95", share.ci95);
    w.close_object();
  }
  w.close_array();
}

void write_detection(JsonWriter& w, const Summary& s) {
  w.key("detection");
  w.open_object();
  w.member("hits", static_cast<std::uint64_t>(s.answers.hits));
  w.member("emergencies", static_cast<std::uint64_t>(s.answers.emergencies));
  w.member("false_alarms", static_cast<std::uint64_t>(s.answers.false_alarms));
  w.member("decoys", static_cast<std::uint64_t>(s.answers.decoys));
  if (s.detection) {
    w.member("d_prime", s.detection->d);
    interval(w, "d_prime_ci95", s.detection->d_ci95);
    w.member("c", s.detection->c);
    interval(w, "c_ci95", s.detection->c_ci95);
  }
  w.close_object();
}

void write_part(JsonWriter& w, std::string_view name, const Part& part) {
  w.key(name);
  w.open_object(Layout::line);
  w.member("value", part.value);
  w.member("corrected", part.corrected);
  interval(w, "ci95", part.ci95);
  w.close_object();
}

void write_question(JsonWriter& w, const Question& q) {
  const Calibration& c = q.calibration;
  w.key(q.question);
  w.open_object();
  w.member("forecasts", static_cast<std::uint64_t>(c.count));
  write_part(w, "brier", c.brier);
  write_part(w, "reliability", c.reliability);
  write_part(w, "resolution", c.resolution);
  write_part(w, "uncertainty", c.uncertainty);
  write_part(w, "within", c.within);
  w.key("groups");
  w.open_array();
  for (const Group& group : c.groups) {
    w.open_object(Layout::line);
    w.member("count", static_cast<std::uint64_t>(group.count));
    w.member("stated", group.stated);
    w.member("was_so", group.was_so);
    interval(w, "ci95", group.ci95);
    w.close_object();
  }
  w.close_array();
  w.key("against_posterior");
  w.open_object(Layout::line);
  w.member("forecasts", static_cast<std::uint64_t>(q.graded));
  w.member("mean_square", q.graded > 0 ? std::optional<double>(q.distance) : std::nullopt);
  interval(w, "ci95", q.distance_ci95);
  w.close_object();
  w.close_object();
}

}  // namespace

std::string drills_json(std::span<const Played> drills, const std::string& version) {
  JsonWriter w;
  begin_document(w, version);
  w.key("drills");
  w.open_array();
  for (const Played& played : drills) write_drill(w, played);
  w.close_array();
  w.close_object();
  return w.take();
}

std::string summaries_json(std::span<const Summary> summaries, const std::string& version) {
  JsonWriter w;
  begin_document(w, version);
  w.key("modes");
  w.open_array();
  for (const Summary& s : summaries) {
    w.open_object();
    w.member("mode", s.mode);
    w.member("drills", static_cast<std::uint64_t>(s.drills));
    write_shares(w, "without_mistakes", "name", {s.without_mistakes});
    write_shares(w, "mistakes", "id", s.mistakes);
    write_shares(w, "failed_tasks", "name", s.failed_tasks);
    write_detection(w, s);
    w.key("calibration");
    w.open_object();
    for (const Question& question : s.questions) write_question(w, question);
    w.close_object();
    w.close_object();
  }
  w.close_array();
  w.close_object();
  return w.take();
}

}  // namespace breakglass::history
