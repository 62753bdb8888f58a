"""A minimal household model in Starsim: onset, escalation or fading, support, asking, one team.

Written as Starsim's users write: states in arrays, steps in NumPy, random numbers from named distributions.
It does far less than ours. Run it by the interpreter that has Starsim (optional extra `benchmarks`): ``python
-m benchmarks.starsim_peer --households 77000 --months 120`` prints one line of JSON.
"""

import argparse
import json
import time

import numpy as np
import starsim as ss

DOMAINS = ("money", "mind", "care", "safety", "youth")
INCIDENCE_PER_MONTH = (0.0035, 0.0040, 0.0028, 0.0009, 0.0020)
CIRCLE = 16  # households in an informal network


class Problems(ss.Module):
    """One household is one agent with five problems; a team helps as many as it has places."""

    def __init__(self, slots_per_household: float = 0.03) -> None:
        """Declare random numbers and states."""
        super().__init__(name="trouble")
        self.slots_per_household = slots_per_household
        self.incidences = [ss.bernoulli(p=self.hazard(each), name=f"onset_{each}") for each in range(5)]
        self.size = ss.uniform(low=0.08, high=0.6)
        self.asks = ss.random()
        self.quits = ss.bernoulli(p=0.05)
        self.define_states(
            *(ss.FloatArr(f"severity_{each}", default=0.0) for each in DOMAINS),
            ss.FloatArr("frailty", default=ss.lognorm_ex(mean=1.0, std=0.9)),
            ss.FloatArr("strength", default=ss.uniform(low=0.2, high=0.8)),
            ss.FloatArr("support", default=0.0),
            ss.BoolState("helped", default=False),
            ss.BoolState("waiting", default=False),
        )

    @staticmethod
    def hazard(domain: int):
        """Return the function that gives each household's chance of a new problem this month."""

        def chance(self: "Problems", sim: ss.Sim, uids: ss.uids) -> np.ndarray:
            return np.minimum(1.0, INCIDENCE_PER_MONTH[domain] * self.frailty[uids])

        return chance

    @property
    def severities(self) -> list:
        """The problems' arrays."""
        return [getattr(self, f"severity_{each}") for each in DOMAINS]

    def init_results(self) -> None:
        """Declare what is recorded each month."""
        super().init_results()
        self.define_results(ss.Result("n_going_on", dtype=int))  # helped and waiting are counted by Starsim

    def step(self) -> None:
        """One month."""
        self.begin()
        self.move()
        self.receive_support()
        self.seek()
        self.receive_help()

    def update_results(self) -> None:
        """Record the month."""
        super().update_results()
        self.results.n_going_on[self.ti] = round(self.share_going_on * len(self.sim.people))

    def begin(self) -> None:
        """Problems strike."""
        for incidence, severity in zip(self.incidences, self.severities, strict=True):
            struck = incidence.filter()
            severity[struck] = np.minimum(0.98, severity[struck] + self.size.rvs(struck))

    def move(self) -> None:
        """Below its tipping point a problem fades, above it grows, near it lingers; problems spill over."""
        before = [severity.values.copy() for severity in self.severities]
        money, mind = (np.maximum(0.0, before[each] - 0.35) for each in (0, 1))
        pushes = (0.0, 0.020 * money, 0.0, 0.008 * (money + mind), 0.0)
        total = np.sum(before, axis=0)
        raised = 0.35 * (self.strength.values - 0.5) + 0.12 * self.support.values + 0.18 * self.helped.values
        for severity, now, push in zip(self.severities, before, pushes, strict=True):
            point = np.clip(0.46 + raised - 0.10 * np.minimum(1.0, total - now), 0.02, 0.98)
            distance = now - point
            drift = np.where(distance > 0.15, 0.07 * (distance - 0.15), 0.0)
            drift = np.where(distance < -0.15, 0.09 * (distance + 0.15), drift)
            after = np.clip(now + drift, 0.0, 1.0)
            after = np.where((now <= 0.0) | (after < 0.02), 0.0, after)
            severity[:] = np.minimum(1.0, after + push * (1.0 - now))

    def receive_support(self) -> None:
        """Each circle divides what strength it has over its members in need."""
        worst = np.max([severity.values for severity in self.severities], axis=0)
        circle = self.sim.people.auids // CIRCLE
        need = np.where(worst > 0.0, np.minimum(1.0, 0.3 + worst), 0.0)
        share = np.minimum(1.0, 2.0 / np.maximum(0.1, np.bincount(circle, weights=need)))
        self.support[:] = np.where(worst > 0.0, share[circle] * (1.0 - 0.75 * worst), 0.0)

    def seek(self) -> None:
        """Households with problems ask for help."""
        worst = np.max([severity.values for severity in self.severities], axis=0)
        has_problem = (worst > 0.38) & ~self.helped.values & ~self.waiting.values
        candidates = self.sim.people.auids[has_problem]
        chance = 0.3 * (worst[has_problem] - 0.38) / 0.62
        self.waiting[candidates[self.asks.rvs(candidates) < chance]] = True

    def receive_help(self) -> None:
        """The team takes in from those who wait and supports those it has."""
        slots = int(self.slots_per_household * len(self.sim.people))
        free = max(0, slots - int(self.helped.values.sum()))
        admitted = self.waiting.uids[:free]
        self.waiting[admitted] = False
        self.helped[admitted] = True
        helped = self.helped.uids
        for severity in self.severities:
            severity[helped] = np.maximum(0.0, severity[helped] - 0.02)
        worst = np.max([severity[helped] for severity in self.severities], axis=0)
        self.helped[helped[worst < 0.1]] = False
        self.helped[self.quits.filter(self.helped.uids)] = False

    @property
    def share_going_on(self) -> float:
        """Share of households with something going on."""
        worst = np.max([severity.values for severity in self.severities], axis=0)
        return float(((worst > 0.0) | self.helped.values | self.waiting.values).mean())


def run(households: int, months: int, warm_up: int) -> dict:
    """Run a municipality; return seconds per month's step after the warm-up."""
    problems = Problems()
    sim = ss.Sim(
        n_agents=households, start=ss.date("2000-01-01"), dt=ss.month, dur=ss.months(warm_up + months),
        modules=problems, verbose=0, use_aging=False, copy_inputs=False,
    )  # fmt: skip
    sim.init()
    for _ in range(warm_up):
        sim.run_one_step()
    began = time.perf_counter()
    for _ in range(months):
        sim.run_one_step()
    seconds = time.perf_counter() - began
    return {
        "version": ss.__version__,
        "households": households,
        "months": months,
        "seconds": seconds,
        "share_going_on": problems.share_going_on,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, default=77_000)
    parser.add_argument("--months", type=int, default=120)
    parser.add_argument("--warm-up", type=int, default=60)
    chosen = parser.parse_args()
    print(json.dumps(run(chosen.households, chosen.months, chosen.warm_up)))
