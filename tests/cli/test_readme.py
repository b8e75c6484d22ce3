#!/usr/bin/python3
"""Pages show what the program really prints: every line of a marked block must be in its output, in order.

A block is marked by a comment `<!-- output: ARGUMENTS -->` before its fence; a line `…` stands for anything.

    test_readme.py [PROGRAM] [--write]

With --write the blocks are written anew instead: between two `…`, as many lines of the output as there are now,
from the line on that the first of them is, or begins like (its first two words).
"""
import os
import pathlib
import re
import shlex
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parents[2]
arguments_given = [a for a in sys.argv[1:] if a != "--write"]
program = os.environ.get("BREAKGLASS_BIN") or (arguments_given[0] if arguments_given else "")
if not program or not pathlib.Path(program).exists():
    print("skipped: no program given (BREAKGLASS_BIN)")
    sys.exit(77)

BLOCK = re.compile(r"<!-- output: (.*?) -->\n```\n(.*?)```", re.S)
PAGES = ("README.md", "docs/what-each-duty-is-worth.md", "docs/request-fidelity.md")


def printed_by(arguments):
    """The lines of the output, or None where the program failed."""
    run = subprocess.run([program, *shlex.split(arguments)], cwd=root, capture_output=True, text=True, encoding="utf-8",
                         env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}, check=False)
    if run.returncode != 0:
        print(f"FAILED: {arguments}: exit {run.returncode}\n{run.stderr}")
        return None
    return run.stdout.splitlines()


def first_missing(block, printed):
    """The first line of the block that is not printed, or not there; None when all are."""
    at = 0
    for line in block.splitlines():
        if line == "…":
            continue
        while at < len(printed) and printed[at] != line:
            at += 1
        if at == len(printed):
            return line
        at += 1
    return None


def written_anew(block, printed):
    out, at, inside = [], 0, False
    for line in block.splitlines():
        if line == "…":
            inside = False
        elif not inside:
            head = " ".join(line.split()[:2])
            alike = [i for i in range(at, len(printed)) if " ".join(printed[i].split()[:2]) == head]
            same = [i for i in alike if printed[i] == line]
            at = (same or alike or [at])[0]
            inside = True
        if inside and at < len(printed):
            out.append(printed[at])
            at += 1
        elif line == "…":
            out.append(line)
    return "".join(line + "\n" for line in out)


blocks = failures = 0
for page in PAGES:
    text = (root / page).read_text(encoding="utf-8")
    found = BLOCK.findall(text)
    failures += 0 if found else 1
    blocks += len(found)
    for arguments, block in found:
        printed = printed_by(arguments)
        if printed is None:
            failures += 1
        elif "--write" in sys.argv:
            text = text.replace(block, written_anew(block, printed))
        elif (line := first_missing(block, printed)) is not None:
            failures += 1
            print(f"FAILED: {arguments}: {page} has a line that is not printed (there):\n  {line}")
    if "--write" in sys.argv:
        (root / page).write_text(text, encoding="utf-8")
print(f"{blocks} blocks, {failures} failures")
sys.exit(1 if failures else 0)
