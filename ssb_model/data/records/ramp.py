"""The critical current in a recorded ramp: the last step without a failure, the first with one.

At a set current a healthy cell's resistance V/I is charged soon after each switch and then drifts.
Three things betray a short circuit: a sudden fall while nothing was switched; a slow fall to less
than `SLOW` of what the same half cycle had; a resistance well below that of the half cycles before,
in the same direction. A voltage that is smaller at a larger current is a short whatever the contact
does: charge transfer bends the curve of a cell and never turns it down. The other failure is a
voltage that runs away and does not come back: lithium is stripped faster than it reaches the
contact, and voids open it.

A fall has to last `WHOLE` samples (hundredths of a half cycle that has many); fewer are a spike.
Rests have no resistance and are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from jaxtyping import Float
from scipy.ndimage import median_filter

from ssb_model.constants import HOUR, TO_MA
from ssb_model.data.records.pieces import WHOLE, Piece, pieces_of, steps_of
from ssb_model.errors import InputError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ssb_model.data.datasets import CyclingData

Failure = Literal["none", "soft short", "hard short", "open circuit"]
Samples = Float[np.ndarray, " samples"]

FALLEN = 0.85  # of the samples just before, at the same current: a sudden fall
SLOW = 0.5  # of the largest that the half cycle had
HARD = 0.2  # of the resistance before: a hard short below it, a soft one above
AT_MOST, AT_LEAST = 0.8, 0.65  # of the half cycles before: the limit below which one is shorted
CURVED = 0.95  # of the voltage before: below it, at a larger current, a short
OTHER_WAY = 0.6  # of the half cycles in the other direction, where none is in the same
OPEN = 3.0  # times the voltage that the resistance before would give
LIMIT = 0.98  # of the record's largest voltage: there the instrument holds it
WINDOW = 0.05  # of a half cycle: the samples just before
CLEAR = 3.5  # times the scatter of single blocks
SEEN = 5e-4  # V: a smaller change of voltage betrays nothing
BLOCKS = 100  # into which a half cycle of many samples is put together, each by its median
UNSTEADY = 0.2  # of a current: a larger change within a step makes it a sweep
SPIKES = {9: 5, 5: 3}  # blocks of a half cycle: those in the running median that takes out spikes
BEGUN = 0.95  # of the half cycle: a fall at its end that the next one confirms
CHARGED = 1.1  # times the limit: above it a half cycle is charged
LEVEL = 0.2  # quantile of a half cycle's resistance that stands for it
REMEMBERED = 3  # half cycles
ALIKE = 0.01  # of a current: half cycles of one step


@dataclass(frozen=True)
class RampReading:
    """What a recorded ramp says.

    Attributes
    ----------
    last_safe
        Current of the last step that was whole [A]; None if the first one failed.
    first_failed
        Current of the step that failed [A]; None if none did.
    failure
        What happened.
    time
        When it began [s], on the record's own clock.
    recovered
        Whether the resistance came back while that step lasted.
    """

    last_safe: float | None
    first_failed: float | None
    failure: Failure = "none"
    time: float | None = None
    recovered: bool = False

    def __str__(self) -> str:
        if self.time is None or self.first_failed is None:
            return f"no failure up to {TO_MA * (self.last_safe or 0.0):.4g} mA"
        safe = "none" if self.last_safe is None else f"{TO_MA * self.last_safe:.4g} mA"
        return (
            f"last safe {safe}, first failed {TO_MA * self.first_failed:.4g} mA "
            f"({self.failure} at {self.time / HOUR:.3g} h{', recovered' * self.recovered})"
        )

    def plot(self, record: CyclingData) -> Figure:
        """Voltage and current of the record, the step that failed shaded, its moment marked."""
        from ssb_model.data.plot import draw_ramp

        return draw_ramp(record, self)


def read_ramp(record: CyclingData) -> RampReading:
    """Read the last safe and the first failed step off the record of a ramp.

    Raises
    ------
    InputError
        If the current does not rise in steps.
    """
    pieces = pieces_of(record.current)
    steps = steps_of(pieces)
    size = np.array([max(abs(p.current) for p in pieces[b:e]) for b, e in steps])
    longest = max(pieces, key=lambda p: p.end - p.begin, default=Piece(0, 0, 0.0))
    within = record.current[longest.begin : longest.end]
    if len(within) and (len(within) < WHOLE or np.ptp(within) > UNSTEADY * abs(longest.current)):
        raise InputError(
            f"{record.name} is no ramp of steps: its current changes from sample to sample."
        )
    if len(size) < 2:
        raise InputError(f"{record.name} is no ramp: its current has one size only.")
    watch = _Watch(record)
    for begin, end in steps:
        row = watch.over(pieces[begin:end], pieces[end:])
        if row is None:
            continue
        step = sum(pieces[later].begin <= row for later, _ in steps) - 1
        # A short in a step that comes after a larger one is the larger one's.
        at = size[: step + 1].max()
        lower = size[:step][size[:step] < at]
        return RampReading(
            float(lower.max()) if lower.size else None,
            float(at),
            watch.failure,
            float(record.time[row]),
            watch.recovered,
        )
    return RampReading(float(size.max()), None)


@dataclass(frozen=True)
class _HalfCycle:
    """Resistance V/I of a piece [ohm], spikes taken out, block by block.

    Attributes
    ----------
    row
        Of the record, at which each block begins.
    R
        Ohm.
    scatter
        Of single blocks [ohm].
    """

    current: float
    row: np.ndarray
    R: Samples
    scatter: float

    @classmethod
    def of(cls, record: CyclingData, piece: Piece) -> _HalfCycle:
        """A half cycle of a record."""
        rows = np.arange(piece.begin, piece.end)
        raw = record.voltage[rows] / piece.current
        # The sign of current is the file's to choose: resistances are positive.
        raw = raw * (np.sign(np.median(raw)) or 1.0)
        many = max(1, len(rows) // BLOCKS)
        parts = np.array_split(np.arange(len(rows)), -(-len(rows) // many))
        R = np.array([np.median(raw[part]) for part in parts])
        change = np.abs(np.diff(R))
        scatter = float(1.4826 * np.median(change) / np.sqrt(2)) if change.size else 0.0
        size = next((size for least, size in SPIKES.items() if len(R) >= least), 1)
        smooth = median_filter(R, size, mode="nearest")
        return cls(piece.current, rows[[part[0] for part in parts]], smooth, scatter)

    @property
    def clear(self) -> float:
        """The least change that is seen [ohm]."""
        return max(CLEAR * self.scatter, SEEN / abs(self.current))

    def charged(self, limit: float) -> int:
        """First block after the rise that follows a switch.

        A cell that charges rises less and less; one that recovers from a short jumps at the end.
        """
        R = self.R
        enough = CHARGED * limit if limit else AT_MOST * np.quantile(R, 1 - LEVEL)
        reached = np.flatnonzero(enough <= R)
        first = int(reached[0]) if reached.size else len(R)
        if first < WHOLE:
            return first if first < len(R) else 0
        if limit and 2 * first > len(R):
            return 0
        rise = np.diff(R[: first + 1])
        early, late = np.array_split(rise, 2)
        falls_off = early.mean() > late.mean() and early.max() > late.max() - self.scatter
        return first if falls_off else 0

    def just_before(self, begin: int) -> Samples:
        """Median of the blocks just before each; 0 for the first ones, before which none is."""
        size = max(SPIKES[9], int(WINDOW * len(self.R)))
        before = np.zeros(len(self.R))
        for k in range(begin + WHOLE, len(self.R)):
            before[k] = np.median(self.R[max(k - size, begin) : k])
        return before


@dataclass(frozen=True)
class _Level:
    """Resistance [ohm] that a healthy half cycle had at its current [A]."""

    current: float
    resistance: float


class _Watch:
    """What the half cycles of a ramp had so far, and whether one of them betrays a failure."""

    def __init__(self, record: CyclingData) -> None:
        self.record = record
        self.voltage = median_filter(np.abs(record.voltage), 3, mode="nearest")
        self.levels: list[_Level] = []
        self.low: list[int] = []  # rows of the fall that is going on
        self.begun: int | None = None  # where the last half cycle began to fall at its end
        self.failure: Failure = "none"
        self.recovered = False

    def over(self, pieces: list[Piece], later: list[Piece]) -> int | None:
        """Row at which a step fails, if it does."""
        for k, piece in enumerate(pieces):
            half = _HalfCycle.of(self.record, piece)
            usual, limit = self._usual(piece)
            begin = 0 if self.low else half.charged(limit)
            after = [*pieces[k + 1 :], *later]
            short = self._shorted(half, begin, limit, last=not after)
            opened = self._opened(piece, half.R, usual, after)
            if short is not None and (opened is None or short < opened):
                before = float(np.max(half.R)) if usual is None else usual
                self._judge(half, short, before, pieces[k + 1 :])
                return short
            if opened is not None:
                self.failure = "open circuit"
                return opened
            self.levels.append(_Level(piece.current, float(np.quantile(half.R[begin:], LEVEL))))
            self.begun = _begun(half, begin)
        return None

    def _usual(self, piece: Piece) -> tuple[float | None, float]:
        """Resistance of the half cycles before, and the limit below which this one is shorted."""
        same = [one for one in self.levels if one.current * piece.current > 0]
        known = same or self.levels
        if not known:
            return None, 0.0
        of_step = [one for one in known if np.isclose(one.current, known[-1].current, rtol=ALIKE)]
        usual = float(np.median([one.resistance for one in of_step[-REMEMBERED:]]))
        if not same:
            return usual, OTHER_WAY * usual
        smaller = min(abs(same[-1].current / piece.current), 1.0)
        share = np.clip(CURVED * smaller, min(AT_LEAST, 2 * AT_LEAST * smaller), AT_MOST)
        return usual, float(share) * usual

    def _shorted(self, half: _HalfCycle, begin: int, limit: float, last: bool) -> int | None:
        """Row at which a fall begins that lasts, or with which the record ends."""
        before = half.just_before(begin)
        largest = np.maximum.accumulate(before)
        low = (FALLEN * before > half.R) & (before - half.R > half.clear)
        low |= (SLOW * largest > half.R) & (largest - half.R > half.clear)
        low |= min(limit, limit / AT_MOST - half.clear) > half.R
        low[:begin] = False
        for row, fallen in zip(half.row, low, strict=True):
            self.low = [*self.low, int(row)] if fallen else []
            if len(self.low) >= WHOLE:
                first = self.low[0]
                at_once = first <= half.row[begin] and self.begun is not None
                return self.begun if at_once else first
        # A test that stops when the cell shorts has few samples of the short.
        return self.low[0] if last and self.low else None

    def _opened(
        self, piece: Piece, R: Samples, usual: float | None, later: list[Piece]
    ) -> int | None:
        """Row at which the voltage runs away for good: to the instrument's limit or to the end."""
        settled = float(np.quantile(R, LEVEL)) if usual is None else usual
        V = self.voltage[piece.begin : later[0].begin if later else None]
        away = np.maximum(OPEN * settled * abs(piece.current), SEEN) < V
        if not (away.sum() >= WHOLE or away[-2:].all()):
            return None
        limit = LIMIT * self.voltage.max()
        stays = all(
            np.median(V) > min(limit, OPEN * settled * abs(one.current))
            for one in later
            if one.current * piece.current > 0
            for V in [self.voltage[(one.begin + one.end) // 2 : one.end]]
        )
        held = (V[away] > limit).sum() >= WHOLE
        return piece.begin + int(np.flatnonzero(away)[0]) if held or stays else None

    def _judge(self, half: _HalfCycle, row: int, before: float, later: list[Piece]) -> None:
        """Say how hard a short is, and whether the resistance came back while the step lasted."""
        parts = [half.R[half.row >= row], *(_HalfCycle.of(self.record, one).R for one in later)]
        after = np.concatenate(parts)
        self.failure = "hard short" if after.min() < HARD * before else "soft short"
        low = np.flatnonzero(after < FALLEN * before)
        self.recovered = bool(low.size and (after[low[0] :] >= FALLEN * before).sum() >= WHOLE)


def _begun(half: _HalfCycle, begin: int) -> int | None:
    """Row at which a half cycle falls a little at its very end, if it does."""
    level = float(np.median(half.R[begin:]))
    falls = (BEGUN * level > half.R) & (level - half.R > half.scatter)
    whole = np.flatnonzero(~falls)
    first = int(whole[-1]) + 1 if whole.size else len(half.R)
    return int(half.row[first]) if first < len(half.R) else None
