"""The history of drills as a person meets it: recorded once, never in the way, and one file for many processes."""
import copy
import csv
import io
import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import unittest

try:
    import jsonschema
except ImportError:
    jsonschema = None

SOURCE = os.environ.get("BREAKGLASS_SOURCE_DIR") or os.path.abspath(os.path.join(os.path.dirname(__file__), "../.."))
PROGRAM = os.environ.get("BREAKGLASS") or os.path.abspath(sys.argv.pop(1))
FOUNDING = os.path.join(SOURCE, "tests", "drill", "founding.txt")
REFUSE = 'believe real=10%\nrefuse "nobody is harmed"\n'


def give_up_root():
    """In the child: an ordinary user, whom permissions stop."""
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)


class History(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="breakglass-history-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.env = {k: v for k, v in os.environ.items() if k != "BREAKGLASS_HISTORY"} | {"XDG_DATA_HOME": self.folder}
        self.database = self.path("breakglass/history.db")
        with open(self.path("refuse.txt"), "w", encoding="utf-8") as file:
            file.write(REFUSE)

    def path(self, name):
        return os.path.join(self.folder, name)

    def call(self, *arguments, program=PROGRAM, **options):
        return subprocess.run([program, *arguments], capture_output=True, text=True, timeout=120, check=False,
                              **{"env": self.env, **options})

    def refuse(self, scenario, log, *more, **options):
        return self.call("drill", scenario, "--script", self.path("refuse.txt"), "--log", self.path(log), *more,
                         **options)

    def drills(self, *arguments):
        listed = self.call("history", "--json", "-", *arguments)
        self.assertEqual((listed.returncode, listed.stderr), (0, ""))
        return json.loads(listed.stdout)["drills"]

    def test_nothing_played_is_no_error_and_a_missing_file_that_was_named_is(self):
        empty = self.call("history")
        self.assertEqual((empty.returncode, empty.stderr), (0, ""))
        self.assertIn("No drill has been finished yet", empty.stdout)
        self.assertEqual(self.drills(), [])
        missing = self.call("history", "--history", self.path("none.db"))
        self.assertEqual(missing.returncode, 2)
        self.assertIn("none.db", missing.stderr)
        self.assertFalse(os.path.exists(self.path("none.db")))
        self.assertEqual(os.listdir(self.folder), ["refuse.txt"], "reading makes no file and no folder")

    @unittest.skipUnless(jsonschema, "python3-jsonschema is not installed")
    def test_the_json_is_valid_and_damaged_copies_are_not(self):
        schema = json.loads(self.call("schema", "history").stdout)
        validator_class = jsonschema.validators.validator_for(schema)
        validator_class.check_schema(schema)
        validator = validator_class(schema)
        validator.validate(json.loads(self.call("history", "--json", "-").stdout))
        for n, scenario in enumerate(("friday-promise", "pii-leak", "friday-promise")):
            self.refuse(scenario, f"log{n}", "--seed", str(n), "--mode", "practice" if n == 2 else "drill")
        self.call("debrief", self.path("log1"))
        drills = json.loads(self.call("history", "--json", "-").stdout)
        summary = json.loads(self.call("history", "--summary", "--json", "-").stdout)
        self.assertEqual((len(drills["drills"]), len(summary["modes"])), (3, 2))
        self.assertIsNotNone(drills["drills"][1]["grade"] or drills["drills"][0]["grade"])
        for result in (drills, summary):
            validator.validate(result)
        for result, damage in ((drills, lambda r: r["drills"][0].pop("identity")),
                               (drills, lambda r: r["drills"][0].update(seed=1)),
                               (drills, lambda r: r["drills"][0].update(ended=None)),
                               (drills, lambda r: r["drills"][0]["stated"]["real"].update(probability=2)),
                               (drills, lambda r: r["drills"][0].update(mode="exam")),
                               (drills, lambda r: r.update(modes=[])),
                               (summary, lambda r: r["modes"][0].pop("detection")),
                               (summary, lambda r: r["modes"][0]["mistakes"].append({"id": "x", "count": -1, "of": 1, "ci95": None}))):
            damaged = copy.deepcopy(result)
            damage(damaged)
            self.assertFalse(validator.is_valid(damaged))

    def test_a_finished_drill_is_recorded_once_by_drill_and_debrief(self):
        played = self.refuse("friday-promise", "log")
        self.assertEqual(played.returncode, 0, played.stderr)
        self.assertIn("drill 1 of the history", played.stderr)
        for again in (self.refuse("friday-promise", "log"), self.call("debrief", self.path("log"))):
            self.assertEqual(again.returncode, 0)
            self.assertNotIn("of the history", again.stderr)
        drills = self.drills()
        self.assertEqual(len(drills), 1)
        self.assertEqual((drills[0]["scenario"], drills[0]["mode"], drills[0]["log"]),
                         ("friday-promise", "drill", self.path("log")))
        self.assertEqual(drills[0]["stated"]["real"]["probability"], 0.1)
        os.remove(self.database)
        self.assertIn("drill 1 of the history", self.call("debrief", self.path("log")).stderr)
        self.assertEqual(self.drills()[0]["identity"], drills[0]["identity"])

    def test_what_is_not_over_or_not_wanted_is_not_recorded(self):
        with open(self.path("half.txt"), "w", encoding="utf-8") as file:
            file.write("classify security\n")
        self.call("drill", "pii-leak", "--script", self.path("half.txt"), "--log", self.path("half"))
        self.call("debrief", self.path("half"))
        self.refuse("friday-promise", "log", "--no-history")
        self.call("drill", "friday-promise", "--script", self.path("refuse.txt"))  # without a log
        self.assertEqual(self.drills(), [])

    def test_the_option_and_the_environment_name_another_history(self):
        self.refuse("friday-promise", "a", "--history", self.path("option.db"))
        self.refuse("broken-exporter", "b", env={**self.env, "BREAKGLASS_HISTORY": self.path("environment.db")})
        self.assertEqual([d["scenario"] for d in self.drills("--history", self.path("option.db"))], ["friday-promise"])
        self.assertEqual([d["scenario"] for d in self.drills("--history", self.path("environment.db"))],
                         ["broken-exporter"])
        self.assertFalse(os.path.exists(self.database))

    def test_filters_show_and_exports(self):
        self.refuse("friday-promise", "a")
        self.refuse("pii-leak", "b")
        self.refuse("pii-leak", "c", "--mode", "practice", "--seed", "18446744073709551615")
        self.assertEqual(len(self.drills("--scenario", "pii-leak")), 2)
        self.assertEqual([d["seed"] for d in self.drills("--mode", "practice")], ["18446744073709551615"])
        self.assertEqual([d["scenario"] for d in self.drills("--mistakes", "none")], ["friday-promise"])
        self.assertEqual(len(self.drills("--mistakes", "refused-emergency")), 2)
        self.assertEqual(len(self.drills("--since", "1h")), 3)
        self.assertEqual(self.drills("--since", "2200-01-01"), [])
        table = self.call("history", env={**self.env, "COLUMNS": "100"}).stdout
        self.assertRegex(table, r"1  20\d\d-\d\d-\d\d \d\d:\d\d  friday-promise +drill +0 customers' failed tasks +1 of 1")
        self.assertTrue(table.endswith("3 drills: 1 in mode practice, 2 in mode drill.\n"), table)
        shown = self.call("history", "show", "2").stdout
        self.assertIn("refused as no emergency", shown)
        self.assertIn("FAILED: classified on evidence", shown)
        self.assertEqual(self.call("history", "show", "9").returncode, 2)
        both = self.call("history", "--csv", self.path("d.csv"), "--json", self.path("d.json"))
        self.assertEqual(both.returncode, 0)
        with open(self.path("d.csv"), encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual([row["mistakes"] for row in rows], ["", "refused-emergency", "refused-emergency"])
        with open(self.path("d.json"), encoding="utf-8") as file:
            self.assertEqual(len(json.load(file)["drills"]), 3)

    def test_a_summary_of_each_mode(self):
        for seed in range(1, 5):
            self.refuse("friday-promise", f"a{seed}", "--seed", str(seed))
            played = self.call("drill", "pii-leak", "--script", FOUNDING, "--seed", str(seed), "--log",
                               self.path(f"b{seed}"))
            self.assertEqual(played.returncode, 0, played.stderr)
        modes = json.loads(self.call("history", "--summary", "--json", "-").stdout)["modes"]
        self.assertEqual([m["mode"] for m in modes], ["drill"])
        detection = modes[0]["detection"]
        self.assertEqual((detection["hits"], detection["emergencies"], detection["decoys"]), (4, 4, 4))
        self.assertAlmostEqual(detection["d_prime"], 2 * 1.2815515655446004, places=9)  # z(0.9) - z(0.1)
        real = modes[0]["calibration"]["real"]
        self.assertEqual(real["forecasts"], 8)
        self.assertAlmostEqual(real["brier"]["value"], real["reliability"]["value"] - real["resolution"]["value"] +
                               real["uncertainty"]["value"] + real["within"]["value"])
        text = self.call("history", "--summary").stdout
        self.assertIn("Treated as emergencies: 4 of 4 emergencies, 0 of 4 decoys.", text)
        rows = list(csv.DictReader(io.StringIO(self.call("history", "--summary", "--csv", "-").stdout)))
        self.assertIn("brier", {row["name"] for row in rows})

    def test_many_processes_at_once_lose_nothing(self):
        processes = [subprocess.Popen([PROGRAM, "drill", "friday-promise", "--seed", str(seed), "--script",
                                       self.path("refuse.txt"), "--log", self.path(f"log{seed}")], env=self.env,
                                      stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
                     for seed in range(12)]
        for process in processes:
            self.assertIn("of the history", process.communicate(timeout=120)[1])
        self.assertEqual(sorted(int(d["seed"]) for d in self.drills()), list(range(12)))

    def spoils_nothing(self, played, words):
        self.assertEqual(played.returncode, 0, played.stderr)
        self.assertIn("The drill is over.", played.stdout)
        self.assertIn("the drill is not in the history", played.stderr)
        self.assertIn(words, played.stderr)
        self.assertIn("record it later: breakglass debrief", played.stderr)

    def test_a_history_that_cannot_be_written_never_spoils_the_drill(self):
        self.spoils_nothing(self.refuse("friday-promise", "a", "--history", self.path("no/such/h.db")),
                            "No such file or directory")
        self.spoils_nothing(self.refuse("friday-promise", "b", "--history", "/dev/full"), "it is no file")
        with open(self.path("text.db"), "w", encoding="utf-8") as file:
            file.write("my shopping list, which must not be lost\n" * 20)
        self.spoils_nothing(self.refuse("friday-promise", "c", "--history", self.path("text.db")),
                            "it is not even a database")
        with open(self.path("text.db"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "my shopping list, which must not be lost\n" * 20)

        def small_files():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (12000, 12000))

        self.spoils_nothing(self.refuse("friday-promise", "d", preexec_fn=small_files), "disk I/O error")
        self.assertIn("of the history", self.call("debrief", self.path("d")).stderr)
        self.assertEqual(len(self.drills()), 1)

    def test_a_later_versions_history_is_refused_and_stays_as_it_is(self):
        self.refuse("friday-promise", "a")
        database = sqlite3.connect(self.database)
        database.executescript("CREATE TABLE seasons (a); PRAGMA user_version = 99;")
        database.close()
        with open(self.database, "rb") as file:
            before = file.read()
        self.spoils_nothing(self.refuse("broken-exporter", "b"), "is of a later version of breakglass")
        listed = self.call("history")
        self.assertEqual(listed.returncode, 2)
        self.assertIn("its schema is 99, and this program knows 1; it is left as it is", listed.stderr)
        with open(self.database, "rb") as file:
            self.assertEqual(file.read(), before)

    @unittest.skipIf(os.geteuid() != 0, "only root can become another user")
    def test_a_folder_that_may_not_be_written_and_a_strangers_history(self):
        program = shutil.copy(PROGRAM, self.path("program"))
        self.refuse("friday-promise", "a")
        for path in (self.folder, self.path("breakglass")):
            os.chmod(path, 0o755)
        os.mkdir(self.path("open"))
        os.chmod(self.path("open"), 0o777)
        as_nobody = {"program": program, "preexec_fn": give_up_root}
        self.spoils_nothing(self.refuse("friday-promise", "open/b", **as_nobody), "it belongs to somebody else")
        os.remove(self.database)
        self.spoils_nothing(self.refuse("friday-promise", "open/c", **as_nobody), "Permission denied")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
