"""A few flows in a real window: Xvfb, Mesa's software OpenGL, real key and mouse events. And what happens without."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = os.path.join(os.environ.get("BREAKGLASS_BINARY_DIR", ""), "breakglass-viz")
BREAKGLASS = os.environ.get("BREAKGLASS", "")


def environment(folder, display=None):
    env = dict(os.environ, XDG_DATA_HOME=folder, XDG_CONFIG_HOME=folder, LIBGL_ALWAYS_SOFTWARE="1")
    env.pop("DISPLAY", None)
    env.pop("WAYLAND_DISPLAY", None)
    if display:
        env["DISPLAY"] = display
    return env


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="breakglass-window-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.folder, name)


class NoDisplay(Folder):
    def run_it(self, *arguments):
        return subprocess.run([PROGRAM, *arguments], env=environment(self.folder), text=True, capture_output=True,
                              timeout=60, check=False)

    def test_without_a_display_it_says_so_and_begins_nothing(self):
        result = self.run_it("play", "pii-leak")
        self.assertEqual(result.returncode, 1)
        self.assertIn("no display", result.stderr)
        self.assertIn("breakglass drill pii-leak", result.stderr)
        self.assertFalse(os.path.exists(os.path.join(self.folder, "breakglass", "drills")))

    def test_a_scenario_that_does_not_load_is_named_before_a_window_opens(self):
        result = self.run_it("play", "pii-leek")
        self.assertEqual(result.returncode, 2)
        self.assertIn('did you mean "pii-leak"', result.stderr.replace("pii-leak?", '"pii-leak"'))

    def test_the_command_line_hands_over(self):
        result = subprocess.run([BREAKGLASS, "play", "pii-leak"], env=environment(self.folder), text=True,
                                capture_output=True, timeout=60, check=False)
        self.assertEqual(result.returncode, 1)
        self.assertIn("no display", result.stderr)


@unittest.skipUnless(shutil.which("Xvfb") and shutil.which("xdotool"), "Xvfb or xdotool is not installed")
class RealWindow(Folder):
    def setUp(self):
        super().setUp()
        read, write = os.pipe()
        self.server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x720x24", "-noreset"],
                                       pass_fds=[write], stderr=subprocess.DEVNULL)
        self.addCleanup(self.server.wait, 20)
        self.addCleanup(self.server.terminate)
        os.close(write)
        with os.fdopen(read) as pipe:
            self.display = ":" + pipe.readline().strip()
        self.log = self.path("log.jsonl")

    def open(self, *arguments):
        self.window = subprocess.Popen([PROGRAM, "play", *arguments], env=environment(self.folder, self.display),
                                       stderr=subprocess.PIPE, text=True)
        self.addCleanup(self.window.stderr.close)
        self.addCleanup(self.window.wait, 20)
        self.addCleanup(self.window.terminate)
        self.id = self.do("search", "--sync", "--onlyvisible", "--name", "Breakglass").split()[0]
        self.do("windowfocus", self.id)
        time.sleep(1.5)

    def do(self, *words):
        return subprocess.run(["xdotool", *words], env=environment(self.folder, self.display), text=True,
                              capture_output=True, timeout=60, check=True).stdout

    def key(self, name):
        """Down and up in two frames: Dear ImGui 1.86 has no queue of input."""
        self.do("keydown", name)
        time.sleep(0.25)
        self.do("keyup", name)
        time.sleep(0.25)

    def actions(self):
        with open(self.log, encoding="utf-8") as file:
            return [json.loads(line)["do"] for line in file.read().splitlines()[1:]]

    def wait_for(self, said):
        for _ in range(60):
            if said(self.actions()):
                return
            time.sleep(0.25)
        self.fail(f"the log has {self.actions()}")

    def test_keys_decide_and_closing_loses_nothing(self):
        self.open("pii-leak", "--seed", "7", "--log", self.log)
        self.do("type", "h")
        self.wait_for(lambda actions: actions == ["hold"])
        self.do("type", ">")
        self.do("type", "h")
        self.wait_for(lambda actions: actions == ["hold", "hold"])
        self.do("windowclose", self.id)
        self.window.wait(20)
        replay = subprocess.run([BREAKGLASS, "replay", self.log], text=True, capture_output=True, timeout=60, check=False)
        self.assertEqual(replay.returncode, 0, replay.stderr)

    def test_tab_and_enter_reach_a_form(self):
        self.open("pii-leak", "--seed", "7", "--log", self.log)
        for _ in range(6):  # past the five tabs of the forms, to the first category
            self.key("Tab")
        self.key("Return")
        self.wait_for(lambda actions: actions == ["classify security"])

    def test_the_mouse_presses_a_button(self):
        self.open("pii-leak", "--seed", "7", "--log", self.log)
        self.do("mousemove", "--window", self.id, "430", "620")  # the card of Hold
        time.sleep(0.4)
        self.do("mousedown", "1")
        time.sleep(0.4)
        self.do("mouseup", "1")
        self.wait_for(lambda actions: actions == ["hold"])

    def test_a_window_of_300_by_200_goes_on(self):
        self.open("pii-leak", "--seed", "7", "--log", self.log)
        self.do("windowsize", self.id, "300", "200")
        time.sleep(1)
        self.do("type", "h")
        self.wait_for(lambda actions: actions == ["hold"])
        self.assertIsNone(self.window.poll())


if __name__ == "__main__":
    if not os.path.exists(PROGRAM):
        print("the window is not built here")
        sys.exit(77)
    unittest.main()
