"""How published coatings look: a colour a type of layer, rings for bare, arrows for bounds."""

from typing import Any, Protocol

from matplotlib.axes import Axes

from ssb_model.constants import FROM_MA_CM2, TO_OHM_CM2
from ssb_model.plotting.style import BARE, IONIC, MIDDLE, PAPER, QUIET, THIN

COLOURS = {"ionic": IONIC, "electronic": THIN, "mixed": MIDDLE, "none": BARE}
WORDS = {"none": "uncoated"}
PUBLISHED_ORIGIN = (
    "Numbers as their sources report them, from the library of published coatings "
    "(docs/reference/coatings.md), not the paper's own selection. Black: Zhai et al. 2024, stated "
    "in the text."
)


class Coating(Protocol):
    """What is drawn of a published coating: its possible types and its source."""

    @property
    def types(self) -> tuple[str, ...]: ...

    @property
    def source(self) -> str: ...


class Number(Protocol):
    """What is drawn of a reported number."""

    @property
    def is_bound(self) -> bool: ...

    @property
    def sign(self) -> str | None: ...

    def to_si(self, si_unit: str) -> float: ...

    def interval(self, si_unit: str) -> tuple[float, float]: ...


def look(coating: Coating, founding: str) -> dict[str, Any]:
    """Colour by type, in halves where the sources leave open which; the founding ones black."""
    first, last = coating.types[0], coating.types[-1]
    own = coating.source == founding
    return {
        "marker": "o",
        "linestyle": "",
        "color": PAPER if own else COLOURS[first],
        "markerfacecoloralt": PAPER if own else COLOURS[last],
        "fillstyle": "left" if first != last else "full",
        "markeredgecolor": "white",
        "markersize": 13 if own else 9,  # where two agree, both are seen
        "zorder": 3 if own else 4,
    }


def ring(coating: Coating, founding: str) -> dict[str, Any]:
    """The same cell without the coating."""
    colour = PAPER if coating.source == founding else QUIET
    return {"marker": "o", "ls": "", "color": colour, "mfc": "white", "markersize": 7}


def type_legend(axes: Axes, **kwargs: Any) -> None:
    """One dot for each type of layer, and the founding experiment's."""
    for kind, colour in COLOURS.items():
        axes.plot([], [], "o", color=colour, markersize=9, label=WORDS.get(kind, kind))
    axes.plot([], [], "o", color=PAPER, markersize=10, label="Zhai et al. 2024")
    axes.legend(title="layer", **kwargs)


def mark_bound(
    axes: Axes, number: Number, place: tuple[float, float], to: tuple[float, float]
) -> None:
    """An arrow the way the unknown value lies from a bound, over ``to`` points."""
    if not number.is_bound:
        return
    sign = 1 if number.sign and number.sign.startswith(">") else -1
    axes.annotate(
        "",
        place,
        (sign * to[0], sign * to[1]),
        textcoords="offset points",
        arrowprops={"arrowstyle": "<-", "color": PAPER, "lw": 1.3},
    )


def mA_cm2(number: Number) -> float:
    """The value in mA/cm2."""
    return number.to_si("A.m-2") / FROM_MA_CM2


def mA_cm2_ends(number: Number) -> list[float]:
    """Both ends of its range or error bar in mA/cm2."""
    return [end / FROM_MA_CM2 for end in number.interval("A.m-2")]


def ohm_cm2(number: Number) -> float:
    """The value in ohm cm2."""
    return number.to_si("Ohm.m2") * TO_OHM_CM2
