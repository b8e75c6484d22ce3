// Opening the lab, and its runs on another thread.
#include "scenarios/shipped.hpp"
#include "viz/app_rooms.hpp"
#include "viz/text.hpp"

namespace breakglass::viz {

void give_up_lab(App& app) {
  if (app.lab_job == nullptr) return;
  app.lab_job->cancel();
  app.ending_labs.push_back(std::move(app.lab_job));
  app.lab.working = false;
}

void give_up_debrief(App& app) {
  if (app.job == nullptr) return;
  app.job->cancel();
  app.ending_debriefs.push_back(std::move(app.job));
}

void let_go(App& app) {
  const auto has_ended = [](const auto& job) { return job->is_done(); };
  std::erase_if(app.ending_labs, has_ended);
  std::erase_if(app.ending_debriefs, has_ended);
}

std::vector<LabScenario> lab_scenarios() {
  std::vector<LabScenario> out;
  for (const scenarios::ShippedFile& file : scenarios::shipped_files()) {
    if (file.kind != "scenario") continue;
    scenarios::Problems problems;
    scenarios::LoadOptions options;
    options.check_listed_strategies = false;
    const auto loaded = scenarios::load_scenario(std::string(file.id), options, problems);
    if (!loaded) continue;
    const sim::ScenarioParams& p = loaded->scenario.params;
    out.push_back({p.id, plain(p.title), p.strategies, p.change.regression.probability});
  }
  return out;
}

void open_lab(App& app) {
  if (app.lab.scenarios.empty()) {
    app.lab.scenarios = lab_scenarios();
    choose_scenario(app.lab, app.lab_desk, scenario_named(app.lab, "pii-leak"));
  }
  app.room = Room::lab;
}

void lab_frame(App& app) {
  if (app.lab_job != nullptr) {
    app.lab.progress = app.lab_job->progress();
    const bool was_done = app.lab_job->is_done();  // asked first: what it made last is then there to take
    if (auto result = app.lab_job->take()) app.lab.result = std::move(*result);
    app.lab.working = !was_done;
  }
  const LabWish wish = draw_lab_room(app.look, app.lab, app.lab_desk);
  if (wish.cancels && app.lab_job != nullptr) app.lab_job->cancel();
  if (wish.runs) {
    give_up_lab(app);
    app.lab_job = std::make_unique<LabJob>(request_of(app.lab, app.lab_desk));
    app.lab.working = true;
  }
  if (wish.leaves) open_start(app);
}

}  // namespace breakglass::viz
