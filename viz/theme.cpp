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

ImFont* load(const char* file, float size) {
  ImGuiIO& io = ImGui::GetIO();
  static const std::array<std::string, 6> kFolders{
      "/usr/share/fonts/opentype/inter/", "/usr/share/fonts/truetype/jetbrains-mono/",
      "/usr/share/fonts/inter/",          "/usr/share/fonts/jetbrains-mono/",
      "/usr/local/share/fonts/",          "/Library/Fonts/"};
  for (const std::string& folder : kFolders) {
    std::error_code error;
    const std::string path = folder + file;
    if (!std::filesystem::is_regular_file(path, error)) continue;
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

constexpr ImU32 kGrid = IM_COL32(44, 53, 66, 255);
constexpr ImU32 kAxis = IM_COL32(112, 125, 142, 255);
constexpr ImU32 kLimit = IM_COL32(255, 138, 128, 255);
constexpr std::array<ImU32, 5> kArms{colour::kChange, colour::kStable, IM_COL32(211, 145, 198, 255),
                                     IM_COL32(72, 201, 164, 255), IM_COL32(190, 190, 190, 255)};
constexpr std::array<ImU32, 5> kSources{IM_COL32(240, 122, 85, 255), IM_COL32(190, 190, 190, 255),
                                        IM_COL32(211, 145, 198, 255), IM_COL32(230, 220, 110, 255),
                                        IM_COL32(72, 201, 164, 255)};

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

void apply_style(const Fonts& fonts) {
  ImGuiStyle style;
  ImGui::StyleColorsDark(&style);
  style.WindowPadding = {0, 0};
  style.WindowBorderSize = 0;
  style.ScrollbarSize = 12;
  style.ScrollbarRounding = 6;
  style.ScaleAllSizes(fonts.scale);
  const auto set = [&](ImGuiCol which, ImU32 value) {
    style.Colors[which] = ImGui::ColorConvertU32ToFloat4(value);
  };
  set(ImGuiCol_WindowBg, colour::kBack);
  set(ImGuiCol_ChildBg, IM_COL32(0, 0, 0, 0));
  set(ImGuiCol_ScrollbarBg, IM_COL32(0, 0, 0, 0));
  set(ImGuiCol_ScrollbarGrab, colour::kRule);
  set(ImGuiCol_Text, colour::kText);
  ImGui::GetStyle() = style;
}

ImU32 colour_of(plot::Ink ink, Palette palette) {
  switch (ink) {
    case plot::Ink::text: return colour::kText;
    case plot::Ink::muted: return colour::kMuted;
    case plot::Ink::grid: return kGrid;
    case plot::Ink::axis: return kAxis;
    case plot::Ink::limit: return kLimit;
    default: break;
  }
  const auto series = static_cast<std::size_t>(ink) - static_cast<std::size_t>(plot::Ink::series0);
  return palette == Palette::arms ? kArms[series] : kSources[series];
}

}  // namespace breakglass::viz
