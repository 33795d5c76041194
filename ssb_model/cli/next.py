"""``ssb next``: experiments ranked by what they are expected to tell."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ssb_model.cli.options import Cell, Json, OfTheMean
from ssb_model.cli.terminal import Columns, make_table, print_json, print_table, working
from ssb_model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from ssb_model.study import Expected


def next_experiment(
    target: Annotated[
        str, typer.Argument(help="A coating (file or name), or the fit.json of a study.")
    ],
    about: Annotated[
        list[str] | None,
        typer.Option(help="What you want to know, such as 'capacity at 1C'; may be repeated."),
    ] = None,
    cell: Cell = "zhai2024",
    candidates: Annotated[
        Path | None, typer.Option(help="File of possible experiments ([[candidates]] tables).")
    ] = None,
    of_the_mean: OfTheMean = False,
    json: Json = False,
) -> None:
    """Rank experiments by the information they would give.

    For each: its hours, its information on what you want to know, and how much of the present
    interval would be left: of a further cell as it would be measured.
    """
    if not about:
        raise InputError(
            'say what you want to know with --about, such as --about "capacity at 1C".'
        )
    with working("working out what each experiment would tell"):
        found = _ranked(target, about, cell, candidates, of_the_mean)
    if json:
        whose = "of the mean cell" if of_the_mean else "of a further cell"
        experiments = [vars(telling) for telling in found]
        print_json({"about": about, "intervals": whose, "experiments": experiments})
        return
    print_table(ranking_table(found, about))


def _ranked(
    target: str, about: Sequence[str], cell: str, candidates: Path | None, of_the_mean: bool
) -> Sequence[Expected]:
    if Path(target).suffix == ".json":
        from ssb_model.study import load_fit, rank_for_fit

        if candidates is not None:
            raise InputError(
                "the candidates of a fit stand in its study file: leave out --candidates."
            )
        return rank_for_fit(load_fit(target), about, of_the_mean)
    from ssb_model.prediction import rank_for_coating

    return rank_for_coating(target, about, cell, candidates, of_the_mean=of_the_mean)


def ranking_table(found: Sequence[Expected], about: Sequence[str]) -> Table:
    """Each experiment's hours, its information, and what would be left of each interval."""
    headings = ("hours", "information [nat]", *(f"left of {name}" for name in about))
    rows = []
    for telling in found:
        hours = "–" if telling.hours is None else f"{telling.hours:.2g}"
        left = [f"{100 * telling.widths[name]:.0f} %" for name in about]
        rows.append([telling.name, hours, f"{telling.information:.2f}", *left])
    columns: Columns = {"experiment": "left", **dict.fromkeys(headings, "right")}
    return make_table("Most informative experiments", columns, rows)
