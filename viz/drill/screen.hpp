// What the drill's panels draw: read-only, made from what drill/ lets the trainee see, and made anew whenever
// time passes or something is decided.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "analysis/reckoning.hpp"
#include "drill/approval_board.hpp"
#include "drill/choice.hpp"
#include "drill/coach.hpp"
#include "drill/forms.hpp"
#include "drill/pace.hpp"
#include "drill/session.hpp"
#include "drill/view.hpp"
#include "plot/scene.hpp"
#include "sim/kernel/civil.hpp"
#include "viz/signal_view.hpp"

namespace breakglass::viz {

inline constexpr std::size_t kOrders = std::size(sim::kOrderNames);

struct HarmSample {
  double at_s = 0;
  analysis::Reckoning harm;
};

struct ServiceNode {
  std::string id;
  std::vector<int> calls;
  bool is_changed = false;  // the released service
  bool is_hit = false;      // an entry point or a service on the way to it: the blast radius
};

// What the coach of a lesson said, and the lines that can be tried now.
struct CoachNote {
  std::string text;
  std::vector<std::string> lines;
};

struct DrillScreen {
  std::string title;
  std::string service;
  std::string mode;
  sim::CivilClock clock;
  std::string zone;
  sim::Time horizon{};
  std::vector<ServiceNode> services;
  drill::Forms forms;
  // What moves.
  drill::View view;
  drill::ApprovalBoard board;
  std::vector<drill::Choice> choices;           // of the rollout
  std::array<drill::Choice, kOrders> orders{};  // by sim::Order
  drill::Choice refuse;
  drill::Choice close;
  std::vector<SignalView> signals;
  std::vector<HarmSample> harm;      // as reckoned, thinned
  std::vector<plot::Point> weights;  // seconds, weight: at every move
  std::vector<plot::Point> decided;  // seconds of every decision; y unused
  std::vector<CoachNote> notes;
  drill::Pace pace;
  std::string question;           // waits for a yes
  std::string notice;             // the last answer, where it was a no
  std::string stuck;              // the log does not take a line: nothing goes on
  std::vector<std::size_t> seen;  // measurements of each chart that are in `signals`
};

DrillScreen open_screen(const drill::Session& session);
void refresh(DrillScreen& screen, const drill::Session& session);

}  // namespace breakglass::viz
