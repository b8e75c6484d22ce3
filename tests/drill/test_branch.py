"""Practice: going back in a log, the ghost of the line that was left, and a word before what gives much up. A class laid
over each other. What may not be gone back in or laid over is refused."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.environ["BREAKGLASS"]
SOURCE = os.environ["BREAKGLASS_SOURCE_DIR"]
FOUNDING = os.path.join(SOURCE, "tests", "drill", "founding.txt")


def run(*arguments, stdin=None, env=None):
    return subprocess.run([PROGRAM, *arguments], input=stdin, capture_output=True, text=True, timeout=300,
                          env={**os.environ, **(env or {})})


class Branch(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="breakglass-branch-")
        cls.env = {"XDG_DATA_HOME": cls.folder}
        cls.log = os.path.join(cls.folder, "whole.jsonl")
        done = cls.play("drill", "pii-leak", "--seed", "3", "--script", FOUNDING, "--log", cls.log, "--no-history")
        assert done.returncode == 0, done.stderr
        with open(cls.log, encoding="utf-8") as file:
            cls.lines = file.read().splitlines()
        cls.actions = [json.loads(line) for line in cls.lines[1:]]
        cls.ship = next(a["n"] for a in cls.actions if a["do"] == "ship")
        with open(FOUNDING, encoding="utf-8") as file:
            text = file.read()
        cls.rest = "ship\n" + text.split("\nship\n")[1]

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder, ignore_errors=True)

    @classmethod
    def play(cls, *arguments, stdin=None):
        return run(*arguments, stdin=stdin, env=cls.env)

    def path(self, name):
        return os.path.join(self.folder, name)

    def read(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def test_the_same_decisions_at_the_same_luck_end_alike(self):
        before = self.read("whole.jsonl")
        done = self.play("drill", "--from", self.log, "--at", str(self.ship), "--log", self.path("same"), stdin=self.rest)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("BRANCH: from here on", done.stdout)
        self.assertIn("ghost: the line you left had", done.stdout)
        self.assertEqual(self.read("whole.jsonl"), before, "the line that is left stays as it is")
        first, *rest = [json.loads(line) for line in self.read("same").decode().splitlines()]
        self.assertEqual(first["branch"], {"of": self.actions[-1]["chain"], "kept": self.ship - 1,
                                           "at_ns": self.actions[self.ship - 1]["at_ns"], "luck": 0})
        self.assertEqual(first["mode"], "practice")
        plain = [{k: a[k] for k in ("n", "at_ns", "do", "seen")} for a in self.actions]
        self.assertEqual([{k: a[k] for k in ("n", "at_ns", "do", "seen")} for a in rest], plain)
        ends = [run("replay", path, env=self.env).stdout.splitlines()[-1] for path in (self.log, self.path("same"))]
        self.assertEqual(ends[0], ends[1])
        self.assertNotIn("of the history", done.stderr)

    def test_new_luck_is_another_world_and_plays_again(self):
        ends = set()
        for luck in ("1", "2"):
            name = "luck" + luck
            done = self.play("drill", "--from", self.log, "--at", str(self.ship), "--new-luck", luck, "--log", self.path(name),
                             stdin="ship\nwait 3h\nclose\n")
            self.assertEqual(done.returncode, 0, done.stderr)
            replayed = run("replay", self.path(name), env=self.env)
            self.assertEqual(replayed.returncode, 0, replayed.stderr)
            ends.add(replayed.stdout.splitlines()[-1])
            kept = [json.loads(line) for line in self.read(name).decode().splitlines()][1:self.ship]
            self.assertEqual([a["seen"] for a in kept], [a["seen"] for a in self.actions[:self.ship - 1]])
        self.assertEqual(len(ends), 2)
        debrief = json.loads(run("debrief", self.path("luck1"), "--no-history", "--json", "-", env=self.env).stdout)
        self.assertEqual(debrief["branch"]["luck"], 1)
        self.assertEqual(debrief["same_world"], {})

    def test_a_branch_that_was_left_goes_on(self):
        command = ("drill", "--from", self.log, "--at", str(self.ship), "--log", self.path("left"))
        self.play(*command, stdin="ship\nwait traffic\n")
        short = self.read("left")
        again = self.play(*command, stdin="roll-back\n")
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertIn("DRILL, resumed", again.stdout)
        self.assertTrue(self.read("left").startswith(short))
        other = self.play("drill", "--from", self.log, "--at", "3", "--log", self.path("left"), stdin="")
        self.assertEqual(other.returncode, 2)
        self.assertIn("is the log of another drill", other.stderr)

    def test_what_may_not_be_gone_back_in_is_refused(self):
        open_log = self.path("open.jsonl")
        self.play("drill", "pii-leak", "--log", open_log, stdin="classify security\n")
        for arguments, words in (
                (("--from", open_log, "--at", "1"), "mode drill that is not over: going back is for practice"),
                (("--from", self.log, "--at", "99"), "there is no action 99"),
                (("--from", self.log), "--from needs --at"),
                (("--from", self.log, "--at", "0"), "--at"),
                (("--from", self.log, "--at", "2", "--seed", "4"), "--from brings the scenario, seed"),
                (("pii-leak", "--at", "2"), "name it with --from LOG"),
                (("pii-leak", "--warn", "5%"), "--warn is for practice"),
                (("--from", self.log, "--at", "2", "--log", self.log), "name the same file"),
                (("--from", self.path("none"), "--at", "2"), "cannot read the log")):
            refused = self.play("drill", *arguments, stdin="")
            self.assertEqual(refused.returncode, 2, arguments)
            self.assertIn(words, refused.stderr)

    def test_practice_warns_before_what_gives_much_up_and_a_drill_does_not(self):
        lines = 'classify security\nrefuse "it can wait"\n'
        warned = self.play("drill", "pii-leak", "--mode", "practice", "--warn", "5%", "--no-history", stdin=lines)
        self.assertIn('WARNING: by what you can know, "', warned.stdout)
        for arguments in (("--mode", "practice"), ("--mode", "practice", "--warn", "0"), ("--mode", "drill")):
            self.assertNotIn("WARNING", self.play("drill", "pii-leak", *arguments, "--no-history", stdin=lines).stdout)
        good = self.play("drill", "pii-leak", "--mode", "practice", "--warn", "5%", "--no-history",
                         stdin="classify security\nverify-rollback\ncommunicate\n")
        self.assertNotIn("WARNING", good.stdout)

    def test_a_class_is_laid_over_each_other(self):
        script = self.path("hasty.txt")
        with open(script, "w", encoding="utf-8") as file:
            file.write('classify security\nschedule immediate\nwait change\nship\nwait traffic\nclose\n')
        hasty = self.path("hasty.jsonl")
        self.assertEqual(self.play("drill", "pii-leak", "--seed", "3", "--script", script, "--log", hasty, "--no-history").returncode, 0)
        done = self.play("debrief", self.log, hasty, "--overlay", "--html", self.path("o.html"), "--md", "-")
        self.assertEqual(done.returncode, 0, done.stderr)
        rows = [line for line in done.stdout.splitlines() if line.startswith(("| whole", "| hasty"))]
        self.assertIn("9 of 9", rows[0])
        self.assertIn("without-approval", rows[1])
        self.assertIn("Made by breakglass", self.read("o.html").decode())
        self.assertEqual(self.read("o.html").decode().count('role="img"'), 4)

    def test_logs_that_share_no_world_are_refused(self):
        other = self.path("seed4.jsonl")
        self.play("drill", "pii-leak", "--seed", "4", "--log", other, "--no-history", stdin='refuse "no"\n')
        decoy = self.path("decoy.jsonl")
        self.play("drill", "friday-promise", "--seed", "3", "--log", decoy, "--no-history", stdin='refuse "no"\n')
        practice = self.path("practice.jsonl")
        self.play("drill", "pii-leak", "--seed", "3", "--mode", "practice", "--log", practice, "--no-history", stdin='refuse "no"\n')
        for path, words in ((other, "the seed is 3 in one and 4 in the other"),
                            (decoy, "the scenario is pii-leak in one and friday-promise in the other"),
                            (practice, "the mode is drill in one and practice in the other")):
            refused = self.play("debrief", self.log, path, "--overlay")
            self.assertEqual(refused.returncode, 2)
            self.assertIn(words, refused.stderr)
        for arguments, words in (((self.log, "--overlay"), "needs several logs"), ((self.log, self.log), "add --overlay"),
                                 ((self.log, self.log, "--overlay", "--json", "-"), "a page or a text")):
            refused = self.play("debrief", *arguments)
            self.assertEqual(refused.returncode, 2)
            self.assertIn(words, refused.stderr)

    def test_a_drill_that_came_to_its_end_is_over_and_counts_once(self):
        history = self.path("h.db")
        command = ("drill", "pii-leak", "--set", "/horizon=4h", "--log", self.path("ended"), "--history", history)
        first = self.play(*command, stdin="classify security\nwait 5h\n")
        self.assertIn("The drill is over.", first.stdout)
        whole = self.read("ended")
        self.assertIn(b'"over":true', whole)
        again = self.play(*command, stdin='refuse "too late"\nclose\n')
        self.assertIn("The drill is over.", again.stdout)
        self.assertEqual(self.read("ended"), whole)
        drills = json.loads(self.play("history", "--history", history, "--json", "-").stdout)["drills"]
        self.assertEqual(len(drills), 1)
        self.assertIn("grade", json.loads(self.play("debrief", self.path("ended"), "--no-history", "--json", "-").stdout))
        script = self.path("ended.txt")
        with open(script, "w", encoding="utf-8") as file:
            file.write("classify security\nwait 5h\n")
        scripted = self.play("drill", "pii-leak", "--set", "/horizon=4h", "--log", self.path("ended"), "--script", script, "--no-history")
        self.assertEqual(scripted.returncode, 0, scripted.stderr)
        self.assertEqual(self.read("ended"), whole)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
