// Files that appear whole or not at all: the text is written beside the target under another name, forced to
// the disk, and renamed over the target only when all of it is there.
#pragma once

#include <span>
#include <string>

namespace breakglass::cli {

struct OutputText {
  std::string path;
  std::string text;
};

// Whether writing there is likely to work, asked before long work is begun: "" or a complaint such as
// `cannot write "out/a.json": No such file or directory`. Creates nothing.
std::string writing_problem(const std::string& path);

// Writes every text, then renames them all: on failure no target has been touched (unless a rename itself
// fails after another one went through), nothing is left behind, and the complaint is returned; "" on
// success.
//
// An existing file keeps its permissions, and must be writable although a rename would not need that. A
// symbolic link is followed. What is not a regular file (a pipe, /dev/null) is written to as it is.
std::string write_files(std::span<const OutputText> outputs);

}  // namespace breakglass::cli
