// What a dashboard shows of one signal, and times as people read them.
#pragma once

#include <string>
#include <vector>

#include "plot/axis.hpp"
#include "sim/kernel/time.hpp"
#include "sim/model/signal.hpp"

namespace breakglass::viz {

// A published reading of both arms over one window.
struct Reading {
  sim::Time at{};     // published
  sim::Time until{};  // the end of what was measured: at less the pipeline's delay
  double change = 0;
  double stable = 0;
  double low = 0;  // 95% interval of the change's level, by what one window can tell
  double high = 0;
  int items = 0;  // judged on the change; readings without any are left out
  bool has_stable = true;
};

struct Bound {
  double value = 0;
  bool above = true;  // rolls back above it; otherwise below
};

struct SignalView {
  std::string id;
  plot::NumberStyle style = plot::NumberStyle::plain;
  bool from_zero = true;
  sim::Duration delay{};
  std::vector<Reading> readings;  // by `at`
  std::vector<Bound> bounds;      // of thresholds on the change's own level
};

SignalView signal_view(const sim::SignalParams& params);

// A measurement as it is published; without items it is left out.
struct Published {
  sim::Time at{};
  double change = 0;
  double stable = 0;
  int items = 0;
  bool has_stable = false;
};
void add_reading(SignalView& view, const sim::SignalParams& params, const Published& published);

// The newest reading published by then; null before the first.
const Reading* newest(const SignalView& signal, sim::Time instant);

// A level in the signal's style: "1.25%", "0.861".
std::string level_text(const SignalView& signal, double level);

// "-00:05" to "+3:07:31", from the page.
std::string elapsed_text(sim::Duration elapsed);
// "45 s", "2 min", "3 h 05 min", "2 d 4 h": for ages.
std::string age_text(sim::Duration age);

}  // namespace breakglass::viz
