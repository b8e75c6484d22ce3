// A scene as SVG: an image for readers of pages (role="img", with a title and a description), its colours
// written as attributes, so that it stays as it is where a host drops styles. Black on white.
#pragma once

#include <string>
#include <string_view>

#include "plot/scene.hpp"

namespace breakglass::plot {

struct SvgWords {
  std::string id;           // of the page's own: letters, digits and hyphens; no two figures share one
  std::string title;        // what it shows
  std::string description;  // what follows from it
};

// The element, ending with a line break. It scales with its width.
std::string svg(const Scene& scene, const SvgWords& words);

// The colour of an ink on white, "#0072b2": texts at least 4.5:1, marks at least 3:1, the grid less.
std::string_view colour_on_white(Ink ink);

// Text for a page's element or attribute: & < > and both quotes as entities; control characters other than
// line breaks and tabs, and bytes that are no UTF-8, as U+FFFD.
std::string escape_xml(std::string_view text);

}  // namespace breakglass::plot
