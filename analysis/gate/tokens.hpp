// The words of an expression, and where each of them stands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/problems.hpp"

namespace breakglass::analysis {

enum class TokenKind : std::uint8_t {
  number,    // value
  share,     // "5%": value is 0.05
  duration,  // "4h": value in seconds
  name,      // text
  strategy,  // "[compressed-canary]": text without the brackets
  symbol,    // text: one of . ( ) + - * / < <= > >=
  end,
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::string text;
  double value = 0;
  scenarios::Place at;
};

// The words of the bytes from `begin` on of a source of `problems`; the last one is an `end`. Nothing, and a
// problem, at the first one that is no word.
std::optional<std::vector<Token>> read_tokens(int source, std::size_t begin, scenarios::Problems& problems);

}  // namespace breakglass::analysis
