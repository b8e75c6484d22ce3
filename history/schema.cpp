#include "history/export.hpp"

namespace breakglass::history {
namespace {

// Members may be added within a major version; none changes its meaning or goes away.
constexpr const char* kSchema = R"json({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "The result of breakglass history --json",
  "description": "Drills, or with --summary what the drills of each mode show together. Stable within a major version: members may be added, none changes its meaning or goes away. What is not known is null.",
  "type": "object",
  "required": ["program"],
  "oneOf": [{"required": ["drills"]}, {"required": ["modes"]}],
  "properties": {
    "program": {
      "type": "object",
      "required": ["name", "version"],
      "properties": {"name": {"const": "breakglass"}, "version": {"type": "string", "pattern": "^[0-9]+\\.[0-9]+\\.[0-9]+"}}
    },
    "drills": {"type": "array", "items": {"$ref": "#/$defs/drill"}},
    "modes": {"type": "array", "items": {"$ref": "#/$defs/mode"}}
  },
  "$defs": {
    "words": {"type": "string", "minLength": 1},
    "count": {"type": "integer", "minimum": 0},
    "share": {"type": "number", "minimum": 0, "maximum": 1},
    "instant": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"},
    "modename": {"enum": ["practice", "drill", "assessed"]},
    "ci95": {"oneOf": [{"type": "null"}, {"type": "array", "minItems": 2, "maxItems": 2, "items": {"type": "number"}}]},
    "stated": {
      "type": "object", "required": ["probability", "outcome", "posterior"],
      "properties": {
        "probability": {"$ref": "#/$defs/share"},
        "outcome": {"type": ["boolean", "null"], "description": "what was; null where the question did not come up"},
        "posterior": {"oneOf": [{"type": "null"}, {"$ref": "#/$defs/share"}], "description": "what could be known; null until the drill is graded"}}},
    "drill": {
      "type": "object",
      "required": ["id", "identity", "log", "scenario", "hash", "version", "seed", "replication", "mode", "started", "ended", "harm", "grade",
                   "is_emergency", "treated_as_emergency", "critical_tasks", "mistakes", "stated"],
      "properties": {
        "id": {"type": "integer", "minimum": 1},
        "identity": {"$ref": "#/$defs/words", "description": "of the log: the mark of all its lines"},
        "log": {"type": "string"}, "scenario": {"$ref": "#/$defs/words"}, "hash": {"$ref": "#/$defs/words"}, "version": {"$ref": "#/$defs/words"},
        "seed": {"type": "string", "pattern": "^[0-9]+$"}, "replication": {"$ref": "#/$defs/count"}, "mode": {"$ref": "#/$defs/modename"},
        "started": {"oneOf": [{"type": "null"}, {"$ref": "#/$defs/instant"}]},
        "ended": {"type": "string"},
        "harm": {"type": "object", "required": ["unit", "total", "luck_adjusted"],
          "properties": {"unit": {"$ref": "#/$defs/words"}, "total": {"type": "number", "minimum": 0}, "luck_adjusted": {"type": ["number", "null"]}}},
        "grade": {"type": ["number", "null"], "description": "harm given up by a decision on average, in shares of the stake; null until the drill is graded"},
        "is_emergency": {"type": "boolean"}, "treated_as_emergency": {"type": ["boolean", "null"]},
        "critical_tasks": {"type": "array", "items": {"type": "object", "required": ["name", "passed"],
          "properties": {"name": {"$ref": "#/$defs/words"}, "passed": {"type": "boolean"}}}},
        "mistakes": {"type": "array", "items": {"type": "object", "required": ["id", "at_s"],
          "properties": {"id": {"$ref": "#/$defs/words"}, "at_s": {"type": "number", "minimum": 0}}}},
        "stated": {"type": "object", "propertyNames": {"enum": ["real", "regression"]}, "additionalProperties": {"$ref": "#/$defs/stated"}}
      }
    },
    "named": {
      "type": "array",
      "items": {"type": "object", "required": ["count", "of", "ci95"], "anyOf": [{"required": ["name"]}, {"required": ["id"]}],
        "properties": {"count": {"$ref": "#/$defs/count"}, "of": {"$ref": "#/$defs/count"}, "ci95": {"$ref": "#/$defs/ci95"}}}},
    "part": {"type": "object", "required": ["value", "corrected", "ci95"],
      "properties": {"value": {"type": ["number", "null"]}, "corrected": {"type": ["number", "null"]}, "ci95": {"$ref": "#/$defs/ci95"}}},
    "question": {
      "type": "object", "required": ["forecasts", "brier", "reliability", "resolution", "uncertainty", "within", "groups", "against_posterior"],
      "properties": {
        "forecasts": {"$ref": "#/$defs/count"},
        "brier": {"$ref": "#/$defs/part"}, "reliability": {"$ref": "#/$defs/part"}, "resolution": {"$ref": "#/$defs/part"},
        "uncertainty": {"$ref": "#/$defs/part"}, "within": {"$ref": "#/$defs/part"},
        "groups": {"type": "array", "items": {"type": "object", "required": ["count", "stated", "was_so", "ci95"],
          "properties": {"count": {"type": "integer", "minimum": 1}, "stated": {"$ref": "#/$defs/share"}, "was_so": {"$ref": "#/$defs/share"}, "ci95": {"$ref": "#/$defs/ci95"}}}},
        "against_posterior": {"type": "object", "required": ["forecasts", "mean_square", "ci95"],
          "properties": {"forecasts": {"$ref": "#/$defs/count"}, "mean_square": {"type": ["number", "null"]}, "ci95": {"$ref": "#/$defs/ci95"}}}
      }
    },
    "mode": {
      "type": "object", "required": ["mode", "drills", "without_mistakes", "mistakes", "failed_tasks", "detection", "calibration"],
      "properties": {
        "mode": {"$ref": "#/$defs/modename"}, "drills": {"type": "integer", "minimum": 1},
        "without_mistakes": {"$ref": "#/$defs/named"}, "mistakes": {"$ref": "#/$defs/named"}, "failed_tasks": {"$ref": "#/$defs/named"},
        "detection": {"type": "object", "required": ["hits", "emergencies", "false_alarms", "decoys"],
          "properties": {"hits": {"$ref": "#/$defs/count"}, "emergencies": {"$ref": "#/$defs/count"}, "false_alarms": {"$ref": "#/$defs/count"}, "decoys": {"$ref": "#/$defs/count"},
                         "d_prime": {"type": "number"}, "d_prime_ci95": {"$ref": "#/$defs/ci95"}, "c": {"type": "number"}, "c_ci95": {"$ref": "#/$defs/ci95"}}},
        "calibration": {"type": "object", "propertyNames": {"enum": ["real", "regression"]}, "additionalProperties": {"$ref": "#/$defs/question"}}
      }
    }
  }
}
)json";

}  // namespace

std::string history_schema() { return kSchema; }

}  // namespace breakglass::history
