"""An instructor beside a trainee: by lesson plan, and live over a second terminal; and what a terminal completes."""
import json
import os
import pty
import select
import shutil
import subprocess
import tempfile
import time
import unittest

PROGRAM = os.environ["BREAKGLASS"]
PLAN = {"id": "second-thoughts", "title": "Nobody answers", "scenario": "pii-leak", "seed": 3, "injects": [
    {"at": "3m", "kind": "say", "text": "the lift is stuck"},
    {"at": "4m", "kind": "asleep", "who": "security-lead", "lasts": "1h"}]}


class Instructor(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.env = {**os.environ, "XDG_DATA_HOME": self.path("data"), "TERM": "xterm"}

    def path(self, name):
        return os.path.join(self.folder, name)

    def run_drill(self, *arguments, stdin=""):
        return subprocess.run([PROGRAM, "drill", *arguments], input=stdin, capture_output=True, text=True, timeout=60,
                              env=self.env)

    def plan(self, plan, indent=1):
        with open(self.path("plan.json"), "w", encoding="utf-8") as file:
            json.dump(plan, file, indent=indent)
        return self.path("plan.json")

    def test_a_plan_brings_its_emergency_and_its_injects(self):
        played = self.run_drill("--plan", self.plan(PLAN), "--log", self.path("log"), stdin="wait 10m\nquit\n")
        self.assertEqual(played.returncode, 0, played.stderr)
        self.assertIn("0:03:00  told: the lift is stuck", played.stdout)
        self.assertNotIn("asleep", played.stdout)
        with open(self.path("log"), encoding="utf-8") as file:
            self.assertIn("inject asleep security-lead 1h", file.readline())
        again = self.run_drill("pii-leak", "--plan", self.plan(PLAN), "--log", self.path("log"),
                               stdin="wait 1m\nquit\n")
        self.assertEqual(again.returncode, 0, again.stderr)
        other = dict(PLAN, injects=PLAN["injects"][:1])
        refused = self.run_drill("--plan", self.plan(other), "--log", self.path("log"))
        self.assertEqual(refused.returncode, 2)
        self.assertIn("with another lesson plan", refused.stderr)

    def test_the_shipped_plan_plays(self):
        plan = os.path.join(os.environ["BREAKGLASS_SOURCE_DIR"], "scenarios", "plans", "nobody-answers.json")
        played = self.run_drill("--plan", plan, "--log", self.path("log"), stdin="wait 1h\nlook\nquit\n")
        self.assertEqual(played.returncode, 0, played.stderr)
        self.assertIn("Is it over?", played.stdout)
        self.assertIn("told: A second agent answers", played.stdout)

    def test_a_plan_that_names_what_is_not_there_is_refused_at_its_place(self):
        wrong = dict(PLAN, injects=[{"at": "4m", "kind": "asleep", "who": "securty-lead", "lasts": "1h"}])
        refused = self.run_drill("--plan", self.plan(wrong))
        self.assertEqual(refused.returncode, 2)
        self.assertRegex(refused.stderr, r"plan\.json:10:11")
        self.assertIn('did you mean "security-lead"', refused.stderr)
        self.assertIn("platform-lead", refused.stderr)
        missing = self.run_drill("--plan", self.path("none.json"))
        self.assertEqual(missing.returncode, 2)
        checked = subprocess.run([PROGRAM, "check", self.plan(PLAN)], capture_output=True, text=True, env=self.env)
        self.assertIn("lesson plan, 2 injects", checked.stdout)
        elsewhere = self.run_drill("waf-rule", "--plan", self.plan(PLAN))
        self.assertIn("the lesson plan is for pii-leak", elsewhere.stderr)

    def drill_at_terminal(self, *arguments):
        leader, follower = pty.openpty()
        process = subprocess.Popen([PROGRAM, "drill", "pii-leak", "--seed", "3", "--log", self.path("log"), *arguments],
                                   stdin=follower, stdout=follower, stderr=follower, env=self.env, close_fds=True)
        os.close(follower)
        self.addCleanup(os.close, leader)
        return process, leader

    def until(self, leader, words):
        seen = b""
        while words not in seen:
            ready, _, _ = select.select([leader], [], [], 30)
            part = os.read(leader, 65536) if ready else b""
            self.assertTrue(part, f"{words} did not come after {seen}")
            seen += part
        return seen

    def test_live_over_two_terminals(self):
        for kind in ("file", "pipe"):
            name = self.path(kind)
            if kind == "pipe":
                os.mkfifo(name)
            shutil.rmtree(self.path("log"), ignore_errors=True)
            if os.path.exists(self.path("log")):
                os.remove(self.path("log"))
            process, leader = self.drill_at_terminal("--instructor", name)
            self.until(leader, b"] ")
            with open(name, "a", encoding="utf-8") as instructor:
                instructor.write('inject say "a second alarm"\nlag error-rate 5m\nasleep nobody 5m\n')
            os.write(leader, b"look\n")
            os.write(leader, b"wait 1m\n")
            seen = self.until(leader, b"told: a second alarm")
            self.assertNotIn(b"lag", seen)
            with open(name + ".answers", encoding="utf-8") as file:
                answers = file.read().splitlines()
            self.assertTrue(answers[0].endswith('inject say "a second alarm": done'), answers)
            self.assertTrue(answers[1].endswith("lag error-rate 5m: done"), answers)
            self.assertIn('there is no person "nobody"', answers[2])
            os.write(leader, b"quit\n")
            self.assertEqual(process.wait(timeout=30), 0)
            replayed = subprocess.run([PROGRAM, "replay", self.path("log")], capture_output=True, text=True,
                                      env=self.env)
            self.assertEqual(replayed.returncode, 0, replayed.stderr)

    def test_what_is_neither_file_nor_pipe_is_refused(self):
        refused = self.run_drill("pii-leak", "--log", self.path("log"), "--instructor", self.folder)
        self.assertEqual(refused.returncode, 2)
        self.assertIn("instructor", refused.stderr)

    def test_tab_completes_commands_and_their_arguments_and_history_comes_back(self):
        process, leader = self.drill_at_terminal()
        self.until(leader, b"] ")
        os.write(leader, b"cla\tsec\t\n")
        self.until(leader, b"0:00:00 classify security")
        os.write(leader, b"byp\tcan\tfast\t\"days of harm\"\n")
        self.until(leader, b'0:00:00 bypass canary faster-steps "days of harm"')
        time.sleep(0.2)
        os.write(leader, b"\x1b[A\x1b[A\n")  # the line before the last
        self.until(leader, b"0:00:00 classify security")
        os.write(leader, b"quit\n")
        self.assertEqual(process.wait(timeout=30), 0)


if __name__ == "__main__":
    unittest.main()
