// sim::Distribution in files:
//
//     "5m"                                          always that (a bare quantity)
//     {"uniform": ["5m", "10m"]}                    between two bounds
//     {"exponential": {"mean": "4h"}}
//     {"normal": {"mean": 0.8, "sd": 0.1}}
//     {"lognormal": {"median": "25m", "p95": "60m"}}
//     {"gamma": {"mean": 3, "sd": 1}}
//     {"beta": [8, 2]}                              shapes; only for plain numbers
//     {"atoms": {"0": 0.03, "1": 0.9}, "else": {"beta": [8, 2]}}
//                                                   values with probabilities of their own; "else" has the
//                                                   rest, and may be left out if they sum to 1
//
// Quantities are numbers, durations (held as seconds) or rates (held per second), as the field's unit says.
// The field's range holds for whatever the distribution can give, except the left tail of a normal, which
// callers clamp.
#pragma once

#include "scenarios/text_node.hpp"
#include "sim/kernel/distribution.hpp"
#include "sim/kernel/field.hpp"

namespace breakglass::scenarios {

// The shortest of the forms above; reading it gives an equal distribution.
Node distribution_node(const sim::Distribution& value, const sim::FieldInfo& info);

// A number as the unit writes it: 90 as "90s" for durations, 40 as "40/s" for rates, else the number.
Node quantity_node(double value, const sim::FieldInfo& info);

// The JSON schema of the forms above.
Node distribution_schema(const sim::FieldInfo& info);

}  // namespace breakglass::scenarios
