"""What is allowed in a library of cells and worth a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from ssb_model.constants import TO_MA_CM2, TO_MS_CM, TO_OHM_CM2
from ssb_model.library.field_cells.cell import OWN_LAB, FieldCell
from ssb_model.library.field_cells.number import reported
from ssb_model.library.published import Reported


class Usual(NamedTuple):
    """Ends beyond which no published cell comes near, in the unit ``word``."""

    unit: str
    factor: float
    word: str
    low: float
    high: float

    def has(self, number: Reported) -> bool:
        """Whether a number in SI is inside."""
        top = number.upper or number.value
        return self.low <= number.value * self.factor <= top * self.factor <= self.high


_R = Usual("Ohm.m2", TO_OHM_CM2, "ohm cm2", 1e-2, 1e5)
USUAL = {
    "critical_current": Usual("A.m-2", TO_MA_CM2, "mA/cm2", 1e-2, 100.0),
    "resistance": _R,
    "resistance_before": _R,
    "conductivity": Usual("S.m-1", TO_MS_CM, "mS/cm", 1e-3, 10.0),
    "thickness": Usual("m", 1e3, "mm", 1e-3, 10.0),
}


def field_findings(cells: Sequence[FieldCell]) -> tuple[str, ...]:
    """Sentences on rows that are not wrong, and that nobody expects."""
    return (
        *_bare_above_coated(cells),
        *_coated_resists_more(cells),
        *_unheard_of(cells),
        *_alike(cells),
        *_unsaid(cells),
    )


def _bare_above_coated(cells: Sequence[FieldCell]) -> Iterator[str]:
    """A bare cell of a batch that bears more than a coated one at the same temperature."""
    for bare, coated in _pairs(cells):
        if bare.J and coated.J and _low(bare) > _high(coated):
            yield (
                f"'{bare.name}' is bare and bears more ({bare.critical_current}) than the coated "
                f"'{coated.name}' ({coated.critical_current}) of the same garnet and lab."
            )


def _coated_resists_more(cells: Iterable[FieldCell]) -> Iterator[str]:
    for cell in cells:
        before = cell.resistance_before
        if cell.R and before and cell.R.value > reported(before, "Ohm.m2").value:
            yield f"'{cell.name}' resists more ({cell.resistance}) than before ({before})."


def _unheard_of(cells: Iterable[FieldCell]) -> Iterator[str]:
    """A number that is possible and that no such cell has: its unit may be another."""
    for cell in (cell for cell in cells if cell.set_aside is None):
        for key, usual in USUAL.items():
            text = getattr(cell, key)
            if text and not usual.has(reported(text, usual.unit)):
                yield (
                    f"'{cell.name}' has {key} = '{text}', and such cells have {usual.low:g} to "
                    f"{usual.high:g} {usual.word}: check its unit."
                )


def _alike(cells: Sequence[FieldCell]) -> Iterator[str]:
    """Two rows of one lab with the same numbers, which may be one cell twice."""
    for k, cell in enumerate(cells):
        if cell.R and cell.J:
            for other in cells[k + 1 :]:
                if cell.lab == other.lab and cell.garnet == other.garnet and _equal(cell, other):
                    yield (
                        f"'{cell.name}' and '{other.name}' have the same numbers: if they are one "
                        "cell, remove one of them."
                    )


def _equal(one: FieldCell, other: FieldCell) -> bool:
    keys = "contact", "layer", "T", "resistance", "critical_current", "treatment"
    return all(getattr(one, key) == getattr(other, key) for key in keys)


def _unsaid(cells: Sequence[FieldCell]) -> Iterator[str]:
    """What one knows of cells of one's own, and did not write."""
    own = [cell for cell in cells if cell.lab == OWN_LAB]
    if names := ", ".join(f"'{c.name}'" for c in own if c.R and c.faces == "unknown"):
        yield (
            f"Whether the resistance counts one face or both is not said of {names}, so that "
            "either is taken to be as probable: write faces = 1 or 2."
        )
    if names := ", ".join(f"'{c.name}'" for c in own if c.T is None):
        yield (
            f"The temperature is not stated of {names}: 25 °C is taken in nine cases of ten, else "
            "60 °C; write temperature."
        )


def _pairs(cells: Sequence[FieldCell]) -> Iterator[tuple[FieldCell, FieldCell]]:
    bare = [cell for cell in cells if cell.layer == "none" and cell.set_aside is None]
    coated = [cell for cell in cells if cell.contact == "coated" and cell.set_aside is None]
    for one, other in product(bare, coated):
        if (one.lab, one.garnet, one.T) == (other.lab, other.garnet, other.T):
            yield one, other


def _low(cell: FieldCell) -> float:
    assert cell.J is not None
    return 0.0 if cell.J.sign in ("<", "<=") else cell.J.value


def _high(cell: FieldCell) -> float:
    assert cell.J is not None
    return float("inf") if cell.J.sign in (">", ">=") else cell.J.upper or cell.J.value
