"""`./dev bench`: runs every benchmark that is built, and the peers beside them in the same minute, because the clock of
a machine drifts by a quarter and only ratios last. Arguments that it does not know go to Google Benchmark.
"""

import argparse
import glob
import json
import os
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TO_SECONDS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0}


def run_program(program, arguments):
    """Runs one program with its table on standard output; returns its rows."""
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "rows.json")
        command = [program, f"--benchmark_out={out}", "--benchmark_out_format=json", "--benchmark_color=false"]
        subprocess.run(command + arguments, check=True)
        if not os.path.getsize(out):
            return []  # a filter that matches nothing here
        with open(out, encoding="utf-8") as file:
            return [row for row in json.load(file)["benchmarks"] if row.get("run_type", "iteration") == "iteration"]


def peer_mm1(customers):
    result = subprocess.run([sys.executable, os.path.join(HERE, "mm1_simpy.py"), str(customers)],
                            capture_output=True, text=True)
    return json.loads(result.stdout) if result.returncode == 0 else {"error": result.stderr.strip().split("\n")[-1]}


def cpu_seconds(row):
    return row["cpu_time"] * TO_SECONDS[row["time_unit"]]


def compare_mm1(rows):
    """One line for every M/M/1 row, which says in its name how many customers it serves."""
    ours = [row for row in rows if "mm1_1e6_customers" in row["name"]]
    if not ours:
        return
    peer = peer_mm1(200_000)
    if "error" in peer:
        print(f"\nM/M/1: SimPy did not run: {peer['error']}")
        return
    peer_s = peer["seconds_per_1e6_customers"] / 1e6
    print("\nM/M/1, rho 0.9, microseconds of CPU a customer (mean number in the system: 9 in theory)")
    print(f"  {'SimPy':40} {peer_s * 1e6:9.3f}   mean {peer['L']:.2f}, {peer['customers']} customers")
    for row in ours:
        ours_s = cpu_seconds(row) / 1e6
        mean = f"mean {row['L']:.2f}, " if "L" in row else ""
        print(f"  {row['name']:40} {ours_s * 1e6:9.3f}   {mean}1/{peer_s / ours_s:.0f} of SimPy's")


# What each row is held to: the name of a row, CPU seconds an iteration, and of what. They
# were set on an idle machine with two cores of 2.5 GHz or so: a busy or slower one misses them by its own factor.
TARGETS = [
    ("fleet_mm1_1e6_customers/min_time:1.000", 0.042, "M/M/1, request fidelity, 1e6 customers"),
    ("kernel_hold<64>/64", 65e-9, "hold model, 64 pending events"),
    ("sim_replication/compressed - canary", 15e-6, "pii-leak, compressed canary, a replication"),
    ("sim_replication/compressed - canary + belief", 40e-6, "the same with belief"),
    ("sim_world_copy", 1e-6, "copying a world"),
]


def in_words(seconds):
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("us", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def say_target(name, seconds, target):
    word = "met" if seconds <= target else f"missed: {seconds / target:.2f} times"
    print(f"  {name:46} {in_words(seconds):>10}   target {in_words(target):>8}   {word}")


def hold_to_targets(rows):
    best = {}
    for row in rows:
        best[row["name"]] = min(cpu_seconds(row), best.get(row["name"], float("inf")))
    held = [target for target in TARGETS if target[0] in best]
    if held:
        print("\nAgainst the targets, CPU time (they only mean something on an idle machine)")
    for row, target, name in held:
        say_target(name, best[row], target)
    busy, calm = (best.get(f"sim_compare_4x1000{tail}") for tail in ("_at_1000x_traffic", ""))
    if busy and calm:
        print(f"  {'at 1,000 times the traffic':46} {busy / calm:9.2f}x   target    1.10x   "
              f"{'met' if busy <= 1.1 * calm else 'missed'}")


def measure(command):
    """(wall seconds, CPU seconds, peak memory in MB) of one command."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{' '.join(command)} failed")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def whole_program(program, million):
    """The main job, as a person types it: all four strategies of pii-leak on every processor."""
    busier = ["--set", '/traffic/entry/gateway/rate="40000/s"']
    rows = [("10,000 replications (target 2 s)", ["--replications", "10000"]),
            ("the same on one processor", ["--replications", "10000", "--threads", "1"]),
            ("the same at 1,000 times the traffic", ["--replications", "10000", *busier])]
    if million:
        rows.append(("1,000,000 replications", ["--replications", "1000000"]))
    print(f"\nbreakglass compare pii-leak, 4 strategies, {os.cpu_count()} processors"
          f"{'' if million else ' (--million adds a million replications)'}")
    for name, arguments in rows:
        wall, cpu, memory = measure([program, "compare", "pii-leak", "--quiet", *arguments])
        print(f"  {name:40} {wall:8.2f} s   {cpu:8.2f} s of CPU   {memory:6.0f} MB at most", flush=True)


MAP_TARGET_S = 60  # on two processors


def decision_map(program):
    """The map of speed.md: 25 x 25 points, 4 strategies, a certain winner in nine points of ten."""
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "map.json")
        wall, cpu, memory = measure([program, "sweep", "pii-leak", "--quiet", "--json", out, "--threads", "2",
                                     "--vary", "/change/regression/probability=0.02:0.6:25",
                                     "--vary", "/harm/ongoing/per_request=0.0002:0.02:25:log"])
        with open(out, encoding="utf-8") as file:
            points = json.load(file)["points"]
    certain = sum(point["certain"] for point in points)
    print(f"\nbreakglass sweep pii-leak, {len(points)} points, 4 strategies, 2 threads (target: {MAP_TARGET_S} s, 90%)")
    print(f"  {wall:8.2f} s   {cpu:8.2f} s of CPU   {memory:6.0f} MB at most   certain at "
          f"{100 * certain / len(points):.1f}% of the points", flush=True)


def main():
    parser = argparse.ArgumentParser(prog="./dev bench")
    parser.add_argument("--build", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--million", action="store_true", help="measure a million replications too (minutes)")
    options, arguments = parser.parse_known_args()
    programs = sorted(path for path in glob.glob(os.path.join(options.build, "bench", "*_bench"))
                      if os.access(path, os.X_OK))
    if not programs:
        sys.exit("no benchmark is built")
    rows = []
    for program in programs:
        print(f"\n{os.path.basename(program)}", flush=True)
        rows += run_program(program, arguments)
    compare_mm1(rows)
    hold_to_targets(rows)
    if not any(argument.startswith("--benchmark_filter") for argument in arguments):
        whole_program(os.path.join(options.build, "breakglass"), options.million)
        decision_map(os.path.join(options.build, "breakglass"))


if __name__ == "__main__":
    main()
