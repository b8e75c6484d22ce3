#include "viz/theme.hpp"

#if __has_include(<imgui_freetype.h>) && defined(BREAKGLASS_FREETYPE)
#include <imgui_freetype.h>
#endif

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <string>

namespace breakglass::viz {
namespace {

// Letters of European languages, punctuation, currencies, arrows and the signs of comparisons: what titles,
// people's names and units may hold.
constexpr std::array<ImWchar, 15> kGlyphs{0x20,   0x17F,  0x370,  0x3FF,  0x400,  0x45F,  0x2010, 0x2044,
                                          0x20A0, 0x20BF, 0x2190, 0x2193, 0x2212, 0x2265, 0};

// Where the file is installed; empty: it is not.
std::string find_font(const char* file) {
  static const std::array<std::string, 6> kFolders{
      "/usr/share/fonts/opentype/inter/", "/usr/share/fonts/truetype/jetbrains-mono/",
      "/usr/share/fonts/inter/",          "/usr/share/fonts/jetbrains-mono/",
      "/usr/local/share/fonts/",          "/Library/Fonts/"};
  for (const std::string& folder : kFolders) {
    std::error_code error;
    const std::string path = folder + file;
    if (std::filesystem::is_regular_file(path, error)) return path;
  }
  return "";
}

ImFont* load(const char* file, float size) {
  ImGuiIO& io = ImGui::GetIO();
  if (const std::string path = find_font(file); !path.empty()) {
    ImFontConfig config;
    config.OversampleH = 1;
    config.OversampleV = 1;
    config.PixelSnapH = true;
    if (ImFont* font = io.Fonts->AddFontFromFileTTF(path.c_str(), size, &config, kGlyphs.data())) return font;
  }
  ImFontConfig config;
  config.SizePixels = std::floor(size * 13 / 16);
  return io.Fonts->AddFontDefault(&config);
}

constexpr Colours dark() {
  Colours c;
  c.back = IM_COL32(16, 20, 26, 255);
  c.pane = IM_COL32(24, 30, 38, 255);
  c.raised = IM_COL32(42, 51, 64, 255);
  c.rule = IM_COL32(62, 74, 90, 255);
  c.text = IM_COL32(232, 237, 243, 255);
  c.muted = IM_COL32(164, 176, 191, 255);
  c.faint = IM_COL32(126, 138, 153, 255);
  c.cursor = IM_COL32(255, 255, 255, 255);
  c.focus = IM_COL32(255, 255, 255, 255);
  c.mark = IM_COL32(255, 214, 102, 255);
  c.on_mark = IM_COL32(26, 22, 8, 255);
  c.change = IM_COL32(242, 177, 52, 255);
  c.stable = IM_COL32(111, 183, 240, 255);
  c.good = IM_COL32(92, 205, 160, 255);
  c.bad = IM_COL32(255, 138, 128, 255);
  c.grid = IM_COL32(44, 53, 66, 255);
  c.axis = IM_COL32(112, 125, 142, 255);
  c.veil = IM_COL32(24, 30, 38, 176);
  c.arms = {c.change, c.stable, IM_COL32(211, 145, 198, 255), IM_COL32(72, 201, 164, 255),
            IM_COL32(190, 190, 190, 255)};
  c.sources = {IM_COL32(240, 122, 85, 255), IM_COL32(190, 190, 190, 255), IM_COL32(211, 145, 198, 255),
               IM_COL32(230, 220, 110, 255), IM_COL32(72, 201, 164, 255)};
  return c;
}

// The report's five, which keep 3:1 on white.
constexpr Colours light() {
  Colours c;
  c.back = IM_COL32(236, 239, 243, 255);
  c.pane = IM_COL32(252, 253, 254, 255);
  c.raised = IM_COL32(222, 228, 235, 255);
  c.rule = IM_COL32(196, 205, 215, 255);
  c.text = IM_COL32(22, 27, 34, 255);
  c.muted = IM_COL32(76, 87, 100, 255);
  c.faint = IM_COL32(96, 105, 116, 255);
  c.cursor = IM_COL32(16, 20, 26, 255);
  c.focus = IM_COL32(0, 70, 150, 255);
  c.mark = IM_COL32(120, 80, 0, 255);
  c.on_mark = IM_COL32(255, 250, 235, 255);
  c.change = IM_COL32(192, 74, 0, 255);
  c.stable = IM_COL32(0, 114, 178, 255);
  c.good = IM_COL32(0, 108, 80, 255);
  c.bad = IM_COL32(176, 28, 28, 255);
  c.grid = IM_COL32(226, 230, 235, 255);
  c.axis = IM_COL32(120, 130, 142, 255);
  c.veil = IM_COL32(252, 253, 254, 176);
  c.arms = {c.change, c.stable, IM_COL32(138, 63, 120, 255), IM_COL32(0, 121, 90, 255),
            IM_COL32(77, 77, 77, 255)};
  c.sources = {IM_COL32(164, 24, 72, 255), IM_COL32(77, 77, 77, 255), IM_COL32(138, 63, 120, 255),
               IM_COL32(0, 114, 178, 255), IM_COL32(0, 121, 90, 255)};
  return c;
}

constexpr Colours kDark = dark();
constexpr Colours kLight = light();

}  // namespace

Fonts load_fonts(float scale) {
  ImGuiIO& io = ImGui::GetIO();
  scale = std::isfinite(scale) ? std::clamp(scale, 1.0F, 2.5F) : 1.0F;
#if __has_include(<imgui_freetype.h>) && defined(BREAKGLASS_FREETYPE)
  io.Fonts->FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
#endif
  io.Fonts->Clear();
  io.Fonts->Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;
  io.Fonts->TexDesiredWidth = scale > 1.5F ? 2048 : 1024;
  const float size = std::round(kTextSize * scale);
  Fonts fonts;
  fonts.scale = scale;
  fonts.text = load("Inter-Regular.otf", size);
  fonts.bold = load("Inter-SemiBold.otf", size);
  fonts.mono = load("JetBrainsMono-Regular.ttf", std::round(size * 0.86F));
  fonts.big = load("JetBrainsMono-Medium.ttf", std::round(size * 1.6F));
  io.Fonts->Build();
  return fonts;
}

bool has_fonts() {
  return !find_font("Inter-Regular.otf").empty() && !find_font("JetBrainsMono-Regular.ttf").empty();
}

const Colours& colours_of(Theme theme) { return theme == Theme::dark ? kDark : kLight; }

void apply_style(const Look& look) {
  ImGuiStyle style;
  ImGui::StyleColorsDark(&style);
  style.WindowPadding = {0, 0};
  style.WindowBorderSize = 0;
  style.ScrollbarSize = 12;
  style.ScrollbarRounding = 6;
  style.ScaleAllSizes(look.fonts.scale);
  const auto set = [&](ImGuiCol which, ImU32 value) {
    style.Colors[which] = ImGui::ColorConvertU32ToFloat4(value);
  };
  set(ImGuiCol_WindowBg, look.ink.back);
  set(ImGuiCol_ChildBg, IM_COL32(0, 0, 0, 0));
  set(ImGuiCol_ScrollbarBg, IM_COL32(0, 0, 0, 0));
  set(ImGuiCol_ScrollbarGrab, look.ink.rule);
  set(ImGuiCol_ScrollbarGrabHovered, look.ink.muted);
  set(ImGuiCol_ScrollbarGrabActive, look.ink.muted);
  set(ImGuiCol_Text, look.ink.text);
  ImGui::GetStyle() = style;
}

ImU32 colour_of(const Colours& colours, plot::Ink ink, Palette palette) {
  switch (ink) {
    case plot::Ink::text: return colours.text;
    case plot::Ink::muted: return colours.muted;
    case plot::Ink::grid: return colours.grid;
    case plot::Ink::axis: return colours.axis;
    case plot::Ink::limit: return colours.bad;
    default: break;
  }
  const auto series = static_cast<std::size_t>(ink) - static_cast<std::size_t>(plot::Ink::series0);
  return palette == Palette::arms ? colours.arms[series] : colours.sources[series];
}

}  // namespace breakglass::viz
