"""The sliders of a coating in its cell: which quantities, and how far they go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal

from ssb_model.constants import ZERO_CELSIUS
from ssb_model.explore.sliders.slider import Part, Slider
from ssb_model.measurements import CYCLES, TEMPERATURE
from ssb_model.prediction import FACE, face_quantities

if TYPE_CHECKING:
    from ssb_model.library import Quantity
    from ssb_model.prediction import CoatedCells, Coating, PredictionCell

#: what is moved first; the rest is behind "more"
FIRST = (
    "layer thickness",
    "layer ionic conductivity",
    "layer electronic conductivity",
    "exchange-current density",
    "contact fraction",
    "contact spacing",
)
REACH = 0.5  # decades beyond what is believed, either way
FREE = 1.5  # decades about the value itself, however well it is known
#: what is worth trying below what is believed
LOWEST = {"contact fraction": 1e-3}
CONDITIONS = (
    Slider(
        "temperature",
        (TEMPERATURE,),
        "conditions",
        "K",
        "linear",
        ZERO_CELSIUS,
        ZERO_CELSIUS + 100,
        ZERO_CELSIUS + 25,
    ),
    Slider("cycles before", (CYCLES,), "conditions", "-", "linear", 0.0, 500.0, 0.0),
)


def sliders_of(
    coating: Coating, cell: PredictionCell, cells: CoatedCells, base: Mapping[str, float]
) -> dict[str, Slider]:
    """All sliders by name.

    Parameters
    ----------
    coating, cell
        As their files state them.
    cells
        The two simulated cells.
    base
        Most probable values by PyBaMM name.
    """
    face = [
        _slider(name, (name,), "coating", quantity, base[name])
        for name, quantity in face_quantities(coating, cells).items()
    ]
    of_cell = cells.cells["full"].quantities | cells.cells["symmetric"].quantities
    own = [
        _slider(names[0], names, _part(names[0]), of_cell[names[0]], base[names[0]], uncertain=True)
        for names in cell.inputs.values()
    ]
    sliders = [*sorted(face, key=_order), *own, *CONDITIONS]
    return {slider.name: slider for slider in sliders}


def _slider(
    name: str,
    inputs: Iterable[str],
    part: Part,
    quantity: Quantity,
    value: float,
    uncertain: bool = False,
) -> Slider:
    short = _short(name)
    scale = "linear" if quantity.known.scale == "linear" or value == 0 else "log"
    start, end = _ends(quantity, value, scale)
    return Slider(
        name=short,
        inputs=tuple(inputs),
        part=part,
        unit=quantity.unit,
        scale=scale,
        start=start,
        end=end,
        value=value,
        uncertain=uncertain or quantity.prior is not None,
        advanced=(part == "coating" and short not in FIRST) or "activation energy" in short,
    )


def _ends(quantity: Quantity, value: float, scale: Literal["log", "linear"]) -> tuple[float, float]:
    """Beyond what is believed and well about the value, and never beyond what is physical."""
    known, prior = quantity.known, quantity.prior
    low, high = (prior.lower, prior.upper) if prior else (value, value)
    low, high = min(low, value, LOWEST.get(quantity.name, value)), max(high, value)
    if scale == "log":
        low = min(low / 10**REACH, value / 10**FREE)
        high = max(high * 10**REACH, value * 10**FREE)
    else:
        reach = 0.5 * max(high - low, abs(value)) or 1.0
        low, high = low - reach, high + reach
    return max(low, known.lower), min(high, known.upper)


def _short(name: str) -> str:
    """The name without its unit and without the face it is of.

    >>> _short("Negative face layer thickness [m]"), _short("Garnet thickness [m]")
    ('layer thickness', 'garnet thickness')
    """
    short = name.removeprefix(FACE).partition(" [")[0]
    return short if name.startswith(FACE) else short[0].lower() + short[1:]


def _part(name: str) -> Part:
    return "garnet" if name.startswith("Garnet") else "cathode"


def _order(slider: Slider) -> int:
    return FIRST.index(slider.name) if slider.name in FIRST else len(FIRST)
