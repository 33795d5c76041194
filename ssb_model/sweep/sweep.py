"""A sweep: the model, what is varied, and which candidates make which chunk."""

import hashlib
import json
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np

from ssb_model.citations import Use
from ssb_model.errors import InputError, suggestion
from ssb_model.library import read_toml, validated
from ssb_model.sweep.design import Design, read_design
from ssb_model.sweep.evaluator import Evaluator
from ssb_model.sweep.file import SweepTable
from ssb_model.sweep.plan import Plan
from ssb_model.sweep.store import Chunk, Identity
from ssb_model.sweep.variables import bare_name, read_variable

#: Of a sweep file, what decides no number, and what is part of the evaluator's checksum.
SHOWN_ONLY = {"title", "front", "map", "optimum", "of_the_mean"}
DECIDING = ("ssb-model", "jax", "jaxlib", "numpy", "scipy")


@dataclass(frozen=True, eq=False)
class Sweep(Plan):
    """What :func:`read_sweep` returns: a plan and the model that answers it.

    Attributes
    ----------
    path
        The sweep file.
    evaluator
        The model.
    design
        Which candidate has which number.
    """

    path: Path
    evaluator: Evaluator
    design: Design

    @property
    def chunks(self) -> int:
        """How many chunks they make."""
        return -(-self.candidates // self.table.chunk)

    @property
    def fixed(self) -> dict[str, float]:
        """Values of the inputs that are not varied, in SI."""
        varied = {variable.name for variable in self.variables}
        inputs = (name for name in self.evaluator.inputs if name not in varied)
        return {name: self.evaluator.quantities[name].value for name in inputs}

    @property
    def works(self) -> tuple[Use, ...]:
        """Works behind its model's answers."""
        return self.evaluator.works

    @property
    def identity(self) -> Identity:
        """All that decides the numbers: checksums of sweep and evaluator, and versions."""
        deciding = self.table.model_dump(mode="json", exclude=SHOWN_ONLY)
        text = json.dumps(deciding, sort_keys=True)
        return {
            "sweep": hashlib.sha256(text.encode()).hexdigest(),
            "evaluator": self.evaluator.sha256,
            "versions": deciding_versions(),
        }

    def chunk(self, number: int) -> Chunk:
        """The candidates of one chunk."""
        first = number * self.table.chunk
        stop = min(first + self.table.chunk, self.candidates)
        shares = self.design.shares(first, stop)
        missing = self.table.chunk - len(shares)
        shares = np.pad(shares, ((0, missing), (0, 0)), mode="edge")
        columns = {v.name: v.at(shares[:, k]) for k, v in enumerate(self.variables)}
        return Chunk(number, first, stop - first, columns, self.fixed, self.outputs)


def deciding_versions() -> dict[str, str]:
    """Versions of the packages that decide the bits."""
    return {name: version(name) for name in DECIDING}


def read_sweep(path: str | Path, evaluator: Evaluator | None = None) -> Sweep:
    """Read a sweep file and compile the model of its coating.

    Parameters
    ----------
    path
        The sweep file.
    evaluator
        A model of your own, swept instead of a coating's; the file then has no ``coating``.

    Raises
    ------
    InputError
        One sentence naming the file and the key, for anything wrong in it.
    """
    path = Path(path)
    table = validated(SweepTable, read_toml(path), path)
    if evaluator is None:
        evaluator = _of_coating(table, path)
    else:
        _refuse_coating(table, path)
    variables = tuple(
        read_variable(vary, evaluator, f"{path}: vary[{k}]") for k, vary in enumerate(table.vary)
    )
    _refuse_unknown_outputs(table, evaluator, path)
    outputs = {name: evaluator.outputs[name] for name in table.outputs}
    design = read_design(table.design, variables)
    sweep = Sweep(table, variables, outputs, path, evaluator, design)
    _refuse_unknown_axes(sweep)
    return sweep


def files_of(table: SweepTable, path: Path) -> dict[str, str | None]:
    """The sweep file's coating and cell: a name, or the path of a file beside it."""
    files = {"coating": table.coating, "cell": table.cell}
    for key, name in files.items():
        beside = path.parent / (name or "")
        if name and beside.suffix in (".toml", ".json") and beside.is_file():
            files[key] = str(beside)
    return files


def _of_coating(table: SweepTable, path: Path) -> Evaluator:
    """The compiled model of the file's coating."""
    from ssb_model.prediction import FOUNDING, make_evaluator

    files = files_of(table, path)
    if files["coating"] is None:
        raise InputError(f"{path}: the key coating is missing: name the coating to sweep.")
    varied = tuple(bare_name(vary.name).lower() for vary in table.vary)
    try:
        return make_evaluator(
            files["coating"],
            table.outputs,
            files["cell"] or FOUNDING,
            varied,
            of_the_mean=table.of_the_mean,
        )
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def _refuse_coating(table: SweepTable, path: Path) -> None:
    """A model of the user's own has no coating, and nothing that belongs to one."""
    for key in ("coating", "cell", "optimum", "of_the_mean"):
        if getattr(table, key):
            raise InputError(f"{path}: {key}: a model of your own has no {key}: remove the key.")


def _refuse_unknown_outputs(table: SweepTable, evaluator: Evaluator, path: Path) -> None:
    named = [(f"outputs[{k}]", name, evaluator.outputs) for k, name in enumerate(table.outputs)]
    for k, front in enumerate(table.front):
        known = [*table.outputs, *(bare_name(vary.name).lower() for vary in table.vary)]
        named += [(f"front[{k}].x.output", front.x.output, known)]
        named += [(f"front[{k}].y.output", front.y.output, known)]
    named += [(f"map[{k}].colour", one.colour, table.outputs) for k, one in enumerate(table.map)]
    for where, name, known in named:
        if name not in known:
            raise InputError(f"{path}: {where}: no output '{name}'. {suggestion(name, known)}")


def _refuse_unknown_axes(sweep: Sweep) -> None:
    for k, one in enumerate(sweep.table.map):
        for axis, name in (("x", one.x), ("y", one.y)):
            try:
                sweep.variable(name)
            except InputError as error:
                raise InputError(f"{sweep.path}: map[{k}].{axis}: {error}") from None
