"""The built program from end to end: exit statuses, streams that fail, files that stay whole, and interrupts.

What is printed is held elsewhere (*.test.cpp); here it is how the program behaves among other programs."""

import atexit
import json
import os
import pty
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest


def within_reach(program):
    """Some tests become an ordinary user, to whom root's own folders are closed: a copy where everybody may go."""
    if os.geteuid() != 0 or not os.path.exists(program):
        return program
    folder = tempfile.mkdtemp(prefix="breakglass-program-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.chmod(folder, 0o755)
    return shutil.copy(program, folder)


PROGRAM = within_reach(os.environ.get("BREAKGLASS", ""))
LONG = ["compare", "pii-leak", "--replications", "100000000"]  # nobody waits for its end
SHORT = ["compare", "pii-leak", "--replications", "20"]


def call(*arguments, **options):
    options.setdefault("stdout", subprocess.PIPE)
    options.setdefault("stderr", subprocess.PIPE)
    options.setdefault("stdin", subprocess.DEVNULL)
    return subprocess.run([PROGRAM, *arguments], text=True, timeout=120, check=False, **options)


def no_terminal():
    environment = dict(os.environ)
    for name in ("COLUMNS", "NO_COLOR"):
        environment.pop(name, None)
    return environment


def give_up_root():
    """In the child: an ordinary user, whom permissions stop."""
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="breakglass-cli-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()


class Status(Folder):
    def test_done_is_0_and_prints_results_only(self):
        for arguments in (SHORT, ["run", "pii-leak"], ["list"], ["schema", "scenario"], ["schema", "strategy"],
                          ["check", "pii-leak", "immediate"], ["--help"], ["--version"], ["compare", "--help"]):
            done = call(*arguments)
            self.assertEqual((done.returncode, done.stderr), (0, ""), arguments)
            self.assertTrue(done.stdout.endswith("\n"), arguments)

    def test_wrong_usage_is_2_and_prints_nothing_on_standard_output(self):
        for arguments in ([], ["compar"], ["compare"], ["compare", "nothing-like-it"], ["compare", "pii-leak", "--sed", "1"],
                          ["compare", "pii-leak", "--strategy", "imediate"], ["compare", "pii-leak", "--replications", "0"],
                          ["compare", "pii-leak", "--seed", "18446744073709551616"], ["run", "pii-leak", "--set", "/x=1"],
                          ["compare", "pii-leak", "--traffic", "/nonexistent.csv"], ["compare", "."], ["schema", "x"]):
            done = call(*arguments)
            self.assertEqual((done.returncode, done.stdout), (2, ""), arguments)
            self.assertTrue(done.stderr, arguments)

    def test_a_mistyped_strategy_is_answered_with_the_nearest(self):
        done = call("compare", "pii-leak", "--strategy", "imediate")
        self.assertIn('did you mean "immediate"?', done.stderr)

    def test_check_says_ok_for_each_good_file_and_2_if_any_is_bad(self):
        bad = self.write("bad.json", '{"id": "x", "stepz": []}')
        done = call("check", "immediate", bad, "pii-leak")
        self.assertEqual(done.returncode, 2)
        lines = [line for line in done.stdout.splitlines() if not line.startswith(" ")]  # notes are indented
        self.assertEqual(len(lines), 3)
        self.assertTrue(lines[0].startswith("immediate: ok (strategy, 1 step"), lines[0])
        self.assertIn("problem", lines[1])
        self.assertTrue(lines[2].startswith("pii-leak: ok (scenario, 4 strategies, hash "), lines[2])
        self.assertIn("bad.json:1", done.stderr)

    def test_standard_input_is_a_scenario(self):
        text = call("compare", "pii-leak", "--replications", "5", "--json", "-").stdout
        with open(os.path.join(os.environ["BREAKGLASS_SOURCE_DIR"], "scenarios", "pii-leak.json"), "rb") as file:
            done = call("compare", "-", "--replications", "5", "--json", "-", stdin=file)
        self.assertEqual((done.returncode, done.stdout), (0, text))
        with open(os.path.join(os.environ["BREAKGLASS_SOURCE_DIR"], "scenarios", "pii-leak.json"), "rb") as file:
            done = call("check", "-", stdin=file)
        self.assertEqual((done.returncode, done.stdout), (0, "standard input: ok (scenario)\n"))


class Gates(Folder):
    def gated(self, *gates, replications="256"):
        return call("compare", "pii-leak", "--strategy", "immediate", "--strategy", "do-nothing",
                    "--replications", replications, *gates)

    def test_a_gate_that_holds_is_1_that_does_not_0_and_that_nobody_can_tell_3(self):
        for gate, status in (("harm_total[immediate] > 1", 1), ("harm_total > harm_total[do-nothing]", 0),
                             ("rolled_back[immediate] > 12%", 3)):
            done = self.gated("--fail-if", gate)
            self.assertEqual((done.returncode, done.stderr), (status, ""), gate)
        self.assertIn("UNDECIDED  fail if rolled_back[immediate] > 12%", done.stdout)

    def test_one_failed_gate_outweighs_any_that_is_undecided(self):
        done = self.gated("--fail-if", "rolled_back[immediate] > 12%", "--fail-if", "harm_total > 1")
        self.assertEqual(done.returncode, 1)

    def test_the_status_depends_neither_on_the_format_nor_on_who_looks(self):
        for form in (["--json", "-"], ["--csv", "-"], ["--quiet"], ["--threads", "1"]):
            self.assertEqual(self.gated("--fail-if", "harm_total > 1", *form).returncode, 1, form)

    def test_a_winner_that_is_required_and_tied_is_3(self):
        self.assertEqual(self.gated("--require-winner").returncode, 0)
        tied = call("compare", "pii-leak", "--strategy", "immediate", "--strategy", "compressed-canary",
                    "--replications", "64", "--require-winner")
        self.assertEqual(tied.returncode, 3)
        alone = call("compare", "pii-leak", "--strategy", "immediate", "--require-winner")
        self.assertEqual((alone.returncode, alone.stdout), (2, ""))
        self.assertIn("needs two strategies", alone.stderr)

    def test_a_gate_that_is_none_is_2_with_a_caret_before_anything_is_simulated(self):
        done = self.gated("--fail-if", "rolled_back_cleam > 5%", replications="100000000")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn('did you mean "rolled_back_clean"?', done.stderr)
        self.assertIn("|           ^~~~~~~~~~~~~~~~~", done.stderr)
        self.assertEqual(self.gated("--fail-if", "harm_total[full-canary] > 5").returncode, 2)


class Outputs(Folder):
    def test_json_and_csv_go_to_files_and_the_table_to_standard_output(self):
        done = call(*SHORT, "--json", self.path("r.json"), "--csv", self.path("r.csv"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("has the lowest mean harm", done.stdout.splitlines()[-1])
        self.assertEqual(json.loads(self.read("r.json"))["replications"], 20)
        self.assertTrue(self.read("r.csv").startswith("strategy,metric,statistic,value,unit"))
        self.assertEqual(sorted(os.listdir(self.folder)), ["r.csv", "r.json"])

    def test_a_dash_is_standard_output_and_keeps_the_table_away(self):
        done = call(*SHORT, "--json", "-", "--csv", self.path("r.csv"))
        self.assertEqual(json.loads(done.stdout)["seed"], 1)
        run = json.loads(call("run", "pii-leak", "--strategy", "immediate", "--replication", "3", "--json", "-").stdout)
        self.assertEqual((run["strategy"], run["replication"]), ("immediate", 3))

    def test_the_ticket_shows_the_world_that_was_counted(self):
        """The mean of a comparison is the mean of its runs, one by one."""
        n = 8
        whole = json.loads(call("compare", "pii-leak", "--strategy", "immediate", "--seed", "5", "--replications", str(n),
                                "--json", "-").stdout)
        harms = []
        for r in range(n):
            one = json.loads(call("run", "pii-leak", "--strategy", "immediate", "--seed", "5", "--replication", str(r),
                                  "--hindsight", "--json", "-").stdout)
            harms.append(one["outcome"]["metrics"]["harm_total"]["value"])
        mean = whole["strategies"][0]["metrics"]["harm_total"]["mean"]
        self.assertAlmostEqual(sum(harms) / n, mean, delta=1e-9 * abs(mean))

    def test_bytes_do_not_depend_on_threads(self):
        texts = {call("compare", "pii-leak", "--replications", "700", "--threads", str(t), "--json", "-").stdout
                 for t in (1, 2, 7)}
        self.assertEqual(len(texts), 1)

    def test_a_precision_that_is_not_reached_is_partial_and_done(self):
        done = call("compare", "pii-leak", "--precision", "0.1%", "--max-replications", "1100")
        self.assertEqual(done.returncode, 0)
        self.assertIn("PARTIAL", done.stdout)
        self.assertTrue(done.stdout.splitlines()[-1].startswith("Partial result: "))

    def test_an_output_that_fails_leaves_the_old_file_and_nothing_beside_it(self):
        self.write("r.json", "old")
        for bad, why in ((self.folder, "Is a directory"), (self.path("no/r.csv"), "No such file or directory"),
                         ("/dev/full", "No space left on device")):
            done = call(*SHORT, "--json", self.path("r.json"), "--csv", bad)
            self.assertEqual((done.returncode, done.stdout), (2, ""), bad)
            self.assertEqual(done.stderr, f'breakglass: error: cannot write "{bad}": {why}\n')
            self.assertEqual(self.read("r.json"), "old")
            self.assertEqual(os.listdir(self.folder), ["r.json"])

    def test_a_file_size_limit_stands_for_a_full_disk(self):
        self.write("r.json", "old")

        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

        done = call(*SHORT, "--json", self.path("r.json"), preexec_fn=limit)
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("File too large", done.stderr)
        self.assertEqual(self.read("r.json"), "old")
        self.assertEqual(os.listdir(self.folder), ["r.json"])

    def test_a_full_disk(self):
        disk = self.path("disk")
        os.mkdir(disk)
        mount = ["mount", "-t", "tmpfs", "-o", "size=8k,mode=777", "tmpfs", disk]
        if os.geteuid() != 0 or subprocess.run(mount, stderr=subprocess.DEVNULL, check=False).returncode != 0:
            self.skipTest("cannot mount a small file system here")
        self.addCleanup(subprocess.run, ["umount", disk], check=False)
        with open(os.path.join(disk, "r.json"), "w", encoding="utf-8") as file:
            file.write("old")
        done = call(*SHORT, "--json", os.path.join(disk, "r.json"), preexec_fn=give_up_root)
        self.assertEqual(done.returncode, 2)
        # The old file belongs to somebody else here; with its owner's rights it is the disk that stops us.
        done = call(*SHORT, "--json", os.path.join(disk, "r.json"))
        self.assertEqual(done.returncode, 2)
        self.assertIn("No space left on device", done.stderr)
        with open(os.path.join(disk, "r.json"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "old")
        self.assertEqual(os.listdir(disk), ["r.json"])

    def test_permissions_hold(self):
        as_user = give_up_root if os.geteuid() == 0 else None
        os.chmod(self.folder, 0o755)
        self.write("r.json", "old")
        os.chmod(self.path("r.json"), 0o444)
        secret = self.write("secret.json", "{}")
        os.chmod(secret, 0)
        for target in ("r.json", "new.json"):
            if target == "new.json" and as_user is None:
                os.chmod(self.folder, 0o555)
                self.addCleanup(os.chmod, self.folder, 0o755)
            done = call(*SHORT, "--json", self.path(target), preexec_fn=as_user)
            self.assertEqual((done.returncode, done.stdout), (2, ""), target)
            self.assertIn("Permission denied", done.stderr)
        self.assertEqual(self.read("r.json"), "old")
        done = call("check", secret, preexec_fn=as_user)
        self.assertEqual(done.returncode, 2)
        self.assertIn("secret.json", done.stderr)


class Streams(Folder):
    def test_a_full_standard_output_is_not_a_success(self):
        for arguments in (SHORT, ["--help"], ["--version"], ["list"], ["schema", "scenario"], ["check", "pii-leak"],
                          ["run", "pii-leak"], [*SHORT, "--json", "-"]):
            with open("/dev/full", "w", encoding="utf-8") as full:
                done = call(*arguments, stdout=full)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertEqual(done.stderr,
                             "breakglass: error: cannot write to standard output: No space left on device\n")

    def test_a_closed_pipe_is_neither_a_crash_nor_a_success(self):
        for arguments in (SHORT, ["--help"], ["schema", "scenario"]):
            reading, writing = os.pipe()
            os.close(reading)
            done = call(*arguments, stdout=writing)
            os.close(writing)
            self.assertEqual((done.returncode, done.stderr), (2, ""), arguments)

    def test_a_closed_standard_output_is_not_taken_by_a_file(self):
        done = call(*SHORT, "--json", self.path("r.json"), stdout=None, preexec_fn=lambda: os.close(1))
        self.assertEqual(done.returncode, 2)
        self.assertEqual(json.loads(self.read("r.json"))["replications"], 20)

    def test_nothing_is_drawn_without_a_terminal(self):
        done = call("compare", "pii-leak", "--replications", "3000", env=no_terminal())
        self.assertEqual(done.stderr, "")
        self.assertNotIn("\x1b", done.stdout)


class Terminal(unittest.TestCase):
    """Under a pseudo-terminal, as a person sees it."""

    def setUp(self):
        try:
            for end in pty.openpty():
                os.close(end)
        except OSError as error:
            self.skipTest(f"this system has no pseudo-terminals: {error}")

    def run_in_terminal(self, arguments, environment=None, stop_when=None, seconds=60):
        pid, terminal = pty.fork()
        if pid == 0:
            os.environ.update({"TERM": "xterm", **(environment or {})})
            os.execv(PROGRAM, [PROGRAM, *arguments])
        seen = b""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if select.select([terminal], [], [], 0.2)[0]:
                try:
                    seen += os.read(terminal, 65536)
                except OSError:
                    break
            if stop_when and stop_when in seen:
                os.kill(pid, signal.SIGINT)
                stop_when = None
        status = os.waitpid(pid, 0)[1]
        os.close(terminal)
        return os.waitstatus_to_exitcode(status), seen.decode()

    def test_a_bar_is_drawn_and_removed_and_an_interrupt_reports_what_is_done(self):
        status, seen = self.run_in_terminal(LONG, stop_when=b" left")
        self.assertEqual(status, 130)
        self.assertIn("of 100,000,000 worlds", seen)
        self.assertIn("\r\x1b[K", seen)
        self.assertIn("PARTIAL", seen)
        self.assertIn("interrupted after", seen)

    def test_quiet_draws_no_bar_and_no_color_no_colour(self):
        status, seen = self.run_in_terminal(["compare", "pii-leak", "--replications", "3000", "--quiet"],
                                            {"NO_COLOR": "1", "COLUMNS": "80"})
        self.assertEqual(status, 0)
        self.assertNotIn("\x1b", seen)
        self.assertNotIn(" left", seen)
        commands = [line for line in seen.splitlines() if "--seed" in line]
        self.assertEqual([line for line in seen.splitlines() if len(line) > 80 and line not in commands], [])

    def test_colour_on_a_terminal(self):
        self.assertIn("\x1b[1m", self.run_in_terminal(SHORT, {"NO_COLOR": ""})[1])
        self.assertNotIn("\x1b", self.run_in_terminal(SHORT, {"TERM": "dumb"})[1])


class Interrupts(Folder):
    def interrupt(self, number, arguments, times=1):
        with subprocess.Popen([PROGRAM, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
            time.sleep(1.5)
            for _ in range(times):
                child.send_signal(number)
            out, err = child.communicate(timeout=60)
            return child.returncode, out, err

    def test_what_is_done_is_reported_as_partial_with_130(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            status, out, err = self.interrupt(number, [*LONG, "--json", self.path("r.json")])
            self.assertEqual((status, err), (130, ""))
            result = json.loads(self.read("r.json"))
            self.assertTrue(result["partial"])
            self.assertGreater(result["replications"], 0)
            self.assertTrue(out.splitlines()[-1].startswith("Partial result: "))

    def test_the_partial_result_is_the_same_as_a_whole_run_of_that_length(self):
        status, out, _ = self.interrupt(signal.SIGINT, [*LONG, "--json", "-"])
        self.assertEqual(status, 130)
        partial = json.loads(out)
        if partial["replications"] > 20_000:
            self.skipTest("this machine is too fast to repeat it")
        whole = json.loads(call("compare", "pii-leak", "--replications", str(partial["replications"]), "--json", "-").stdout)
        partial["partial"] = False
        self.assertEqual(partial, whole)

    def test_the_second_interrupt_ends_it_at_once(self):
        with subprocess.Popen([PROGRAM, "compare", "pii-leak", "--replications", "100000000", "--json", self.path("r.json")],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
            time.sleep(1.0)
            child.send_signal(signal.SIGSTOP)  # so that both are there before the program can act on the first
            child.send_signal(signal.SIGINT)
            child.send_signal(signal.SIGTERM)
            child.send_signal(signal.SIGCONT)
            child.wait(timeout=20)
        self.assertIn(child.returncode, (-signal.SIGINT, -signal.SIGTERM))
        self.assertEqual(os.listdir(self.folder), [])

    def test_a_signal_that_was_ignored_stays_ignored(self):
        def ignore():
            signal.signal(signal.SIGINT, signal.SIG_IGN)

        with subprocess.Popen([PROGRAM, "compare", "pii-leak", "--replications", "8000", "--json", "-"],
                              stdout=subprocess.PIPE, preexec_fn=ignore, text=True) as child:
            time.sleep(0.3)
            child.send_signal(signal.SIGINT)
            out = child.communicate(timeout=120)[0]
        self.assertEqual(child.returncode, 0)
        self.assertFalse(json.loads(out)["partial"])


if __name__ == "__main__":
    if not os.path.exists(PROGRAM):
        print("skipped: BREAKGLASS names no program")
        sys.exit(77)
    unittest.main(verbosity=2)
