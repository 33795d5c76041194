"""The posterior's draws as a small file, known by the library and the priors that made it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from ssb_model.critical_current.field_model.covariates import Spread, spreads
from ssb_model.critical_current.field_model.priors import PRIORS
from ssb_model.errors import InputError
from ssb_model.files import Bound, read_bytes
from ssb_model.library import FieldCell, Table, field_cells, field_digest, validated, write_whole

SHIPPED = Path(__file__).with_name("draws.json")
NAME = "draws.json"
DIGITS = 4
LARGEST = Bound(5_000_000, "make it again")


class Posterior(NamedTuple):
    """What the library has taught.

    Attributes
    ----------
    theta
        Draws of the priors' parameters, by name.
    spread
        Of the interface resistances of each contact class, for cells that state none.
    cells
        The library.
    digest
        Checksum of the draws' file.
    """

    theta: Mapping[str, Float[np.ndarray, " draws"]]
    spread: Mapping[str, Spread]
    cells: Sequence[FieldCell]
    digest: str = ""


class _Saved(Table):
    """The file."""

    library: str
    priors: str
    seed: int
    draws: dict[str, list[float]]


def learned_field(folder: str | Path | None = None) -> Posterior:
    """The draws that belong to the published cells, and to a ``folder`` of your own beside them.

    Raises
    ------
    InputError
        If the draws are of another library or of other priors, with the command that makes them.
    """
    cells = field_cells(folder)
    return _loaded(cells, SHIPPED if folder is None else Path(folder).expanduser() / NAME)


def field_beside(folder: Path | None) -> tuple[Posterior, str]:
    """The draws that a forecast begins with where there are rows of one's own, and a sentence.

    They are those learnt with the ``folder`` (:func:`.learning.learn_field`) if there are any of
    the rows that it has now, else the shipped ones, on which its rows are to be conditioned.
    """
    if folder is None or not (folder / NAME).exists():
        return learned_field(), ""
    try:
        return learned_field(folder), ""
    except InputError as error:
        return learned_field(), f"{error} Until then the rows condition the shipped draws."


def save_draws(
    path: str | Path,
    cells: Sequence[FieldCell],
    theta: Mapping[str, Float[np.ndarray, " draws"]],
    seed: int,
) -> None:
    """Write draws with the checksums of their library and priors."""
    content = {
        "library": field_digest(cells),
        "priors": priors_digest(),
        "seed": seed,
        "draws": {name: [float(f"{x:.{DIGITS}g}") for x in theta[name]] for name in PRIORS},
    }
    write_whole(Path(path), json.dumps(content) + "\n")


def priors_digest() -> str:
    """Checksum of the priors."""
    own = {name: [p.kind, p.centre, p.scale] for name, p in PRIORS.items()}
    return hashlib.sha256(json.dumps(own, sort_keys=True).encode()).hexdigest()


@lru_cache(maxsize=4)
def _loaded(cells: tuple[FieldCell, ...], path: Path) -> Posterior:
    cure = f"run 'ssb library learn{'' if path == SHIPPED else f' {path.parent}'}'"
    if not path.exists():
        raise InputError(f"{path} is not there: nothing has been learnt yet, {cure}.")
    read = read_bytes(path, LARGEST)
    try:
        content = json.loads(read)
    except ValueError:
        raise InputError(f"{path} is damaged: {cure}.") from None
    if not isinstance(content, dict):
        raise InputError(f"{path} is damaged: {cure}.")
    saved = validated(_Saved, content, path)
    if saved.library != field_digest(cells):
        raise InputError(f"{path} was learnt from other cells than the library has now: {cure}.")
    if saved.priors != priors_digest() or saved.draws.keys() != PRIORS.keys():
        raise InputError(f"{path} was learnt with other priors than the model has now: {cure}.")
    theta = {name: np.array(values) for name, values in saved.draws.items()}
    return Posterior(theta, spreads(cells), cells, hashlib.sha256(read).hexdigest())
