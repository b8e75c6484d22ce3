#!/usr/bin/env python3
"""What `compare --json` writes validates against analysis/compare.schema.json, and damaged copies of it do not.

The program is argv[1], or BREAKGLASS, or build/release/breakglass; without one the test is skipped (status 77).
"""
import copy
import json
import os
import pathlib
import subprocess
import sys
import tempfile

SKIPPED = 77
SOURCE = pathlib.Path(os.environ.get("BREAKGLASS_SOURCE_DIR") or pathlib.Path(__file__).resolve().parents[2])

try:
    import jsonschema
except ImportError:
    print("skipped: python3-jsonschema is not installed")
    sys.exit(SKIPPED)


def program():
    named = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("BREAKGLASS")
    return pathlib.Path(named) if named else SOURCE / "build" / "release" / "breakglass"


def refuse_constant(name):
    raise ValueError(f"not JSON: {name}")


def compare(binary, *arguments):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "result.json"
        command = [str(binary), "compare", "pii-leak", "--quiet", "--json", str(path), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
        if done.returncode not in (0, 1, 3):  # a gate may fail
            sys.exit(f"{' '.join(command)}\nexited with {done.returncode}:\n{done.stderr}")
        return json.loads(path.read_text(encoding="utf-8"), parse_constant=refuse_constant)


def check_consistency(result):
    """What a schema cannot say: names agree, intervals hold their estimates, parts make the total."""
    names = [s["name"] for s in result["strategies"]]
    pairs = [(p["a"], p["b"]) for p in result["paired"]]
    assert pairs == [(a, b) for i, a in enumerate(names) for b in names[i + 1:]], pairs
    assert result["best"]["strategy"] in names and set(result["best"]["ties"]) <= set(names)
    for strategy in result["strategies"]:
        metrics = strategy["metrics"]
        for name, metric in metrics.items():
            known = [metric[q] for q in ("p5", "p50", "p95", "p99") if metric[q] is not None]
            assert known == sorted(known), (name, known)
            assert metric["ci95"] is None or metric["ci95"][0] <= metric["mean"] <= metric["ci95"][1], (name, metric)
            # CVaR95 is at least the mean; rounding aside for a metric that never varies.
            assert metric["cvar95"] >= metric["mean"] * (1 - 1e-9) - 1e-9, (name, metric)
        parts = sum(metrics[f"harm_{part}"]["mean"] for part in
                    ("ongoing", "residual", "regression", "deadline", "containment"))
        total = metrics["harm_total"]["mean"]
        assert abs(parts - total) <= 1e-6 * max(1, abs(total)), (strategy["name"], parts, total)
        for probability in strategy["probabilities"].values():
            assert probability["ci95"][0] <= probability["mean"] <= probability["ci95"][1], probability


def damages():
    """Planted faults, each as a name and a function that damages a result in place."""
    def harm(result):
        return result["strategies"][0]["metrics"]["harm_total"]

    def time(result):
        return result["strategies"][0]["metrics"]["time_to_full_s"]

    return {
        "a member is missing": lambda r: r.pop("best"),
        "a metric is missing": lambda r: r["strategies"][0]["metrics"].pop("harm_deadline"),
        "a probability is missing": lambda r: r["strategies"][0]["probabilities"].pop("rolled_back_clean"),
        "a number is a string": lambda r: harm(r).update(mean="12"),
        "a mean is null": lambda r: harm(r).update(mean=None),
        "an amount's quantile is null": lambda r: harm(r).update(p50=None),
        "an interval has three ends": lambda r: harm(r).update(ci95=[0, 1, 2]),
        "an amount is censored": lambda r: harm(r).update(censored=0),
        "a time says nothing of censoring": lambda r: time(r).pop("censored"),
        "a time has another unit": lambda r: time(r).update(unit="min"),
        "a probability is above one": lambda r: r["strategies"][0]["probabilities"]["rolled_back"].update(mean=1.5),
        "a pair has no interval": lambda r: r["paired"][0].pop("ci95"),
        "a sample has an error": lambda r: r["quantiles"].update({"from": "sample", "relative_error": 0.001}),
        "the replications are a fraction": lambda r: r.update(replications=0.5),
        "there is no strategy": lambda r: r.update(strategies=[]),
        "a gate is neither passed nor failed": lambda r: r["gates"][0].update(holds="perhaps"),
        "a gate has no findings": lambda r: r["gates"][0].update(findings=[]),
    }


def main():
    schema = json.loads((SOURCE / "analysis" / "compare.schema.json").read_text(encoding="utf-8"))
    validator_class = jsonschema.validators.validator_for(schema)
    validator_class.check_schema(schema)
    binary = program()
    if not binary.is_file():
        print(f"skipped: there is no program at {binary}")
        return SKIPPED
    validator = validator_class(schema)
    for arguments in (["--replications", "300"], ["--replications", "1"], ["--replications", "257", "--seed", "7"]):
        result = compare(binary, *arguments)
        validator.validate(result)
        check_consistency(result)
        assert result["replications"] == int(arguments[1]) and result["partial"] is False
    result = compare(binary, "--replications", "300", "--fail-if", "harm_total > 10 or rolled_back[immediate] > 5%",
                     "--fail-if", "time_to_full_s.p99 > 4h")
    validator.validate(result)
    assert [gate["holds"] for gate in result["gates"]] == ["yes", "yes"], result["gates"]
    assert len(result["gates"][0]["findings"]) == 4
    for name, damage in damages().items():
        damaged = copy.deepcopy(result)
        damage(damaged)
        assert not validator.is_valid(damaged), f"the schema accepts a result in which {name}"
    print(f"valid, and {len(damages())} damaged copies refused")
    return 0


if __name__ == "__main__":
    sys.exit(main())
