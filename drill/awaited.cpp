#include "drill/awaited.hpp"

namespace breakglass::drill {
namespace {

constexpr Awaited kAwaited[] = {
    {"change", [](const View& v) { return v.change_ready; }},
    {"approval", [](const View& v) { return v.approvals != Task::under_way; }},
    {"gate", [](const View& v) { return v.gate != Task::under_way && v.late_gate != Task::under_way; }},
    {"way-back", [](const View& v) { return v.rollback != Task::under_way; }},
    {"customers", [](const View& v) { return v.customers != Task::under_way; }},
    {"traffic", [](const View& v) { return v.weight > 0; }},
    {"step", [](const View& v) { return v.step_over || v.weight <= 0 || v.complete; }},
    {"rollback", [](const View& v) { return v.weight <= 0; }},
    {"resolution", [](const View& v) { return v.resolution != Task::under_way; }},
    {"postmortem", [](const View& v) { return v.postmortem != Task::under_way; }},
};

}  // namespace

std::span<const Awaited> awaited_things() { return kAwaited; }

}  // namespace breakglass::drill
