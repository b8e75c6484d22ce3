// A grade in words and as JSON, as parts of the debrief.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "drill/grade.hpp"

namespace breakglass::drill {

// Two sections of Markdown: what each decision was worth, and the waterfall of skill and luck.
// Empty where nothing was graded.
std::string grade_markdown(const Grade& grade);
// One JSON object.
nlohmann::ordered_json grade_json(const Grade& grade);

}  // namespace breakglass::drill
