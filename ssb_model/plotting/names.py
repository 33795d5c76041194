"""Names beside points, moved down where they would lie on one another, and units as printed."""

import re
from collections.abc import Sequence
from typing import Literal, TypeAlias

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ssb_model.plotting.style import QUIET, SMALL

#: pt: from point to name, half a symbol, between lines, an average letter.
GAP, SYMBOL, LINE, LETTER = 10, 6, 13, 5.9
PRINTED = {
    "ohm": "Ω",
    "Ohm": "Ω",
    "cm2": "cm²",
    "cm3": "cm³",
    "cm4": "cm⁴",
    "degC": "°C",
    "um": "µm",
    "uS": "µS",
    "uA": "µA",
    "uF": "µF",
}
Point: TypeAlias = tuple[float, float]
Taken: TypeAlias = tuple[float, float, float]  # height, left and right end [pt]
_PLAIN = re.compile(rf"\b({'|'.join(PRINTED)})\b")


def typeset(text: str) -> str:
    """A text with its units as they are printed.

    >>> typeset("interface resistance: 10.3 ohm cm2")
    'interface resistance: 10.3 Ω cm²'
    """
    return _PLAIN.sub(lambda found: PRINTED[found[0]], text)


def spread_names(axes: Axes, names: Sequence[tuple[float, float, str]]) -> None:
    """Write each name beside its point; call it last, when scales and limits are set.

    Parameters
    ----------
    axes
        To write on.
    names
        Each (x, y, name), in data coordinates.
    """
    figure = axes.figure
    assert isinstance(figure, Figure)  # no part of one
    figure.draw_without_rendering()  # the layout decides how far points are apart
    to_points = 72 / figure.dpi
    edge = axes.bbox.x1 * to_points
    names = sorted(names, key=lambda entry: -entry[1])
    points = [axes.transData.transform(entry[:2]) * to_points for entry in names]
    taken = [(up, across - SYMBOL, across + SYMBOL) for across, up in points]
    for (x, y, name), (across, up) in zip(names, points, strict=True):
        length = LETTER * len(name)
        right = across + GAP + length <= edge
        start = across + GAP if right else across - GAP - length
        height = _free_height(up, start, start + length, taken)
        taken.append((height, start, start + length))
        offset = (GAP if right else -GAP, height - up)
        _write(axes, (x, y), name, offset, "left" if right else "right")


def _free_height(height: float, left: float, right: float, taken: Sequence[Taken]) -> float:
    """The first height downwards at which no symbol and no other name lies in the way."""
    while any(
        abs(height - other) < LINE - 0.1 and left < end and start < right
        for other, start, end in taken
    ):
        height -= 1
    return height


def _write(
    axes: Axes, place: Point, name: str, offset: Point, side: Literal["left", "right"]
) -> None:
    style = {"fontsize": SMALL, "color": QUIET, "ha": side, "va": "center"}
    axes.annotate(name, place, offset, textcoords="offset points", **style)
