// The charts of a run: from what there is to see to scenes of plot/.
#pragma once

#include <array>

#include "plot/charts.hpp"
#include "viz/run/run_view.hpp"

namespace breakglass::viz {

inline constexpr std::array<const char*, sim::kHarmSources> kSourceNames{"ongoing", "residual", "regression",
                                                                         "deadline", "containment"};
// The second cue beside the colour: how the upper edge of a source's layer is drawn.
inline constexpr std::array<plot::Dash, sim::kHarmSources> kSourceDashes{
    plot::Dash::solid, plot::Dash::dashed, plot::Dash::dash_dot, plot::Dash::dotted, plot::Dash::long_dash};

// Whether the source did any harm in this run; `ongoing` always counts.
bool occurs(const RunView& view, std::size_t source);

// `frame` as the charts of one screen share it, but for the box: time, margins and text.
plot::Scene harm_chart(const RunView& view, const plot::Frame& frame);    // Palette::sources
plot::Scene weight_chart(const RunView& view, const plot::Frame& frame);  // the others: Palette::arms
plot::Scene signal_chart(const SignalView& signal, const plot::Frame& frame);
plot::Scene belief_chart(const RunView& view, const plot::Frame& frame);

// Characters of the widest label of a y axis that any of the charts will have.
int widest_label(const RunView& view);

}  // namespace breakglass::viz
