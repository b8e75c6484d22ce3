"""The kernel's queueing benchmark (M/M/1, load 0.9) in SimPy, the usual peer: prints its seconds per million customers.

    /usr/bin/python3 bench/mm1_simpy.py [CUSTOMERS]

Fewer customers are run (200,000 unless told) and the time is scaled. With the packaged SimPy (python3-simpy3).
"""

import json
import random
import sys
import time

import simpy

LOAD = 0.9


class Count:
    """How many customers are in the system, and the integral of that number over time."""

    def __init__(self, env):
        self.env, self.now, self.number, self.area = env, 0.0, 0, 0.0

    def change(self, by):
        self.area += self.number * (self.env.now - self.now)
        self.now = self.env.now
        self.number += by


def customer(env, server, count, draw):
    count.change(+1)
    with server.request() as turn:
        yield turn
        yield env.timeout(draw(1.0))
    count.change(-1)


def source(env, server, count, draw, customers):
    for _ in range(customers):
        yield env.timeout(draw(LOAD))
        env.process(customer(env, server, count, draw))


def main():
    customers = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    env = simpy.Environment()
    server = simpy.Resource(env, capacity=1)
    count = Count(env)
    draw = random.Random(1).expovariate
    env.process(source(env, server, count, draw, customers))
    started = time.process_time()
    env.run()
    seconds = time.process_time() - started
    print(json.dumps({
        "peer": "SimPy " + getattr(simpy, "__version__", "?"),
        "customers": customers,
        "seconds_per_1e6_customers": round(seconds * 1e6 / customers, 3),
        "L": round(count.area / env.now, 3),
        "L_exact": LOAD / (1 - LOAD),
    }))


if __name__ == "__main__":
    main()
