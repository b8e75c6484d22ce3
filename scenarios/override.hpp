// `--set POINTER=VALUE`: one value of a document replaced before the document is read, so that the new value
// is checked exactly like the old one.
#pragma once

#include <string_view>

#include "scenarios/problems.hpp"
#include "scenarios/text_node.hpp"

namespace breakglass::scenarios {

// Applies one argument ("/traffic/entry/gateway/rate=80/s") to the tree. POINTER is RFC 6901 and ends at the
// first '='; VALUE is JSON, and where it is not, a string, so that durations need no quotes; but a VALUE that
// begins with a bracket, brace or quote must be JSON.
//
// The pointer must name a value that is there, or a new member of an object that is there (whether that
// member is a known field is the reader's business). Lists cannot be lengthened. Returns whether it was
// applied; if not, a problem was added whose caret stands in the argument. Later complaints about the new
// value also point into it.
bool apply_override(Node& root, std::string_view argument, Problems& problems);

}  // namespace breakglass::scenarios
