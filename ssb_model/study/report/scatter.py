"""How much parameters scatter between spectra and cells differ, on the page and in the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ssb_model.study.report.rows import Rows, interval, rows_of

if TYPE_CHECKING:
    from ssb_model.study.fit import StudyFit


def scatter_lines(fit: StudyFit) -> list[str]:
    """A line for each parameter that scatters."""
    return [
        f"{row['parameter']}: scatter between {row['spectra']} spectra {row['percent']:.2g} % "
        f"({row['lower95']:.2g} … {row['upper95']:.2g})"
        for row in fit.scatter()
    ]


def difference_lines(fit: StudyFit) -> list[str]:
    """Sentences for each kind of numbers that differ between cells."""
    return [_differing(row) for row in fit.differences()]


def _differing(row: Mapping[str, Any]) -> str:
    cells = row["cells"]
    factors = ", ".join(f"{name} {factor:.3g}" for name, factor in cells.items())
    if len(cells) == 1:
        return (
            f"{row['kind']}, differences between cells: one cell cannot tell them, and what "
            f"describes the recipe rests on the {row['stated']:.2g} % that its noise states."
        )
    return (
        f"{row['kind']}, differences between {len(cells)} cells: {row['percent']:.2g} % "
        f"({row['lower95']:.2g} … {row['upper95']:.2g}), stated {row['stated']:.2g} %; over the "
        f"mean cell's: {factors}."
    )


def scatter_rows(fit: StudyFit) -> Rows | None:
    """The same as a table; None where nothing scatters."""
    rows = [
        (
            row["parameter"],
            str(row["spectra"]),
            f"{row['percent']:.3g}",
            interval(row["lower95"], row["upper95"]),
        )
        for row in fit.scatter()
    ]
    return rows_of(("parameter", "spectra", "scatter [%]", "95 %"), rows) if rows else None
