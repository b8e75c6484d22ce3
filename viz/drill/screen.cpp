#include "viz/drill/screen.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "sim/model/service_graph.hpp"
#include "viz/text.hpp"

namespace breakglass::viz {
namespace {

constexpr std::size_t kMostSamples = 480;  // of the harm's curve

std::vector<ServiceNode> services_of(const sim::ScenarioParams& params) {
  const int target = sim::find_service(params.services, params.change.service);
  const std::vector<bool> hit = sim::reaches(params.services, target);
  std::vector<ServiceNode> nodes;
  for (std::size_t i = 0; i < params.services.size(); ++i) {
    ServiceNode node{plain(params.services[i].id), {}, static_cast<int>(i) == target, hit[i]};
    for (const sim::CallParams& call : params.services[i].calls)
      node.calls.push_back(sim::find_service(params.services, call.id));
    nodes.push_back(std::move(node));
  }
  return nodes;
}

void add_harm(DrillScreen& screen, const drill::Drill& drill, sim::Time at) {
  screen.harm.push_back({sim::to_seconds(at), analysis::reckon(drill.scenario(), drill.reasons, at)});
}

// Every other sample goes when there are too many.
void thin_harm(std::vector<HarmSample>& harm) {
  if (harm.size() <= kMostSamples) return;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < harm.size(); ++i) {
    if (i % 2 == 0 || i + 1 == harm.size()) harm[kept++] = harm[i];
  }
  harm.resize(kept);
}

void read_harm(DrillScreen& screen, const drill::Drill& drill) {
  const double now = sim::to_seconds(drill.world.now);
  if (screen.harm.empty()) {  // at the page, or coming back to a drill
    constexpr int kGrid = 60;
    for (int i = 0; i < kGrid; ++i) add_harm(screen, drill, drill.world.now / kGrid * i);
  } else if (now - screen.harm.back().at_s < 1) {
    screen.harm.pop_back();
  }
  add_harm(screen, drill, drill.world.now);
  thin_harm(screen.harm);
}

void read_weights(DrillScreen& screen, const drill::Drill& drill) {
  screen.weights.assign(1, {0, 0});
  for (const sim::Reason& r : drill.reasons) {
    const double at = sim::to_seconds(r.at);
    if (r.kind == sim::ReasonKind::step || r.kind == sim::ReasonKind::walking_back)
      screen.weights.push_back({at, r.value});
    if (r.kind == sim::ReasonKind::rolled_back) screen.weights.push_back({at, 0});
  }
}

void read_signals(DrillScreen& screen, const drill::Drill& drill) {
  const auto forms = drill::signal_forms(drill);
  for (std::size_t s = 0; s < forms.size(); ++s) {
    SignalView& signal = screen.signals[s];
    const auto& points = screen.view.charts[s].points;
    for (std::size_t i = screen.seen[s]; i < points.size(); ++i) {
      const drill::Point& p = points[i];
      add_reading(signal, forms[s].params, {p.at, p.change, p.stable, p.items, p.stable >= 0});
    }
    screen.seen[s] = points.size();
    signal.bounds.clear();
    for (const auto& bound : forms[s].bounds) signal.bounds.push_back({bound.value, bound.above});
  }
}

void make_plain(drill::View& view) {
  view.page = plain(view.page);
  view.harm_unit = plain(view.harm_unit);
  for (drill::Message& message : view.messages) message.text = plain(message.text);
  for (std::string& bypass : view.bypasses) bypass = plain(bypass);
}

drill::Choice with_reason(const drill::Drill& drill, drill::Verb verb) {
  drill::Action action;
  action.verb = verb;
  return drill::choice_of(drill, action);
}

}  // namespace

DrillScreen open_screen(const drill::Session& session) {
  const drill::Drill& drill = session.drill;
  const sim::ScenarioParams& params = drill.scenario().params;
  DrillScreen screen;
  screen.title = plain(params.title.empty() ? params.id : params.title);
  screen.service = plain(params.change.service);
  screen.mode = drill::kModes[static_cast<std::size_t>(drill.setup.mode)];
  screen.clock = drill.scenario().clock;
  screen.zone = zone_text(screen.clock.offset_s);
  screen.horizon = sim::horizon(drill.scenario());
  screen.services = services_of(params);
  screen.forms = drill::forms_of(drill);
  for (const sim::SignalParams& signal : params.signals) screen.signals.push_back(signal_view(signal));
  screen.seen.assign(screen.signals.size(), 0);
  refresh(screen, session);
  return screen;
}

void refresh(DrillScreen& screen, const drill::Session& session) {
  const drill::Drill& drill = session.drill;
  screen.view = drill::look(drill);
  read_signals(screen, drill);
  make_plain(screen.view);
  screen.board = drill::approval_board(drill);
  for (drill::BoardPlace& place : screen.board.places) {
    place.name = plain(place.name);
    place.paged_now = plain(place.paged_now);
  }
  screen.choices = drill::rollout_choices(drill);
  for (std::size_t i = 0; i < kOrders; ++i)
    screen.orders[i] = drill::choice_of(drill, static_cast<sim::Order>(i));
  screen.refuse = with_reason(drill, drill::Verb::refuse);
  screen.close = with_reason(drill, drill::Verb::close);
  read_harm(screen, drill);
  read_weights(screen, drill);
  screen.decided.clear();
  for (const drill::Entry& entry : drill.entries) screen.decided.push_back({sim::to_seconds(entry.at), 0});
}

}  // namespace breakglass::viz
