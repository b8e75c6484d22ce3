// What happened, and why, in the order of time. What is after the cursor is there, but dim.
#include <imgui.h>

#include <algorithm>

#include "viz/run/panel_parts.hpp"

namespace breakglass::viz {
namespace {

struct Columns {
  double clock = 0;  // where each begins
  double kind = 0;
  double text = 0;
  double right = 0;
};

Columns columns_in(const Canvas& canvas, double left, double right) {
  const double line = canvas.line();
  Columns c;
  c.clock = left + 0.5 * line;
  c.kind = c.clock + text_width(canvas.fonts.mono, "Wed 00:00") + 0.9 * line;
  c.text = c.kind + 0.9 * line;
  c.right = right - 0.4 * line;
  return c;
}

void draw_row(const Canvas& canvas, const analysis::TimelineLine& event,
              const std::vector<std::string_view>& lines, const plot::Box& row, const Columns& columns,
              bool past, bool current) {
  const double line = canvas.line();
  const double top = row.top + 0.2 * line;
  if (current) {
    fill(canvas, row, canvas.ink.raised, 0.25F * canvas.line());
    fill(canvas, {row.left, row.top, row.left + 0.2 * line, row.bottom}, canvas.ink.text);
  }
  const ImU32 clock = past ? canvas.ink.muted : canvas.ink.faint;
  const ImU32 text = past ? canvas.ink.text : canvas.ink.faint;
  const double drop = (line - canvas.fonts.mono->FontSize) / 2;
  put_text(canvas, canvas.fonts.mono, vec({columns.clock, top + drop}), clock, event.clock);
  put_kind(canvas, event.kind, {columns.kind, top + 0.55 * line}, 0.26 * line, past);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    put_text(canvas, canvas.fonts.text, vec({columns.text, top + static_cast<double>(i) * 1.15 * line}), text,
             lines[i]);
  }
}

void draw_rows(const Canvas& canvas, const RunView& view, RunPanelState& state) {
  const double line = canvas.line();
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const double right = origin.x + ImGui::GetContentRegionAvail().x;
  const Columns columns = columns_in(canvas, origin.x, right);
  const double seen_top = canvas.list->GetClipRectMin().y;
  const double seen_bottom = canvas.list->GetClipRectMax().y;
  const int current = event_at(view, state.cursor);
  double y = origin.y;
  for (int i = 0; i < static_cast<int>(view.events.size()); ++i) {
    const auto& event = view.events[static_cast<std::size_t>(i)];
    const auto lines =
        wrapped(canvas.fonts.text, event.text, static_cast<float>(columns.right - columns.text));
    const double height = (0.4 + 1.15 * static_cast<double>(std::max<std::size_t>(1, lines.size()))) * line;
    const plot::Box row{origin.x, y, right, y + height};
    y += height;
    if (i == current && state.reveal > 0) {
      const auto middle = static_cast<float>((row.top + row.bottom) / 2 - origin.y);
      ImGui::SetScrollFromPosY(middle + origin.y - ImGui::GetWindowPos().y, 0.5F);
      --state.reveal;
    }
    if (row.bottom < seen_top || row.top > seen_bottom) continue;
    ImGui::PushID(i);
    if (click_area("event", row)) {
      state.playing = false;
      state.whole = state.whole || event.at > view.story_end;
      move_to(view, state, event.at);
      state.reveal = 0;  // it is where the mouse is
    }
    ImGui::PopID();
    draw_row(canvas, event, lines, row, columns, event.at <= state.cursor, i == current);
  }
  ImGui::SetCursorScreenPos(origin);
  ImGui::Dummy({1, static_cast<float>(y - origin.y)});
}

}  // namespace

void draw_event_list(const Canvas& canvas, const RunView& view, RunPanelState& state, const plot::Box& box) {
  const double line = canvas.line();
  const plot::Box head{box.left + 0.7 * line, box.top + 0.33 * line, box.right - 0.5 * line, box.bottom};
  const double top = flow(canvas,
                          {{canvas.fonts.bold, canvas.ink.text, "Events"},
                           {canvas.fonts.text, canvas.ink.muted, "and their reasons"}},
                          head, nullptr);
  ImGui::SetCursorScreenPos(vec({box.left + 0.3 * line, top + 0.1 * line}));
  const ImVec2 size{static_cast<float>(box.width() - 0.6 * line),
                    static_cast<float>(box.bottom - top - 0.4 * line)};
  if (ImGui::BeginChild("events", size, false, ImGuiWindowFlags_NoNav)) {
    Canvas inside = canvas;
    inside.list = ImGui::GetWindowDrawList();
    inside.scrolled = true;
    draw_rows(inside, view, state);
  }
  ImGui::EndChild();
}

}  // namespace breakglass::viz
