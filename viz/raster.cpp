#include "viz/raster.hpp"

#include <imgui.h>
#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STB_IMAGE_WRITE_STATIC
#define STBI_WRITE_NO_STDIO
#include <stb_image_write.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace breakglass::viz {
namespace {

struct Texture {
  const unsigned char* alpha = nullptr;
  int width = 0;
  int height = 0;

  float texel(int x, int y) const {
    x = std::clamp(x, 0, width - 1);
    y = std::clamp(y, 0, height - 1);
    return static_cast<float>(alpha[y * width + x]) / 255.0F;
  }
  // Linear between texels, as a GPU reads it: soft lines rely on it.
  float sample(float u, float v) const {
    const float x = u * static_cast<float>(width) - 0.5F;
    const float y = v * static_cast<float>(height) - 0.5F;
    const float fx = x - std::floor(x);
    const float fy = y - std::floor(y);
    const int ix = static_cast<int>(std::floor(x));
    const int iy = static_cast<int>(std::floor(y));
    const float top = texel(ix, iy) * (1 - fx) + texel(ix + 1, iy) * fx;
    const float bottom = texel(ix, iy + 1) * (1 - fx) + texel(ix + 1, iy + 1) * fx;
    return top * (1 - fy) + bottom * fy;
  }
};

struct Clip {
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;
};

// Corners in 1/256 of a pixel: with whole numbers an edge shared by two triangles belongs to exactly one of
// them.
struct Corner {
  std::int64_t x = 0;
  std::int64_t y = 0;
  const ImDrawVert* vertex = nullptr;
};

constexpr std::int64_t kPart = 256;

constexpr float kFar = 1e6F;  // pixels: farther than any picture reaches, and products still fit

std::int64_t fixed(float value) {
  return std::lround(std::clamp(value, -kFar, kFar) * static_cast<float>(kPart));
}

Corner corner(const ImDrawVert& v) { return {fixed(v.pos.x), fixed(v.pos.y), &v}; }

std::int64_t side(const Corner& a, const Corner& b, std::int64_t x, std::int64_t y) {
  return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x);
}

// A pixel centre exactly on an edge belongs to the triangle if the edge is its upper or left one.
std::int64_t tie(const Corner& a, const Corner& b) {
  const bool top = a.y == b.y && b.x > a.x;
  const bool left = b.y < a.y;
  return top || left ? 0 : -1;
}

void blend(std::uint8_t* pixel, const std::array<float, 4>& colour) {
  const float a = colour[3];
  for (std::size_t c = 0; c < 3; ++c) {
    pixel[c] = static_cast<std::uint8_t>(
        std::lround(255 * (colour[c] * a + static_cast<float>(pixel[c]) / 255 * (1 - a))));
  }
}

std::array<float, 4> channels(ImU32 colour) {
  const auto part = [&](int shift) { return static_cast<float>((colour >> shift) & 0xFFU) / 255.0F; };
  return {part(IM_COL32_R_SHIFT), part(IM_COL32_G_SHIFT), part(IM_COL32_B_SHIFT), part(IM_COL32_A_SHIFT)};
}

void triangle(Image& image, const Texture& texture, const Clip& clip, Corner a, Corner b, Corner c) {
  const std::int64_t area = side(a, b, c.x, c.y);
  if (area == 0) return;
  if (area < 0) std::swap(b, c);
  const auto whole = static_cast<float>(std::abs(area));
  const auto [x0, x1] = std::minmax({a.x, b.x, c.x});
  const auto [y0, y1] = std::minmax({a.y, b.y, c.y});
  const int left = std::max(clip.left, static_cast<int>(x0 / kPart) - 1);
  const int right = std::min(clip.right, static_cast<int>(x1 / kPart) + 1);
  const int top = std::max(clip.top, static_cast<int>(y0 / kPart) - 1);
  const int bottom = std::min(clip.bottom, static_cast<int>(y1 / kPart) + 1);
  const std::array<std::array<float, 4>, 3> colours{channels(a.vertex->col), channels(b.vertex->col),
                                                    channels(c.vertex->col)};
  for (int y = top; y < bottom; ++y) {
    for (int x = left; x < right; ++x) {
      const std::int64_t px = x * kPart + kPart / 2;
      const std::int64_t py = y * kPart + kPart / 2;
      const std::int64_t wa = side(b, c, px, py);
      const std::int64_t wb = side(c, a, px, py);
      const std::int64_t wc = side(a, b, px, py);
      if (wa + tie(b, c) < 0 || wb + tie(c, a) < 0 || wc + tie(a, b) < 0) continue;
      const std::array<float, 3> w{static_cast<float>(wa) / whole, static_cast<float>(wb) / whole,
                                   static_cast<float>(wc) / whole};
      std::array<float, 4> colour{};
      for (std::size_t k = 0; k < 4; ++k)
        colour[k] = w[0] * colours[0][k] + w[1] * colours[1][k] + w[2] * colours[2][k];
      const float u = w[0] * a.vertex->uv.x + w[1] * b.vertex->uv.x + w[2] * c.vertex->uv.x;
      const float v = w[0] * a.vertex->uv.y + w[1] * b.vertex->uv.y + w[2] * c.vertex->uv.y;
      colour[3] *= texture.sample(u, v);
      blend(&image.rgba[4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
                             static_cast<std::size_t>(x))],
            colour);
    }
  }
}

void draw_command(Image& image, const Texture& texture, const ImDrawList& list, const ImDrawCmd& command) {
  const Clip clip{std::max(0, static_cast<int>(command.ClipRect.x)),
                  std::max(0, static_cast<int>(command.ClipRect.y)),
                  std::min(image.width, static_cast<int>(command.ClipRect.z)),
                  std::min(image.height, static_cast<int>(command.ClipRect.w))};
  const ImDrawVert* vertices = list.VtxBuffer.Data + command.VtxOffset;
  const ImDrawIdx* indices = list.IdxBuffer.Data + command.IdxOffset;
  for (unsigned i = 0; i + 2 < command.ElemCount; i += 3) {
    triangle(image, texture, clip, corner(vertices[indices[i]]), corner(vertices[indices[i + 1]]),
             corner(vertices[indices[i + 2]]));
  }
}

}  // namespace

Image rasterise(const ImDrawData& data) {
  Image image;
  image.width = std::max(0, static_cast<int>(data.DisplaySize.x));
  image.height = std::max(0, static_cast<int>(data.DisplaySize.y));
  image.rgba.assign(4 * static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height), 0);
  for (std::size_t i = 3; i < image.rgba.size(); i += 4) image.rgba[i] = 255;
  unsigned char* pixels = nullptr;
  Texture texture;
  ImGui::GetIO().Fonts->GetTexDataAsAlpha8(&pixels, &texture.width, &texture.height);
  texture.alpha = pixels;
  for (int n = 0; n < data.CmdListsCount; ++n) {
    const ImDrawList& list = *data.CmdLists[n];
    for (const ImDrawCmd& command : list.CmdBuffer) {
      if (command.UserCallback == nullptr) draw_command(image, texture, list, command);
    }
  }
  return image;
}

std::string png(const Image& image) {
  std::string bytes;
  if (image.width <= 0 || image.height <= 0) return bytes;
  const auto append = [](void* to, void* data, int size) {
    static_cast<std::string*>(to)->append(static_cast<const char*>(data), static_cast<std::size_t>(size));
  };
  stbi_write_png_to_func(append, &bytes, image.width, image.height, 4, image.rgba.data(), 4 * image.width);
  return bytes;
}

}  // namespace breakglass::viz
