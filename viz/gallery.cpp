#include "viz/gallery.hpp"

#include <fmt/format.h>

#include <memory>
#include <stdexcept>

#include "viz/app_rooms.hpp"
#include "viz/debrief/room.hpp"
#include "viz/drill/room.hpp"
#include "viz/drill/staged.hpp"

namespace breakglass::viz {
namespace {

struct Size {
  int width;
  int height;
  float scale;
};
constexpr Size kSizes[] = {{1280, 720, 1}, {2560, 1440, 2}, {1280, 720, 2}};

// A moment of the founding drill, with a desk on which this and that is open.
Exhibit drill_exhibit(const char* name, const std::string& scenario, std::vector<std::string> lines,
                      std::function<void(DrillDesk&, DrillSeat&)> arrange = {}) {
  return {name,
          [scenario, lines = std::move(lines), arrange = std::move(arrange)](const Look& look, Shown& shown) {
            std::string problem;
            std::shared_ptr<DrillSeat> seat = stage_drill(scenario, 7, lines, problem);
            if (seat == nullptr) throw std::runtime_error(problem);
            auto desk = std::make_shared<DrillDesk>();
            desk->is_opened = true;
            shown.memory = &desk->memory;
            if (arrange) arrange(*desk, *seat);
            return [look, seat, desk] {
              Commands commands;
              draw_drill_room(look, seat->screen, *desk, commands);
            };
          }};
}

// The start room as a new user sees it, but with fixed results.
Exhibit start_exhibit() {
  return {"start", [](const Look& look, Shown& shown) {
            auto app = std::make_shared<App>();
            app->request.no_history = true;
            open_start(*app);
            app->start.cards.front().result = "played 3 times";
            shown.memory = &app->start_desk.memory;
            return [look, app] { draw_start_room(look, app->start, app->start_desk); };
          }};
}

Exhibit settings_exhibit() {
  return {"settings", [](const Look& look, Shown& shown) {
            auto desk = std::make_shared<SettingsDesk>();
            shown.memory = &desk->memory;
            return [look, desk] {
              Settings settings;
              settings.theme = look.theme;
              draw_settings_room(look, settings, "", *desk);
            };
          }};
}

// The founding drill played to its end and graded; with few worlds, so that a picture does not take minutes.
const DebriefScreen& staged_debrief() {
  static const DebriefScreen kScreen = [] {
    std::string problem;
    const auto seat = stage_drill("pii-leak", 7, founding_lines(""), problem);
    if (seat == nullptr) throw std::runtime_error(problem);
    DebriefScreen screen = debrief_screen(*seat);
    drill::GradeOptions how;
    how.most = how.first;
    screen.debrief = drill::debrief_of(seat->session.drill, &how);
    screen.graded = true;
    screen.working = false;
    return screen;
  }();
  return kScreen;
}

Exhibit debrief_exhibit(const char* name, Chapter chapter) {
  return {name, [chapter](const Look& look, Shown& shown) {
            auto desk = std::make_shared<DebriefDesk>();
            desk->chapter = chapter;
            shown.memory = &desk->memory;
            return [look, desk] { draw_debrief_room(look, staged_debrief(), *desk); };
          }};
}

// A run of the lab that is over; a few hundred worlds, so that a picture does not take minutes.
const LabScreen& staged_lab(LabDesk& desk) {
  static const LabScreen kScreen = [] {
    LabScreen screen;
    screen.scenarios = lab_scenarios();
    LabDesk first;
    choose_scenario(screen, first, scenario_named(screen, "pii-leak"));
    first.has_own = true;
    LabRequest request = request_of(screen, first);
    request.replications = 512;
    screen.result = run_lab(request);
    screen.progress = 1;
    return screen;
  }();
  choose_scenario(kScreen, desk, scenario_named(kScreen, "pii-leak"));
  desk.has_own = true;
  return kScreen;
}

Exhibit lab_exhibit(const char* name, LabView view) {
  return {name, [view](const Look& look, Shown& shown) {
            auto desk = std::make_shared<LabDesk>();
            const LabScreen& screen = staged_lab(*desk);
            desk->view = view;
            desk->instant = 0.02;
            shown.memory = &desk->memory;
            return [look, desk, &screen] { draw_lab_room(look, screen, *desk); };
          }};
}

const auto kOpen = [](Form form) {
  return [form](DrillDesk& desk, DrillSeat&) {
    desk.form = form;
    desk.corner = Corner::forms;
  };
};

}  // namespace

std::vector<Exhibit> exhibits() {
  std::vector<Exhibit> all{start_exhibit(), settings_exhibit()};
  all.push_back(drill_exhibit("drill-page", "pii-leak", {}));
  all.push_back(
      drill_exhibit("drill-scope", "pii-leak", founding_lines("bypass canary"), kOpen(Form::scope)));
  all.push_back(
      drill_exhibit("drill-approvals", "pii-leak", founding_lines("wait 2m"), kOpen(Form::approvals)));
  all.push_back(drill_exhibit("drill-ready", "waf-rule", {"wait 10m", "classify security", "ship"},
                              kOpen(Form::ready)));
  auto rolling = founding_lines("promote");
  rolling.emplace_back("wait step");
  all.push_back(drill_exhibit("drill-rollout", "pii-leak", rolling, [](DrillDesk& desk, DrillSeat& seat) {
    desk.form = Form::ready;
    desk.corner = Corner::world;
    seat.screen.pace.paused = false;
    seat.screen.pace.speed = 60;
  }));
  auto question = rolling;
  question.emplace_back("roll-back");
  all.push_back(drill_exhibit("drill-question", "pii-leak", question,
                              [](DrillDesk& desk, DrillSeat&) { desk.corner = Corner::decide; }));
  all.push_back(drill_exhibit("drill-close", "pii-leak", founding_lines("wait gate"), kOpen(Form::close)));
  all.push_back(drill_exhibit("drill-over", "pii-leak", founding_lines(""),
                              [](DrillDesk& desk, DrillSeat&) { desk.corner = Corner::decide; }));
  all.push_back(drill_exhibit("drill-keys", "pii-leak", {},
                              [](DrillDesk& desk, DrillSeat&) { desk.keys_shown = true; }));
  for (const auto& [name, chapter] : {std::pair{"debrief-replay", Chapter::replay},
                                      {"debrief-better", Chapter::better},
                                      {"debrief-verdict", Chapter::verdict},
                                      {"debrief-belief", Chapter::belief},
                                      {"debrief-luck", Chapter::luck},
                                      {"debrief-tasks", Chapter::tasks},
                                      {"debrief-others", Chapter::others},
                                      {"debrief-hindsight", Chapter::hindsight},
                                      {"debrief-words", Chapter::words}})
    all.push_back(debrief_exhibit(name, chapter));
  all.push_back(lab_exhibit("lab-outcomes", LabView::outcomes));
  all.push_back(lab_exhibit("lab-race", LabView::race));
  return all;
}

std::vector<Picture> pictures_of(const Exhibit& exhibit) {
  std::vector<Picture> out;
  for (const Size& size : kSizes) {
    for (const Theme theme : {Theme::dark, Theme::light}) {
      Headless headless(size.width, size.height, size.scale, theme);
      Shown shown;
      const auto draw = exhibit.open(headless.look(), shown);
      for (int i = 0; i < 5; ++i) headless.frame(draw);  // lists settle over frames
      out.push_back({fmt::format("{}-{}x{}-{:.0f}-{}.png", exhibit.name, size.width, size.height,
                                 100 * size.scale, theme == Theme::dark ? "dark" : "light"),
                     png(headless.image())});
    }
  }
  return out;
}

}  // namespace breakglass::viz
