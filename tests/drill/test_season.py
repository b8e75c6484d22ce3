"""A season as a person plays it: by script and through a pipe, left and resumed, killed, and held against its book."""
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

PROGRAM = os.environ["BREAKGLASS"]
SOURCE = os.environ["BREAKGLASS_SOURCE_DIR"]
SCRIPT = os.path.join(SOURCE, "tests", "drill", "season-lines.txt")
KILLS = 200 if os.environ.get("BREAKGLASS_DEEP") else 20


class Season(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.env = {**os.environ, "XDG_DATA_HOME": self.path("data")}

    def path(self, name):
        return os.path.join(self.folder, name)

    def run_season(self, name, *more, stdin=None):
        return subprocess.run([PROGRAM, "season", "first-month", "--folder", self.path(name), *more], input=stdin,
                              capture_output=True, text=True, timeout=120, env=self.env)

    def files(self, name):
        found = {}
        for file in sorted(os.listdir(self.path(name))):
            with open(os.path.join(self.path(name), file), "rb") as text:
                found[file] = text.read()
        return found

    def lines(self):
        with open(SCRIPT, encoding="utf-8") as file:
            return file.read()

    def test_a_month_by_script_and_what_it_means(self):
        season = self.run_season("a", "--script", SCRIPT)
        self.assertEqual(season.returncode, 0, season.stderr)
        for words in ("=== Week 4, page 6 of 6 ===", "Of 6 pages you called 3 an emergency", "By the number alone:",
                      "called one, and it was not; 2 needless bypasses", "Of 3 that you called an emergency 2 were",
                      "multiplied the odds of haste by 1.32"):
            self.assertIn(words, season.stdout)
        self.assertEqual(sorted(self.files("a")), [f"page-{i}.jsonl" for i in range(1, 7)] + ["season.jsonl"])
        # What was eroded stands in the later logs' headers, so that each replays by itself.
        log = self.files("a")["page-3.jsonl"].decode()
        self.assertIn("/change/regression/haste_odds=", log.splitlines()[0])
        self.assertNotIn('"set"', self.files("a")["page-1.jsonl"].decode())
        replayed = subprocess.run([PROGRAM, "replay", os.path.join(self.path("a"), "page-3.jsonl")],
                                  capture_output=True, text=True, timeout=60, env=self.env)
        self.assertEqual(replayed.returncode, 0, replayed.stderr)

    def test_script_and_pipe_write_the_same_and_again_is_the_same(self):
        first = self.run_season("a", "--script", SCRIPT)
        files = self.files("a")
        piped = self.run_season("b", stdin=self.lines())
        self.assertEqual(piped.returncode, 0, piped.stderr)
        self.assertEqual(self.files("b"), files)
        again = self.run_season("a", "--script", SCRIPT)
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertEqual(again.stdout, first.stdout)
        self.assertEqual(self.files("a"), files)
        looked_at = self.run_season("a", stdin="")
        self.assertEqual(looked_at.returncode, 0, looked_at.stderr)
        self.assertIn("You said:", looked_at.stdout)

    def test_left_in_the_middle_it_goes_on_where_it_was(self):
        self.run_season("a", "--script", SCRIPT)
        lines = self.lines().splitlines(keepends=True)
        # Time that was only waited for is not in a log: whoever leaves after a wait waits again.
        cuts = [cut for cut in range(3, len(lines)) if not lines[cut - 1].startswith(("wait", "#"))]
        for cut in cuts[::3]:
            shutil.rmtree(self.path("b"), ignore_errors=True)
            left = self.run_season("b", stdin="".join(lines[:cut]))
            self.assertEqual(left.returncode, 0, left.stderr)
            self.assertIn("waits", left.stdout)
            rest = self.run_season("b", stdin="".join(lines[cut:]))
            self.assertEqual(rest.returncode, 0, rest.stderr)
            self.assertEqual(self.files("b"), self.files("a"), f"left after line {cut}")

    def test_killed_at_random_moments_it_ends_the_same(self):
        begun = time.monotonic()
        self.run_season("a", "--script", SCRIPT)
        length = time.monotonic() - begun
        draw = random.Random(11)
        for attempt in range(KILLS):
            name = f"killed{attempt}"
            process = subprocess.Popen(
                [PROGRAM, "season", "first-month", "--folder", self.path(name), "--script", SCRIPT],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=self.env)
            time.sleep(draw.random() * length)
            process.send_signal(signal.SIGKILL)
            process.wait()
            rest = self.run_season(name, "--script", SCRIPT)
            self.assertEqual(rest.returncode, 0, rest.stderr)
            self.assertEqual(self.files(name), self.files("a"))

    def test_what_does_not_fit_is_refused_in_words(self):
        self.run_season("a", "--script", SCRIPT)
        season = os.path.join(SOURCE, "scenarios", "seasons", "first-month.json")
        with open(season, encoding="utf-8") as file:
            text = file.read().replace('"real_per_month": 0.5', '"real_per_month": 0.6')
        with open(self.path("other.json"), "w", encoding="utf-8") as file:
            file.write(text)
        other = subprocess.run([PROGRAM, "season", self.path("other.json"), "--folder", self.path("a")],
                               capture_output=True, text=True, timeout=60, env=self.env)
        self.assertEqual(other.returncode, 2)
        self.assertIn("holds another season, or one that has changed since", other.stderr)
        # A page's log that was changed afterwards.
        with open(os.path.join(self.path("a"), "page-1.jsonl"), "r+b") as file:
            text = file.read().replace(b"promised Friday", b"promised Monday", 1)
            file.seek(0)
            file.write(text)
        changed = self.run_season("a", stdin="")
        self.assertEqual(changed.returncode, 2)
        self.assertIn("is damaged", changed.stderr)
        missing = subprocess.run([PROGRAM, "season", "first-moth"], capture_output=True, text=True, timeout=60,
                                 env=self.env)
        self.assertEqual(missing.returncode, 2)
        self.assertIn('did you mean "first-month"', missing.stderr)

    def test_nonsense_at_the_review_is_asked_again(self):
        lines = self.lines().replace("means bar=60% upstream=10% chance=30%\n", "")
        season = self.run_season("a", stdin=lines + "what?\nmeans bar=50%\nmeans bar=100%\n")
        self.assertEqual(season.returncode, 0, season.stderr)
        self.assertIn("write, for example: means", season.stdout)
        self.assertIn("sum to 50%", season.stdout)
        self.assertIn("You said:", season.stdout)


if __name__ == "__main__":
    unittest.main()
