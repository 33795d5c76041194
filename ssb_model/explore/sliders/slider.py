"""A slider: one quantity of the coating, the garnet, the cathode or the conditions."""

import math
import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ssb_model.constants import ZERO_CELSIUS
from ssb_model.errors import InputError
from ssb_model.library import handy, parse

STEPS = 400  # of a slider, end to end
DIGITS = 3
EXACT = 6  # digits
LONGEST = 48  # characters of a value as written
#: what can be a number with a unit; nothing else is given to the reader of units
_VALUE = re.compile(r"\s*[-+]?[\d.]{1,24}(?:[eE][-+]?\d{1,3})?\s*[\w%°²³⁴⁻¹·/()*.^ -]{0,24}\s*")
Part: TypeAlias = Literal["coating", "garnet", "cathode", "conditions"]


@dataclass(frozen=True)
class Slider:
    """What a slider moves.

    Attributes
    ----------
    name
        As users write it, "layer thickness".
    inputs
        PyBaMM names that it sets.
    part
        Of the cell, or its conditions.
    unit
        SI unit in PyBaMM's notation.
    scale
        Of its positions.
    start, end
        Ends of its range in SI.
    value
        Where it stands before anyone moves it: the most probable value, in SI.
    uncertain
        Whether its value is drawn from a distribution as long as nobody moves it.
    advanced
        Whether it is shown only when asked for.
    """

    name: str
    inputs: tuple[str, ...]
    part: Part
    unit: str
    scale: Literal["log", "linear"]
    start: float
    end: float
    value: float
    uncertain: bool = False
    advanced: bool = False

    def text(self, value: float) -> str:
        """A value in SI as users write it.

        >>> Slider("layer thickness", (), "coating", "m", "log", 1e-8, 1e-5, 2e-7).text(2.5e-7)
        '250 nm'
        """
        return self._written(value, DIGITS)

    def between(self, low: float, high: float) -> str:
        """Two values, the unit once where it is the same.

        >>> Slider("thickness", (), "garnet", "m", "log", 1e-4, 1e-2, 1e-3).between(2e-4, 8e-4)
        '0.2 … 0.8 mm'
        """
        first, last = self.text(low), self.text(high)
        number, _, unit = first.partition(" ")
        return f"{number if last.endswith(f' {unit}') else first} … {last}"

    def exact(self, value: float) -> str:
        """A value in SI as users write it, with more digits than a slider has places."""
        return self._written(value, EXACT)

    def read(self, text: str) -> float:
        """The value in SI of what a user wrote, such as "250 nm".

        Raises
        ------
        InputError
            For a wrong unit, or a value beyond the slider's ends.
        """
        if len(text) > LONGEST or not _VALUE.fullmatch(text):
            example = self.text(self.value)
            raise InputError(
                f"{self.name}: {text!r:.60} is not a number with a unit: write for example "
                f"'{example}'."
            )
        try:
            value = parse(text, self.unit)
        except InputError as error:
            raise InputError(f"{self.name}: {error}") from None
        room = 1e-3 * min(abs(self.end - self.start), abs(value))  # of a number that was rounded
        if not self.start - room <= value <= self.end + room:
            raise InputError(
                f"{self.name} = {text} is beyond the slider's ends, {self.text(self.start)} to "
                f"{self.text(self.end)}."
            )
        return min(max(value, self.start), self.end)

    def position(self, value: float) -> float:
        """Where on the slider a value in SI lies: its decimal logarithm, or itself."""
        return math.log10(value) if self.scale == "log" else value

    def place(self, value: float) -> int:
        """The step from the slider's start at which a value in SI lies, at most ``STEPS``."""
        start, end = self.position(self.start), self.position(self.end)
        return round(STEPS * (self.position(value) - start) / (end - start))

    def _written(self, value: float, digits: int) -> str:
        if self.unit == "K":
            return f"{value - ZERO_CELSIUS:.{digits}g} degC"
        if self.unit == "-":
            return f"{value:.{digits}g}"
        shown, one = handy(value, self.unit)
        return f"{value / one:.{digits}g} {shown}"
