#include <fmt/format.h>

#include "drill/page.hpp"
#include "plot/svg.hpp"

namespace breakglass::drill {
namespace {

// Light and dark, telephone and paper. Figures stay black on white: their colours are their own.
constexpr const char* kStyle = R"(
:root{color-scheme:light dark;--text:#1a1a1a;--back:#fff;--soft:#595959;--line:#c8c8c8;--panel:#f4f4f4}
@media(prefers-color-scheme:dark){:root{--text:#e8edf3;--back:#10141a;--soft:#a8b4c2;--line:#3a4554;--panel:#1a212b}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--text);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Inter,sans-serif}
main{max-width:46rem;margin:0 auto;padding:1rem 1rem 4rem;overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.25;margin:1rem 0 .5rem}
h2{font-size:1.25rem;margin:2.5rem 0 .5rem;padding-top:.75rem;border-top:1px solid var(--line)}
h3{font-size:1.05rem;margin:1.75rem 0 .25rem}
h4{font-size:1rem;margin:1.25rem 0 .25rem}
p{margin:.5rem 0}
ul,ol{margin:.5rem 0;padding-left:1.4rem}
li{margin:.2rem 0}
code{font:.9em "JetBrains Mono","DejaVu Sans Mono",monospace}
.scroll{overflow-x:auto;margin:.75rem 0}
table{border-collapse:collapse;font-size:.875rem;width:100%}
caption{text-align:left;color:var(--soft);padding-bottom:.25rem}
th,td{text-align:left;vertical-align:top;padding:.2rem .8rem .2rem 0;border-bottom:1px solid var(--line)}
tbody th{font-weight:500}
th,td{overflow-wrap:break-word}
.n,.t{white-space:nowrap}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
figure{margin:1rem 0;break-inside:avoid}
.chart{background:#fff;padding:.5rem;border:1px solid var(--line)}
svg{display:block;max-width:100%;height:auto}
figcaption{color:var(--soft);font-size:.9rem}
.key{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:0;margin:.35rem 0;font-size:.9rem}
.key svg{display:inline;vertical-align:-.1em}
details{background:var(--panel);border:1px solid var(--line);padding:.4rem .8rem;margin:.75rem 0}
summary{cursor:pointer;font-weight:600;padding:.25rem 0}
.data{background:none;border:0;padding:0;margin:.25rem 0}
.data summary{font-weight:400;color:var(--soft)}
summary:focus-visible{outline:3px solid #0072b2;outline-offset:2px}
.narrow{display:none}
@media(max-width:40rem){.wide{display:none}.narrow{display:block}}
@media print{
 :root{color-scheme:light;--text:#000;--back:#fff;--soft:#444;--line:#bbb;--panel:#fff}
 body{font-size:10pt}main{max-width:none;padding:0}
 h2,h3,h4{break-after:avoid}tr,li{break-inside:avoid}
 .wide{display:block}.narrow{display:none}.scroll{overflow:visible}
 details:not([open])>*{display:block}
 details::details-content{content-visibility:visible;block-size:auto;opacity:1}
 summary{list-style:none}
 @page{margin:18mm 16mm}
}
)";

std::string inline_html(const std::string& text) {
  std::string out, plain;
  const auto flush = [&] {
    out += plot::escape_xml(plain);
    plain.clear();
  };
  for (const char c : text) {
    const char* const tag = c == kCodeBegins     ? "<code>"
                            : c == kCodeEnds     ? "</code>"
                            : c == kStrongBegins ? "<strong>"
                            : c == kStrongEnds   ? "</strong>"
                                                 : nullptr;
    if (tag == nullptr) {
      plain += c;
      continue;
    }
    flush();
    out += tag;
  }
  flush();
  return out;
}

// The first cell of a row is its header.
std::string table_html(const Table& t) {
  const auto kind = [&](std::size_t column) {
    if (column < t.is_number.size() && t.is_number[column]) return std::string(" class=\"n\"");
    return std::string(t.headers[column] == "when" ? " class=\"t\"" : "");
  };
  std::string out = "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table: " +
                    plot::escape_xml(t.caption) + "\">\n<table>\n<caption>" + inline_html(t.caption) +
                    "</caption>\n<thead><tr>";
  for (std::size_t c = 0; c < t.headers.size(); ++c)
    out += "<th scope=\"col\"" + kind(c) + ">" + inline_html(t.headers[c]) + "</th>";
  out += "</tr></thead>\n<tbody>\n";
  for (const auto& row : t.rows) {
    out += "<tr>";
    for (std::size_t c = 0; c < row.size(); ++c) {
      const char* const cell = c == 0 ? "th" : "td";
      out += fmt::format("<{}{}{}>{}</{}>", cell, c == 0 ? " scope=\"row\"" : "", kind(c),
                         inline_html(row[c]), cell);
    }
    out += "</tr>\n";
  }
  return out + "</tbody>\n</table>\n</div>\n";
}

std::string key_html(const Figure& f) {
  if (f.key.empty()) return "";
  std::string out = "<ul class=\"key\">\n";
  for (const auto& [ink, text] : f.key) {
    out += fmt::format(
        "<li><svg width=\"14\" height=\"14\" aria-hidden=\"true\" focusable=\"false\"><rect width=\"14\" "
        "height=\"14\" fill=\"{}\" stroke=\"#fff\"/></svg> {}</li>\n",
        plot::colour_on_white(ink), inline_html(text));
  }
  return out + "</ul>\n";
}

std::string figure_html(const Figure& f) {
  std::string out = "<figure>\n<div class=\"chart wide\">\n" +
                    plot::svg(f.wide, {f.id, f.title, f.description}) + "</div>\n";
  // Where styles are dropped, one of the two is enough.
  out += "<div class=\"chart narrow\" hidden>\n" +
         plot::svg(f.narrow, {f.id + "-narrow", f.title, f.description}) + "</div>\n";
  return out + key_html(f) + "<figcaption>" + inline_html(f.title + ". " + f.description) +
         "</figcaption>\n</figure>\n<details class=\"data\">\n<summary>The numbers of this "
         "chart</summary>\n" +
         table_html(f.table) + "</details>\n";
}

std::string block_html(const Block& block) {
  std::string out;
  switch (block.kind) {
    case Block::Kind::heading: {
      const std::string id = block.id.empty() ? "" : " id=\"" + block.id + "\"";
      return fmt::format("<h{0}{1}>{2}</h{0}>\n", block.level, id, inline_html(block.text));
    }
    case Block::Kind::paragraph: return "<p>" + inline_html(block.text) + "</p>\n";
    case Block::Kind::list:
    case Block::Kind::numbered: {
      const char* const tag = block.kind == Block::Kind::list ? "ul" : "ol";
      out = fmt::format("<{}>\n", tag);
      for (const std::string& item : block.items) out += "<li>" + inline_html(item) + "</li>\n";
      return out + fmt::format("</{}>\n", tag);
    }
    case Block::Kind::table: return table_html(block.table);
    case Block::Kind::figure: return figure_html(block.figure);
    case Block::Kind::answer:
      out = "<details>\n<summary>" + inline_html(block.text) + "</summary>\n";
      for (const Block& inside : block.inside) out += block_html(inside);
      return out + "</details>\n";
    case Block::Kind::rule: return "<hr>\n";
  }
  return out;
}

}  // namespace

std::string page_html(const Page& page) {
  std::string out = "<!DOCTYPE html>\n<html lang=\"" + plot::escape_xml(page.language) +
                    "\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
                    plot::escape_xml(page.title) + "</title>\n<style>" + kStyle +
                    "</style>\n</head>\n<body>\n<main>\n";
  for (const Block& block : page.blocks) out += block_html(block);
  return out + "</main>\n</body>\n</html>\n";
}

}  // namespace breakglass::drill
