// The files that are built into the program, so that `breakglass compare pii-leak` works from any folder and
// an installed program needs no data beside it. The texts are the files' bytes, unread and unchecked: they
// go through the same loader, with the same errors, as a file from disk.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace breakglass::scenarios {

// One built-in file. All views live as long as the program.
struct ShippedFile {
  std::string_view kind;  // what its folder says: "scenario", "strategy", "schema"
  std::string_view id;    // its name without the ending: "pii-leak"; unique within a kind
  std::string_view path;  // relative to the project's root, with '/': "scenarios/pii-leak.json"
  std::string_view text;  // the whole file, UTF-8
};

// Every built-in file, ordered by path (bytewise). The order of kinds among each other is not promised.
std::span<const ShippedFile> shipped_files();

// The ids of a kind, in that order.
std::vector<std::string> shipped_ids(std::string_view kind);

}  // namespace breakglass::scenarios
