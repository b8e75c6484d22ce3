#!/usr/bin/env python3
"""`sweep` from end to end: killed at any moment it goes on and ends with the same bytes; its JSON is what the schema
says; what is wrong is said before the work.

The program is argv[1], or BREAKGLASS; without one the test is skipped (status 77).
"""
import copy
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

SOURCE = pathlib.Path(os.environ.get("BREAKGLASS_SOURCE_DIR") or pathlib.Path(__file__).resolve().parents[2])
PROGRAM = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("BREAKGLASS", "")
KILLS = 200 if os.environ.get("BREAKGLASS_DEEP") else 12

MAP = ["sweep", "pii-leak", "--strategy", "immediate", "--strategy", "compressed-canary", "--max-replications", "256",
       "--vary", "/change/regression/probability=0.05:0.6:4", "--vary", "/harm/ongoing/per_request=0.0005:0.01:3:log",
       "--quiet", "--threads", "2"]


def call(*arguments, **options):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=600, check=False, **options)


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="breakglass-sweep-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)


class Kills(Folder):
    def test_a_sweep_that_is_killed_goes_on_and_ends_with_the_same_bytes(self):
        whole, pieces = self.folder / "whole", self.folder / "pieces"
        start = time.monotonic()
        done = call(*MAP, "--checkpoint", str(whole), "--json", str(self.folder / "whole.json"))
        took = time.monotonic() - start
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        draw = random.Random(6)
        kills = 0
        for _ in range(KILLS):
            before = pieces.read_bytes() if pieces.exists() else b""
            child = subprocess.Popen([PROGRAM, *MAP, "--checkpoint", str(pieces)], stdout=subprocess.DEVNULL,
                                     stderr=subprocess.DEVNULL)
            try:
                child.wait(draw.uniform(0, took / 4))
                break  # it has come to its end in pieces
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGKILL)
                child.wait()
                kills += 1
            after = pieces.read_bytes() if pieces.exists() else b""
            lines = before[:before.rfind(b"\n") + 1]
            self.assertTrue(after.startswith(lines), "an answer was lost")
        self.assertGreater(kills, 0)
        last = call(*MAP, "--checkpoint", str(pieces), "--json", str(self.folder / "pieces.json"))
        self.assertEqual((last.returncode, last.stdout), (0, done.stdout))
        self.assertEqual(pieces.read_bytes(), whole.read_bytes())
        self.assertEqual((self.folder / "pieces.json").read_bytes(), (self.folder / "whole.json").read_bytes())

    def test_an_interrupt_reports_what_is_done_and_the_same_command_goes_on(self):
        path = self.folder / "checkpoint"
        longer = ["4096" if word == "256" else word for word in MAP]
        child = subprocess.Popen([PROGRAM, *longer, "--checkpoint", str(path)], stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE, text=True)
        while child.poll() is None and (not path.exists() or path.read_bytes().count(b"\n") < 2):
            time.sleep(0.02)
        child.send_signal(signal.SIGINT)
        out, _ = child.communicate(timeout=120)
        self.assertEqual(child.returncode, 130)
        self.assertIn("Partial result:", out.splitlines()[-1])

    def test_a_checkpoint_of_something_else_is_refused_and_left_as_it_is(self):
        path = self.folder / "checkpoint"
        small = ["sweep", "pii-leak", "--strategy", "immediate", "--strategy", "do-nothing", "--max-replications", "256",
                 "--vary", "/change/regression/probability=0.1:0.2:2", "--checkpoint", str(path)]
        self.assertEqual(call(*small).returncode, 0)
        before = path.read_bytes()
        for change, why in ((["--set", "/change/regression/severities/0/harm_per_request=0.02"], "another scenario"),
                            (["--seed", "2"], "another sweep")):
            done = call(*small, *change)
            self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
            self.assertIn(why, done.stderr)
        path.write_bytes(before.replace(b" 0.1.0 ", b" 0.0.9 ", 1))
        self.assertIn("was begun by version 0.0.9", call(*small).stderr)
        path.write_text("my only notes\n", encoding="utf-8")
        self.assertIn("no checkpoint of a sweep", call(*small).stderr)
        self.assertEqual(path.read_text(encoding="utf-8"), "my only notes\n")


class BadInput(unittest.TestCase):
    def refused(self, *options):
        done = call("sweep", "pii-leak", *options)
        self.assertEqual((done.returncode, done.stdout), (2, ""), options)
        return done.stderr

    def test_what_is_wrong_is_said_before_the_work(self):
        vary = "--vary"
        self.assertIn("needs something to vary", self.refused())
        self.assertIn("no number but the string", self.refused(vary, "/title=0:1:3"))
        self.assertIn("no number but an object", self.refused(vary, "/rollback=0:1:3"))
        self.assertIn("not legal there", self.refused(vary, "/change/regression/probability=0.5:1.5:3"))
        self.assertIn("^~~", self.refused(vary, "/change/regression/probability=0.5:1.5:3"))
        self.assertIn("not legal there", self.refused(vary, "/change/regresion/probability=0.1:0.5:3"))
        self.assertIn("a part is missing", self.refused(vary, "/change/regression/probability=0.1:0.5"))
        self.assertIn("varied already", self.refused(vary, "/real=0.1:0.5:3", vary, "/real=0.2:0.5:3"))
        self.assertIn("at most two numbers", self.refused(*[vary, "/real=0.1:0.5:3"] * 3))
        self.assertIn("not from standard input", call("sweep", "-", vary, "/real=0.1:0.5:3").stderr)
        self.assertIn("at least 256", self.refused(vary, "/real=0.1:0.5:3", "--max-replications", "10"))


class Schema(Folder):
    def test_the_json_is_valid_and_damaged_copies_are_not(self):
        try:
            import jsonschema
        except ImportError:
            self.skipTest("python3-jsonschema is not installed")
        path = self.folder / "sweep.json"
        done = call(*MAP, "--json", str(path), "--csv", str(self.folder / "sweep.csv"))
        self.assertEqual(done.returncode, 0, done.stderr)
        result = json.loads(path.read_text(encoding="utf-8"))
        schema = json.loads((SOURCE / "analysis" / "sweep" / "sweep.schema.json").read_text(encoding="utf-8"))
        validator = jsonschema.validators.validator_for(schema)(schema)
        validator.validate(result)
        self.assertEqual(len(result["points"]), 12)
        for point in result["points"]:
            means = {harm["strategy"]: harm["mean"] for harm in point["harm"]}
            self.assertEqual(point["best"], min(means, key=means.get))
            self.assertEqual(point["certain"], not point["ties"])
        damages = {
            "a point has no best": lambda r: r["points"][0].pop("best"),
            "an interval has one end": lambda r: r["points"][0]["lead"].update(ci95=[1]),
            "a mean is a text": lambda r: r["points"][0]["harm"][0].update(mean="1"),
            "there are three parameters": lambda r: r.update(parameters=r["parameters"] + r["parameters"][:1]),
            "certainty is a number": lambda r: r["points"][0].update(certain=0.9),
            "the tornado is missing": lambda r: r.pop("tornado"),
            "an index is negative": lambda r: r["tornado"]["numbers"][0]["total_index"].update(value=-0.1),
        }
        for name, damage in damages.items():
            damaged = copy.deepcopy(result)
            damage(damaged)
            self.assertFalse(validator.is_valid(damaged), f"the schema accepts a result in which {name}")
        lines = (self.folder / "sweep.csv").read_bytes().split(b"\r\n")
        self.assertTrue(lines[0].startswith(b"of,/change/regression/probability,/harm/ongoing/per_request,strategy,"))
        self.assertEqual(sum(line.startswith(b"point,") and b",best,1" in line for line in lines), 12)


if __name__ == "__main__":
    if not PROGRAM:
        print("skipped: no program given (BREAKGLASS)")
        sys.exit(77)
    unittest.main(argv=sys.argv[:1])
