"""What ``ssb next`` does: experiments ranked by what they tell about what is asked for."""

import json
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ssb_model.errors import InputError


def run_next(target, about, cell, candidates=None, as_json=False):
    """Rank experiments for a ``fit.json`` or a coating and print them.

    Raises
    ------
    InputError
        For a mistake in a file or a name, or an option that a fit does not take.
    """
    if not about:
        raise InputError(
            'say what you want to know with --about, such as --about "capacity at 1C".'
        )
    console = Console(stderr=True)
    with console.status("working out what each experiment would tell"):
        found = _ranked(target, about, cell, candidates)
    if as_json:
        print(json.dumps({"about": about, "experiments": [vars(t) for t in found]}, indent=1))
        return
    Console().print(ranking_table(found, about))


def _ranked(target, about, cell, candidates):
    if Path(target).suffix == ".json":
        from ssb_model.study import load_fit, rank_for_fit

        if candidates is not None:
            raise InputError(
                "the candidates of a fit stand in its study file: leave out --candidates."
            )
        return rank_for_fit(load_fit(target), about)
    from ssb_model.prediction import rank_for_coating

    return rank_for_coating(target, about, cell, candidates)


def ranking_table(found, about):
    """A rich table: each experiment's hours, information, and what is left of each interval."""
    table = Table(title="What tells most", box=SIMPLE_HEAD)
    table.add_column("experiment")
    for name in ("hours", "information [nat]", *(f"left of {name}" for name in about)):
        table.add_column(name, justify="right")
    for telling in found:
        hours = "–" if telling.hours is None else f"{telling.hours:.2g}"
        left = [f"{100 * telling.widths[name]:.0f} %" for name in about]
        table.add_row(*map(Text, [telling.name, hours, f"{telling.information:.2f}", *left]))
    return table
