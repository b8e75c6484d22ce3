"""What `check` says about files that are sound and fail all the same: the whole text, and status 1.

Every case changes one thing about a scenario and a strategy that pass, so what is said comes from that."""

import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest

PROGRAM = os.environ.get("BREAKGLASS", "")
SCENARIOS = os.path.join(os.environ.get("BREAKGLASS_SOURCE_DIR", ""), "scenarios")

SCENARIO = {
    "id": "sound", "title": "Passes", "category": "incident", "urgency": "ongoing-harm",
    "start": "2026-03-04T10:00:00+00:00", "horizon": "2d", "harm_unit": "records",
    "services": [{"id": "agent"}],
    "traffic": {"entry": {"agent": {"rate": "10/s"}}},
    "harm": {"ongoing": {"service": "agent", "per_request": 0.01}},
    "change": {"kind": "prompt", "service": "agent", "author_time": "20m",
               "regression": {"probability": 0.1, "severities": [{"id": "bad", "share": 1, "moves": {"errors": 2}}]}},
    "signals": [{"id": "errors", "kind": "ratio", "baseline": 0.01, "window": "1m"}],
    "people": [{"id": "ann", "authority": "senior-engineer", "answer": {"day": "5m", "night": "9m"}}],
    "approvals": {"emergency": {"all": ["ann"]}},
    "gates": {"eval-gate": {"time": "3h", "sensitivity": 0.7, "specificity": 0.95},
              "coordination": {"other_changes": 1, "time_each": "30m"}},
    "response": {"triage": "10m", "deploy": "4m"},
    "rollback": {"verify": "8m", "verified": {"time": "4m"}, "unverified": {"time": "25m"}},
    "strategies": ["given.json"],
}

STRATEGY = {
    "id": "given", "title": "Passes",
    "bypasses": {"canary": {"reason": "the harm goes on", "compensation": "faster-steps"}},
    "verify_rollback": True, "approvals": "emergency",
    "staff_rollback": True, "decision_maker": True, "communicate": True,
    "steps": [{"weight": 0.1, "for": "10m"}, {"weight": 1, "for": "30m"}],
    "monitoring": {"interval": "1m", "watchers": 1,
                   "verdicts": [{"signal": "errors", "sprt": {"ratio": 2, "alpha": 0.01, "beta": 0.05}}]},
}


def copy(value):
    return json.loads(json.dumps(value))


class Findings(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="breakglass-check-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.scenario = copy(SCENARIO)
        self.strategy = copy(STRATEGY)

    def check(self):
        for name, document in (("scenario", self.scenario), ("given", self.strategy)):
            with open(os.path.join(self.folder, name + ".json"), "w", encoding="utf-8") as file:
                json.dump(document, file)
        done = subprocess.run([PROGRAM, "check", "scenario.json"], cwd=self.folder, text=True, capture_output=True,
                              stdin=subprocess.DEVNULL, timeout=120, check=False)
        self.assertEqual(done.stderr, "")
        return done.returncode, re.sub("hash [0-9a-f]{32}", "hash", done.stdout)

    def says(self, expected):
        lines = expected.strip("\n").split("\n")
        failed = sum(1 for line in lines if line.startswith("  ") and not line.startswith("    "))
        head = f"scenario.json: {failed} failed check{'' if failed == 1 else 's'} (scenario, 1 strategy, hash)\n"
        self.assertEqual(self.check(), (1, head + "\n".join(lines) + "\n"))

    def go_straight(self):
        self.strategy["steps"] = [{"weight": 1, "for": "30m"}]
        self.strategy["bypasses"]["canary"]["compensation"] = "intensive-monitoring"

    def test_the_scenario_and_the_strategy_pass(self):
        self.assertEqual(self.check(), (0, "scenario.json: ok (scenario, 1 strategy, hash)\n"))

    def test_an_edited_copy_with_the_id_of_a_listed_strategy_is_checked_too(self):
        self.check()
        edited = copy(self.strategy)
        edited["monitoring"]["verdicts"] = [
            {"signal": "errors", "in_step": 2, "no_data": "ignore",
             "threshold": {"above": 2, "measure": "ratio-to-stable", "count": 3}}]
        with open(os.path.join(self.folder, "edited.json"), "w", encoding="utf-8") as file:
            json.dump(edited, file)
        done = subprocess.run([PROGRAM, "check", "scenario.json", "edited.json"], cwd=self.folder, text=True,
                              capture_output=True, stdin=subprocess.DEVNULL, timeout=120, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("  given: the rollout can get stuck\n", done.stdout)
        self.assertIn("this step can never end: its verdict on \"errors\" compares with the stable arm", done.stdout)

    def test_a_bypass_outside_of_the_scope(self):
        self.scenario["category"] = "customer-blocking"
        self.strategy["bypasses"]["eval-gate"] = {"reason": "it takes hours", "compensation": "run-after-promotion"}
        self.strategy["bypasses"]["coordination"] = {"reason": "it alone", "compensation": "standard-sequence"}
        self.says("""
  given: it bypasses "eval-gate", which an emergency of category "customer-blocking" does not allow
  given: it bypasses "coordination", which an emergency of category "customer-blocking" does not allow
""")
        self.scenario["for_comparison"] = ["given.json"]
        self.assertEqual(self.check(), (0, """\
scenario.json: ok (scenario, 1 strategy, hash)
  given: for comparison only: it bypasses "eval-gate", which an emergency of category "customer-blocking" does not allow
  given: for comparison only: it bypasses "coordination", which an emergency of category "customer-blocking" does not \
allow
"""))

    def test_a_bypass_outside_of_what_the_scenario_says_itself(self):
        self.scenario["bypass_scope"] = ["change-window"]
        self.says('  given: it bypasses "canary", which an emergency of category "incident" does not allow')

    def test_all_at_once_without_the_urgency(self):
        self.go_straight()
        self.says('''
  given: it goes straight to 100% without a canary: that is reserved for urgency "active-exploitation" and \
"immediate-deadline", and this one is "ongoing-harm"
''')
        self.scenario["urgency"] = "active-exploitation"
        self.assertEqual(self.check()[0], 0)

    def test_all_at_once_that_is_not_declared(self):
        self.scenario["urgency"] = "immediate-deadline"
        self.go_straight()
        self.strategy["bypasses"] = {}
        self.says('  given: it goes straight to 100%, and does not say that it bypasses "canary", nor why')

    def test_maximum_compression_without_its_duties(self):
        self.scenario["urgency"] = "active-exploitation"
        self.go_straight()
        lines = {"verify_rollback": "a verified rollback (verify_rollback)",
                 "staff_rollback": "a staffed rollback (staff_rollback)",
                 "decision_maker": "a named decision-maker (decision_maker)",
                 "communicate": "customers told in parallel (communicate)"}
        for field, text in lines.items():
            with self.subTest(field):
                self.strategy[field] = False
                self.says(f"  given: it goes straight to 100% without {text}")
                self.strategy[field] = True
        for field in lines:
            self.strategy[field] = False
        self.strategy["monitoring"]["watchers"] = 0
        self.says("""
  given: it goes straight to 100% without a verified rollback (verify_rollback)
  given: it goes straight to 100% without a staffed rollback (staff_rollback)
  given: it goes straight to 100% without a named decision-maker (decision_maker)
  given: it goes straight to 100% without customers told in parallel (communicate)
  given: it goes straight to 100% without people watching (monitoring.watchers)
""")

    def test_a_path_to_all_without_approval(self):
        self.scenario["people"][0]["declines"] = 0.1
        self.strategy["on_refusal"] = "ship"
        self.says("""
  given: the change can reach 100% without an approval
    page -> triage -> authoring -> eval gate -> approvals -> approval refused, and shipped all the same -> \
coordination -> verifying the rollback -> waiting for the window -> deploying -> step 1 (10%) -> step 2 (100%)
    nobody has approved the change on this way
""")

    def test_nobody_is_asked(self):
        del self.strategy["approvals"]
        self.says("""
  given: the change can reach 100% without an approval
    page -> triage -> authoring -> eval gate -> coordination -> verifying the rollback -> waiting for the window -> \
deploying -> step 1 (10%) -> step 2 (100%)
    nobody has approved the change on this way
""")

    def test_traffic_that_cannot_go_back(self):
        self.scenario["response"]["verify"] = {"sensitivity": 0}
        self.strategy["monitoring"] = {"interval": "1m", "watchers": 0, "reports_to_act": 0, "verdicts": []}
        self.says("""
  given: the change can serve traffic with no way back
    page -> triage -> authoring -> eval gate -> approvals -> approved -> coordination -> verifying the rollback -> \
waiting for the window -> deploying -> step 1 (10%)
    neither here nor later can anything roll this change back: no verdict that can fail, no watcher, no reader of \
reports, nothing that is found after promotion
""")

    def test_a_window_that_does_not_open_in_time(self):
        self.scenario["gates"]["freeze"] = [{"from": "2026-03-01", "to": "2026-03-31", "reason": "the quarter ends"}]
        self.says("""
  given: the rollout can get stuck
    page -> triage -> authoring -> eval gate -> approvals -> approved -> coordination -> verifying the rollback -> \
waiting for the window
    neither the change window nor the end of a freeze comes before the horizon
""")

    def test_another_attempt_is_no_way_back(self):
        self.strategy["monitoring"] = {"interval": "1m", "reports_to_act": 0, "verdicts": [
            {"signal": "errors", "threshold": {"above": 0.1, "count": 1}, "in_step": 1, "no_data": "ignore"}]}
        self.says("""
  given: the change can serve traffic with no way back
    page -> triage -> authoring -> eval gate -> approvals -> approved -> coordination -> verifying the rollback -> \
waiting for the window -> deploying -> step 1 (10%) -> step 2 (100%)
    neither here nor later can anything roll this change back: no verdict that can fail, no watcher, no reader of \
reports, nothing that is found after promotion
""")
        self.strategy["on_late_regression"] = "roll-back"
        self.assertEqual(self.check()[0], 0)

    def test_a_step_that_never_ends(self):
        self.strategy["monitoring"]["verdicts"].append(
            {"signal": "errors", "threshold": {"above": 0.1, "count": 3, "min_items": 500}, "in_step": 1,
             "no_data": "ignore"})
        self.says("""
  given: the rollout can get stuck
    page -> triage -> authoring -> eval gate -> approvals -> approved -> coordination -> verifying the rollback -> \
waiting for the window -> deploying -> step 1 (10%)
    this step can never end: its verdict on "errors" asks for measurements of 500 items, and no measurement here can \
have more than 112: it waits for data for ever
""")
        verdict = self.strategy["monitoring"]["verdicts"][1]
        verdict["in_step"] = 2
        self.assertEqual(self.check()[0], 0)
        verdict["threshold"]["measure"] = "ratio-to-stable"
        verdict["threshold"]["above"] = 2
        self.assertIn("compares with the stable arm, to which full weight leaves no traffic", self.check()[1])

    def test_all_at_once_by_another_name(self):
        self.strategy["steps"] = [{"weight": 0.1, "for": "0s"}, {"weight": 0.999, "for": "10m"},
                                  {"weight": 1, "for": "30m"}]
        self.says('''
  given: it goes straight to 100% by way of 99.9% (no measurement of half of the traffic or less can be seen before) \
without a canary: that is reserved for urgency "active-exploitation" and "immediate-deadline", and this one is \
"ongoing-harm"
''')
        self.strategy["steps"][0]["for"] = "1m"
        self.assertEqual(self.check()[0], 0)

    def test_an_approval_below_what_the_change_needs(self):
        self.scenario["change"]["scope"] = "broad"
        self.says('''
  given: its approval rule "emergency" can be satisfied without an executive, whose approval this change needs
''')


class Shipped(unittest.TestCase):
    def call(self, *names):
        return subprocess.run([PROGRAM, "check", *names], text=True, capture_output=True, stdin=subprocess.DEVNULL,
                              timeout=120, check=False)

    def scenarios(self):
        names = [name[:-5] for name in sorted(os.listdir(SCENARIOS))
                 if name.endswith(".json") and not name.endswith(".schema.json")]
        self.assertGreaterEqual(len(names), 24)
        return names

    def test_every_scenario_passes_with_every_strategy_that_it_lists(self):
        done = self.call(*self.scenarios())
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        listed = 0
        for name in self.scenarios():
            with open(os.path.join(SCENARIOS, name + ".json"), encoding="utf-8") as file:
                strategies = json.load(file)["strategies"]
            self.assertNotIn("trusting-canary", strategies)
            many = f"{len(strategies)} strateg{'y' if len(strategies) == 1 else 'ies'}"
            self.assertRegex(done.stdout, f"(?m)^{name}: ok \\(scenario, {many}, hash ")
            listed += len(strategies)
        self.assertGreater(listed, 60)

    def test_the_trusting_canary_fails_where_an_account_may_be_borrowed_and_only_there(self):
        for name in self.scenarios():
            with open(os.path.join(SCENARIOS, name + ".json"), encoding="utf-8") as file:
                borrowed = '"impersonated"' in file.read()
            done = self.call(name, "trusting-canary")
            if done.returncode == 2:
                continue  # it names a rule or a signal that this scenario does not have
            way = "an approval from somebody else's account" in done.stdout
            with self.subTest(name):
                self.assertEqual(way, borrowed)
                self.assertIn("trusting-canary: the change can reach 100% without an approval\n" if borrowed
                              else f"{name}: ", done.stdout)


if __name__ == "__main__":
    unittest.main()
