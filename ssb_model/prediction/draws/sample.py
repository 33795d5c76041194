"""Draws of all that is uncertain about a coating and its cell: quasi-random, of the priors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float, Int
from scipy.special import ndtri
from scipy.stats import qmc

from ssb_model.fitting import FreeParameter, ParameterSpace
from ssb_model.measurements import scaled
from ssb_model.prediction.coated_cells import UNCOATED, CoatedCells, face_name
from ssb_model.prediction.draws.even import even_normals

if TYPE_CHECKING:
    from ssb_model.library import Quantity
    from ssb_model.prediction.files import Coating, PredictionCell
    from ssb_model.study import StudyCell

RESISTANCE_ERROR = "measured interface resistance"
CELL_SCATTER = "scatter of the resistance"
CURRENT_SCATTER = "scatter of the critical current"
OWN = (RESISTANCE_ERROR, CELL_SCATTER, CURRENT_SCATTER)


@dataclass(frozen=True, eq=False)
class Draws:
    """A sample of what is uncertain.

    Attributes
    ----------
    space
        Uncertain quantities of the face; labels are PyBaMM names.
    u
        Their coordinates, standard normal under the prior.
    cell
        Inputs of garnet and cathode.
    cell_normals
        Standard normal numbers of their parameters.
    own
        Standard normal numbers of :data:`OWN`.
    fixed
        Known quantities of the face, by PyBaMM name.
    scale
        What multiplies the interface resistance, between nominally equal cells.
    """

    space: ParameterSpace
    u: Float[np.ndarray, "n quantities"]
    cell: Mapping[str, Float[np.ndarray, " n"]]
    cell_normals: Float[np.ndarray, "n parameters"]
    own: Mapping[str, Float[np.ndarray, " n"]]
    fixed: Mapping[str, float]
    scale: Float[np.ndarray, " n"] | None = None

    def __len__(self) -> int:
        return len(self.u)

    def columns(
        self, u: Float[np.ndarray, "n quantities"] | None = None
    ) -> dict[str, Float[np.ndarray, " n"]]:
        """All inputs by PyBaMM name; ``u`` stands in for the face's coordinates."""
        drawn = self.space.values((self.u if u is None else u).T)
        face = {name: np.full(len(self), value) for name, value in self.fixed.items()}
        face |= {name: _at_most_all(name, np.asarray(values)) for name, values in drawn.items()}
        if self.scale is not None:
            face = scaled(face, self.scale)
        return {**face, **self.cell}

    def taken(self, rows: Int[np.ndarray, " m"]) -> Draws:
        """These rows of it."""
        return replace(
            self,
            u=self.u[rows],
            cell_normals=self.cell_normals[rows],
            cell={name: values[rows] for name, values in self.cell.items()},
            own={name: values[rows] for name, values in self.own.items()},
            scale=None if self.scale is None else self.scale[rows],
        )

    def sources(self, cell: PredictionCell) -> dict[str, Float[np.ndarray, "n parts"]]:
        """All that was drawn, by name.

        Garnet and cathode count as one each: a fit ties their parameters together.
        """
        face = {name: u[:, None] for name, u in zip(self.space.labels, self.u.T, strict=True)}
        own = {name: normal[:, None] for name, normal in self.own.items()}
        parts: dict[str, list[int]] = {}
        for k, names in enumerate(cell.inputs.values()):
            part = "garnet" if names[0].startswith("Garnet") else "cathode"
            parts.setdefault(part, []).append(k)
        of_cell = self.cell_normals @ cell.root.T
        return face | own | {part: of_cell[:, at] for part, at in parts.items()}


def draw(
    coating: Coating,
    cells: CoatedCells[StudyCell],
    cell: PredictionCell,
    number: int,
    seed: int = 0,
) -> Draws:
    """``number`` draws of the priors; a power of two is best."""
    space, fixed = face_priors(face_quantities(coating, cells))
    normals = _normals(number, len(OWN) + len(cell.space) + len(space), seed)
    own, of_cell, of_face = np.split(normals, [len(OWN), len(OWN) + len(cell.space)], axis=1)
    return Draws(
        space=space,
        u=of_face,
        cell=cell.columns(of_cell),
        cell_normals=of_cell,
        own=dict(zip(OWN, own.T, strict=True)),
        fixed=fixed,
    )


def _at_most_all(name: str, values: Float[np.ndarray, " n"]) -> Float[np.ndarray, " n"]:
    """A prior of the contact ends at full contact: its tail beyond touches all of the face."""
    return np.minimum(values, 1) if name.endswith("contact fraction") else values


def face_quantities(coating: Coating, cells: CoatedCells[StudyCell]) -> dict[str, Quantity]:
    """Quantities of the face by PyBaMM name: the coating's, and those of what it leaves bare."""
    own = {face_name(key, q.unit): q for key, q in coating.quantities.items()}
    if coating.partial:
        of_set = cells.cells["symmetric"].quantities
        own |= {name: q for name, q in of_set.items() if name.startswith(UNCOATED)}
        own.pop(f"{UNCOATED}coated share")
    if coating.holed and "coated share" not in coating.stated:  # but for its holes it covers all
        share = face_name("coated share", "-")
        own[share] = replace(own[share], value=1.0, prior=None)
    return {name: q for name, q in own.items() if name in cells.inputs and not _idle(name, coating)}


def face_priors(quantities: Mapping[str, Quantity]) -> tuple[ParameterSpace, dict[str, float]]:
    """The space of those that have a prior, and the values of the others by name."""
    uncertain = {name: q for name, q in quantities.items() if q.prior is not None}
    space = ParameterSpace(FreeParameter.from_quantity(*item) for item in uncertain.items())
    return space, {name: q.value for name, q in quantities.items() if q.prior is None}


def _idle(name: str, coating: Coating) -> bool:
    """Whether it acts only with an option that the cells do not have."""
    return "constant-phase exponent" in name or ("coated share" in name and not coating.partial)


def _normals(number: int, dimensions: int, seed: int) -> Float[np.ndarray, "number dimensions"]:
    """Scrambled Sobol points as standard normal numbers."""
    # scipy's stubs know only rng, which draws other points from the same number
    sobol = qmc.Sobol(dimensions, seed=seed)  # pyright: ignore[reportCallIssue]
    points = sobol.random(number)
    return ndtri(np.clip(points, 1e-12, 1 - 1e-12))


def drawn_alone(
    name: str, quantity: Quantity, number: int, seed: int
) -> Float[np.ndarray, " number"]:
    """Values of one quantity by its prior, evenly spread; all the same where it has none."""
    if quantity.prior is None:
        return np.full(number, quantity.value)
    space = ParameterSpace([FreeParameter.from_quantity(name, quantity)])
    return np.asarray(space.values(even_normals(number, seed)[None])[name])
