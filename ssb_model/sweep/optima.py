"""The optima that a sweep file asks for: over what it varies, under the priors of the rest."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from ssb_model.errors import InputError
from ssb_model.library import write_whole
from ssb_model.sweep.sweep import Sweep, files_of
from ssb_model.sweep.variables import bare_name

if TYPE_CHECKING:
    from ssb_model.prediction import Optimum

FILE = "optimum.json"


def write_optima(sweep: Sweep, folder: Path, tell: Callable[[str], object]) -> None:
    """Find each optimum of a sweep file, say it in a sentence, and write all to ``folder``."""
    from ssb_model.prediction import FOUNDING, Choice, optimum

    files = files_of(sweep.table, sweep.path)
    choices = [
        Choice(bare_name(v.name).lower(), v.lower, v.upper, v.scale) for v in sweep.variables
    ]
    found = []
    for k, wanted in enumerate(sweep.table.optimum):
        try:
            best = optimum(
                str(files["coating"]),
                wanted.output,
                choices,
                files["cell"] or FOUNDING,
                wanted.best,
                wanted.worst,
                wanted.draws,
                of_the_mean=sweep.table.of_the_mean,
            )
        except InputError as error:
            raise InputError(f"{sweep.path}: optimum[{k}]: {error}") from None
        tell(_sentence(sweep, best))
        found.append(asdict(best) | {"best": wanted.best, "worst": wanted.worst})
    write_whole(folder / FILE, json.dumps({"optima": found}, indent=1) + "\n")


def _sentence(sweep: Sweep, best: Optimum) -> str:
    """The optimum in the sweep file's units."""
    whose = "the mean cell" if sweep.table.of_the_mean else "a further cell"
    chosen = []
    for variable in sweep.variables:
        name = bare_name(variable.name).lower()
        end = ", an end of its range" if name in best.at_end else ""
        unit = "" if variable.unit == "-" else f" {variable.unit}"
        chosen.append(f"{name} {best.chosen[name] / variable.factor:.3g}{unit}{end}")
    return (
        f"{best.quantity} is best at {'; '.join(chosen)}: {best.median:.4g} {best.unit} "
        f"(95 % of {whose}: {best.lower95:.3g} to {best.upper95:.3g})."
    )
