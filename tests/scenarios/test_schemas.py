#!/usr/bin/python3
"""Validates every shipped scenario and strategy against the schemas, and sees that a damaged one is refused."""
import copy
import json
import pathlib
import sys

try:
    import jsonschema
except ImportError:
    print("skipped: python3-jsonschema is not installed")
    sys.exit(77)

root = pathlib.Path(__file__).resolve().parents[2]
failures = 0


def check(condition, what):
    global failures
    if not condition:
        failures += 1
        print("FAILED:", what)


def validator(name):
    schema = json.loads((root / "scenarios" / name).read_text())
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


scenario = validator("scenario.schema.json")
strategy = validator("strategy.schema.json")
scenarios = [p for p in (root / "scenarios").glob("*.json") if not p.name.endswith(".schema.json")]
scenarios += list((root / "scenarios" / "tutorials").glob("*.json"))
lesson = validator("lesson.schema.json")
for path in (root / "scenarios" / "lessons").glob("*.json"):
    for error in lesson.iter_errors(json.loads(path.read_text())):
        check(False, f"{path.name}: {error.json_path}: {error.message}")
plan = validator("plan.schema.json")
for path in (root / "scenarios" / "plans").glob("*.json"):
    for error in plan.iter_errors(json.loads(path.read_text())):
        check(False, f"{path.name}: {error.json_path}: {error.message}")
strategies = list((root / "scenarios" / "strategies").glob("*.json"))
check(len(scenarios) >= 4 and len(strategies) >= 4, "the shipped files are found")
for path in scenarios:
    for error in scenario.iter_errors(json.loads(path.read_text())):
        check(False, f"{path.name}: {error.json_path}: {error.message}")
for path in strategies:
    for error in strategy.iter_errors(json.loads(path.read_text())):
        check(False, f"{path.name}: {error.json_path}: {error.message}")

good = json.loads((root / "scenarios" / "pii-leak.json").read_text())
for damage in (
    lambda s: s.pop("harm_unit"),
    lambda s: s.update(categry="security"),
    lambda s: s.update(category="panic"),
    lambda s: s["change"]["regression"].update(probability=1.5),
    lambda s: s.update(horizon=7),
):
    bad = copy.deepcopy(good)
    damage(bad)
    check(not scenario.is_valid(bad), "a damaged scenario is refused")

print(f"{len(scenarios)} scenarios, {len(strategies)} strategies, {failures} failures")
sys.exit(1 if failures else 0)
