"""The whole program prints the same bytes from every build: g++ and clang++, debug, release and sanitizers.

same_builds.py BUILD…: the build directories; the first is the reference. `./dev test --deep` has them side by side.
"""

import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def result_of(program, scenario):
    command = [program, "compare", scenario.stem, "--replications", "300", "--seed", "7", "--quiet", "--json", "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def main():
    reference, *others = (pathlib.Path(build) / "breakglass" for build in sys.argv[1:])
    different = 0
    for scenario in sorted(ROOT.glob("scenarios/*.json")):
        if scenario.name.endswith(".schema.json"):
            continue
        expected = result_of(reference, scenario)
        for other in others:
            if result_of(other, scenario) != expected:
                different += 1
                print(f"{scenario.stem}: {other.parent.name} prints something else than {reference.parent.name}")
    print(f"{len(others)} builds compared with {reference.parent.name}: {different} differences")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
