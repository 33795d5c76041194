"""Random parameter sets of the full cell over wide priors, solved by both sides.

Each set ends in one :class:`Answer` a side; :func:`judge` sorts them into verdicts.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pybamm

from .oracle import CURRENT, VOLTAGE, Pair

CUT_OFF = "Lower voltage cut-off [V]"
CAPACITY = 0.51e-3  # A.h: 170 mAh/g of 3 mg/cm2
DECADES = {  # log-uniform, three decades about these
    "Positive particle reference diffusivity [m2.s-1]": 5.9e-18,
    "Negative face exchange-current density [A.m-2]": 128.0,
    "Positive electrode reaction rate constant [A.m-2.(m3.mol-1)1.5]": 6e-7,
}
INPUTS = (*DECADES, "Garnet thickness [m]", "Cathode-side resistance [Ohm.m2]", CUT_OFF)
AT_START = "cut-off met at the start"
EARLY = 0.98  # of the earlier cut-off: beyond it the voltage falls too steeply to compare
VOLTS, TIME = 1e-3, 1e-3  # largest differences that count as agreement
LIST = 50  # sets that PyBaMM solves at once
SHARES = np.unique(np.r_[0, np.logspace(-6, -2, 30), np.linspace(0.01, 1.1, 80)])


def draw(count, seed):
    """``count`` sets: dict of str to array (count,), in the order of their currents.

    Current C/20 to 4C, garnet 0.1 to 2 mm, cathode-side resistance 0 to 100 times 0.01 Ohm.m2
    (uniform in the logarithm of one plus that factor), cut-off 2 to 3.2 V.
    """
    random = np.random.default_rng(seed)
    current = np.sort(CAPACITY * 0.05 * 80 ** random.uniform(size=count))
    three = {name: v * 10 ** random.uniform(-1.5, 1.5, count) for name, v in DECADES.items()}
    return three | {
        CURRENT: current,
        "Garnet thickness [m]": random.uniform(1e-4, 2e-3, count),
        "Cathode-side resistance [Ohm.m2]": 0.01 * (101 ** random.uniform(size=count) - 1),
        CUT_OFF: random.uniform(2, 3.2, count),
    }


def times_of(sets):
    """Output times (count, T) past every cut-off; the same for all sets of one list."""
    first = np.arange(len(sets[CURRENT])) // LIST * LIST
    return 3600 * CAPACITY / sets[CURRENT][first, None] * SHARES


class Answer(NamedTuple):
    """How a solve ended: "event", "final time", AT_START or a failure; when; V (T,) till then."""

    status: str
    t_end: float = np.nan
    voltage: np.ndarray = None

    @property
    def failed(self):
        return self.status not in ("event", "final time", AT_START)


def ours(pair, sets):
    """Answers of the compiled model at its default tolerances."""
    solution = pair.compiled.solve(sets, times_of(sets))
    start = "event condition already met at the start"
    return [
        Answer(AT_START if status == start else status, t_end, voltage)
        for status, t_end, voltage in zip(
            solution.status, solution.t_end, solution[VOLTAGE], strict=True
        )
    ]


@dataclass
class Oracle:
    """IDAKLU on lists of sets; a list that PyBaMM refuses is solved set by set.

    One set whose cut-off is met at the start makes PyBaMM refuse the whole list.
    """

    pair: Pair
    rtol: float = 1e-8
    atol: float = 1e-8

    @cached_property
    def simulation(self):
        options = {"num_threads": 2, "num_solvers": 2, "silence_sundials_errors": True}
        return self.pair.simulation(
            rtol=self.rtol,
            atol=self.atol,
            output_variables=[VOLTAGE],
            on_failure="ignore",
            on_extrapolation="ignore",
            options=options,
        )

    def answers(self, sets, apart):
        """Answers of all sets; those marked in ``apart`` one by one, the others in lists."""
        times = times_of(sets)
        answers = [None] * len(apart)
        for start in range(0, len(apart), LIST):
            block = np.arange(start, min(start + LIST, len(apart)))
            for chosen in (block[~apart[block]], *block[apart[block]][:, None]):
                members = [{name: float(v[n]) for name, v in sets.items()} for n in chosen]
                found = self.solve(members, times[start]) if members else []
                for n, answer in zip(chosen, found, strict=True):
                    answers[n] = answer
        return answers

    def solve(self, members, times):
        """Answers of one list at its common times."""
        try:
            solutions = self.simulation.solve([0, times[-1]], t_interp=times, inputs=members)
        except pybamm.SolverError as error:
            if len(members) > 1:
                return [self.solve([member], times)[0] for member in members]
            refused = "non-positive at initial conditions" in str(error)
            return [Answer(AT_START if refused else str(error))]
        solutions = solutions if isinstance(solutions, list) else [solutions]
        return [self._answer(solution, times) for solution in solutions]

    def _answer(self, solution, times):
        end = solution.t[-1]
        voltage = np.full(len(times), np.nan)
        voltage[times <= end] = solution[VOLTAGE](times[times <= end])
        return Answer(solution.termination.split(":")[0], end, voltage)


class Verdict(NamedTuple):
    """What became of one set, and how far apart the two sides are [V], [relative time]."""

    kind: str
    volts: float = 0.0
    time: float = 0.0


def judge(mine, oracle, times):
    """The :class:`Verdict` on two answers: only two ends of one kind can agree."""
    if oracle.failed or mine.failed:
        sides = [f"ours: {mine.status.split(' at t')[0]}"] if mine.failed else []
        sides += ["IDAKLU: failure"] if oracle.failed else []
        return Verdict("; ".join(sides))
    if mine.status != oracle.status:
        return Verdict(f"differ: {mine.status} and {oracle.status}")
    if mine.status == AT_START:
        return Verdict(AT_START)
    early = times <= EARLY * min(mine.t_end, oracle.t_end)
    volts = np.abs(mine.voltage - oracle.voltage)[early].max()
    time = abs(mine.t_end / oracle.t_end - 1)
    return Verdict("agreed" if volts <= VOLTS and time <= TIME else "differ", volts, time)


def summary(verdicts):
    """Counts by kind, and the largest differences among the sets that both sides solved."""
    counts = Counter(v.kind for v in verdicts)
    return dict(counts) | {
        "largest voltage difference [V]": float(max(v.volts for v in verdicts)),
        "largest relative difference in time": float(max(v.time for v in verdicts)),
    }
