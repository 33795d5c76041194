"""What is allowed in a library of cells and worth a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from ssb_model.library.field_cells.cell import FieldCell
from ssb_model.library.field_cells.number import reported


def field_findings(cells: Sequence[FieldCell]) -> tuple[str, ...]:
    """Sentences on rows that are not wrong, and that nobody expects."""
    return (*_bare_above_coated(cells), *_coated_resists_more(cells))


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
