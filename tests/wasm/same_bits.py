"""Runs one program as several toolchains built it, and compares every line that they print.

same_bits.py --node NODE --expect NAME,… NAME=PROGRAM…: the first program is the reference. A toolchain that is
expected and was not there to build with makes the test a skipped one (status 77) if the others agree. With
--differs NAME the test is the other way round: that program must print something else.
"""

import argparse
import itertools
import os
import subprocess
import sys


def lines_of(name, program, node):
    command = [program]
    if name == "wasm":
        command = [node, os.path.join(os.path.dirname(os.path.abspath(__file__)), "run.mjs"), program]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"{name}: {program} ended with {result.returncode}\n{result.stderr}")
    return result.stdout.splitlines()


def first_difference(reference, other):
    """(line number, reference's line, other's line) of the first difference, or None."""
    for number, (a, b) in enumerate(itertools.zip_longest(reference, other), 1):
        if a != b:
            return number, a, b
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--node", default="node")
    parser.add_argument("--expect", default="")
    parser.add_argument("--differs", default="")
    parser.add_argument("programs", nargs="+")
    options = parser.parse_args()
    programs = dict(program.split("=", 1) for program in options.programs)
    outputs = {name: lines_of(name, program, options.node) for name, program in programs.items()}
    (reference_name, reference), *others = outputs.items()
    if not reference:
        sys.exit("the reference printed nothing, so there is nothing to compare")
    different = []
    for name, lines in others:
        difference = first_difference(reference, lines)
        if difference:
            different.append(name)
            number, a, b = difference
            print(f"line {number} differs:\n  {reference_name}: {a}\n  {name}: {b}")
    print(f"{len(reference)} lines, {', '.join(outputs)}: {len(different)} of {len(others)} differ")
    missing = [name for name in options.expect.split(",") if name and name not in outputs]
    if missing:
        print(f"skipped: no tools for {', '.join(missing)} (wasm needs clang-19, lld-19, wasi-libc, the "
              "*-dev-wasm32 packages and nodejs)")
    if options.differs:
        return 0 if options.differs in different else 77 if options.differs not in outputs else 1
    if different:
        return 1
    return 77 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
