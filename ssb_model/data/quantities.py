"""The quantities that measured columns hold, and their units.

A reader's table says `"I/*": "current"`: the header's name, `*` where it writes its unit, and our
quantity; `"Z'(a)": "real [Ohm]"` where the format fixes the unit and the header does not tell it.
"""

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from ssb_model.errors import InputError
from ssb_model.library import to_si

IMPEDANCE = {
    "frequency": "Hz",
    "real": "Ohm",
    "imaginary": "Ohm",
    "minus imaginary": "Ohm",
    "modulus": "Ohm",
    "phase": "rad",
    "minus phase": "rad",
    "cycle": "-",
}
CYCLING = {
    "time": "s",
    "current": "A",
    "voltage": "V",
    "capacity": "A.h",
    "charge capacity": "A.h",
    "discharge capacity": "A.h",
    "cycle": "-",
    "step": "-",
    "temperature": "K",
}
#: the number of a row, which shows lost rows and is in no dataset
RECORD = {"record": "-"}
SI_UNITS = IMPEDANCE | CYCLING | RECORD
CARTESIAN = frozenset({"real", "imaginary", "minus imaginary"})
POLAR = frozenset({"modulus", "phase", "minus phase"})
OF_IMPEDANCE = frozenset(IMPEDANCE) - frozenset(CYCLING) - {"frequency"}

# Spellings of headers that a library of units reads otherwise or not at all.
_SPELLINGS = {
    "C": "degC",
    "°C": "degC",
    "℃": "degC",
    "*C": "degC",
    "Sec": "s",
    "Sec.": "s",
    "sec": "s",
    "Seconds": "s",
    "Hours": "h",
    "hours": "h",
    "Minutes": "min",
    "Min": "min",
    "uA": "µA",
    "Deg": "deg",
    "degrees": "deg",
    "Degrees": "deg",
    "Hertz": "Hz",
    "Ohms": "ohm",
    "OHM": "ohm",
    "Amps": "A",
    "Volts": "V",
}
CLOCK = "h:min:s"
CLOCKS = (CLOCK, "h:min:s.ms", "hh:mm:ss")
#: for an example, where a unit is asked for
EXAMPLE_UNITS = {
    "frequency": "Hz",
    "real": "ohm",
    "imaginary": "ohm",
    "minus imaginary": "ohm",
    "modulus": "ohm",
    "phase": "deg",
    "minus phase": "deg",
    "time": "s",
    "current": "mA",
    "voltage": "V",
    "capacity": "mAh",
    "charge capacity": "mAh",
    "discharge capacity": "mAh",
    "temperature": "degC",
}
WHOLE = frozenset({"cycle", "step", "record"})
#: units in which a quantity may be given for an area of the cell
PER_AREA = (
    dict.fromkeys(("real", "imaginary", "minus imaginary", "modulus"), "Ohm.m2")
    | dict.fromkeys(("capacity", "charge capacity", "discharge capacity"), "A.h.m-2")
    | {"current": "A.m-2"}
)


@dataclass(frozen=True)
class Column:
    """One column that is understood: place, header, quantity, and unit ("" without one)."""

    index: int
    header: str
    quantity: str
    unit: str


def spelled(unit: str, quantity: str) -> str:
    """Write a header's unit as `ssb_model.library.units` reads it; C is a unit of charge there."""
    unit = unit.strip()
    if unit == "C" and quantity != "temperature":
        return unit
    return _SPELLINGS.get(unit, unit)


def is_per_area(unit: str, quantity: str) -> bool:
    """Whether a unit is that of a quantity per area of the cell (times area, for an impedance)."""
    if quantity not in PER_AREA:
        return False
    try:
        to_si(1.0, unit, PER_AREA[quantity])
    except InputError:
        return False
    return True


def in_si(values: np.ndarray, unit: str, quantity: str, area: float | None = None) -> np.ndarray:
    """Convert `values` of a `quantity` from `unit` to SI; the unit may have an offset, like degC.

    With the cell's `area` [m2] the unit may be one per area.

    Raises InputError if the unit is unknown or of another dimension.
    """
    si_unit, unit = SI_UNITS[quantity], spelled(unit, quantity)
    if area is not None and is_per_area(unit, quantity):
        factor = to_si(1.0, unit, PER_AREA[quantity])
        return values * (factor / area if PER_AREA[quantity] == "Ohm.m2" else factor * area)
    if unit == si_unit:
        return values
    if quantity == "frequency" and "rad" in unit:
        return values * to_si(1.0, unit, si_unit) / (2 * np.pi)  # units of angle have no dimension
    zero = to_si(0.0, unit, si_unit)
    return values * (to_si(1.0, unit, si_unit) - zero) + zero


_HEADER = re.compile(
    r"(?P<name>.*?[^\s/(\[,])\s*(?:/\s*(?P<a>[^/\s].*)|[(](?P<b>[^()]*)[)]|[\[](?P<c>[^\]]*)[\]])"
)


LONGEST_NAME = 200  # characters; a longer header is no name
_ARGUMENTS = ("Z", "z", "Y", "y", "f")  # "Re(Z)" is a name, "Z (ohm)" a name and a unit


def name_and_unit(header: str) -> tuple[str, str]:
    """Part a header into name and unit ("" if it tells none).

    >>> name_and_unit("Re(Z)/Ohm"), name_and_unit("Z'' (ohm)"), name_and_unit("|Z|")
    (('Re(Z)', 'Ohm'), ("Z''", 'ohm'), ('|Z|', ''))
    """
    match = _HEADER.fullmatch(header.strip()) if len(header) <= LONGEST_NAME else None
    if match is None or match["b"] in _ARGUMENTS:
        return header.strip(), ""
    return match["name"], match["a"] or match["b"] or match["c"] or ""


def by_table(headers: Iterable[str], table: Mapping[str, str]) -> tuple[Column, ...]:
    """The columns that a reader's `table` knows; of two for one quantity, the table's first."""
    headers, found = list(headers), {}
    spaced = [" ".join(header.split()) if len(header) <= LONGEST_NAME else "" for header in headers]
    for pattern, meaning in table.items():
        quantity, _, fixed = meaning.removesuffix("]").partition(" [")
        for index, (header, name) in enumerate(zip(headers, spaced, strict=True)):
            match = _pattern(pattern).fullmatch(name)
            if match and quantity not in found:
                unit = fixed or match.groupdict().get("unit", "")
                found[quantity] = Column(index, header, quantity, unit)
    return tuple(found.values())


@functools.cache
def _pattern(pattern: str) -> re.Pattern[str]:
    # "Q charge/discharge/mA.h" is no charge in the unit "discharge/mA.h".
    escaped = re.escape(pattern).replace(r"\*", "(?P<unit>(?!discharge/).+)")
    return re.compile(escaped, re.IGNORECASE)
