"""A file of feasible experiments on a coating, and the ramp of the critical current among them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from ssb_model.errors import InputError
from ssb_model.library import Table, parse_relative
from ssb_model.study import ExperimentTable

if TYPE_CHECKING:

    class AnyKind(ExperimentTable):
        """What the union of all kinds, made of their list, is to a type checker."""

        kind: str

else:
    from ssb_model.study import AnyKind

STEP, HALF_CYCLE = 1.0, 1.0  # A/m2, h: of the usual ramp, 0.1 mA/cm2 and 1 h each way
NOISE = 0.3  # relative: scatter between nominally equal cells


class CandidatesTable(Table):
    """``[[candidates]]`` as in a study file, of the cells "symmetric" and "full"."""

    file_kind = "candidates"

    candidates: Annotated[list[AnyKind], Field(min_length=1)]


@dataclass(frozen=True)
class Ramp:
    """A ramp of the current until the short, and the relative noise of its critical current."""

    name: str
    hours: float
    noise: float


def ramp_of(
    current_density: float, table: ExperimentTable | None = None, path: Path | None = None
) -> Ramp:
    """The usual ramp of a cell that is expected to short at ``current_density`` [A.m-2]; with the
    name and noise of a file's table if there is one."""
    hours = 2 * HALF_CYCLE * current_density / STEP
    name = "ramp of the symmetric cell until the short, steps of 0.1 mA/cm2, 1 h each way"
    if table is None:
        return Ramp(name, hours, NOISE)
    try:
        stated = table.noise if isinstance(table.noise, str) else ""
        noise = parse_relative(stated, "noise of the critical current")
    except InputError as error:
        raise InputError(f"{path}: {error}") from None
    return Ramp(table.name or name, hours, noise)
