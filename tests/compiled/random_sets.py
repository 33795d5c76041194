"""Random parameter sets of every cell over the whole priors of its files, solved by both sides.

Temperatures are -40 to 120 degC, currents 1e-3 to 100 times the cell's own, durations 1e-9 to
1e9 s. Each set ends in one :class:`Answer` a side; :func:`judge` sorts them into verdicts.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pybamm

from ssb_model import BlockingCell, FullCell, SymmetricCell, cell_parameters
from ssb_model.cells.parameters import cell_quantities

from .oracle import CURRENT, VOLTAGE, Pair

TEMPERATURES = ("Ambient temperature [K]", "Initial temperature [K]")
AT_START = "cut-off met at the start"
EARLY = 0.98  # of the earlier cut-off: beyond it the voltage falls too steeply to compare
VOLTS, TIME = 1e-3, 1e-3  # largest differences that count as agreement
LIST = 20  # sets that PyBaMM solves at once, for one duration
SHARES = np.unique(np.r_[0, np.logspace(-6, -2, 20), np.linspace(0.02, 1, 50)])
CLASSES = {"symmetric": SymmetricCell, "full": FullCell, "blocking": BlockingCell}


class Kind(NamedTuple):
    """A cell, its options and its parameter files."""

    cell: str
    options: dict = {}
    coating: str = "zni2-0.5"
    garnet: str = "llzto"

    def quantities(self):
        """Those that have a prior."""
        quantities = cell_quantities(self.cell, self.garnet, self.coating)
        return {name: q for name, q in quantities.items() if q.prior}

    def pair(self):
        """The cell on few points, with every prior and both temperatures as inputs."""
        values = cell_parameters(self.cell, self.garnet, self.coating)
        inputs = (*self.quantities(), *TEMPERATURES)
        points = {"x_p": 5, "r_p": 5} if self.cell == "full" else None
        return Pair(CLASSES[self.cell](self.options), values, inputs, points)


DIELECTRIC = {"layer permittivity": "dielectric"}
CONSTANT_PHASE = {"double layer": "constant phase", "garnet relaxation": "constant phase"}
BARE = {"buffer layer": "none"}
VOIDS = {"contact loss": "voids"}
VACANCIES = {"contact loss": "vacancies"}
GAPS = {"contact gap": "capacitance"}
CLOSED = {"contact closure": "pressure"}
ALLOY = {"buffer layer": "alloy"}
HOLES = {"coverage": "pinholes"}
BELOW = {"lithium below layer": "plated"}
DISSOLVING = {"layer dissolution": "into lithium"}
KINDS = {
    "symmetric, bare": Kind("symmetric", BARE, "bare"),
    "symmetric, bare, voids": Kind("symmetric", BARE | VOIDS, "bare", "latp"),
    "symmetric, bare, vacancies": Kind("symmetric", BARE | VACANCIES, "bare"),
    "symmetric, bare, gaps, voids": Kind("symmetric", BARE | GAPS | VOIDS, "bare"),
    "symmetric, bare, closed by pressure": Kind("symmetric", BARE | CLOSED, "bare"),
    "symmetric, I2, gaps, dielectric": Kind("symmetric", GAPS | DIELECTRIC, "i2"),
    "symmetric, I2, dielectric": Kind("symmetric", DIELECTRIC, "i2"),
    "symmetric, I2, constant phase": Kind("symmetric", CONSTANT_PHASE, "i2"),
    "symmetric, I2, both": Kind("symmetric", DIELECTRIC | CONSTANT_PHASE, "i2", "lagp"),
    "symmetric, LiZn": Kind("symmetric", {}, "lizn"),
    "symmetric, LiZn, alloy, holes": Kind("symmetric", ALLOY | HOLES, "lizn"),
    "symmetric, 0.5 mol/L, lithium below, dissolving": Kind("symmetric", BELOW | DISSOLVING),
    "symmetric, LiZn, voids": Kind("symmetric", VOIDS, "lizn", "nzsp"),
    "symmetric, 0.1 mol/L, in part, skin": Kind(
        "symmetric", {"coverage": "partial", "surface skin": "dielectric"}, "zni2-0.1"
    ),
    "symmetric, 0.5 mol/L, constant phase": Kind("symmetric", CONSTANT_PHASE),
    "symmetric, 0.5 mol/L, all relaxations": Kind(
        "symmetric", {"garnet permittivity": "bulk and grain boundary"}, garnet="li6ps5cl"
    ),
    "symmetric, 1.0 mol/L, short circuit": Kind(
        "symmetric", {"short circuit": "critical current"}, "zni2-1.0"
    ),
    "symmetric, 1.5 mol/L, leads": Kind("symmetric", {"leads": "series"}, "zni2-1.5"),
    "symmetric, one arc": Kind("symmetric", {"interface": "one arc"}, "interface"),
    "symmetric, two arcs, leads": Kind(
        "symmetric",
        {"interface": "two arcs", "leads": "series", "double layer": "constant phase"},
        *("interface", "unknown-electrolyte"),
    ),
    "full, bare": Kind("full", BARE, "bare"),
    "full, bare, voids": Kind("full", BARE | VOIDS, "bare"),
    "full, I2, vacancies": Kind("full", VACANCIES, "i2"),
    "full, I2, dielectric": Kind("full", DIELECTRIC, "i2"),
    "full, LiZn, alloy, lithium below": Kind("full", ALLOY | BELOW, "lizn"),
    "full, LiZn": Kind("full", {}, "lizn", "latp"),
    "full, 0.5 mol/L": Kind("full"),
    "full, 0.5 mol/L, constant phase": Kind("full", CONSTANT_PHASE),
    **{
        f"blocking, {garnet}": Kind("blocking", garnet=garnet)
        for garnet in ("llzto", "unknown-electrolyte", "nzsp")
    },
    "blocking, peo-litfsi": Kind("blocking", {"garnet permittivity": "bulk"}, garnet="peo-litfsi"),
    "blocking, constant phase, leads": Kind("blocking", CONSTANT_PHASE | {"leads": "series"}),
}


def draw(quantities, values, count, seed):
    """``count`` sets, dict of str to array (count,), and their times (count, T).

    Every prior is taken evenly from its lower to its upper end, on its own scale. Sets of one list
    last equally long.
    """
    random = np.random.default_rng(seed)
    sets = {name: _between(q.prior, random.uniform(size=count)) for name, q in quantities.items()}
    sets |= dict.fromkeys(TEMPERATURES, random.uniform(233.15, 393.15, count))
    sets[CURRENT] = float(values[CURRENT]) * 10 ** random.uniform(-3, 2, count)
    lists = -(-count // LIST)
    durations = 10 ** random.permutation(np.linspace(-9, 9, lists))
    return sets, np.repeat(durations, LIST)[:count, None] * SHARES


def _between(prior, share):
    if prior.scale == "log":
        return prior.lower * (prior.upper / prior.lower) ** share
    return prior.lower + (prior.upper - prior.lower) * share


class Answer(NamedTuple):
    """How a solve ended: "event", "final time", AT_START or a failure; when; V (T,) till then;
    what is said of it."""

    status: str
    t_end: float = np.nan
    voltage: np.ndarray = None
    said: str = ""

    @property
    def failed(self):
        return self.status not in ("event", "final time", AT_START)


def ours(pair, sets, times):
    """Answers of the compiled model at its default tolerances."""
    solution = pair.compiled.solve(sets, times)
    start = "event condition already met at the start"
    return [
        Answer(AT_START if answer[0] == start else answer[0], *answer[1:])
        for answer in zip(
            *(solution.status, solution.t_end, solution[VOLTAGE], solution.termination),
            strict=True,
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

    def answers(self, sets, times, apart):
        """Answers of all sets; those marked in ``apart`` one by one, the others in lists."""
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
    said: str = ""


def judge(mine, oracle, times):
    """The :class:`Verdict` on two answers: only two ends of one kind can agree."""
    if oracle.failed or mine.failed:
        sides = ["ours failed"] if mine.failed else []
        sides += ["IDAKLU failed"] if oracle.failed else []
        return Verdict("; ".join(sides), said=mine.said if mine.failed else oracle.status)
    if mine.status != oracle.status:
        return Verdict(f"differ: {mine.status} and {oracle.status}")
    if mine.status == AT_START:
        return Verdict(AT_START)
    early = times <= EARLY * min(mine.t_end, oracle.t_end)
    early |= (times <= mine.t_end) & (mine.status == "final time")
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
