"""Drills as a person plays them: by script, through a pipe, killed and resumed; and what is refused."""
import atexit
import os
import pty
import random
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = os.environ["BREAKGLASS"]
SOURCE = os.environ["BREAKGLASS_SOURCE_DIR"]
DATA = tempfile.mkdtemp(prefix="breakglass-drill-")  # the history of all drills here
atexit.register(shutil.rmtree, DATA, ignore_errors=True)
FOUNDING = os.path.join(SOURCE, "tests", "drill", "founding.txt")
KILLS = 1000 if os.environ.get("BREAKGLASS_DEEP") else 100


def run(*arguments, stdin=None, env=None, limit=None):
    """`limit`: no file may become larger, as on a full disk."""
    def small_files():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run([PROGRAM, *arguments], input=stdin, capture_output=True, text=True, timeout=120,
                          preexec_fn=small_files if limit else None,
                          env={**os.environ, "XDG_DATA_HOME": DATA, **(env or {})})


class Drill(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def play(self, name, *more, **options):
        return run("drill", "pii-leak", "--seed", "3", "--script", FOUNDING, "--log", self.path(name), *more, **options)

    def read(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def test_script_pipe_and_terminal_write_the_same_log(self):
        self.assertEqual(self.play("script").returncode, 0)
        with open(FOUNDING, encoding="utf-8") as file:
            lines = file.read()
        piped = run("drill", "pii-leak", "--seed", "3", "--terminal", "--log", self.path("pipe"), stdin=lines)
        self.assertEqual(piped.returncode, 0, piped.stderr)
        self.assertEqual(self.read("script"), self.read("pipe"))

    def test_killed_at_random_moments_and_resumed_it_ends_with_the_same_log(self):
        begun = time.monotonic()
        self.assertEqual(self.play("whole").returncode, 0)
        length = time.monotonic() - begun
        whole = self.read("whole")
        draw = random.Random(7)
        killed = 0
        for attempt in range(KILLS):
            name = f"killed{attempt}"
            command = [PROGRAM, "drill", "pii-leak", "--seed", "3", "--script", FOUNDING, "--log", self.path(name)]
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                       env={**os.environ, "XDG_DATA_HOME": DATA})
            time.sleep(draw.random() * length)
            process.send_signal(signal.SIGKILL)
            killed += process.wait() == -signal.SIGKILL
            if os.path.exists(self.path(name)):
                self.assertTrue(whole.startswith(self.read(name)), "what was acknowledged stays as it was")
            self.assertEqual(self.play(name).returncode, 0)
            self.assertEqual(self.read(name), whole)
        self.assertGreater(killed, KILLS // 4)

    def test_a_torn_last_line_is_left_out_and_written_anew(self):
        self.play("whole")
        whole = self.read("whole")
        for cut in (len(whole) - 3, len(whole) // 2, 40):
            with open(self.path("torn"), "wb") as file:
                file.write(whole[:cut])
            resumed = self.play("torn")
            self.assertEqual(resumed.returncode, 0, resumed.stderr)
            self.assertEqual(self.read("torn"), whole)

    def test_replay_and_debrief(self):
        self.play("log")
        replayed = run("replay", self.path("log"))
        self.assertEqual(replayed.returncode, 0, replayed.stderr)
        self.assertIn("29 actions", replayed.stdout)
        debriefed = run("debrief", self.path("log"), "--json", self.path("d.json"), "--md", self.path("d.md"))
        self.assertEqual(debriefed.returncode, 0, debriefed.stderr)
        self.assertIn(b"None of the common ones.", self.read("d.md"))
        self.assertNotIn(b"FAILED", self.read("d.md"))

    def test_a_full_disk_stops_a_script_and_the_same_command_goes_on(self):
        self.play("whole")
        whole = self.read("whole")
        for room in (600, 1500, 3000):
            name = f"full{room}"
            full = self.play(name, limit=room)
            self.assertEqual(full.returncode, 2)
            self.assertIn("cannot write to the log", full.stderr)
            self.assertIn("nothing that was decided is lost", full.stderr)
            kept = self.read(name)
            self.assertTrue(whole.startswith(kept) and kept.endswith(b"\n"))
            self.assertEqual(self.play(name).returncode, 0)
            self.assertEqual(self.read(name), whole)

    def test_at_a_terminal_a_full_disk_pauses_the_drill_until_there_is_room(self):
        leader, follower = pty.openpty()
        process = subprocess.Popen([PROGRAM, "drill", "pii-leak", "--seed", "3", "--log", self.path("log")],
                                   stdin=follower, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                   env={**os.environ, "XDG_DATA_HOME": DATA, "TERM": "dumb"})
        os.close(follower)
        self.addCleanup(os.close, leader)
        self.addCleanup(process.stdout.close)

        def type_until(line, words):
            os.write(leader, line.encode() + b"\n")
            seen = b""
            while words not in seen:
                ready, _, _ = select.select([process.stdout], [], [], 30)
                part = os.read(process.stdout.fileno(), 65536) if ready else b""
                self.assertTrue(part, f"{words} did not come after {seen}")
                seen += part

        type_until("classify security", b"0:00:00 classify security")
        before = self.read("log")
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (len(before) + 20, resource.RLIM_INFINITY))
        type_until("watchers 2", b"PAUSED: cannot write to the log")
        self.assertEqual(self.read("log"), before)
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        type_until("watchers 2", b"0:00:00 watchers 2")
        type_until("quit", b"Left; the log keeps what was decided.")
        self.assertEqual(process.wait(timeout=30), 0)
        self.assertEqual(run("replay", self.path("log")).returncode, 0)
        self.assertIn(b"watchers 2", self.read("log"))

    def test_a_log_that_is_no_file_is_refused_at_once(self):
        for path in ("/dev/full", "/dev/zero"):
            for refused in (run("replay", path), run("drill", "pii-leak", "--script", FOUNDING, "--log", path)):
                self.assertEqual(refused.returncode, 2)
                self.assertIn("is no log: it is larger than 16 MB", refused.stderr)

    def test_the_tutorial_has_a_coach_and_is_not_recorded(self):
        script = os.path.join(SOURCE, "tests", "drill", "tutorial-1.txt")
        env = {"XDG_DATA_HOME": self.folder}
        played = run("drill", "--tutorial", "1", "--script", script, "--log", self.path("log"), env=env)
        self.assertEqual(played.returncode, 0, played.stderr)
        for words in ("coach: Welcome.", "> classify incident", "coach: The change is off.", "Next: breakglass drill"):
            self.assertIn(words, played.stdout)
        self.assertNotIn("of the history", played.stderr)
        self.assertFalse(os.path.exists(self.path("breakglass/history.db")))
        self.assertIn(b'"scenario":"tutorial-chart"', self.read("log"))
        self.assertIn(b'"mode":"practice"', self.read("log"))
        self.assertIn("lesson, 14 notes", run("check", "read-the-chart", os.path.join(
            SOURCE, "scenarios", "lessons", "read-the-chart.json")).stdout.splitlines()[1])
        debriefed = run("debrief", self.path("log"), env=env)
        self.assertIn("None of the common ones.", debriefed.stdout)
        self.assertNotIn("of the history", debriefed.stderr)
        by_name = run("drill", "--tutorial", "read-the-chart", stdin="classify incident\n", env=env)
        self.assertIn("coach: Welcome.", by_name.stdout)
        listed = run("list").stdout
        self.assertIn("drill --tutorial 3", listed)

    def test_a_tutorial_that_is_left_goes_on_with_its_coach(self):
        first = run("drill", "--tutorial", "2", "--log", self.path("log"), stdin="classify security\n")
        self.assertEqual(first.returncode, 0, first.stderr)
        again = run("drill", "--tutorial", "2", "--log", self.path("log"), stdin="")
        self.assertIn("coach: A bypass has three parts", again.stdout)
        self.assertNotIn("First say what it is", again.stdout)

    def test_a_tutorial_that_is_not_there_or_not_alone_is_refused(self):
        for arguments, words in (
                (("drill", "--tutorial", "9"), "no lesson of this name is shipped"),
                (("drill", "--tutorial", "one-gaet"), 'did you mean "one-gate"?'),
                (("drill", "pii-leak", "--tutorial", "1"), "--tutorial brings its own scenario"),
                (("drill", "--tutorial", "1", "--seed", "4"), "leave out SCENARIO, --seed")):
            refused = run(*arguments, stdin="")
            self.assertEqual(refused.returncode, 2, arguments)
            self.assertIn(words, refused.stderr)

    def test_a_damaged_log_is_refused_by_its_line(self):
        self.play("log")
        text = self.read("log").replace(b"classify security", b"classify incident")
        with open(self.path("log"), "wb") as file:
            file.write(text)
        for command in ("replay", "debrief"):
            refused = run(command, self.path("log"))
            self.assertEqual(refused.returncode, 2)
            self.assertIn("line 2 is damaged", refused.stderr)
        self.assertEqual(self.play("log").returncode, 2)
        self.assertEqual(self.read("log"), text, "nothing is written over it")

    def test_another_drills_log_is_not_continued(self):
        self.play("log")
        before = self.read("log")
        other = run("drill", "pii-leak", "--seed", "4", "--script", FOUNDING, "--log", self.path("log"))
        self.assertEqual(other.returncode, 2)
        self.assertIn("is the log of another drill: of pii-leak, seed 3", other.stderr)
        self.assertEqual(self.read("log"), before)

    def test_a_script_that_differs_from_its_log_stops(self):
        self.play("log")
        with open(FOUNDING, encoding="utf-8") as file:
            lines = file.read().replace("classify security", "classify incident")
        with open(self.path("other.txt"), "w", encoding="utf-8") as file:
            file.write(lines)
        refused = run("drill", "pii-leak", "--seed", "3", "--script", self.path("other.txt"), "--log", self.path("log"))
        self.assertEqual(refused.returncode, 2)
        self.assertIn('action 1 of the log is "classify security", and the script says "classify incident"',
                      refused.stderr)

    def test_a_wrong_line_of_a_script_is_named(self):
        with open(self.path("wrong.txt"), "w", encoding="utf-8") as file:
            file.write("wait 5m\nclasify security\n")
        refused = run("drill", "pii-leak", "--script", self.path("wrong.txt"))
        self.assertEqual(refused.returncode, 2)
        self.assertIn('wrong.txt:2: not understood: there is no action "clasify"; did you mean classify?',
                      refused.stderr)

    def test_what_cannot_be_written_or_read_is_said(self):
        for arguments, words in (
                (("drill", "pii-leak", "--script", FOUNDING, "--log", self.path("no/such/log")), "cannot write the log"),
                (("drill", "pii-leak", "--script", self.path("none.txt")), "cannot read the script"),
                (("replay", self.path("none")), "cannot read the log"),
                (("drill", "pii-leek"), "pii-leak"),
                (("drill", "pii-leak", "--mode", "exam"), 'there is no mode "exam"'),
                (("drill", "-"), "cannot come from standard input"),
                (("debrief",), "debrief needs a LOG")):
            refused = run(*arguments)
            self.assertEqual(refused.returncode, 2, arguments)
            self.assertIn(words, refused.stderr)

    def test_the_default_log_is_in_the_data_folder(self):
        played = run("drill", "pii-leak", stdin="classify security\n", env={"XDG_DATA_HOME": self.folder})
        self.assertEqual(played.returncode, 0)
        folder = self.path("breakglass/drills")
        logs = os.listdir(folder)
        self.assertEqual(len(logs), 1)
        self.assertEqual(run("replay", os.path.join(folder, logs[0])).returncode, 0)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
