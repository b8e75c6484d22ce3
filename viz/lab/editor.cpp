#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "plot/charts.hpp"
#include "viz/input.hpp"
#include "viz/lab/room.hpp"

namespace breakglass::viz {
namespace {

constexpr double kShortest_s = 60;

double minutes(const sim::StepParams& step) { return sim::to_seconds(step.duration) / 60; }

// The weight stays between those of its neighbours; the last step keeps everybody.
void set_step(std::vector<sim::StepParams>& steps, std::size_t i, double weight, double duration_s) {
  const double low = i == 0 ? 0.01 : steps[i - 1].weight + 0.01;
  const double high = i + 1 == steps.size() ? 1 : steps[i + 1].weight - 0.01;
  if (i + 1 < steps.size() && low <= high)
    steps[i].weight = std::round(100 * std::clamp(weight, low, high)) / 100;
  const double whole = 60 * std::round(std::clamp(duration_s, kShortest_s, 24 * 3600.0) / 60);
  steps[i].duration = sim::from_seconds(whole);
}

// True when the handle was let go, or moved by a key.
bool move_handle(Ui& ui, const std::string& label, std::vector<sim::StepParams>& steps, std::size_t i,
                 const plot::Scale& x, const plot::Scale& y, double begins_s) {
  if (!ui.enabled) return false;
  if (ImGui::IsItemActive()) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    set_step(steps, i, y.inverse(mouse.y), x.inverse(mouse.x) - begins_s);
  }
  if (ImGui::IsItemDeactivated()) return true;
  if (ui.memory.focus != label || ui.memory.typing) return false;
  const double step_s = shift_held() ? 600 : 60;
  const double duration = 60 * minutes(steps[i]);
  const sim::StepParams before = steps[i];
  if (pressed(Key::left)) set_step(steps, i, steps[i].weight, duration - step_s);
  if (pressed(Key::right)) set_step(steps, i, steps[i].weight, duration + step_s);
  if (pressed(Key::up)) set_step(steps, i, steps[i].weight + 0.01, duration);
  if (pressed(Key::down)) set_step(steps, i, steps[i].weight - 0.01, duration);
  return before.weight != steps[i].weight || before.duration != steps[i].duration;
}

}  // namespace

bool draw_schedule_editor(Ui& ui, std::vector<sim::StepParams>& steps, const plot::Box& box) {
  const Canvas& c = ui.canvas;
  const double line = c.line();
  double total = 0;
  for (const sim::StepParams& step : steps) total += sim::to_seconds(step.duration);
  const plot::Box area_box{box.left + 0.5 * line, box.top + 1.3 * line, box.right - 0.8 * line,
                           box.bottom - 0.5 * line};
  const plot::Scale x{0, std::max(3600.0, 1.25 * total), area_box.left, area_box.right};
  const plot::Scale y{0, 1, area_box.bottom, area_box.top};
  fill(c, {area_box.left, area_box.bottom, area_box.right, area_box.bottom + 1}, c.ink.axis);
  std::vector<plot::Point> curve{{x(0), y(0)}};
  std::string text;
  double at = 0;
  for (const sim::StepParams& step : steps) {
    curve.push_back({x(at), y(step.weight)});
    at += sim::to_seconds(step.duration);
    curve.push_back({x(at), y(step.weight)});
    text += fmt::format("{}{:.0f}% {:.0f} min", text.empty() ? "" : ", ", 100 * step.weight, minutes(step));
  }
  put_text_in(c, c.fonts.text, {box.left, box.top, box.right, box.top + 1.2 * line}, c.ink.muted, text);
  put_line(c, curve, c.ink.change, plot::Dash::solid, 2 * c.fonts.scale, c.fonts.scale);
  bool moved = false;
  double begins = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const double ends = begins + sim::to_seconds(steps[i].duration);
    const plot::Point handle{x(ends), y(steps[i].weight)};
    const double r = 0.5 * line;
    const std::string label = fmt::format("step {}", i + 1);
    c.list->AddCircleFilled(vec(handle), static_cast<float>(0.7 * r), c.ink.change);
    area(ui, label, {handle.x - r, handle.y - r, handle.x + r, handle.y + r});
    moved = move_handle(ui, label, steps, i, x, y, begins) || moved;
    begins += sim::to_seconds(steps[i].duration);
  }
  return moved;
}

}  // namespace breakglass::viz
