// The root of an increasing function: Newton's steps inside a bracket that only shrinks.
#pragma once

namespace breakglass::analysis {

struct ValueAndSlope {
  double value = 0;
  double slope = 0;
};

// The u in [low, high] where `f(u).value` changes from negative to positive; f must not decrease. A Newton
// step that leaves the bracket, or a slope that is not positive, becomes a bisection, so the search always
// ends: within an absolute `tolerance` of the root, or at the end of the bracket that is nearest to it.
template <class F>
double find_root(double low, double high, double start, double tolerance, F&& f) {
  double u = start > low && start < high ? start : low + (high - low) / 2;
  for (int step = 0; step < 200; ++step) {
    const ValueAndSlope at = f(u);
    if (at.value == 0) return u;
    (at.value < 0 ? low : high) = u;
    double next = at.slope > 0 ? u - at.value / at.slope : low;
    if (!(next > low && next < high)) next = low + (high - low) / 2;
    const double moved = next > u ? next - u : u - next;
    u = next;
    if (moved <= tolerance || high - low <= tolerance) break;
  }
  return u;
}

}  // namespace breakglass::analysis
