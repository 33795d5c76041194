"""The cell that a coating is predicted in: garnet and cathode, as a fit or a file knows them.

By default those of the founding experiment, fitted to it; else those of a ``fit.json`` of your
own, or of a small file::

    garnet = "llzto"
    [values]
    "Garnet thickness" = "0.5 mm"
    "Garnet conductivity" = ["0.5 mS/cm", "0.9 mS/cm"]  # the central 95 % of what you believe

``charge = "same rate"`` says how the full cell is charged before each discharge
(:mod:`ssb_model.measurements.charging`), in a coating's file too; where neither says, it is
unknown. The cells of a fit are charged as its rate tests were.

What such a file does not state keeps the prior of its parameter sets, and so does the cathode of a
study without a full cell. What a study knows and does not fit is taken as known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from scipy.linalg import block_diag

from ssb_model.citations import Use, of_experiment
from ssb_model.errors import InputError
from ssb_model.fitting import FreeParameter, ParameterSpace
from ssb_model.library import (
    ParameterSet,
    Quantity,
    Table,
    beside,
    load_experiment,
    load_parameter_set,
    read_toml,
    refuse_other_kind,
    validated,
)
from ssb_model.measurements import COMPLETENESS, FULL, UNKNOWN
from ssb_model.prediction.files.founding_fit import founding_fit
from ssb_model.prediction.files.ranges import Stated, Text, stated_charge, stated_quantity
from ssb_model.study import (
    StudyFit,
    charge_quantities,
    full_name,
    load_fit,
    states_completeness,
)

FOUNDING = "zhai2024"
OF_CATHODE = ("Positive ", "Cathode-side ", "Lower voltage ", "Upper voltage ", COMPLETENESS)
OWN = ("Garnet ", *OF_CATHODE)  # what a cell has beside its coating
WORN = ("Lithium ", "Filament ", "Stack ")  # what wears cells that follow a protocol
LOADING = "Positive electrode areal loading [kg.m-2]"


class CellTable(Table):
    """A cell file."""

    file_kind = "cell"

    garnet: Text = "llzto"
    cathode: Text = "lfp"
    values: dict[str, Stated] = {}
    charge: Text | None = None


class Parts(NamedTuple):
    """Names or paths of the parameter sets of a cell beside its coating."""

    garnet: str
    cathode: str


@dataclass(frozen=True, eq=False)
class PredictionCell:
    """Garnet and cathode as a distribution.

    Attributes
    ----------
    name
        That the user gave it, or its file.
    garnet, cathode
        Names or paths of parameter sets.
    values
        Known values with units, by PyBaMM name.
    space
        What is uncertain.
    inputs
        Inputs (PyBaMM names) that each uncertain parameter sets.
    centre, root
        Their distribution in the coordinates of the space: centre + root @ standard normals.
    works
        Works behind the study that they were fitted in.
    charge
        How a full cell is charged before each discharge, in words; None if nobody knows.
    wear
        What is stated of lithium, stack pressure and filaments, by PyBaMM name.
    """

    name: str
    garnet: str
    cathode: str
    values: Mapping[str, str]
    space: ParameterSpace
    inputs: Mapping[str, tuple[str, ...]]
    centre: Float[np.ndarray, " parameters"]
    root: Float[np.ndarray, "parameters parameters"]
    works: tuple[Use, ...] = ()
    charge: str | None = None
    wear: Mapping[str, Quantity] = field(default_factory=dict)

    def columns(
        self, normals: Float[np.ndarray, "n parameters"]
    ) -> dict[str, Float[np.ndarray, " n"]]:
        """Values by input from standard normal numbers."""
        u = self.centre + normals @ self.root.T
        drawn = self.space.values(u.T)
        return {
            name: np.asarray(drawn[label]) for label, names in self.inputs.items() for name in names
        }


def load_cell(
    name_or_path: str | Path = FOUNDING, progress: Callable[[str], object] = lambda text: None
) -> PredictionCell:
    """A :class:`PredictionCell`: "zhai2024", a ``fit.json``, or a cell file.

    Raises
    ------
    InputError
        One sentence naming file and key, for anything wrong in it.
    """
    if name_or_path == FOUNDING:
        return _founding(founding_fit(progress))
    path = Path(name_or_path)
    if path.suffix == ".json":
        return _of_fit(load_fit(path), str(path))
    if path.suffix != ".toml":
        refuse_other_kind(path, "cell")
        raise InputError(
            f'there is no cell "{name_or_path}": write "{FOUNDING}", or the path of a fit.json or '
            "of a cell file (.toml)."
        )
    return _of_file(path)


@cache
def _founding(fit: StudyFit) -> PredictionCell:
    found = _of_fit(fit, FOUNDING)
    return replace(found, works=(*of_experiment(load_experiment(FOUNDING)), *found.works))


def _of_fit(found: StudyFit, name: str) -> PredictionCell:
    """The fitted garnet and cathode, of the study's first symmetric and first full cell."""
    study = found.study
    cells = [
        next((c for c in study.cells.values() if c.type == type), None)
        for type in ("symmetric", "full")
    ]
    cells = [cell for cell in cells if cell is not None]
    if not cells:
        raise InputError(f"{name}: its study has neither a symmetric nor a full cell to predict.")
    inputs = {}
    for label in study.free.space.labels:
        names = [n for cell in cells for n in study.free.inputs[label].get(cell.name, ())]
        own = tuple(dict.fromkeys(n for n in names if n.startswith(OWN)))
        if own:
            inputs[label] = own
    values = {k: v for cell in cells for k, v in cell.table["values"].items()}
    known = {name for names in inputs.values() for name in names}
    known |= {COMPLETENESS} if states_completeness(values) else set()
    at = [study.free.space.labels.index(label) for label in inputs]
    covariance = found.fit.covariance[np.ix_(at, at)]
    first, last = (_parts_in(study.path.parent, **c.table) for c in (cells[0], cells[-1]))
    full, charge = cells[-1].type == "full", cells[-1].charge
    names = (COMPLETENESS,) if full else OF_CATHODE
    unread = {n: q for n, q in _priors(_quantities(last, charge), names).items() if n not in known}
    fitted = [study.free.parameters[k] for k in at]
    return PredictionCell(
        name=name,
        garnet=first.garnet,
        cathode=last.cathode,
        values=values,
        space=ParameterSpace([*fitted, *_parameters(unread)]),
        inputs=inputs | {name: (name,) for name in unread},
        centre=np.concatenate([found.fit.u[at], np.zeros(len(unread))]),
        root=np.asarray(block_diag(np.linalg.cholesky(covariance), np.eye(len(unread)))),
        works=study.works,
        charge=charge,
    )


def _parts_in(folder: Path, garnet: str, cathode: str, **others: object) -> Parts:
    """The parts that a file in this folder names, wherever they are read from."""
    return Parts(*(beside(name, folder.absolute()) for name in (garnet, cathode)))


def _refuse_other_kinds(table: CellTable, parts: Parts, path: Path) -> None:
    garnet, cathode = (_part(getattr(parts, key), key, path) for key in ("garnet", "cathode"))
    if garnet.kind != "garnet":
        raise InputError(f'{path}: garnet = "{table.garnet}" is not a garnet but: {garnet.title}.')
    if cathode.open_circuit_potential is None:
        raise InputError(
            f'{path}: cathode = "{table.cathode}" is not a cathode, it has no open-circuit '
            f"potential: {cathode.title}."
        )


def _part(name: str, key: str, path: Path) -> ParameterSet:
    try:
        return load_parameter_set(name)
    except InputError as error:
        raise InputError(f"{path}: {key}: {error}") from None


def _of_file(path: Path) -> PredictionCell:
    table = validated(CellTable, read_toml(path), path)
    parts = _parts_in(path.parent, table.garnet, table.cathode)
    _refuse_other_kinds(table, parts, path)
    quantities, of_wear = _quantities(parts, table.charge), _quantities(parts, FULL, WORN)
    stated, values, wear = {}, {}, {}
    for key, text in table.values.items():
        where = f'{path}: values."{key}"'
        name = full_name(key, {**quantities, **of_wear}, where)
        if name in of_wear:
            wear[name] = stated_quantity(of_wear[name], text, where)
            continue
        stated[name] = stated_quantity(quantities[name], text, where)
        if stated[name].prior is None:
            values[name] = text
        elif name == LOADING:
            raise InputError(f"{where}: give one value: capacities are per mass of it.")
    uncertain = _priors(quantities | stated)
    space = ParameterSpace(_parameters(uncertain))
    return PredictionCell(
        name=str(path),
        garnet=parts.garnet,
        cathode=parts.cathode,
        values=values,
        space=space,
        inputs={name: (name,) for name in uncertain},
        centre=np.zeros(len(space)),
        root=np.eye(len(space)),
        charge=stated_charge(table.charge, str(path)),
        wear=wear,
    )


def _quantities(
    parts: Parts, charge: str | None = None, of: tuple[str, ...] = OWN
) -> dict[str, Quantity]:
    """Quantities whose names begin so, by default those of garnet and cathode, by PyBaMM name."""
    from ssb_model.cells import cell_quantities

    known = cell_quantities("full", parts.garnet, cathode=parts.cathode)
    if charge in (None, UNKNOWN):
        known |= charge_quantities("full")
    return {name: quantity for name, quantity in known.items() if name.startswith(of)}


def _priors(quantities: Mapping[str, Quantity], of: tuple[str, ...] = OWN) -> dict[str, Quantity]:
    """Those that are uncertain; not the loading, since capacities are per mass of it."""
    return {
        name: quantity
        for name, quantity in quantities.items()
        if quantity.prior is not None and name.startswith(of) and name != LOADING
    }


def _parameters(quantities: Mapping[str, Quantity]) -> Iterable[FreeParameter]:
    return [FreeParameter.from_quantity(*item) for item in quantities.items()]
