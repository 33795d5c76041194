"""``fit.partial``: where an unfinished fit stands, so that it can be stopped at any time and go on.

The file is written whole after every iteration. It names all that decides the result: the study's
files by checksum, the starts, the seed and the versions. A fit is a sequence of stages ("fit 1",
"fit 2" with the noise estimated again, "profiles"); of each the last state is kept. On resuming
each stage ends again from its last state, and since the same numbers follow to the last bit, so do
all that come after.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ssb_model.files import read_text
from ssb_model.fitting import State
from ssb_model.library import versions, write_whole
from ssb_model.study.file import first_change

if TYPE_CHECKING:
    from ssb_model.study.study import Study

NAME = "fit.partial"


def identity(study: Study, starts: int, seed: int = 0) -> dict[str, Any]:
    """All that decides a fit's result, as plain data."""
    settings = {"starts": starts, "seed": seed}
    return {"files": study.checksums, "settings": settings, "versions": versions()}


@dataclass
class Partial:
    """An unfinished fit on disk.

    Attributes
    ----------
    path
        Of the file.
    identity
        From :func:`identity`.
    tell
        Called with sentences for the user.
    states
        The last state of each stage begun.
    """

    path: Path
    identity: dict[str, Any]
    tell: Callable[[str], object]
    states: dict[str, State] = field(default_factory=dict)

    @classmethod
    def open(
        cls,
        path: Path,
        identity: dict[str, Any],
        tell: Callable[[str], object],
        fresh: bool = False,
    ) -> Partial:
        """The unfinished fit at ``path`` if it is this one and whole, else a new one."""
        new = cls(path, identity, tell)
        if fresh:
            new.remove()
        if not path.exists():
            return new
        try:
            before, states = _read(path)
        except (OSError, ValueError):
            tell(f"{path} is damaged: the fit starts anew.")
            return new
        if reason := _other(before, identity):
            tell(f"{path} is of an earlier fit ({reason}): the fit starts anew.")
            return new
        new.states = states
        *_, (stage, state) = states.items()
        tell(f"Going on after iteration {state.iteration} of stage '{stage}' in {path}.")
        return new

    def stage(self, name: str) -> Stage:
        """The checkpoint of a stage."""
        return Stage(self, name)

    def write(self) -> None:
        """Write everything to the file, whole or not at all."""
        states = {name: _plain(state) for name, state in self.states.items()}
        body = json.dumps({"identity": self.identity, "states": states})
        write_whole(self.path, f"{_seal(body)}\n{body}\n")

    def remove(self) -> None:
        """Remove the file."""
        self.path.unlink(missing_ok=True)


@dataclass
class Stage:
    """The checkpoint of one stage of an unfinished fit."""

    partial: Partial
    name: str

    @property
    def state(self) -> State | None:
        """Where to go on, None at the beginning."""
        return self.partial.states.get(self.name)

    def keep(self, state: State) -> None:
        """Keep a state in place of the one before, on disk."""
        self.partial.states[self.name] = state
        self.partial.write()

    def refuse(self) -> None:
        """Forget this stage and those after it: it was computed otherwise than here."""
        names = list(self.partial.states)
        for name in names[names.index(self.name) :]:
            del self.partial.states[name]
        self.partial.tell(
            f"The costs kept of stage '{self.name}' do not come out again on this machine: the "
            "stage starts anew."
        )


def _seal(body: str) -> str:
    return sha256(body.encode()).hexdigest()


def _read(path: Path) -> tuple[dict[str, Any], dict[str, State]]:
    """Identity and states of a file whose seal fits; ValueError otherwise."""
    seal, _, body = read_text(path).partition("\n")
    if seal != _seal(body.rstrip("\n")):
        raise ValueError("the seal does not fit")
    content = json.loads(body)
    return content["identity"], {name: _state(entry) for name, entry in content["states"].items()}


def _other(before: dict[str, Any], now: dict[str, Any]) -> str | None:
    """Why a kept fit is not the one wanted now; None if it is."""
    if change := first_change(before["files"], now["files"]):
        return change
    for part in ("settings", "versions"):
        for name, value in now[part].items():
            if before[part].get(name) != value:
                return f"{name} was {before[part].get(name)}, not {value}"
    return None


def _plain(state: State) -> dict[str, Any]:
    """A state as plain data; a failed start's infinite cost stays ``Infinity``, Python's own."""
    return {
        name: value.tolist() if isinstance(value, np.ndarray) else value
        for name, value in asdict(state).items()
    }


def _state(entry: dict[str, Any]) -> State:
    arrays = {name: np.array(entry[name]) for name in ("u", "cost", "radius", "converged")}
    return State(**arrays, iteration=entry["iteration"], patience=entry["patience"])
