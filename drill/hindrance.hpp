// Why an order cannot be given, in words.
#pragma once

#include <string>

#include "sim/command.hpp"

namespace breakglass::drill {

// Empty for Hindrance::none. One clause, which says what to do where there is something to do.
std::string words_for(sim::Hindrance hindrance, sim::Order order);

}  // namespace breakglass::drill
