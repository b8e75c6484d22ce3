// The debrief's charts, each in two widths and with its table. The same scenes can be drawn in a window.
#pragma once

#include "drill/debrief.hpp"
#include "drill/skill_luck.hpp"
#include "plot/charts.hpp"
#include "plot/waterfall.hpp"

namespace breakglass::drill {

// Share of traffic on the change, with the numbered decisions.
plot::Scene weight_scene(const Debrief& debrief, const plot::Frame& frame);
// Harm as the room reckoned it; with `truth`, also as it was.
plot::Scene harm_scene(const Debrief& debrief, const plot::Frame& frame, bool truth);
// P(regression): an ideal observer's, and what the trainee stated.
plot::Scene belief_scene(const Debrief& debrief, const plot::Frame& frame);
// What each decision and each piece of luck added, each luck by series 0, what a decision cost 1, saved 2.
plot::Scene harm_steps_scene(const std::vector<HarmStep>& steps, const plot::WaterfallFrame& frame);

Figure weight_figure(const Debrief& debrief);
Figure harm_figure(const Debrief& debrief, bool truth);
Figure belief_figure(const Debrief& debrief);
Figure harm_steps_figure(const Debrief& debrief);

// "3, `promote` at Wed 23:00", "luck after 3", …
std::string label_of(const HarmStep& step);
// "19.8%"; what is nearly nothing or nearly certain is "<0.01%" or ">99.99%".
std::string belief_text(double probability);
// "+1,230" or "-4"; "0" where there is nothing.
std::string signed_amount(double amount);

}  // namespace breakglass::drill
