"""`./dev lint`: formatting, the guards, the shell scripts, and clang-tidy on the sources that changed.

clang-tidy is slow, so a source that passed is not read again until it, a header that it includes, its compile
command or the configuration changes; the stamps are in the build directory.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import guards  # noqa: E402  (found through the line above)

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../.."))


def output_of(*command):
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    return result.stdout if result.returncode == 0 else None


def formatting(files, fix):
    """Complaints of clang-format, one a file; with `fix` it corrects them instead."""
    names = sorted(guards.cpp(files))
    if not names:
        return []
    how = ["-i"] if fix else ["--dry-run", "-Werror", "--ferror-limit=1"]
    result = subprocess.run(["clang-format-19", *how, *names], cwd=ROOT, capture_output=True, text=True)
    return [line + " (./dev lint --fix)" for line in result.stderr.splitlines() if ": error: " in line]


def scripts(files):
    names = [path for path in files if path.endswith(".sh") or path == "dev"] + [".ci/run"]
    result = subprocess.run(["shellcheck", "--format=gcc", *names], cwd=ROOT, capture_output=True, text=True)
    return result.stdout.splitlines()


def changed_paths():
    """What differs from the main branch's last common commit, or None if git cannot say."""
    for branch in ("origin/HEAD", "origin/main", "HEAD"):
        base = output_of("git", "merge-base", "HEAD", branch)
        if base:
            changed = output_of("git", "diff", "--name-only", base.strip()) or ""
            return set((changed + (output_of("git", "ls-files", "--others", "--exclude-standard") or "")).split("\n"))
    return None


def with_headers(path, files):
    """The path and every project header that it includes, directly or not."""
    seen, waiting = set(), [path]
    while waiting:
        name = waiting.pop()
        if name not in seen and name in files:
            seen.add(name)
            waiting += [match.group(1) for match in guards.INCLUDE.finditer(files[name]) if match.group(1)]
    return seen


class Tidy:
    def __init__(self, build, files):
        self.build, self.files = build, files
        self.stamps = os.path.join(build, "tidy")
        os.makedirs(self.stamps, exist_ok=True)
        with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
            commands = {os.path.relpath(c["file"], ROOT): c["command"] for c in json.load(file)}
        # Tests are left out: Catch2's macros drown what is said about them.
        self.commands = {path: command for path, command in commands.items()
                         if path in files and not path.startswith(guards.FREE_ROOMS)}
        with open(os.path.join(ROOT, ".clang-tidy"), encoding="utf-8") as file:
            self.config = file.read()

    def stamp(self, path):
        parts = [self.config, self.commands[path]]
        parts += [name + "\n" + self.files[name] for name in sorted(with_headers(path, self.files))]
        return os.path.join(self.stamps, hashlib.sha256("\0".join(parts).encode()).hexdigest())

    def check(self, path):
        stamp = self.stamp(path)
        if os.path.exists(stamp):
            return []
        result = subprocess.run(["clang-tidy-19", "--quiet", "-p", self.build, path], cwd=ROOT, capture_output=True,
                                text=True)
        if result.returncode == 0:
            with open(stamp, "w", encoding="utf-8"):
                return []
        text = result.stdout.replace(ROOT + "/", "").rstrip()
        return [text or result.stderr.rstrip()]


def tidy(build, files, everything, jobs):
    checker = Tidy(build, files)
    wanted = sorted(checker.commands)
    changed = None if everything else changed_paths()
    if changed is not None:
        wanted = [path for path in wanted if with_headers(path, files) & changed]
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        return [complaint for found in pool.map(checker.check, wanted) for complaint in found]


def main():
    parser = argparse.ArgumentParser(prog="./dev lint")
    parser.add_argument("--build", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--jobs", type=int, default=1, help=argparse.SUPPRESS)
    parser.add_argument("--all", action="store_true", help="clang-tidy reads every source, not only what changed")
    parser.add_argument("--fix", action="store_true", help="format instead of complaining")
    options = parser.parse_args()
    files = guards.project_files(ROOT)
    steps = {"formatting": lambda: formatting(files, options.fix)}
    steps.update({name: lambda guard=guard: guard(files) for name, guard in guards.ALL.items()})
    steps["shell scripts"] = lambda: scripts(files)
    steps["clang-tidy"] = lambda: tidy(options.build, files, options.all, options.jobs)
    failed = 0
    for name, step in steps.items():
        start = time.monotonic()
        complaints = step()
        failed += len(complaints)
        print("\n".join(complaints + [f"lint: {name}: {len(complaints) or 'no'} complaints, "
                                      f"{time.monotonic() - start:.1f} s"]), file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
