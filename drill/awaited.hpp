// What a line can wait for: `wait approval`.
#pragma once

#include <span>
#include <string_view>

#include "drill/view.hpp"

namespace breakglass::drill {

struct Awaited {
  std::string_view word;
  bool (*is_there)(const View& view);
};
std::span<const Awaited> awaited_things();

}  // namespace breakglass::drill
