"""Synthetic records of cycling, with what each half cycle moves known; none was measured.

The full cell has 3.5 V charged and 3.2 V discharged, at rest. A current begins there, off by its
resistance, and the voltage goes in a straight line to the cut-off.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from ssb_model.data import CyclingData

CHARGED, EMPTY, UPPER, LOWER = 3.5, 3.2, 4.1, 2.5  # V
OHM = 400.0  # ohm
Sampling = Literal["begins", "ends", "clock"]
LAYOUTS = ("LAND", "Neware CSV", "Arbin", "BioLogic text", "Battery Data Format")


@dataclass(frozen=True)
class Step:
    """A current [A], positive on discharge, that falls by e in ``falls`` [s]; voltage from, to."""

    current: float
    duration: float
    voltage: tuple[float, float]
    falls: float = np.inf
    cycle: int = 1

    def at(self, t):
        """Current [A] and voltage [V] at times [s] from its beginning."""
        begin, end = self.voltage
        return self.current * np.exp(-t / self.falls), begin + (end - begin) * t / self.duration

    def moved(self, t):
        """Charge [A.h] that flowed up to times [s] from its beginning, positive on discharge."""
        if np.isinf(self.falls):
            return self.current * t / 3600
        return self.current * self.falls * (1 - np.exp(-t / self.falls)) / 3600


def rest(voltage: float, duration: float = 600.0, cycle: int = 1) -> Step:
    """No current."""
    return Step(0.0, duration, (voltage, voltage), cycle=cycle)


def charge(current: float, capacity: float, cycle: int = 1, part: float = 1.0) -> Step:
    """A ``part`` of a charge of ``capacity`` [A.h] at constant current, to the cut-off if whole."""
    begin = EMPTY + OHM * current
    end = begin + part * (UPPER - begin)
    return Step(-current, part * 3600 * capacity / current, (begin, end), cycle=cycle)


def held(current: float, falls: float, cycle: int = 1) -> Step:
    """The voltage held at the upper cut-off until the current is a twentieth."""
    return Step(-current, falls * np.log(20), (UPPER, UPPER), falls, cycle)


def discharge(current: float, capacity: float, cycle: int = 1, part: float = 1.0) -> Step:
    """A ``part`` of a discharge of ``capacity`` [A.h] at constant current."""
    begin = CHARGED - OHM * current
    end = begin + part * (LOWER - begin)
    return Step(current, part * 3600 * capacity / current, (begin, end), cycle=cycle)


def cycled(
    currents: Sequence[float | tuple[float, float]], capacities: Sequence[float], falls: float = 0.0
) -> list[Step]:
    """Cycles of charge and discharge [A.h] at currents [A], one or two each, with rests between.

    A charge moves 1 % more than the discharge after it; ``falls`` is that of a held voltage.
    """
    steps = [rest(EMPTY)]
    for number, (current, capacity) in enumerate(zip(currents, capacities, strict=True), 1):
        up, down = current if isinstance(current, tuple) else (current, current)
        steps += [charge(up, 1.01 * capacity, number)]
        steps += [held(up, falls, number)] if falls else []
        steps += [rest(CHARGED, cycle=number), discharge(down, capacity, number)]
        steps += [rest(EMPTY, cycle=number)]
    return steps


def symmetric(J: Sequence[float], area: float, ohm_cm2: float, hour: float = 1.0) -> list[Step]:
    """A symmetric cell of a constant resistance, half cycles of ``hour``; J in mA/cm2."""
    steps = []
    for number, one in enumerate(J, 1):
        for sign in (1, -1):
            V = sign * one * 1e-3 * ohm_cm2
            steps.append(Step(sign * one * 1e-3 * area, 3600 * hour, (V, V), cycle=number))
            steps.append(rest(0.0, 60.0, number))
    return [rest(0.0), *steps]


def times(step: Step, start: float, every: float, sampling: Sampling) -> np.ndarray:
    """Times [s] of a step's samples from its beginning.

    "begins" has one at the switch and one at the end, "ends" none at the switch, and "clock" those
    of a clock that knows nothing of switches.
    """
    if sampling == "clock":
        first, last = np.ceil(start / every), np.ceil((start + step.duration) / every - 1e-9)
        return every * np.arange(first, last) - start
    t = np.append(np.arange(0.0, step.duration - 1e-6, every), step.duration)
    return t if sampling == "begins" else t[1:]


def sampled(
    steps: Sequence[Step], every: float = 30.0, sampling: Sampling = "begins"
) -> dict[str, np.ndarray]:
    """Columns of a record, and what counters hold: since the test's, and the step's, beginning."""
    rows, start, passed = [], 0.0, 0.0
    for number, step in enumerate(steps, 1):
        t = times(step, start, every, sampling)
        moved = step.moved(t)
        in_step = [passed + moved, moved, np.full(len(t), step.cycle), np.full(len(t), number)]
        rows.append([start + t, *step.at(t), *in_step])
        start, passed = start + step.duration, passed + step.moved(step.duration)
    columns = (np.concatenate(column) for column in zip(*rows, strict=True))
    names = ("time", "current", "voltage", "net", "in step", "cycle", "step")
    return dict(zip(names, columns, strict=True))


def recorded(
    steps: Sequence[Step], every: float = 30.0, sampling: Sampling = "begins", noise: float = 0.0
) -> CyclingData:
    """The record of an instrument that counts neither cycles nor charge; noise of its current."""
    made = sampled(steps, every, sampling)
    scatter = 1 + noise * np.random.default_rng(3).normal(size=len(made["time"]))
    return CyclingData(
        name="made",
        path=Path("made.csv"),
        sha256="",
        metadata={},
        notes=(),
        time=made["time"],
        current=made["current"] * scatter,
        voltage=made["voltage"],
    )


def exported(form: str, steps: Sequence[Step], every: float = 30.0) -> str:
    """The record as a cycler of this format writes it, with that cycler's own counters."""
    made = sampled(steps, every)
    t, mA, V = made["time"], -1e3 * made["current"], made["voltage"]
    net, in_step = -1e3 * made["net"], 1e3 * np.abs(made["in step"])
    up, down = (np.where(sign * mA > 0, in_step, 0.0) for sign in (1, -1))
    clock = [f"{int(x // 3600)}:{int(x // 60 % 60):02}:{x % 60:06.3f}" for x in t]
    kind = np.select([mA > 0, mA < 0], ["CC Chg", "CC DChg"], "Rest")
    both = {"cycle": made["cycle"], "step": made["step"]}
    columns, above, separator = {
        "LAND": (
            {"TestTime/Sec.": t, "Cycle-Index": both["cycle"], "Step-Index": both["step"]}
            | {"Voltage/V": V, "Current/mA": mA, "Capacity/mAh": in_step},
            "",
            "\t",
        ),
        "Neware CSV": (
            {"Cycle Index": both["cycle"], "Step Index": both["step"], "Step Type": kind}
            | {"Total Time": clock, "Current(mA)": np.abs(mA), "Voltage(V)": V}
            | {"Chg. Cap.(mAh)": up, "DChg. Cap.(mAh)": down},
            "",
            ",",
        ),
        "Arbin": (
            {"Test_Time(s)": t, "Step_Index": both["step"], "Cycle_Index": both["cycle"]}
            | {"Current(A)": 1e-3 * mA, "Voltage(V)": V}
            | {"Charge_Capacity(Ah)": 1e-3 * _since_the_beginning(up, made["step"])}
            | {"Discharge_Capacity(Ah)": 1e-3 * _since_the_beginning(down, made["step"])},
            "",
            ",",
        ),
        "BioLogic text": (
            {"time/s": t, "Ns": both["step"], "cycle number": both["cycle"] - 1, "I/mA": mA}
            | {"Ecell/V": V, "(Q-Qo)/mA.h": net},
            "BT-Lab ASCII FILE\nNb header lines : 3\n",
            "\t",
        ),
        "Battery Data Format": (
            {"Test Time / s": t, "Current / A": 1e-3 * mA, "Voltage / V": V}
            | {"Cycle Count / 1": both["cycle"], "Net Capacity / Ah": 1e-3 * net},
            "",
            ",",
        ),
    }[form]
    rows = zip(*columns.values(), strict=True)
    lines = (separator.join(c if isinstance(c, str) else f"{c:.10g}" for c in row) for row in rows)
    return above + "\n".join([separator.join(columns), *lines]) + "\n"


def _since_the_beginning(in_step: np.ndarray, step: np.ndarray) -> np.ndarray:
    """A counter that begins anew at each step, as one that never does."""
    ends = np.flatnonzero(np.diff(step)) + 1
    before = np.cumsum([0.0, *in_step[ends - 1]])
    return in_step + before[np.searchsorted(ends, np.arange(len(step)), side="right")]
