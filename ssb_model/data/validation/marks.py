"""A model's processes beside the peaks that a measured spectrum shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssb_model.data.validation.capacitance import capacitance_classes
from ssb_model.data.validation.peaks import Peak
from ssb_model.data.validation.relaxation import Relaxation
from ssb_model.errors import InputError
from ssb_model.library import one_positive

if TYPE_CHECKING:
    from matplotlib.figure import Figure

REACH = 10.0  # a process further than this factor from every peak's time constant has none


@dataclass(frozen=True)
class Mark:
    """One process of a model.

    Attributes
    ----------
    name
        That the model gives it.
    resistance
        Ohm.
    tau
        Time constant [s].
    peak
        Where the spectrum may show it.
    """

    name: str
    resistance: float
    tau: float
    peak: Peak | None


@dataclass(frozen=True, eq=False)
class Comparison:
    """Peaks and processes side by side.

    Attributes
    ----------
    relaxation
        The distribution with its peaks.
    marks
        The processes of the model.
    classes
        For each firm peak the processes that its capacitance allows; empty without an area.
    """

    relaxation: Relaxation
    marks: tuple[Mark, ...]
    classes: tuple[tuple[str, ...], ...]

    def at(self, peak: Peak | None) -> tuple[Mark, ...]:
        """The processes beside one peak."""
        return tuple(mark for mark in self.marks if mark.peak is peak)

    def summary(self) -> str:
        """Each peak with its processes, then the processes without a peak."""
        pairs = zip(self.relaxation.peaks, self.classes, strict=True)
        lines = [
            f"- {peak.sentence()}{self._beside(peak)}{_allowed(names)}" for peak, names in pairs
        ]
        lines += [
            f"- {mark.name}, {mark.resistance:.3g} Ohm at {mark.tau:.3g} s: no peak within a "
            f"factor {REACH:g}."
            for mark in self.at(None)
        ]
        return "\n".join(lines)

    def figure(self) -> "Figure":
        """The distribution with the processes marked."""
        from ssb_model.data.validation.relaxation_figure import draw_relaxation

        return draw_relaxation(self.relaxation, self)

    def _beside(self, peak: Peak) -> str:
        marks = self.at(peak)
        if not marks:
            return " No process of the model."
        total = sum(mark.resistance for mark in marks)
        listed = ", ".join(f"{m.name} ({m.resistance:.3g} Ohm at {m.tau:.3g} s)" for m in marks)
        ratio = f"; {total / peak.resistance:.3g} times the peak's resistance" if peak.firm else ""
        return f" Model: {listed}{ratio}."


def mark_processes(
    relaxation: Relaxation,
    processes: Mapping[str, tuple[float, float]],
    *,
    area: float | None = None,
    thickness: float | None = None,
) -> Comparison:
    """Put the processes of a model beside the peaks of a spectrum.

    A process goes to the peak nearest in ln(tau), within a factor of :data:`REACH`; several may
    share one, for arcs closer than about a decade cannot be separated.

    Parameters
    ----------
    relaxation
        The distribution with its peaks.
    processes
        Name -> resistance [Ohm], time constant [s].
    area
        Of the cell [m2]; with it every peak names the processes that its capacitance allows.
    thickness
        Of the pellet [m].

    Raises
    ------
    InputError
        For a resistance, time constant, area or thickness that is not positive.
    """
    marks = tuple(_mark(relaxation.peaks, name, pair) for name, pair in processes.items())
    if area is None:
        classes = ((),) * len(relaxation.peaks)
    else:
        classes = tuple(
            capacitance_classes(peak.capacitance, area, thickness) if peak.firm else ()
            for peak in relaxation.peaks
        )
    return Comparison(relaxation, marks, classes)


def _mark(peaks: Sequence[Peak], name: str, pair: Sequence[float]) -> Mark:
    try:
        resistance, tau = pair
    except (TypeError, ValueError) as error:
        raise InputError(
            f"Process '{name}' must be a pair of numbers (resistance [Ohm], time constant [s]), "
            f"not {pair!r}."
        ) from error
    resistance = one_positive(resistance, f"resistance of process '{name}'", "Ohm")
    tau = one_positive(tau, f"time constant of process '{name}'", "s")
    near = min(peaks, key=lambda peak: abs(np.log(peak.tau / tau)), default=None)
    if near is not None and abs(np.log(near.tau / tau)) > np.log(REACH):
        near = None
    return Mark(name, resistance, tau, near)


def _allowed(names: Sequence[str]) -> str:
    return f" Its capacitance allows: {' or '.join(names)} (assumed decades)." if names else ""
