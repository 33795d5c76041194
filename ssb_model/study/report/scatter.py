"""How much parameters scatter between spectra, on the page and in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
