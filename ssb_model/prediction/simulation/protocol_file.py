"""A protocol as its user writes it: cycles of steps, in the words of PyBaMM's experiments.

::

    cell = "full"
    temperature = "25 degC"

    [[cycles]]
    steps = [
        "Charge at C/10 until 3.8 V",
        "Hold at 3.8 V until C/50",
        "Impedance from 1 MHz to 1 Hz",
        "Discharge at C/10 until 2.5 V",
    ]

    [[cycles]]
    steps = ["Charge at 0.5C until 3.8 V", "Rest for 10 minutes", "Discharge at 0.5C until 2.5 V"]
    repeat = 100

A step is a charge, a discharge, a hold of a voltage, or a rest. Currents are C-rates, in A, mA or
uA, or per area, as mA/cm2; where a step ends is said with "for", "until", or "for 90 hours or until
2.5 V". One that says no time takes what PyBaMM allows it, a day or twice the reciprocal of its
C-rate. An impedance is that of
small signals about the state that the cell has then.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from jaxtyping import Float
from pydantic import Field

from ssb_model.constants import FROM_MA_CM2, ROOM_TEMPERATURE, TO_MA
from ssb_model.errors import InputError
from ssb_model.library import (
    Table,
    parse_positive,
    parse_temperature,
    read_toml,
    refuse_other_kind,
    validated,
)

#: a current in other words than PyBaMM's: per area, or in uA
CURRENT = re.compile(
    r"(?P<number>[\d.]+(?:e[+-]?\d+)?) ?(?P<unit>[uµμm]?A)"
    r"(?P<area> ?/ ?cm(?:\^?2|²)| cm(?:\^?-2|⁻²))?(?![\w/])"
)
MILLIAMPERE = {"A": TO_MA, "mA": 1.0, **dict.fromkeys(("uA", "µA", "μA"), 1 / TO_MA)}
SPECTRUM = re.compile(r"impedance from (.+?) to (.+)", re.IGNORECASE)
POINTS_A_DECADE = 6
MOST_CYCLES = 5000  # of a protocol, which is run step by step


class CyclesTable(Table):
    """``[[cycles]]``."""

    steps: Annotated[list[str], Field(min_length=1)]
    repeat: Annotated[int, Field(ge=1)] = 1


class ProtocolTable(Table):
    """The whole file."""

    file_kind = "protocol"

    cell: Literal["full", "symmetric"] = "full"
    temperature: str = "25 degC"
    cycles: Annotated[list[CyclesTable], Field(min_length=1)]


@dataclass(frozen=True)
class StatedStep:
    """One step.

    Attributes
    ----------
    text
        As it was written.
    frequency
        Of an impedance [Hz], falling; None for a step that takes time.
    """

    text: str
    frequency: tuple[float, ...] | None = None

    @property
    def drives(self) -> bool:
        """Whether current flows in it."""
        return self.frequency is None and not self.text.lower().startswith("rest")

    def words(self, area: float) -> str:
        """In PyBaMM's words, for a cell of ``area`` [m2].

        >>> StatedStep("Charge at 0.5 mA/cm2 for 1 h").words(1e-4)
        'Charge at 0.0005 A for 1 h'
        """

        def in_ampere(found: re.Match[str]) -> str:
            current = float(found["number"]) * MILLIAMPERE[found["unit"]]
            ampere = current * FROM_MA_CM2 * area if found["area"] else current / TO_MA
            return f"{ampere:.10g} A"

        return CURRENT.sub(in_ampere, self.text)

    def voltages(self, area: float) -> list[float]:
        """At which it holds the cell, or ends [V]."""
        import pybamm

        if self.frequency is not None:
            return []
        [step] = pybamm.Experiment([self.words(area)]).steps
        held = [step.value] if isinstance(step, pybamm.step.Voltage) else []
        ends = [end for end in step.termination if isinstance(end, pybamm.step.VoltageTermination)]
        every = (*held, *(end.value for end in ends))
        return [float(V) for V in every if isinstance(V, int | float)]


@dataclass(frozen=True)
class StatedProtocol:
    """Cycles in their order.

    Attributes
    ----------
    name
        Of its file.
    cell
        Type of the cell that follows it.
    blocks
        Steps of a cycle, and how often it is repeated.
    temperature
        Around the cell [K].
    """

    name: str
    cell: Literal["full", "symmetric"]
    blocks: tuple[tuple[tuple[StatedStep, ...], int], ...]
    temperature: float = ROOM_TEMPERATURE

    @property
    def cycles(self) -> list[tuple[StatedStep, ...]]:
        """Steps of every cycle."""
        return [steps for steps, repeat in self.blocks for _ in range(repeat)]

    @property
    def driven(self) -> list[bool]:
        """Whether a cell of each cycle is charged, discharged or held."""
        return [any(step.drives for step in steps) for steps in self.cycles]

    @property
    def unsteady(self) -> list[str]:
        """Impedances that follow a step under current at once."""
        pairs = [pair for steps, _ in self.blocks for pair in pairwise(steps)]
        return [two.text for one, two in pairs if two.frequency and one.drives]

    @property
    def block_of(self) -> list[int]:
        """Which block each cycle belongs to."""
        return [k for k, (_, repeat) in enumerate(self.blocks) for _ in range(repeat)]


def load_protocol(path: str | Path) -> StatedProtocol:
    """The :class:`StatedProtocol` of a file.

    Raises
    ------
    InputError
        One sentence naming the file, the cycle and the step, for what cannot be followed.
    """
    path = Path(path)
    if path.suffix != ".toml":
        refuse_other_kind(path, "protocol")
        raise InputError(f'there is no protocol "{path}": write the path of a protocol\'s .toml.')
    table = validated(ProtocolTable, read_toml(path), path)
    if sum(block.repeat for block in table.cycles) > MOST_CYCLES:
        raise InputError(f"{path}: more than {MOST_CYCLES} cycles: repeat them less often.")
    blocks = []
    for k, block in enumerate(table.cycles):
        steps = [
            _step(text, f"{path}: step {j + 1} of [[cycles]] {k + 1}")
            for j, text in enumerate(block.steps)
        ]
        if all(step.frequency for step in steps):
            raise InputError(f"{path}: [[cycles]] {k + 1} has no step that takes time.")
        blocks.append((tuple(steps), block.repeat))
    T = parse_temperature(table.temperature, f"{path}: temperature")
    return StatedProtocol(path.name, table.cell, tuple(blocks), T)


def _step(text: str, where: str) -> StatedStep:
    """A step from its words."""
    words = " ".join(text.split())
    if found := SPECTRUM.fullmatch(words):
        return StatedStep(words, tuple(_frequencies(found[1], found[2], where).tolist()))
    step = StatedStep(words)
    try:
        _read(step.words(1e-4))
    except ValueError as error:
        reason = str(error).partition(" For example")[0].strip().removesuffix(".")
        raise InputError(
            f'{where}: "{words}" cannot be followed: {reason}. Write '
            '"Charge at C/10 until 3.8 V", "Hold at 3.8 V until C/50", "Rest for 10 minutes", '
            '"Discharge at 0.5 mA/cm2 for 1 hour", or "Impedance from 1 MHz to 1 Hz".'
        ) from None
    return step


def _read(words: str) -> None:
    """ValueError for words that PyBaMM does not understand, or that say no end."""
    import pybamm

    if not re.search(r" (for|until) ", words):
        raise ValueError("it does not say when it ends")
    if re.search(r"(?<![e\d])-\d", words):
        raise ValueError("no number of it may be below zero")
    try:
        [step] = pybamm.Experiment([words]).steps
    except (KeyError, IndexError, TypeError, ArithmeticError) as error:
        raise ValueError(str(error)) from None
    if not words.lower().startswith("rest") and step.value == 0:
        raise ValueError("it has no current: write a rest")


def _frequencies(first: str, last: str, where: str) -> Float[np.ndarray, " frequencies"]:
    high, low = (parse_positive(text, "Hz", where) for text in (first, last))
    if high <= low:
        raise InputError(f"{where}: write the higher frequency first: {first} to {last}.")
    decades = np.log10(high / low)
    return np.geomspace(high, low, max(2, round(POINTS_A_DECADE * decades) + 1))
