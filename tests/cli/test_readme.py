#!/usr/bin/python3
"""The README shows what the program really prints: every line of a marked block must be in its output, in order.

A block is marked by a comment `<!-- output: ARGUMENTS -->` before its fence; a line `…` stands for anything.
"""
import os
import pathlib
import re
import shlex
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parents[2]
program = os.environ.get("BREAKGLASS_BIN") or (sys.argv[1] if len(sys.argv) > 1 else "")
if not program or not pathlib.Path(program).exists():
    print("skipped: no program given (BREAKGLASS_BIN)")
    sys.exit(77)

text = (root / "README.md").read_text(encoding="utf-8")
blocks = re.findall(r"<!-- output: (.*?) -->\n```\n(.*?)```", text, re.S)
failures = 0 if blocks else 1
for arguments, block in blocks:
    run = subprocess.run([program, *shlex.split(arguments)], cwd=root, capture_output=True, text=True, encoding="utf-8",
                         env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}, check=False)
    if run.returncode != 0:
        failures += 1
        print(f"FAILED: {arguments}: exit {run.returncode}\n{run.stderr}")
        continue
    printed = run.stdout.splitlines()
    at = 0
    for line in block.splitlines():
        if line == "…":
            continue
        while at < len(printed) and printed[at] != line:
            at += 1
        if at == len(printed):
            failures += 1
            print(f"FAILED: {arguments}: the README has a line that is not printed (there):\n  {line}")
            break
        at += 1
print(f"{len(blocks)} blocks, {failures} failures")
sys.exit(1 if failures else 0)
