"""The whole program prints the same bytes from every build: g++ and clang++, debug, release and sanitizers.

Only `./dev test --deep` has those builds side by side and fresh; otherwise this is skipped.
"""

import os
import pathlib
import subprocess
import sys

BINARY = pathlib.Path(os.environ.get("BREAKGLASS_BINARY_DIR", "."))
SOURCE = pathlib.Path(os.environ.get("BREAKGLASS_SOURCE_DIR", "."))
PRESETS = ("debug", "asan", "tsan", "clang")


def result_of(program, scenario):
    command = [program, "compare", scenario.stem, "--replications", "300", "--seed", "7", "--quiet", "--json", "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def main():
    builds = [BINARY.parent / preset / "breakglass" for preset in PRESETS]
    others = [path for path in builds if path.exists() and path.parent != BINARY]
    if not os.environ.get("BREAKGLASS_DEEP") or not others:
        print("skipped: only the deep tests have other builds beside this one")
        return 77
    different = 0
    for scenario in sorted(SOURCE.glob("scenarios/*.json")):
        if scenario.name.endswith(".schema.json"):
            continue
        expected = result_of(BINARY / "breakglass", scenario)
        for other in others:
            if result_of(other, scenario) != expected:
                different += 1
                print(f"{scenario.stem}: {other.parent.name} prints something else than {BINARY.name}")
    print(f"{len(others)} builds compared with {BINARY.name}: {', '.join(other.parent.name for other in others)}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
