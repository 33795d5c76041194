"""From the mean cell of each draw to a further cell as it would be measured.

The parts are those of :mod:`ssb_model.library.spread`: what differs between cells is one number a
draw for all that is measured on one cell; measurement and misfit are each number's own. The
interface's share of what differs between cells is drawn before (:func:`with_interface_scatter`), so
that polarisation, critical current and capacity follow the resistance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np
from jaxtyping import Float

from ssb_model.library import CELL, spread_of
from ssb_model.prediction.draws import CELL_SCATTER, Draws, even_normals
from ssb_model.prediction.questions import CRITICAL_CURRENT, spread_kind
from ssb_model.prediction.result import OF

INTERFACE = "resistance"

Answers = Mapping[str, tuple[Float[np.ndarray, " n"], str]]


@dataclass(frozen=True, eq=False)
class FurtherCell:
    """Draws of a further cell's measured numbers.

    Attributes
    ----------
    values
        Draws of each quantity, and its unit.
    sources
        The standard normals behind them, each of one part.
    """

    values: dict[str, tuple[Float[np.ndarray, " n"], str]]
    sources: dict[str, Float[np.ndarray, "n one"]]


def with_interface_scatter(draws: Draws, seed: int) -> Draws:
    """Draws of further cells of a recipe whose interface resistance was measured on one."""
    normals = even_normals(len(draws), seed + crc32(CELL_SCATTER.encode()))
    factor = spread_of(INTERFACE)[CELL].added(np.ones(len(draws)), normals)
    return replace(draws, scale=factor, own={**draws.own, CELL_SCATTER: normals})


def further_cell(answers: Answers, measured_current: bool, seed: int) -> FurtherCell:
    """The draws of a :class:`FurtherCell` from those of the mean cells.

    Parameters
    ----------
    answers
        Draws of each quantity of the mean cells, and its unit.
    measured_current
        Whether the critical current is that of a measured cell: a forecast has its scatter already.
    seed
        Of the normals.
    """
    values, sources = dict(answers), {}
    for name, (x, unit) in answers.items():
        kind = spread_kind(name)
        if kind is None or (name == CRITICAL_CURRENT and not measured_current):
            continue
        for what, part in spread_of(kind).items():
            if what == CELL and kind == INTERFACE:
                continue  # drawn before
            source = f"{what}{OF}{kind if what == CELL else name}"
            normals = even_normals(len(x), seed + crc32(source.encode()))
            x = part.added(x, normals)
            sources[source] = normals[:, None]
        values[name] = (x, unit)
    return FurtherCell(values, sources)
