// Golden texts: files of cases, each an input and exactly what the program says about it.
//
//     === what the case shows
//     <the input's lines>
//     --- says
//     <the expected text>
//
// In inputs, <0x1b> stands for the byte 27; the last line's end is not part of the input. With
// BREAKGLASS_UPDATE_GOLDEN=1 in the environment the files are rewritten instead: read the difference before
// committing it.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace breakglass::tests {

struct GoldenCase {
  std::string title;
  std::string input;     // as it stands in the file
  std::string expected;  // ends with a line end, or is empty
};

// Runs every case of tests/scenarios/golden/<file> through `say` (given the input's bytes) and checks the
// text.
void check_golden(const std::string& file, const std::function<std::string(const std::string&)>& say);

}  // namespace breakglass::tests
