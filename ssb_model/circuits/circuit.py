"""A circuit: elements in series, written as one does, "L-R-(RQ)-(RQ)-W"."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from jaxtyping import Complex, Float

from ssb_model.circuits.elements import KINDS, Answer, Coordinates, exponent
from ssb_model.errors import InputError

_KNOWN = "L, R, C, Q, (RQ), (RC), W, Ws, Wo"
MOST = 12  # elements, more than any spectrum determines


@dataclass(frozen=True)
class Parameter:
    """A fitted number: name ("R1", "tau1"), its symbol, unit, kind of element and its number."""

    name: str
    symbol: str
    unit: str
    kind: str
    element: int


@dataclass(frozen=True)
class Circuit:
    """Elements in series; those of one kind are numbered from the fastest.

    Attributes
    ----------
    text
        As written, "L-R-(RQ)-Q".
    kinds
        Of the elements.
    """

    text: str
    kinds: tuple[str, ...]

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """All parameters: lone resistors are R0 (R0b, ...), arcs have numbers from 1."""
        found, arcs, seen = [], 0, {}
        for element, kind in enumerate(self.kinds):
            arc = kind in ("RQ", "RC", "Ws", "Wo")
            arcs += arc
            seen[kind] = seen.get(kind, 0) + 1
            letter = "" if seen[kind] == 1 else chr(ord("a") + seen[kind] - 1)
            place = str(arcs) if arc else ("0" if kind == "R" else kind if kind == "Q" else "")
            for symbol, unit in zip(KINDS[kind].symbols, KINDS[kind].units, strict=True):
                own = "" if symbol == place else place
                name = f"{symbol}{own}{'' if arc else letter}"
                found.append(Parameter(name, symbol, unit, kind, element))
        return tuple(found)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Of the parameters."""
        return tuple(parameter.name for parameter in self.parameters)

    @cached_property
    def slices(self) -> tuple[slice, ...]:
        """Where each element's parameters are."""
        ends = np.cumsum([0, *(len(KINDS[kind].symbols) for kind in self.kinds)])
        return tuple(slice(int(a), int(b)) for a, b in pairwise(ends))

    def evaluate(self, u: Coordinates, omega: Float[np.ndarray, "fits frequencies"]) -> Answer:
        """Z and dZ/du of coordinates u (fits, parameters) at ω [1/s] (fits, frequencies)."""
        jw = 1j * omega
        parts = [
            KINDS[kind].function(u[:, where], jw)
            for kind, where in zip(self.kinds, self.slices, strict=True)
        ]
        total = np.sum([z for z, _ in parts], axis=0)
        return total, np.concatenate([slope for _, slope in parts], axis=-1)

    def parts(
        self, u: Float[np.ndarray, " parameters"], omega: Float[np.ndarray, " frequencies"]
    ) -> list[Complex[np.ndarray, " frequencies"]]:
        """Z of each element [Ohm]."""
        return [
            KINDS[kind].function(u[None, where], 1j * omega[None])[0][0]
            for kind, where in zip(self.kinds, self.slices, strict=True)
        ]

    def values(self, u: Float[np.ndarray, "... parameters"]) -> Float[np.ndarray, "... parameters"]:
        """The parameters in SI from the coordinates of the fit."""
        is_n = np.array([parameter.symbol == "n" for parameter in self.parameters])
        return np.where(is_n, exponent(u), np.exp(np.where(is_n, 0.0, u)))

    def ordered(self, u: Float[np.ndarray, " parameters"]) -> Float[np.ndarray, " parameters"]:
        """The same circuit with elements of one kind from fast to slow: names cannot swap."""
        result = u.copy()
        for kind in ("RQ", "RC", "Ws", "Wo"):
            places = [s for k, s in zip(self.kinds, self.slices, strict=True) if k == kind]
            order = np.argsort([u[s][1] for s in places])
            for place, source in zip(places, order, strict=True):
                result[place] = u[places[source]]
        return result


def parse_circuit(text: str) -> Circuit:
    """A :class:`Circuit` from its customary name. Raises InputError for what is no circuit.

    >>> parse_circuit("L-R-(RQ)-Q").names
    ('L', 'R0', 'R1', 'tau1', 'n1', 'Q', 'nQ')
    """
    if not isinstance(text, str) or not text.strip():
        raise InputError(f"A circuit is a text such as 'L-R-(RQ)-(RQ)-W', not {text!r:.40}.")
    pieces = [piece.strip() for piece in text.split("-")]
    kinds = []
    for piece in pieces:
        bare = re.sub(r"^\((.*)\)$", r"\1", piece)
        kind = {"CR": "RC", "QR": "RQ"}.get(bare, bare)
        if kind not in KINDS or (len(kind) == 2 and kind[0] == "R") != (bare != piece):
            raise InputError(
                f"The circuit '{text:.60}' has an unknown element '{piece:.20}': join {_KNOWN} "
                "with '-', for example 'L-R-(RQ)-(RQ)-W'."
            )
        kinds.append(kind)
    for kind in ("L", "R", "C", "W"):
        if kinds.count(kind) > 1:
            raise InputError(
                f"The circuit '{text:.60}' has {kinds.count(kind)} elements {kind} in series, "
                "which no spectrum can tell apart: keep one."
            )
    if len(kinds) > MOST:
        raise InputError(f"The circuit '{text:.60}' has more than {MOST} elements: shorten it.")
    return Circuit("-".join(f"({k})" if k in ("RQ", "RC") else k for k in kinds), tuple(kinds))
