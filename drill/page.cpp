#include "drill/page.hpp"

namespace breakglass::drill {

std::string code(std::string_view text) { return kCodeBegins + std::string(text) + kCodeEnds; }
std::string strong(std::string_view text) { return kStrongBegins + std::string(text) + kStrongEnds; }

Block heading(int level, std::string text, std::string id) {
  Block block;
  block.kind = Block::Kind::heading;
  block.level = level;
  block.text = std::move(text);
  block.id = std::move(id);
  return block;
}

Block paragraph(std::string text) {
  Block block;
  block.text = std::move(text);
  return block;
}

Block list(std::vector<std::string> items) {
  Block block;
  block.kind = Block::Kind::list;
  block.items = std::move(items);
  return block;
}

Block numbered(std::vector<std::string> items) {
  Block block = list(std::move(items));
  block.kind = Block::Kind::numbered;
  return block;
}

Block table(Table content) {
  Block block;
  block.kind = Block::Kind::table;
  block.table = std::move(content);
  return block;
}

Block figure(Figure content) {
  Block block;
  block.kind = Block::Kind::figure;
  block.figure = std::move(content);
  return block;
}

Block answer(std::string opens, std::vector<Block> inside) {
  Block block;
  block.kind = Block::Kind::answer;
  block.text = std::move(opens);
  block.inside = std::move(inside);
  return block;
}

}  // namespace breakglass::drill
