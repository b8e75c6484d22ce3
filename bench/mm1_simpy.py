"""The peer: the same M/M/1 queue in SimPy (rho 0.9, mean service time 1 s), one line of JSON on standard output.

/usr/bin/python3 bench/mm1_simpy.py [CUSTOMERS]: CPU seconds for so many customers, and the mean number in the system,
which is rho / (1 - rho) = 9 in the long run.
"""

import json
import random
import sys
import time

import simpy

RHO = 0.9


class Queue:
    """Customers arrive, wait for the one server, are served, leave: SimPy's own way of saying it."""

    def __init__(self, customers, seed):
        self.environment = simpy.Environment()
        self.server = simpy.Resource(self.environment)
        self.draw = random.Random(seed).expovariate
        self.time_in_system = 0.0
        self.environment.process(self.arrivals(customers))

    def arrivals(self, customers):
        for _ in range(customers):
            yield self.environment.timeout(self.draw(RHO))
            self.environment.process(self.customer())

    def customer(self):
        arrived = self.environment.now
        with self.server.request() as turn:
            yield turn
            yield self.environment.timeout(self.draw(1.0))
        self.time_in_system += self.environment.now - arrived

    def mean_in_system(self):
        self.environment.run()
        return self.time_in_system / self.environment.now


def main():
    customers = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    start = time.process_time()
    mean = Queue(customers, seed=1).mean_in_system()
    print(json.dumps({"customers": customers, "cpu_s": time.process_time() - start, "mean_in_system": mean}))


if __name__ == "__main__":
    main()
