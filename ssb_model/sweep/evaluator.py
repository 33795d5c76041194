"""What a sweep needs of the model that it evaluates, and how that model travels to a worker.

An evaluator is an object. To a worker it goes as the files that its ``save`` writes, and comes back
by its class's ``load``: data, and the name of a class that the worker imports.
"""

import io
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, Self

import numpy as np
from jaxtyping import Float

from ssb_model.citations import Use
from ssb_model.errors import InputError
from ssb_model.library import Quantity

STATUS = "status"


class Evaluator(Protocol):
    """A model compiled for many candidates at once.

    Its numbers must not depend on how many threads there are, nor on which candidates are
    evaluated together.
    """

    @property
    def works(self) -> tuple[Use, ...]:
        """Works behind its answers."""
        ...

    @property
    def inputs(self) -> Sequence[str]:
        """What it takes, by PyBaMM names such as "Layer thickness [m]"."""
        ...

    @property
    def quantities(self) -> Mapping[str, Quantity]:
        """Unit, value, prior and bounds of each input."""
        ...

    @property
    def outputs(self) -> Mapping[str, str]:
        """Names and units of what it gives."""
        ...

    @property
    def sha256(self) -> str:
        """Checksum of everything that decides the numbers."""
        ...

    def __call__(self, columns: dict[str, Float[np.ndarray, " n"]], /) -> Mapping[str, Any]:
        """Outputs (n,) of inputs (n,) in SI, by name.

        A candidate that failed is nan, and "status", an array of texts (n,), says why; it is empty
        where nothing failed.
        """
        ...

    def save(self, folder: Path, /) -> None:
        """Write all that `load` needs."""

    @classmethod
    def load(cls, folder: Path, /) -> Self:
        """The evaluator that was saved; it reads the folder at once and whole.

        It evaluates and knows its `sha256`; it need not know its `quantities`.
        """
        ...


#: Reads an evaluator from the folder in which it was saved.
Load = Callable[[Path], Evaluator]


def packed(evaluator: Evaluator) -> bytes:
    """The saved evaluator as one archive."""
    content = io.BytesIO()
    with tempfile.TemporaryDirectory() as name, zipfile.ZipFile(content, "w") as archive:
        folder = Path(name)
        evaluator.save(folder)
        for path in sorted(folder.rglob("*")):
            archive.write(path, path.relative_to(folder))
    return content.getvalue()


def unpacked(content: bytes, sha256: str, load: Load) -> Evaluator:
    """The evaluator from its archive; InputError if it is not the one with this checksum."""
    with tempfile.TemporaryDirectory() as name:
        zipfile.ZipFile(io.BytesIO(content)).extractall(name)
        evaluator = load(Path(name))
    if evaluator.sha256 != sha256:
        raise InputError(
            f"the evaluator became another one on its way to {sys.executable}: install the same "
            "ssb_model for every worker."
        )
    return evaluator
