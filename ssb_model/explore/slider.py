"""A slider: one quantity of the coating, the garnet, the cathode or the conditions."""

import math
from dataclasses import dataclass

from ssb_model.constants import ZERO_CELSIUS
from ssb_model.errors import InputError
from ssb_model.library import handy, parse

STEPS = 400  # of a slider, end to end
DIGITS = 3
EXACT = 6  # digits


@dataclass(frozen=True)
class Slider:
    """What a slider moves.

    Attributes
    ----------
    name : str
        As users write it, "layer thickness".
    inputs : tuple of str
        PyBaMM names that it sets.
    part : str
        "coating", "garnet", "cathode" or "conditions".
    unit : str
        SI unit in PyBaMM's notation.
    scale : str
        "log" or "linear".
    start, end : float
        Ends of its range in SI.
    value : float
        Where it stands before anyone moves it: the most probable value, in SI.
    uncertain : bool
        Whether it is drawn of a distribution as long as nobody moves it.
    advanced : bool
        Whether it is shown only when asked for.
    """

    name: str
    inputs: tuple
    part: str
    unit: str
    scale: str
    start: float
    end: float
    value: float
    uncertain: bool = False
    advanced: bool = False

    def text(self, value):
        """A value in SI as users write it.

        >>> Slider("layer thickness", (), "coating", "m", "log", 1e-8, 1e-5, 2e-7).text(2.5e-7)
        '250 nm'
        """
        return self._written(value, DIGITS)

    def between(self, low, high):
        """Two values, the unit once where it is the same.

        >>> Slider("thickness", (), "garnet", "m", "log", 1e-4, 1e-2, 1e-3).between(2e-4, 8e-4)
        '200 … 800 um'
        """
        first, last = self.text(low), self.text(high)
        number, _, unit = first.partition(" ")
        return f"{number if last.endswith(f' {unit}') else first} … {last}"

    def exact(self, value):
        """A value in SI as users write it, with more digits than a slider has places."""
        return self._written(value, EXACT)

    def read(self, text):
        """The value in SI of what a user wrote, such as "250 nm".

        Raises
        ------
        InputError
            For a wrong unit, or a value beyond the slider's ends.
        """
        try:
            value = parse(text, self.unit)
        except InputError as error:
            raise InputError(f"{self.name}: {error}") from None
        room = 1e-3 * (self.end - self.start)  # of a number that was rounded when written
        if not self.start - room <= value <= self.end + room:
            raise InputError(
                f"{self.name} = {text} is beyond the slider's ends, {self.text(self.start)} to "
                f"{self.text(self.end)}."
            )
        return min(max(value, self.start), self.end)

    def position(self, value):
        """Where on the slider a value in SI lies: its decimal logarithm, or itself."""
        return math.log10(value) if self.scale == "log" else value

    def at(self, position):
        """The value in SI at a position."""
        value = 10**position if self.scale == "log" else position
        return min(max(value, self.start), self.end)

    @property
    def step(self):
        """Between two positions."""
        return (self.position(self.end) - self.position(self.start)) / STEPS

    def _written(self, value, digits):
        if self.unit == "K":
            return f"{value - ZERO_CELSIUS:.{digits}g} degC"
        if self.unit == "-":
            return f"{value:.{digits}g}"
        shown, one = handy(value, self.unit)
        return f"{value / one:.{digits}g} {shown}"
