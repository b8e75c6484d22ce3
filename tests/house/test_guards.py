"""Runs the guards on the project, and each of them on planted faults that it must find (and on lookalikes that it
must let pass)."""

import glob
import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import guards  # noqa: E402  (found through the line above)

ROOT = os.environ.get("BREAKGLASS_SOURCE_DIR") or os.path.abspath(os.path.join(os.path.dirname(__file__), "../.."))
BINARY = os.environ.get("BREAKGLASS_BINARY_DIR", "")

# A small house in order: the planted faults below replace one file of it.
HOUSE = {
    "sim/kernel/time.hpp": "#include <chrono>\n",
    "sim/kernel/fmath.hpp": "double log(double);\n",
    "sim/kernel/fmath.cpp": '#include "sim/kernel/fmath.hpp"\n#include <cmath>\n',
    "sim/model/limits.hpp": "constexpr int kMax = 3;\n",
    "sim/model/harm.hpp": '#include "sim/kernel/time.hpp"\n#include "sim/model/limits.hpp"\nstruct HarmState {};\n',
    "sim/model/traffic.hpp": "struct TrafficParams {};\n",
    "sim/model/traffic_bursts.cpp": '#include "sim/model/traffic.hpp"\n',
    "sim/model/monitor.hpp": '#include "sim/model/monitor/sprt.hpp"\nstruct VerdictParams {};\n',
    "sim/model/monitor/sprt.hpp": "struct SprtParams {};\n",
    "sim/model/monitor/fixed.cpp": '#include "sim/model/monitor.hpp"\n#include "sim/model/monitor/sprt.hpp"\n',
    "sim/model/service_graph.cpp": "#include <Eigen/Dense>\n#include <boost/graph/adjacency_list.hpp>\n",
    "sim/world.hpp": '#include "sim/model/harm.hpp"\n#include "sim/model/traffic.hpp"\n',
    "plot/scene.hpp": "#include <vector>\n",
    "scenarios/load.cpp": '#include "sim/world.hpp"\n#include <nlohmann/json.hpp>\n',
    "analysis/compare.cpp": '#include "scenarios/load.hpp"\n#include "plot/scene.hpp"\n#include <thread>\n',
    "scenarios/load.hpp": "",
    "history/database.cpp": "#include <sqlite3.h>\n",
    "cli/main.cpp": '#include "analysis/compare.hpp"\n#include <CLI/CLI.hpp>\n',
    "analysis/compare.hpp": "",
    "viz/panel.cpp": '#include <imgui.h>\n#include "backends/imgui_impl_glfw.h"\n#include "sim/world.hpp"\n',
    "tests/kernel/time.test.cpp": '#include "viz/panel.hpp"\n#include <Eigen/Dense>\n',
    "viz/panel.hpp": "",
    "tests/kernel/draws.hpp": "",
    "tests/kernel/draws.test.cpp": '#include "draws.hpp"\n',
}


def with_fault(path, text):
    return {**HOUSE, path: text}


def long_function(heading, lines):
    return "namespace n {\n" + heading + " {\n" + "  f();\n" * (lines - 2) + "}\n}\n"


FAULTS = {
    "arrows": [
        ("sim/kernel/time.hpp", '#include "sim/model/harm.hpp"\n'),
        ("sim/kernel/time.hpp", '#include "scenarios/load.hpp"\n'),
        ("history/store.cpp", "#include <sqlite3.h>\n"),
        ("sim/model/harm.hpp", '#include "sim/model/traffic.hpp"\nstruct HarmState {};\n'),
        ("sim/model/harm.hpp", '#include "sim/world.hpp"\n'),
        ("sim/model/harm.hpp", '#include "sim/model/monitor/sprt.hpp"\nstruct HarmState {};\n'),
        ("sim/model/monitor/sprt.hpp", '#include "sim/model/traffic.hpp"\nstruct SprtParams {};\n'),
        ("sim/model/monitor/fixed.cpp", '#include "sim/model/harm.hpp"\n'),
        ("sim/model/monitor/fixed.cpp", '#include "sim/world.hpp"\n'),
        ("sim/kernel/time.hpp", '#include "sim/model/monitor/sprt.hpp"\n'),
        ("sim/model/limits.hpp", '  #  include "sim/model/harm.hpp"\n'),
        ("sim/world.hpp", '#include "analysis/compare.hpp"\n'),
        ("sim/world.hpp", "#include <nlohmann/json.hpp>\n"),
        ("sim/world.hpp", "#include <fmt/core.h>\n"),
        ("sim/world.hpp", "#include <filesystem>\n"),
        ("sim/world.hpp", "#include <thread>\n"),
        ("sim/world.hpp", "#include <iostream>\n"),
        ("sim/world.hpp", "#include <Eigen/Dense>\n"),
        ("sim/model/service_graph.hpp", "#include <boost/graph/adjacency_list.hpp>\n"),
        ("analysis/compare.hpp", "#include <Eigen/Dense>\n"),
        ("plot/scene.hpp", '#include "sim/kernel/time.hpp"\n'),
        ("scenarios/load.hpp", '#include "analysis/compare.hpp"\n'),
        ("scenarios/load.hpp", '#include "plot/scene.hpp"\n'),
        ("analysis/compare.hpp", '#include "cli/main.hpp"\n'),
        ("cli/main.cpp", '#include "viz/panel.hpp"\n'),
        ("analysis/compare.hpp", '#include "tests/kernel/support.hpp"\n'),
        ("analysis/compare.hpp", "#include <imgui.h>\n"),
        ("scenarios/load.hpp", "#include <CLI/CLI.hpp>\n"),
        ("scenarios/load.hpp", '#include "load.cpp"\n'),
        ("scenarios/load.hpp", '#include "scenarios/lode.hpp"\n'),
    ],
    "sizes": [
        ("cli/main.cpp", "int x;\n" * (guards.MAX_FILE_LINES + 1)),
        ("cli/main.cpp", long_function("int main()", guards.MAX_FUNCTION_LINES + 1)),
        ("cli/main.cpp", long_function('TEST_CASE("a { b")', guards.MAX_FUNCTION_LINES + 1)),
        ("cli/main.cpp", long_function("struct S {\n  bool operator==(S) const noexcept", 80) + "};\n"),
        ("cli/main.cpp", long_function("template <class T>\nauto f(T t)\n    -> int", 80)),
    ],
    "same bits": [
        ("sim/world.hpp", "double f(double x) { return std::log(x); }\n"),
        ("sim/world.hpp", "double f(double x) { return ::expf (x); }\n"),
        ("sim/world.hpp", "double f(double x) { return exp(x); }\n"),
        ("sim/model/harm.hpp", "double f(double x) { return std::pow(x, 2); }\n"),
        ("sim/world.hpp", "std::normal_distribution<double> d;\n"),
        ("sim/world.hpp", "std::mt19937_64 r;\n"),
        ("sim/world.hpp", "std::unordered_map<int, int> m;\n"),
        ("sim/world.hpp", "void f() { throw 1; }\n"),
        ("sim/world.hpp", "auto t = std::chrono::steady_clock::now();\n"),
        ("sim/world.hpp", "struct A { virtual void f(); };\n"),
    ],
    "words": [
        ("README.md", "TO" "DO: write this\n"),
        ("cli/main.cpp", "// a st" "ub for now\n"),
        ("cli/main.cpp", "// Not yet imple" "mented\n"),
        ("dev", "cd /wo" "rk/main\n"),
        ("cli/main.cpp", 'open("/tm' 'p/x");\n'),
    ],
    "names": [
        ("sim/model/traffic.hpp", "struct TrafficParams {};\nstruct HarmState { int x; };\n"),
        ("viz/panel.hpp", "enum class HarmState { a };\n"),
    ],
}

LOOKALIKES = {
    "sizes": [
        ("cli/main.cpp", "int x;\n" * guards.MAX_FILE_LINES),
        ("cli/main.cpp", long_function("int main()", guards.MAX_FUNCTION_LINES)),
        ("cli/main.cpp", "namespace n {\n" + "int f() { return 1; }\n" * 100 + "}\n"),
        ("cli/main.cpp", "const std::array kTable = {\n" + "  f(1),\n" * 100 + "};\n"),
        ("cli/main.cpp", "struct S {\n" + "  int f() { return 1; }\n" * 100 + "};\n"),
        ("cli/main.cpp", "enum class E {\n" + "  a,\n" * 100 + "};\n"),
        ("README.md", "line\n" * 1000),
    ],
    "same bits": [
        ("sim/kernel/fmath.cpp", "double log(double x) { return std::log(x); }\n"),
        ("sim/world.hpp", '#include "sim/kernel/fmath.hpp"\ndouble f(double x) { return log(x); }\n'),
        ("sim/world.hpp", "double f(double x) { return std::sqrt(std::floor(x)); }  // not std::log(x)\n"),
        ("analysis/compare.hpp", "double f(double x) { return std::log(x); }\n"),
        ("sim/world.hpp", "double f(Log a) { return a.log(1) + detail::log(2) + catalog(3); }\n"),
    ],
    "words": [("README.md", "The work is done in $HOME/tmp; see build/tmp/x and a workaround.\n")],
    "names": [
        ("sim/model/traffic.hpp", "struct TrafficParams {};\nstruct HarmState;\nvoid f(struct HarmState s);\n"),
        ("analysis/compare.hpp", "namespace breakglass::analysis {\nstruct HarmState {};\n}\n"),
        ("sim/model/traffic.hpp", "struct TrafficParams {};  // not struct HarmState {}\n"),
    ],
}


class TheProject(unittest.TestCase):
    """What ctest and `./dev lint` are for."""

    maxDiff = None

    files = guards.project_files(ROOT)

    def test_keeps_the_house_rules(self):
        self.assertGreater(len(guards.cpp(self.files)), 10, f"no sources found in {ROOT}")
        for name, guard in guards.ALL.items():
            with self.subTest(guard=name):
                self.assertEqual([], guard(self.files), f"\n{name}")

    def test_links_sim_without_libm(self):
        libraries = glob.glob(os.path.join(BINARY, "libbreakglass_sim.a")) if BINARY else []
        if not libraries:
            self.skipTest("the simulator's library is not built")
        output = subprocess.run(["nm", "--undefined-only", libraries[0]], capture_output=True, text=True, check=True)
        self.assertEqual([], guards.libm_symbols(output.stdout))


class TheGuards(unittest.TestCase):
    """The sabotage twins."""

    def test_let_a_house_in_order_pass(self):
        for name, guard in guards.ALL.items():
            self.assertEqual([], guard(HOUSE), name)

    def test_find_every_planted_fault(self):
        for name, faults in FAULTS.items():
            for path, text in faults:
                with self.subTest(guard=name, path=path, text=text[:60]):
                    complaints = guards.ALL[name](with_fault(path, text))
                    self.assertEqual(1, len(complaints), complaints)
                    self.assertTrue(complaints[0].startswith(path + ":"), complaints)

    def test_let_lookalikes_pass(self):
        for name, lookalikes in LOOKALIKES.items():
            for path, text in lookalikes:
                with self.subTest(guard=name, path=path, text=text[:60]):
                    self.assertEqual([], guards.ALL[name](with_fault(path, text)))

    def test_find_libm_behind_a_library(self):
        output = "fmath.o:\n                 U _ZSt3absd\n                 U log1p@GLIBC_2.2\n                 U sqrt\n"
        self.assertEqual(["log1p@GLIBC_2.2"], guards.libm_symbols(output))
        self.assertEqual([], guards.libm_symbols("                 U sqrt\n0000 T log\n                 U _ZN3sim3logEd\n"))

    def test_count_the_lines_of_a_function(self):
        self.assertEqual([(2, 5)], guards.functions(long_function("int main()", 5)))


if __name__ == "__main__":
    unittest.main()
