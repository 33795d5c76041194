"""The numbers that people ask for first, with their intervals, as text."""

from ssb_model.explore import curves
from ssb_model.library import written

CURRENT, RATES = 0.1, (0.1, 1.0)


def numbers_of(found):
    """(name, value, interval) as text, for each number that a curve holds."""
    return _OF.get(type(found), lambda found: [])(found)


def _critical(found):
    told = [
        ("interface resistance", "Ω cm²", found.resistance),
        ("cell resistance", "Ω cm²", found.cell_resistance),
    ]
    if found.current is None:
        return [*map(_text, told), ("critical current", "–", "beyond the forecast")]
    told.append(("critical current, forecast", "mA/cm²", found.current))
    if found.measured is None:
        return [*map(_text, told)]
    measured = ("critical current, measured", f"{written(found.measured)} mA/cm²", "")
    return [*map(_text, told), measured]


def _polarisation(found):
    return [_text((f"polarisation at {CURRENT:g} mA/cm²", "mV", found.at(CURRENT)))]


def _rates(found):
    return [_text((f"capacity at {rate:g}C", "mAh/g", found.at(rate))) for rate in RATES]


def _text(told):
    name, unit, (value, low, high) = told
    return name, f"{written(value)} {unit}", f"{written(low)} … {written(high)}"


_OF = {curves.Critical: _critical, curves.Polarisation: _polarisation, curves.Rates: _rates}
