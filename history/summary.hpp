// What many drills say together. Drills of different modes are never mixed: one summary a mode.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "history/calibration.hpp"
#include "history/detection.hpp"
#include "history/played.hpp"

namespace breakglass::history {

struct Share {
  std::string name;
  int count = 0;
  int of = 0;
  analysis::Interval ci95;  // of count / of: Wilson's
};

struct Question {
  std::string question;  // "real" or "regression"
  Calibration calibration;
  // Against what could be known, without luck: mean square of stated less posterior.
  int graded = 0;
  double distance = 0;
  std::optional<analysis::Interval> distance_ci95;
};

struct Summary {
  std::string mode;
  int drills = 0;
  Share without_mistakes;
  std::vector<Share> mistakes;      // the frequent ones first
  std::vector<Share> failed_tasks;  // likewise; of the drills in which the task applied
  Answers answers;                  // of the drills that gave one
  std::optional<Detection> detection;
  std::vector<Question> questions;  // those that were ever stated
};

// In the order practice, drill, assessed; modes without a drill are left out.
std::vector<Summary> summaries(std::span<const Played> drills);

}  // namespace breakglass::history
