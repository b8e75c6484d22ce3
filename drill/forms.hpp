// What a scenario leaves to choose from, for whoever offers it as a form rather than as words to type.
#pragma once

#include <string>
#include <vector>

#include "drill/drill.hpp"

namespace breakglass::drill {

struct ElementForm {
  std::string element;
  std::vector<std::string> compensations;  // those that can make up for bypassing it; `none` last
};

struct ScheduleForm {
  std::string id;
  std::string steps;  // "1% 5 min, 10% 10 min, 50% 15 min, 100% 30 min"
};

// One dashboard: how its levels are written, and which of them the arranged verdicts fail at.
struct SignalForm {
  std::string id;
  sim::SignalParams params;
  struct Bound {
    double value = 0;
    bool above = true;
  };
  std::vector<Bound> bounds;
};

struct Forms {
  std::vector<std::string> categories;
  std::vector<ElementForm> elements;
  std::vector<ScheduleForm> schedules;  // that fit the scenario
  std::vector<std::string> rules;
  std::vector<std::string> mitigations;
  std::vector<std::string> questions;  // of the postmortem
};

Forms forms_of(const Drill& drill);

// The dashboards, in the order of a view's charts.
std::vector<SignalForm> signal_forms(const Drill& drill);

}  // namespace breakglass::drill
