// A page as a value: headings, paragraphs, lists, tables, figures and folded answers, apart from how they are
// written. The same page becomes HTML and Markdown, so that both hold the same.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plot/scene.hpp"

namespace breakglass::drill {

// Text with marks for what is code and what is stressed; everything else in it is taken literally. Text of
// the scenario's or the trainee's must have no control characters (scenarios/visible.hpp).
std::string code(std::string_view text);
std::string strong(std::string_view text);
inline constexpr char kCodeBegins = '\x01', kCodeEnds = '\x02', kStrongBegins = '\x03', kStrongEnds = '\x04';

struct Table {
  std::string caption;
  std::vector<std::string> headers;
  std::vector<std::vector<std::string>> rows;
  std::vector<bool> is_number;  // a column: set to the right; empty: none is
};

// A chart in two widths (wide: a page; narrow: a telephone), what its inks mean, and its numbers.
struct Figure {
  std::string id;  // letters, digits, hyphens; one of its kind on the page
  std::string title;
  std::string description;  // what follows from it
  plot::Scene wide;
  plot::Scene narrow;
  std::vector<std::pair<plot::Ink, std::string>> key;
  Table table;
};

struct Block {
  enum class Kind {
    heading,    // text, level 1 to 4; a heading of level 2 has an id
    paragraph,  // text
    list,       // items
    numbered,   // items
    table,      // table
    figure,     // figure
    answer,     // text (what opens it) and inside; in Markdown it stands at the end of its section
    rule,       // a line across
  } kind = Kind::paragraph;
  std::string text;
  int level = 0;
  std::string id;
  std::vector<std::string> items;
  Table table;
  Figure figure;
  std::vector<Block> inside;
};

Block heading(int level, std::string text, std::string id = "");
Block paragraph(std::string text);
Block list(std::vector<std::string> items);
Block numbered(std::vector<std::string> items);
Block table(Table content);
Block figure(Figure content);
Block answer(std::string opens, std::vector<Block> inside);

struct Page {
  std::string title;
  std::string language = "en";
  std::vector<Block> blocks;
};

// One file, complete without scripts and without a network: to look at, to print, to hear.
std::string page_html(const Page& page);
std::string page_markdown(const Page& page);

}  // namespace breakglass::drill
