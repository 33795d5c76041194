"""Units as experimenters write them ("ohm cm2", "kJ/mol") to SI in PyBaMM's notation ("Ohm.m2").

Pint does the arithmetic and is imported when a unit is first read. An energy in electronvolts is
one per particle: asked for in J.mol-1 it is multiplied by Avogadro's constant.
"""

import functools
import math
import numbers
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from ssb_model.constants import HOUR
from ssb_model.errors import InputError

if TYPE_CHECKING:
    import pint

_EXAMPLES = {
    "-": "%",
    "m": "um",
    "m2": "cm2",
    "s": "h",
    "K": "degC",
    "V": "mV",
    "Pa": "MPa",
    "Pa-1": "1/MPa",
    "s-1": "1/s",
    "Hz": "kHz",
    "Ohm": "ohm",
    "H": "uH",
    "Ohm.m2": "ohm cm2",
    "Ohm.m4.A-1": "ohm cm4/mA",
    "S.m-1": "mS/cm",
    "A.m-2": "mA/cm2",
    "A.h.m-2": "mAh/cm2",
    "A.kg-1": "mA/g",
    "A.h.kg-1": "mAh/g",
    "J.mol-1": "kJ/mol",
    "F.m-1": "F/cm",
    "F.m-2": "F/cm2",
    "kg.m-2": "mg/cm2",
    "C.m-2": "mAh/cm2",
    "m2.C-1": "cm2/mAh",
    "A.m-2.Pa-1": "mA/cm2/MPa",
    "A.m-2.s0.5": "mA/cm2 h^0.5",
    "Ohm-1.m-2": "1/(ohm cm2)",
    "kg.m-3": "g/cm3",
    "m.s-1": "nm/h",
    "m2.s-1": "cm2/s",
    "m3.mol-1": "cm3/mol",
    "mol.m-3": "mol/L",
}
#: of an SI unit, units as experimenters write them, from the largest down, and how many SI one is
_HANDY = {
    "m": (("mm", 1e-3), ("um", 1e-6), ("nm", 1e-9)),
    "S.m-1": (("S/cm", 1e2), ("mS/cm", 1e-1), ("uS/cm", 1e-4), ("nS/cm", 1e-7)),
    "A.m-2": (("A/cm2", 1e4), ("mA/cm2", 1e1), ("uA/cm2", 1e-2)),
    "Ohm.m2": (("ohm cm2", 1e-4),),
    "Ohm": (("ohm", 1.0),),
    "V": (("V", 1.0), ("mV", 1e-3)),
    "A.h.kg-1": (("mAh/g", 1.0),),
    "H": (("uH", 1e-6),),
    "J.mol-1": (("kJ/mol", 1e3),),
    "m.s-1": (("nm/h", 1e-9 / HOUR),),
    "m2.s-1": (("cm2/s", 1e-4),),
    "mol.m-3": (("mol/L", 1e3),),
    "F.m-2": (("uF/cm2", 1e-2),),
    "F.m-1": (("F/cm", 1e2),),
    "Ohm.m4.A-1": (("ohm cm4/mA", 1e-5),),
    "m2.C-1": (("cm2/mAh", 1e-4 / 3.6),),
    "A.h.m-2": (("mAh/cm2", 1e1),),
    "A.m-2.s0.5": (("mA/cm2 h^0.5", 6e2),),
}
#: what a row of a table gives in its unit
_IN_ITS_UNIT = (
    *("value", "median", "lower95", "upper95", "mean_lower95", "mean_upper95"),
    *("prior_lower95", "prior_upper95", "laplace_lower95", "laplace_upper95"),
)
_NUMBER = re.compile(
    r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)(?![\d._])\s*(.*?)\s*", re.DOTALL
)
# Pint knows a cycle as an angle, so that "%/cycle" would silently be divided by 2 pi; and it works
# out towers of powers, however long that takes.
_REFUSED = re.compile(r"\b(?:cycle|turn|revolution|rpm)s?\b|\d\s*(?:\*\*|\^)|\d{4}")


def to_si(value: float, unit_text: str | None, si_unit: str) -> float:
    """Convert `value` in `unit_text` to `si_unit` (PyBaMM notation; "-" is dimensionless).

    >>> f"{to_si(11, 'ohm cm2', 'Ohm.m2'):.3g}"
    '0.0011'

    Raises InputError if the number is not finite, or the unit missing, unknown or of another
    dimension.
    """
    number = finite(value)
    if not isinstance(unit_text, str) or not unit_text.strip():
        raise InputError(f"the unit is missing: write for example {_example(si_unit)}.")
    if unit_text.strip() == si_unit:
        return number
    return finite(_converted(number, unit_text, si_unit))


def parse(text: str, si_unit: str) -> float:
    """Read "11 ohm cm2" in `si_unit`; a number may stand alone only where `si_unit` is "-".

    >>> f"{parse('0.35 eV', 'J.mol-1'):.0f}"
    '33770'

    Raises InputError as `to_si` does, and where the text does not begin with a number.
    """
    found = _NUMBER.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise InputError(
            f"{text!r:.60} is not a number with a unit: "
            f"write for example '2 {_EXAMPLES.get(si_unit, si_unit)}'."
        )
    unit_text = found[2] or ("1" if si_unit == "-" else "")
    return to_si(float(found[1]), unit_text, si_unit)


def handy(value: float, si_unit: str) -> tuple[str, float]:
    """The unit in which experimenters write `value` [`si_unit`], and how much SI one of it is.

    >>> handy(2.5e-7, "m")
    ('nm', 1e-09)
    """
    units = _HANDY.get(si_unit, ((si_unit, 1.0),))
    least = {"mm": 0.0995, "mS/cm": 0.0995}  # 0.9 mm and 0.55 mS/cm, as pellets are described
    return next((u for u in units if abs(value) >= least.get(u[0], 0.9995) * u[1]), units[-1])


def in_handy_unit(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of a table, its value, interval and prior in the unit that experimenters write.

    >>> in_handy_unit({"value": 3e4, "lower95": 2e4, "unit": "J.mol-1"})
    {'value': 30.0, 'lower95': 20.0, 'unit': 'kJ/mol'}
    """
    unit, one = handy(row["value" if "value" in row else "median"], row["unit"])
    scaled = {key: row[key] / one for key in _IN_ITS_UNIT if key in row}
    return {**row, **scaled, "unit": unit}


def written(value: float, digits: int = 3) -> str:
    """A number with `digits` significant digits, without a power of ten where none is needed.

    >>> written(10.3), written(1173.4), written(2.5e-7)
    ('10.3', '1170', '2.5e-07')
    """
    rounded = float(f"{value:.{digits}g}")
    return f"{rounded:.0f}" if 10**digits <= abs(rounded) < 1e6 else f"{rounded:g}"


def check_unit(unit_text: str) -> None:
    """Raise InputError unless `unit_text` is a unit that `to_si` can read."""
    _unit(unit_text, "write for example 'ohm cm2', 'mAh/g', or '1' for a pure number")


def finite(value: object) -> float:
    """Return `value` as a float. Raises InputError for text, a truth value, nan, or an infinity."""
    real = isinstance(value, numbers.Real) and not isinstance(value, bool)
    try:
        number = float(cast(float, value)) if real else math.nan
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise InputError(f"{value!r:.40} is not a finite number.")
    return number


@functools.lru_cache(maxsize=4096)  # the numbers of a few files, asked for again and again
def _converted(number: float, unit_text: str, si_unit: str) -> float:
    import pint

    cure = f"write for example {_example(si_unit)}"
    quantity = _registry().Quantity(number, _unit(unit_text, cure))
    target = _unit(si_unit, cure)
    if "eV" in unit_text and quantity.check("[energy]") and target.is_compatible_with("J/mol"):
        quantity = quantity * _registry().Quantity(1, "avogadro_constant")
    try:
        return cast(float, quantity.to(target).magnitude)
    except pint.PintError:
        raise InputError(
            f"the unit '{unit_text}' cannot be converted to {_what(si_unit)}: {cure}."
        ) from None


def _what(si_unit: str) -> str:
    return "a pure number" if si_unit == "-" else si_unit


def _example(si_unit: str) -> str:
    return f"'{_EXAMPLES.get(si_unit, si_unit)}'"


@functools.cache
def _registry() -> "pint.UnitRegistry[float]":
    import pint

    return pint.UnitRegistry(autoconvert_offset_to_baseunit=False)


def _unit(unit_text: str, cure: str) -> "pint.Unit":
    """Read a unit with pint, whose parser answers nonsense with a dozen kinds of exception."""
    try:
        if _REFUSED.search(unit_text):
            raise ValueError(unit_text)
        return _registry().parse_units(_pint_spelling(unit_text))
    except Exception:
        raise InputError(f"the unit '{unit_text}' is not known: {cure}.") from None


def _pint_spelling(unit_text: str) -> str:
    """Write products with `*` and exponents with `**`: "S.m-1" becomes "S*m**(-1)"."""
    text = unit_text.strip()
    if text in ("1", "-"):
        return "dimensionless"
    for mark, plain in (
        ("·", " "),
        ("⋅", " "),
        ("−", "-"),
        ("^", "**"),
        ("%", "percent"),
        ("Ohm", "ohm"),
    ):
        text = text.replace(mark, plain)
    text = re.sub(r"\.(?=[^\W\d]|\()", "*", text)
    return re.sub(r"(?<=[^\W\d]|\))([-+]?\d+(?:\.\d+)?)", r"**(\1)", text)
