// Sound files to spoil: tests/scenarios/bad_input/base.json and strategy.json, which fits it.
#pragma once

#include <string>

namespace breakglass::tests {

std::string sound_file(const std::string& name);

// `edits` has lines "old => new"; each old text stands in `text` once.
std::string spoiled(std::string text, const std::string& edits);

}  // namespace breakglass::tests
