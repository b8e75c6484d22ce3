#include "plot/svg.hpp"

#include <charconv>
#include <cmath>

namespace breakglass::plot {
namespace {

constexpr double kThin = 1, kDot = 2.6;  // of a line's width 1 and a marker's radius 1, in the scene's unit

// At most two decimals, and no locale.
std::string number(double value) {
  if (!std::isfinite(value)) return "0";
  char text[40];
  const double rounded = std::round(value * 100) / 100;
  const auto end = std::to_chars(text, text + sizeof text, rounded == 0 ? 0.0 : rounded);
  return {text, end.ptr};
}

std::string points(const std::vector<Point>& all) {
  std::string out;
  for (const Point& p : all) out += (out.empty() ? "" : " ") + number(p.x) + "," + number(p.y);
  return out;
}

std::string_view pattern(Dash dash) {
  switch (dash) {
    case Dash::solid: return "";
    case Dash::dashed: return "5 4";
    case Dash::dotted: return "1.5 3";
    case Dash::dash_dot: return "7 3 1.5 3";
    case Dash::long_dash: return "10 4";
  }
  return "";
}

std::string colour(Ink ink) { return std::string(colour_on_white(ink)); }

std::string element(const Area& area) {
  std::vector<Point> outline = area.upper;
  outline.insert(outline.end(), area.lower.rbegin(), area.lower.rend());
  return "<polygon points=\"" + points(outline) + "\" fill=\"" + colour(area.ink) + "\" fill-opacity=\"" +
         number(area.opacity) + "\"/>\n";
}

std::string element(const Line& line) {
  const std::string_view dash = pattern(line.dash);
  return "<polyline points=\"" + points(line.points) + "\" fill=\"none\" stroke=\"" + colour(line.ink) +
         "\" stroke-width=\"" + number(line.width * kThin) + "\"" +
         (dash.empty() ? "" : " stroke-dasharray=\"" + std::string(dash) + "\"") + "/>\n";
}

std::string element(const Marker& marker) {
  return "<circle cx=\"" + number(marker.at.x) + "\" cy=\"" + number(marker.at.y) + "\" r=\"" +
         number(marker.radius * kDot) + "\" fill=\"" + colour(marker.ink) + "\"/>\n";
}

std::string element(const Text& text) {
  const char* const anchor = text.anchor == Anchor::start    ? "start"
                             : text.anchor == Anchor::middle ? "middle"
                                                             : "end";
  return "<text x=\"" + number(text.at.x) + "\" y=\"" + number(text.at.y) + "\" text-anchor=\"" + anchor +
         "\" dominant-baseline=\"central\" fill=\"" + colour(text.ink) + "\">" + escape_xml(text.text) +
         "</text>\n";
}

// How long a sound UTF-8 sequence at the text's beginning is; 0: it is none.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  const std::size_t length = first < 0x80   ? 1
                             : first < 0xC2 ? 0
                             : first < 0xE0 ? 2
                             : first < 0xF0 ? 3
                             : first < 0xF5 ? 4
                                            : 0;
  if (length == 0 || length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return 0;
  }
  if (first == 0xE0 && byte(1) < 0xA0) return 0;   // longer than need be
  if (first == 0xED && byte(1) >= 0xA0) return 0;  // half of a pair
  if (first == 0xF0 && byte(1) < 0x90) return 0;
  if (first == 0xF4 && byte(1) >= 0x90) return 0;
  return length;
}

}  // namespace

std::string_view colour_on_white(Ink ink) {
  switch (ink) {
    case Ink::text: return "#1a1a1a";
    case Ink::muted: return "#595959";
    case Ink::grid: return "#dddddd";
    case Ink::axis: return "#4d4d4d";
    case Ink::limit: return "#8a3f78";
    case Ink::series0: return "#0072b2";
    case Ink::series1: return "#c04a00";
    case Ink::series2: return "#00795a";
    case Ink::series3: return "#8a3f78";
    case Ink::series4: return "#4d4d4d";
  }
  return "#000000";
}

std::string escape_xml(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    const auto first = static_cast<unsigned char>(text[0]);
    const bool plain = length == 1 && (first >= 0x20 || first == '\n' || first == '\t') && first != 0x7F;
    if (length == 0 || (length == 1 && !plain))
      out += "\xEF\xBF\xBD";
    else if (first == '&')
      out += "&amp;";
    else if (first == '<')
      out += "&lt;";
    else if (first == '>')
      out += "&gt;";
    else if (first == '"')
      out += "&quot;";
    else if (first == '\'')
      out += "&#39;";
    else
      out += text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

std::string svg(const Scene& scene, const SvgWords& words) {
  const Box& f = scene.frame;
  const std::string clip = words.id + "-clip";
  std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"" + words.id +
                    "-title " + words.id + "-desc\" viewBox=\"" + number(f.left) + " " + number(f.top) + " " +
                    number(f.width()) + " " + number(f.height()) + "\" width=\"" + number(f.width()) +
                    "\" font-family=\"'JetBrains Mono','DejaVu Sans Mono',monospace\" font-size=\"12\">\n";
  out += "<title id=\"" + words.id + "-title\">" + escape_xml(words.title) + "</title>\n";
  out += "<desc id=\"" + words.id + "-desc\">" + escape_xml(words.description) + "</desc>\n";
  const Box& p = scene.plot;
  out += "<clipPath id=\"" + clip + "\"><rect x=\"" + number(p.left) + "\" y=\"" + number(p.top) +
         "\" width=\"" + number(p.width()) + "\" height=\"" + number(p.height()) + "\"/></clipPath>\n";
  for (const Line& line : scene.lines) {
    if (line.outside && line.ink == Ink::grid) out += element(line);  // under everything
  }
  out += "<g clip-path=\"url(#" + clip + ")\">\n";
  for (const Area& area : scene.areas) out += element(area);
  for (const Line& line : scene.lines) {
    if (!line.outside) out += element(line);
  }
  for (const Marker& marker : scene.markers) out += element(marker);
  out += "</g>\n";
  for (const Line& line : scene.lines) {
    if (line.outside && line.ink != Ink::grid) out += element(line);
  }
  for (const Text& text : scene.texts) out += element(text);
  return out + "</svg>\n";
}

}  // namespace breakglass::plot
