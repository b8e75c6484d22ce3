// A grade as JSON, a part of the debrief's.
#pragma once

#include <nlohmann/json.hpp>

#include "drill/grade.hpp"

namespace breakglass::drill {

// One JSON object. Every `error` is kSure standard errors.
nlohmann::ordered_json grade_json(const Grade& grade);
nlohmann::ordered_json decision_json(const GradedDecision& decision);

}  // namespace breakglass::drill
