"""What a sweep asks of the model that it sweeps, and how that model travels to a worker."""

import io
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Protocol

import numpy as np

from ssb_model.citations import Use
from ssb_model.errors import InputError
from ssb_model.library import Quantity

#: The module with `evaluator(table)` and `load_evaluator(folder)`.
MODELS = "ssb_model.prediction.evaluation.make"
STATUS = "status"


class Evaluator(Protocol):
    """A model compiled for many candidates at once.

    Attributes
    ----------
    inputs : tuple of str
        What it takes, by PyBaMM names such as "Layer thickness [m]".
    quantities : dict of str to Quantity
        Unit, value, prior and bounds of each input.
    outputs : dict of str to str
        Names and units of what it gives.
    sha256 : str
        Of everything that decides the numbers.
    works : tuple of Use
        Works behind its answers.
    """

    inputs: tuple[str, ...]
    quantities: Mapping[str, Quantity]
    outputs: Mapping[str, str]
    sha256: str
    works: tuple[Use, ...]

    def __call__(self, columns: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        """Outputs (n,) of inputs (n,); a candidate that failed is nan, and "status", an array of
        texts, says why; it is empty where nothing failed."""

    def save(self, folder: Path) -> None:
        """Write all that `load_evaluator` needs, which reads it at once and whole."""


def made(table: Mapping, models: str = MODELS) -> Evaluator:
    """The evaluator of a sweep file's "coating", "cell", "outputs" and "varied"."""
    return import_module(models).evaluator(table)


def packed(evaluator: Evaluator) -> bytes:
    """The saved evaluator as one archive."""
    content = io.BytesIO()
    with tempfile.TemporaryDirectory() as name, zipfile.ZipFile(content, "w") as archive:
        folder = Path(name)
        evaluator.save(folder)
        for path in sorted(folder.rglob("*")):
            archive.write(path, path.relative_to(folder))
    return content.getvalue()


def unpacked(content: bytes, sha256: str, models: str = MODELS) -> Evaluator:
    """The evaluator from its archive; InputError if it is not the one with this checksum."""
    with tempfile.TemporaryDirectory() as name:
        zipfile.ZipFile(io.BytesIO(content)).extractall(name)
        evaluator = import_module(models).load_evaluator(Path(name))
    if evaluator.sha256 != sha256:
        raise InputError(
            f"the evaluator became another one on its way to {sys.executable}: install the same "
            "ssb_model for every worker."
        )
    return evaluator
