#include "viz/canvas.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace breakglass::viz {
namespace {

constexpr std::string_view kEllipsis = "…";

plot::Box box_of(const ImVec2& low, const ImVec2& high) { return {low.x, low.y, high.x, high.y}; }

// The longest beginning of the text, cut between code points, that leaves room for the ellipsis.
std::string shortened(const ImFont* font, std::string_view text, float width) {
  std::size_t end = text.size();
  while (end > 0) {
    --end;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    std::string candidate(text.substr(0, end));
    while (!candidate.empty() && candidate.back() == ' ') candidate.pop_back();
    candidate += kEllipsis;
    if (text_width(font, candidate) <= width) return end == 0 ? "" : candidate;
  }
  return "";
}

void put_marked(const Canvas& canvas, const ImFont* font, ImVec2 at, ImU32 colour, std::string_view text,
                bool elided) {
  if (text.empty()) return;
  at = {std::floor(at.x), std::floor(at.y)};  // glyphs are sharp on whole pixels only
  canvas.list->AddText(font, font->FontSize, at, colour, text.data(), text.data() + text.size());
  if (canvas.marks == nullptr) return;
  const ImVec2 low = canvas.list->GetClipRectMin();
  const ImVec2 high = canvas.list->GetClipRectMax();
  const ImVec2 end{at.x + text_width(font, text), at.y + font->FontSize};
  canvas.marks->push_back({std::string(text), box_of(at, end), box_of(low, high), canvas.scrolled, elided});
}

// How many bytes of a word longer than a line have room: at least one code point.
std::size_t characters_within(const ImFont* font, std::string_view word, float width) {
  std::size_t length = 0;
  for (std::size_t end = 1; end <= word.size(); ++end) {
    if (end < word.size() && (static_cast<unsigned char>(word[end]) & 0xC0U) == 0x80U) continue;
    if (length > 0 && text_width(font, word.substr(0, end)) > width) break;
    length = end;
  }
  return length;
}

// Lengths of marks and gaps, in units; a solid line has none.
std::span<const double> pattern(plot::Dash dash) {
  static constexpr std::array<double, 2> kDashed{5, 4};
  static constexpr std::array<double, 2> kDotted{1.5, 3};
  static constexpr std::array<double, 4> kDashDot{7, 3, 1.5, 3};
  static constexpr std::array<double, 2> kLong{12, 4};
  switch (dash) {
    case plot::Dash::solid: return {};
    case plot::Dash::dashed: return kDashed;
    case plot::Dash::dotted: return kDotted;
    case plot::Dash::dash_dot: return kDashDot;
    case plot::Dash::long_dash: return kLong;
  }
  return {};
}

void put_dashes(const Canvas& canvas, const std::vector<plot::Point>& points, ImU32 colour,
                std::span<const double> lengths, float thickness, double unit) {
  std::size_t phase = 0;
  double left = lengths[0] * unit;
  std::vector<ImVec2> mark{vec(points.front())};
  const auto flush = [&] {
    if (mark.size() > 1)
      canvas.list->AddPolyline(mark.data(), static_cast<int>(mark.size()), colour, 0, thickness);
    mark.clear();
  };
  for (std::size_t i = 1; i < points.size(); ++i) {
    plot::Point a = points[i - 1];
    const plot::Point b = points[i];
    double length = std::hypot(b.x - a.x, b.y - a.y);
    while (length > left) {
      a = {a.x + (b.x - a.x) * left / length, a.y + (b.y - a.y) * left / length};
      length -= left;
      if (phase % 2 == 0) {
        mark.push_back(vec(a));
        flush();
      } else {
        mark.push_back(vec(a));
      }
      phase = (phase + 1) % lengths.size();
      left = lengths[phase] * unit;
    }
    left -= length;
    if (phase % 2 == 0) mark.push_back(vec(b));
  }
  flush();
}

// Quads side by side, without the soft edges that would show as seams; the line on top is soft enough.
void put_area(const Canvas& canvas, const plot::Area& area, ImU32 colour) {
  const ImU32 faint =
      (colour & ~IM_COL32_A_MASK) | (static_cast<ImU32>(std::lround(255 * area.opacity)) << IM_COL32_A_SHIFT);
  const ImDrawListFlags flags = canvas.list->Flags;
  canvas.list->Flags &= ~ImDrawListFlags_AntiAliasedFill;
  for (std::size_t i = 1; i < area.upper.size(); ++i) {
    canvas.list->AddQuadFilled(vec(area.upper[i - 1]), vec(area.upper[i]), vec(area.lower[i]),
                               vec(area.lower[i - 1]), faint);
  }
  canvas.list->Flags = flags;
}

}  // namespace

float text_width(const ImFont* font, std::string_view text) {
  if (text.empty()) return 0;
  return std::ceil(font->CalcTextSizeA(font->FontSize, 1e9F, 0, text.data(), text.data() + text.size()).x);
}

void put_text(const Canvas& canvas, const ImFont* font, ImVec2 at, ImU32 colour, std::string_view text) {
  put_marked(canvas, font, at, colour, text, false);
}

void put_text_in(const Canvas& canvas, const ImFont* font, const plot::Box& box, ImU32 colour,
                 std::string_view text, plot::Anchor anchor) {
  std::string fitting(text);
  const auto room = static_cast<float>(box.width());
  const bool elided = text_width(font, text) > room;
  if (elided) fitting = shortened(font, text, room);
  const double free = box.width() - text_width(font, fitting);
  const double part = anchor == plot::Anchor::start ? 0 : anchor == plot::Anchor::middle ? 0.5 : 1;
  put_marked(canvas, font, vec({box.left + part * free, (box.top + box.bottom - font->FontSize) / 2}), colour,
             fitting, elided);
}

std::vector<std::string_view> wrapped(const ImFont* font, std::string_view text, float width) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    std::size_t length = 0;  // of what has room
    for (std::size_t end = 0; end < text.size();) {
      end = std::min(text.find(' ', end + 1), text.size());
      if (length > 0 && text_width(font, text.substr(0, end)) > width) break;
      length = end;
    }
    if (text_width(font, text.substr(0, length)) > width)
      length = characters_within(font, text.substr(0, length), width);
    lines.push_back(text.substr(0, length));
    text.remove_prefix(length);
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  }
  return lines;
}

void fill(const Canvas& canvas, const plot::Box& box, ImU32 colour, float rounding) {
  canvas.list->AddRectFilled(vec({box.left, box.top}), vec({box.right, box.bottom}), colour, rounding);
}

void put_line(const Canvas& canvas, const std::vector<plot::Point>& points, ImU32 colour, plot::Dash dash,
              float thickness, float unit) {
  if (points.size() < 2) return;
  if (const auto lengths = pattern(dash); !lengths.empty()) {
    put_dashes(canvas, points, colour, lengths, thickness, unit);
    return;
  }
  std::vector<ImVec2> path;
  path.reserve(points.size());
  for (const plot::Point& p : points) {  // a piece without length has no direction to be thick across
    const ImVec2 v = vec(p);
    if (path.empty() || std::fabs(v.x - path.back().x) + std::fabs(v.y - path.back().y) > 0.05F)
      path.push_back(v);
  }
  canvas.list->AddPolyline(path.data(), static_cast<int>(path.size()), colour, 0, thickness);
}

double digit_width(const Canvas& canvas) { return text_width(canvas.fonts.mono, "0000000000") / 10; }

void put_scene(const Canvas& canvas, const plot::Scene& scene, Palette palette) {
  const float scale = canvas.fonts.scale;
  const auto draw = [&](const plot::Line& line) {
    put_line(canvas, line.points, colour_of(canvas.ink, line.ink, palette), line.dash,
             static_cast<float>(line.width) * scale, scale);
  };
  for (const plot::Line& line : scene.lines) {
    if (line.outside) draw(line);
  }
  const ImVec2 low = vec({scene.plot.left - 1, scene.plot.top - 2 * scale});
  const ImVec2 high = vec({scene.plot.right + 1, scene.plot.bottom + 2 * scale});
  canvas.list->PushClipRect(low, high, true);
  for (const plot::Area& area : scene.areas) put_area(canvas, area, colour_of(canvas.ink, area.ink, palette));
  for (const plot::Line& line : scene.lines) {
    if (!line.outside) draw(line);
  }
  for (const plot::Marker& m : scene.markers) {
    canvas.list->AddCircleFilled(vec(m.at), 2.6F * scale * static_cast<float>(m.radius),
                                 colour_of(canvas.ink, m.ink, palette));
  }
  canvas.list->PopClipRect();
  const ImFont* font = canvas.fonts.mono;
  for (const plot::Text& text : scene.texts) {
    const float width = text_width(font, text.text);
    const float part = text.anchor == plot::Anchor::start    ? 0
                       : text.anchor == plot::Anchor::middle ? 0.5F
                                                             : 1;
    const ImVec2 at = vec(text.at);
    put_text(canvas, font, {at.x - part * width, at.y - font->FontSize / 2},
             colour_of(canvas.ink, text.ink, palette), text.text);
  }
}

}  // namespace breakglass::viz
