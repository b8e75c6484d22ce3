#include "drill/debrief.hpp"

namespace breakglass::drill {
namespace {

// Members may be added within a major version; none changes its meaning or goes away.
constexpr const char* kSchema = R"json({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "The result of breakglass debrief --json",
  "description": "One drill: what was done, what each decision was worth by what could be known, and what really was. Stable within a major version: members may be added, none changes its meaning or goes away. Times end in _s (seconds since the page) or are the scenario's local time; harm is in harm.unit.",
  "type": "object",
  "required": ["program", "scenario", "hash", "title", "mode", "seed", "replication", "actions", "decisions", "course",
               "critical_tasks", "tasks_passed", "tasks", "mistakes", "harm", "same_world", "stated", "beliefs", "hindsight", "own_words", "record"],
  "properties": {
    "program": {
      "type": "object",
      "required": ["name", "version"],
      "properties": {"name": {"const": "breakglass"}, "version": {"type": "string", "pattern": "^[0-9]+\\.[0-9]+\\.[0-9]+"}}
    },
    "scenario": {"$ref": "#/$defs/words"},
    "hash": {"$ref": "#/$defs/words", "description": "of the scenario's whole content"},
    "title": {"type": "string"},
    "mode": {"enum": ["practice", "drill", "assessed"]},
    "seed": {"type": "string", "pattern": "^[0-9]+$"},
    "replication": {"$ref": "#/$defs/count"},
    "branch": {"type": "object", "description": "present where it goes on from another drill: that log's last mark, how many of its actions are kept, since when, and which draw of new luck (0: the same luck)",
      "required": ["of", "kept", "at_s", "luck"],
      "properties": {"of": {"type": "string"}, "kept": {"$ref": "#/$defs/count"}, "at_s": {"$ref": "#/$defs/time"}, "luck": {"$ref": "#/$defs/count"}}},
    "actions": {"$ref": "#/$defs/count", "description": "how many `decisions` there are"},
    "decisions": {"type": "array", "description": "the actions in the log's order", "items": {
      "type": "object", "required": ["at_s", "at", "do"],
      "properties": {"at_s": {"$ref": "#/$defs/time"}, "at": {"$ref": "#/$defs/words"}, "do": {"$ref": "#/$defs/words"}}}},
    "course": {"type": "array", "minItems": 1, "description": "the drill over time, up to the end of the trainee's part", "items": {
      "type": "object", "required": ["at_s", "at", "weight", "harm_reckoned", "harm"],
      "properties": {
        "at_s": {"$ref": "#/$defs/time"}, "at": {"$ref": "#/$defs/words"},
        "weight": {"$ref": "#/$defs/share", "description": "of traffic on the change"},
        "harm_reckoned": {"type": "number", "minimum": 0, "description": "so far, as the room reckoned it then"},
        "harm": {"type": "number", "minimum": 0, "description": "so far, as it was: hindsight"},
        "p_regression": {"$ref": "#/$defs/share", "description": "of an ideal observer; absent while there is no change"}}}},
    "critical_tasks": {"type": "array", "items": {
      "type": "object", "required": ["name", "passed", "evidence"],
      "properties": {"name": {"$ref": "#/$defs/words"}, "passed": {"type": "boolean"}, "evidence": {"type": "string"}}}},
    "tasks_passed": {"$ref": "#/$defs/count"},
    "tasks": {"$ref": "#/$defs/count"},
    "mistakes": {"type": "array", "items": {
      "type": "object", "required": ["id", "name", "at_s", "at", "evidence"],
      "properties": {
        "id": {"enum": ["routine-as-emergency", "without-approval", "without-canary", "without-rollback", "without-follow-up", "refused-emergency", "normal-process"]},
        "name": {"$ref": "#/$defs/words"}, "at_s": {"$ref": "#/$defs/time"}, "at": {"$ref": "#/$defs/words"}, "evidence": {"type": "string"}}}},
    "harm": {
      "type": "object", "required": ["unit", "total", "estimated_at_end"],
      "properties": {"unit": {"$ref": "#/$defs/words"}, "total": {"type": "number", "minimum": 0, "description": "at the horizon, as the world came out"},
                     "estimated_at_end": {"type": "number", "minimum": 0, "description": "as the room reckoned it when the trainee's part ended"}}},
    "same_world": {"type": "object", "description": "harm of each shipped strategy in the same world", "additionalProperties": {"type": "number", "minimum": 0}},
    "stated": {"type": "object", "description": "what was stated last", "properties": {"regression": {"$ref": "#/$defs/share"}, "real": {"$ref": "#/$defs/share"}}},
    "beliefs": {"type": "array", "description": "whenever something was stated", "items": {
      "type": "object", "required": ["at_s", "at"],
      "properties": {
        "at_s": {"$ref": "#/$defs/time"}, "at": {"$ref": "#/$defs/words"},
        "regression": {"type": "object", "required": ["stated", "ideal", "outcome", "brier"],
          "properties": {"stated": {"$ref": "#/$defs/share"}, "ideal": {"$ref": "#/$defs/share"}, "outcome": {"type": "boolean"}, "brier": {"$ref": "#/$defs/share"}}},
        "real": {"type": "object", "required": ["stated", "outcome", "brier"],
          "properties": {"stated": {"$ref": "#/$defs/share"}, "outcome": {"type": "boolean"}, "brier": {"$ref": "#/$defs/share"}}}}}},
    "even_odds": {"type": "object", "description": "what always stating 50% earns", "required": ["stated", "brier"]},
    "grade": {"$ref": "#/$defs/grade"},
    "hindsight": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/words"}},
    "own_words": {"type": "array", "items": {"$ref": "#/$defs/words"}},
    "record": {
      "type": "object", "description": "the bypass record",
      "required": ["scenario", "title", "paged", "page", "category", "bypasses", "rule", "approvals", "events", "outcome"],
      "properties": {
        "bypasses": {"type": "array", "items": {"type": "object", "required": ["element", "at", "reason", "compensation"]}},
        "approvals": {"$ref": "#/$defs/told"}, "events": {"$ref": "#/$defs/told"},
        "review": {"type": "object", "additionalProperties": {"type": "string"}}}}
  },
  "$defs": {
    "words": {"type": "string", "minLength": 1},
    "count": {"type": "integer", "minimum": 0},
    "share": {"type": "number", "minimum": 0, "maximum": 1},
    "time": {"type": "number", "minimum": 0},
    "told": {"type": "array", "items": {"type": "object", "required": ["at", "what"],
             "properties": {"at": {"$ref": "#/$defs/words"}, "what": {"type": "string"}}}},
    "grade": {
      "type": "object",
      "description": "absent while the drill is not over. at_page + skill + luck + residual = in_the_end; every error is standard_errors of them",
      "required": ["reference", "stake", "at_page", "skill", "luck", "luck_se", "luck_error", "in_the_end", "luck_adjusted", "residual", "mean_loss_of_stake",
                   "mean_loss_se", "mean_loss_error", "standard_errors", "limits_of_stake", "decisions", "counted", "to_look_at_again", "labels", "steps"],
      "properties": {
        "reference": {"$ref": "#/$defs/words"},
        "stake": {"type": "number", "exclusiveMinimum": 0},
        "at_page": {"type": "number"}, "skill": {"type": "number"}, "luck": {"type": "number"}, "in_the_end": {"type": "number", "minimum": 0},
        "luck_se": {"type": "number", "minimum": 0}, "luck_error": {"type": "number", "minimum": 0},
        "luck_adjusted": {"type": "number"}, "residual": {"type": "number"},
        "mean_loss_of_stake": {"type": "number"}, "mean_loss_se": {"type": "number", "minimum": 0}, "mean_loss_error": {"type": "number", "minimum": 0},
        "standard_errors": {"type": "number", "exclusiveMinimum": 0},
        "limits_of_stake": {"type": "object", "required": ["inaccuracy", "mistake", "blunder"], "additionalProperties": {"$ref": "#/$defs/share"}},
        "counted": {"$ref": "#/$defs/count"}, "to_look_at_again": {"$ref": "#/$defs/count"},
        "labels": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1},
                   "propertyNames": {"enum": ["fine", "too close to call", "inaccuracy", "mistake", "blunder"]}},
        "steps": {"type": "array", "minItems": 2, "description": "the waterfall: the first and the last are totals, the others add up from one to the other", "items": {
          "type": "object", "required": ["step", "harm"], "properties": {"step": {"$ref": "#/$defs/words"}, "harm": {"type": "number"}, "decision": {"type": "integer", "minimum": 1}}}},
        "decisions": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/decision"}}
      }
    },
    "decision": {
      "type": "object",
      "required": ["at_s", "at", "did", "counts", "label", "loss", "se", "error", "value_before", "value_chosen", "luck_after", "worlds", "options"],
      "properties": {
        "at_s": {"$ref": "#/$defs/time"}, "at": {"$ref": "#/$defs/words"}, "did": {"$ref": "#/$defs/words"},
        "counts": {"type": "boolean"}, "label": {"enum": ["fine", "too close to call", "inaccuracy", "mistake", "blunder"]},
        "loss": {"type": "number"}, "se": {"type": "number", "minimum": 0}, "error": {"type": "number", "minimum": 0},
        "value_before": {"type": "number"}, "value_chosen": {"type": "number"}, "luck_after": {"type": "number"},
        "worlds": {"type": "integer", "minimum": 1}, "p_regression": {"$ref": "#/$defs/share"},
        "only_move": {"$ref": "#/$defs/words", "description": "every other option is worse by more than a mistake"},
        "number": {"type": "integer", "minimum": 1, "description": "of those that count"}, "again": {"type": "boolean"},
        "situation": {"type": "object", "required": ["status", "news", "readings"],
          "properties": {"status": {"type": "object", "additionalProperties": {"type": "string"}},
                         "news": {"type": "array", "items": {"type": "string"}}, "readings": {"type": "array", "items": {"type": "string"}}}},
        "options": {"type": "array", "minItems": 1, "items": {
          "type": "object", "required": ["option", "mean", "worse", "se", "error", "chosen"],
          "properties": {"option": {"$ref": "#/$defs/words"}, "mean": {"type": "number"}, "worse": {"type": "number"},
                         "se": {"type": "number", "minimum": 0}, "error": {"type": "number", "minimum": 0}, "chosen": {"type": "boolean"}}}}
      }
    }
  }
}
)json";

}  // namespace

std::string debrief_schema() { return kSchema; }

}  // namespace breakglass::drill
