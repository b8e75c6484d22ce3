// What the program's standard streams are: their width, whether somebody looks at them, whether colour is
// wanted. Nothing here changes a result or an exit status.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace breakglass::cli {

inline constexpr std::size_t kMaxWidth = 100;  // wider terminals are not filled: nobody reads such lines
inline constexpr std::size_t kMinWidth = 40;

struct Console {
  std::size_t width = kMaxWidth;  // of what goes to standard output, kMinWidth to kMaxWidth
  bool out_is_terminal = false;
  bool colour = false;  // standard output is a terminal that wants colour
  bool err_is_terminal = false;
  std::size_t err_width = 80;
};

// COLUMNS, if it is a number, else the terminal's width, else kMaxWidth. Colour needs a terminal, TERM other
// than "dumb", and NO_COLOR unset or empty (https://no-color.org).
Console look_at_console();

// How a piece of text is meant; every tone has a second cue in the words themselves.
enum class Tone { plain, dim, strong, accent };

// The text between the escape sequences of its tone; the text itself where there is no colour.
std::string toned(std::string_view text, Tone tone, bool colour);

// Opens what the program was started without (a closed descriptor 0, 1 or 2), so that no file it opens takes
// that place and is printed into; writing to such a stream fails as it should.
void reserve_standard_streams();

// Writes all of it to standard output. 0, or the errno of what failed.
int write_stdout(std::string_view text);
void write_stderr(std::string_view text);

// Writes the result and returns `status`, or 2 and a message if it could not be written. A reader that has
// gone away (a closed pipe) gets no message, but no success either.
int finish(std::string_view result, int status);

}  // namespace breakglass::cli
