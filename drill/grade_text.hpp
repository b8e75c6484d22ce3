// A grade in words and as JSON, as parts of the debrief.
#pragma once

#include <string>

#include "drill/grade.hpp"

namespace breakglass::drill {

// Two sections of Markdown: what each decision was worth, and the waterfall of skill and luck.
std::string grade_markdown(const Grade& grade, const sim::Scenario& scenario);
// One JSON object.
std::string grade_json(const Grade& grade, const sim::Scenario& scenario);

}  // namespace breakglass::drill
