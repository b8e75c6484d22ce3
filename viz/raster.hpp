// A picture of ImGui's draw data without a GPU or a window: triangles with one alpha texture, in software.
// The same draw data gives the same bytes. Slow beside a GPU (tens of milliseconds a picture), and enough for
// galleries and tests.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

struct ImDrawData;

namespace breakglass::viz {

struct Image {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgba;  // rows from the top, four bytes a pixel
};

// Draws over an opaque black background. The font atlas of the current context is the only texture known;
// commands with callbacks are passed over.
Image rasterise(const ImDrawData& data);

// The bytes of a PNG file; empty if the image is.
std::string png(const Image& image);

}  // namespace breakglass::viz
