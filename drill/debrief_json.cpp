#include <nlohmann/json.hpp>

#include <algorithm>

#include "drill/debrief_figures.hpp"
#include "drill/grade_text.hpp"

namespace breakglass::drill {
namespace {

using Json = nlohmann::ordered_json;

Json course_json(const Course& course) {
  Json out = Json::array();
  for (const CoursePoint& p : course.points) {
    Json row = {{"at_s", sim::to_seconds(p.at)},
                {"at", p.clock},
                {"weight", p.weight},
                {"harm_reckoned", p.reckoned},
                {"harm", p.harm}};
    if (p.believed >= 0) row["p_regression"] = p.believed;
    out.push_back(row);
  }
  return out;
}

Json beliefs_json(const Debrief& d) {
  Json out = Json::array();
  for (const StatedBelief& s : d.course.stated) {
    Json row = {{"at_s", sim::to_seconds(s.at)}, {"at", s.clock}};
    if (s.regression >= 0)
      row["regression"] = {{"stated", s.regression},
                           {"ideal", s.ideal_regression},
                           {"outcome", d.carried},
                           {"brier", brier(s.regression, d.carried)}};
    if (s.real >= 0)
      row["real"] = {{"stated", s.real}, {"outcome", d.was_real}, {"brier", brier(s.real, d.was_real)}};
    out.push_back(row);
  }
  return out;
}

Json situation_json(const Situation& s) {
  Json out;
  out["status"] = Json::object();
  for (const auto& [what, how] : s.status) {
    Json& at = out["status"][what];  // what was bypassed is several lines
    at = at.is_null() ? Json(how) : Json(at.get<std::string>() + "; " + how);
  }
  out["news"] = s.news;
  out["readings"] = s.readings;
  return out;
}

Json steps_json(const Grade& grade) {
  Json out = Json::array();
  for (const HarmStep& step : harm_steps(grade)) {
    Json row = {{"step", label_of(step)}, {"harm", step.amount}};
    if (step.number > 0) row["decision"] = step.number;
    out.push_back(row);
  }
  return out;
}

Json whole_grade_json(const Debrief& d) {
  Json out = grade_json(d.grade);
  out["counted"] = d.numbered.size();
  out["to_look_at_again"] =
      std::count_if(d.numbered.begin(), d.numbered.end(), [](const NumberedDecision& n) { return n.again; });
  out["labels"] = Json::object();
  for (std::size_t i = 0; i < d.numbered.size(); ++i) {
    const NumberedDecision& n = d.numbered[i];
    Json& row = out["decisions"][n.index];
    row["number"] = i + 1;
    row["again"] = n.again;
    row["situation"] = situation_json(n.situation);
    Json& count = out["labels"][std::string(name_of(d.grade.decisions[n.index].label))];
    count = count.is_null() ? 1 : count.get<int>() + 1;
  }
  out["steps"] = steps_json(d.grade);
  return out;
}

void add_tasks(const Debrief& d, Json& out) {
  out["critical_tasks"] = Json::array();
  for (const CriticalTask& t : d.tasks)
    out["critical_tasks"].push_back({{"name", t.name}, {"passed", t.passed}, {"evidence", t.evidence}});
  out["tasks_passed"] = std::count_if(d.tasks.begin(), d.tasks.end(), [](const auto& t) { return t.passed; });
  out["tasks"] = d.tasks.size();
  out["mistakes"] = Json::array();
  for (std::size_t i = 0; i < d.mistakes.size(); ++i) {
    const Finding& f = d.mistakes[i];
    out["mistakes"].push_back({{"id", id_of(f.mistake)},
                               {"name", name_of(f.mistake)},
                               {"at_s", sim::to_seconds(f.at)},
                               {"at", d.mistake_times[i]},
                               {"evidence", f.evidence}});
  }
}

}  // namespace

std::string debrief_json(const Debrief& d) {
  Json out;
  out["program"] = {{"name", "breakglass"}, {"version", BREAKGLASS_VERSION}};
  out["scenario"] = d.scenario;
  out["hash"] = d.hash;
  out["title"] = d.title;
  out["mode"] = d.mode;
  out["seed"] = std::to_string(d.seed);  // 64 bits do not fit every reader's numbers
  out["replication"] = d.replication;
  if (d.branch)
    out["branch"] = {{"of", d.branch->of},
                     {"kept", d.branch->kept},
                     {"at_s", sim::to_seconds(d.branch->at)},
                     {"luck", d.branch->luck}};
  out["actions"] = d.actions.size();
  out["decisions"] = Json::array();
  for (const DoneAction& a : d.actions)
    out["decisions"].push_back({{"at_s", sim::to_seconds(a.at)}, {"at", a.clock}, {"do", a.line}});
  out["course"] = course_json(d.course);
  add_tasks(d, out);
  out["harm"] = {{"unit", d.harm_unit}, {"total", d.harm}, {"estimated_at_end", d.estimate}};
  out["same_world"] = Json::object();
  for (const OtherStrategy& other : d.others) out["same_world"][other.name] = other.harm;
  out["stated"] = Json::object();
  if (d.stated_regression >= 0) out["stated"]["regression"] = d.stated_regression;
  if (d.stated_real >= 0) out["stated"]["real"] = d.stated_real;
  out["beliefs"] = beliefs_json(d);
  out["even_odds"] = {{"stated", 0.5}, {"brier", brier(0.5, true)}};
  if (!d.grade.decisions.empty()) out["grade"] = whole_grade_json(d);
  out["hindsight"] = d.hindsight;
  out["own_words"] = kOwnWords;
  out["record"] = Json::parse(record_json(d.record));
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace breakglass::drill
