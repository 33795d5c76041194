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
from ssb_model.sweep.design import read_design
from ssb_model.sweep.evaluator import MODELS, Evaluator, made
from ssb_model.sweep.file import SweepTable
from ssb_model.sweep.variables import Variable, bare_name, read_variable

#: Of a sweep file, what decides no number.
SHOWN_ONLY = {"title", "front", "map", "optimum"}
DECIDING = ("ssb-model", "jax", "jaxlib", "numpy", "scipy")


@dataclass(frozen=True)
class Chunk:
    """Consecutive candidates, the last one repeated until the chunk is full.

    Attributes
    ----------
    number, first : int
        Of the chunk, and of its first candidate.
    rows : int
        How many of the candidates count.
    columns : dict of str to (n,) array
        Varied quantities in SI.
    """

    number: int
    first: int
    rows: int
    columns: dict[str, np.ndarray]


@dataclass(frozen=True, eq=False)
class Sweep:
    """What :func:`read_sweep` returns; ``models`` is the module that loads the evaluator."""

    path: Path
    table: SweepTable
    evaluator: Evaluator
    variables: tuple[Variable, ...]
    design: object
    models: str = MODELS

    @property
    def candidates(self) -> int:
        """How many there are."""
        return self.design.candidates

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
    def identity(self) -> dict:
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
        return Chunk(number, first, stop - first, columns)

    def variable(self, name: str) -> Variable:
        """The varied quantity that a user means."""
        wanted = bare_name(name).lower()
        return next(v for v in self.variables if bare_name(v.name).lower() == wanted)


def deciding_versions() -> dict[str, str]:
    """Versions of the packages that decide the bits."""
    return {name: version(name) for name in DECIDING}


def read_sweep(path: str | Path, models: str = MODELS) -> Sweep:
    """Read a sweep file and compile its model.

    Raises InputError, one sentence naming the file and the key, for anything wrong in it.
    """
    path = Path(path)
    table = validated(SweepTable, read_toml(path), path)
    evaluator = _evaluator(table, path, models)
    variables = tuple(
        read_variable(vary, evaluator, f"{path}: vary[{k}]") for k, vary in enumerate(table.vary)
    )
    _refuse_unknown_outputs(table, evaluator, path)
    _refuse_unknown_axes(table, variables, path)
    return Sweep(path, table, evaluator, variables, read_design(table.design, variables), models)


def files_of(table, path) -> dict[str, str | None]:
    """The sweep file's coating and cell: a name, or the path of a file beside it."""
    files = {"coating": table.coating, "cell": table.cell}
    for key, name in files.items():
        beside = path.parent / (name or "")
        if name and beside.suffix in (".toml", ".json") and beside.is_file():
            files[key] = str(beside)
    return files


def _evaluator(table, path, models):
    asked = {
        **files_of(table, path),
        "outputs": tuple(table.outputs),
        "varied": tuple(bare_name(vary.name).lower() for vary in table.vary),
    }
    try:
        return made(asked, models)
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def _refuse_unknown_outputs(table, evaluator, path):
    named = [(f"outputs[{k}]", name, evaluator.outputs) for k, name in enumerate(table.outputs)]
    for k, front in enumerate(table.front):
        known = [*table.outputs, *(bare_name(vary.name).lower() for vary in table.vary)]
        named += [(f"front[{k}].x.output", front.x.output, known)]
        named += [(f"front[{k}].y.output", front.y.output, known)]
    named += [(f"map[{k}].colour", one.colour, table.outputs) for k, one in enumerate(table.map)]
    for where, name, known in named:
        if name not in known:
            raise InputError(f"{path}: {where}: no output '{name}'. {suggestion(name, known)}")


def _refuse_unknown_axes(table, variables, path):
    varied = [bare_name(variable.name) for variable in variables]
    for k, one in enumerate(table.map):
        for axis in ("x", "y"):
            name = getattr(one, axis)
            if bare_name(name).lower() not in [bare.lower() for bare in varied]:
                told = f"'{name}' is not varied"
                raise InputError(f"{path}: map[{k}].{axis}: {told}. {suggestion(name, varied)}")
