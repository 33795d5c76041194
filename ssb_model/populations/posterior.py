"""The hierarchical normal model of one group, integrated over its three scatters on a grid.

Measurement k of cell j is, with x = (1/T - 1/T0)/R,

    y_jk = ln R_jk = a_j + E_j x_jk + w_jk + e_jk,   w ~ N(0, within^2),   e ~ N(0, error_jk^2)
    (a_j, E_j) ~ N((a, E), diag(between^2, energy^2))

At given scatters everything is normal: (a, E) is integrated in closed form (a with a flat prior, E
with a wide normal one, `WIDE`), as are the cells. What is left, the likelihood of the scatters, is
summed over a grid. Gelman et al., Bayesian Data Analysis, 3rd ed., 2013, section 5.4, here with
several measurements of a cell and a slope. Of a cell only three sums are needed, with Z = (1, x)
and D the variances of its measurements: A = Z'Z/D, b = Z'y/D, c = y'y/D. With one temperature Z is
a column of ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from ssb_model.populations.mixture import Mixture
from ssb_model.populations.scatter import BETWEEN, ENERGY, WITHIN

WIDE = 100.0  # kJ/mol: sd of the prior of a group's activation energy, about zero; assumed
KEPT = 1 - 1e-7  # of the probability: nodes beyond count for nothing

Vectors = Float[np.ndarray, "nodes terms"]
Matrices = Float[np.ndarray, "nodes terms terms"]
Nodes = Float[np.ndarray, " nodes"]


@dataclass(frozen=True)
class CellData:
    """The measurements of a cell.

    Attributes
    ----------
    design
        A row (1, x) a measurement, x in mol/kJ; (1,) at a single temperature.
    y
        Logarithms of the values.
    error
        Their standard errors.
    """

    design: Float[np.ndarray, "measurements terms"]
    y: Float[np.ndarray, " measurements"]
    error: Float[np.ndarray, " measurements"]


@dataclass(frozen=True)
class Posterior:
    """Of a group: nodes of the grid with the normal distribution of (a, E) at each.

    Attributes
    ----------
    weight
        Probability of each node.
    between, within, energy
        The scatters there; energy [kJ/mol], of the activation energy.
    mean, covariance
        Of (a, E).
    cells
        Mean and covariance of each cell's own (a, E).
    """

    weight: Nodes
    between: Nodes
    within: Nodes
    energy: Nodes
    mean: Vectors
    covariance: Matrices
    cells: tuple[tuple[Vectors, Matrices], ...]

    def group(self, at: Float[np.ndarray, " terms"]) -> Mixture:
        """The median's logarithm at a row (1, x)."""
        return _along(self.weight, self.mean, self.covariance, at)

    def new_cell(self, at: Float[np.ndarray, " terms"]) -> Mixture:
        """The logarithm of a cell that nobody has measured."""
        return _along(self.weight, self.mean, self.covariance + self._between_cells, at)

    def cell(self, k: int, at: Float[np.ndarray, " terms"]) -> Mixture:
        """The logarithm of one of the cells."""
        return _along(self.weight, *self.cells[k], at)

    @property
    def _between_cells(self) -> Matrices:
        return _diagonal(self.between, self.energy, self.mean.shape[1])


def posterior(cells: Sequence[CellData]) -> Posterior:
    """Integrate the model of one group over its scatters."""
    terms = cells[0].design.shape[1]
    between, within, energy, log_prior = _grid(terms)
    T = _diagonal(between, energy, terms)
    wide = np.diag([0.0, WIDE**-2][:terms])
    middle = float(np.mean([one.y.mean() for one in cells]))
    solved = [_solved(one, middle, T, within) for one in cells]
    normal = wide + np.sum([one.A @ one.K for one in solved], axis=0)
    right = np.sum([_apply(one.K.swapaxes(1, 2), one.b) for one in solved], axis=0)
    covariance = np.linalg.inv(normal)
    mean = _apply(covariance, right)
    evidence = 0.5 * (np.einsum("np,np->n", right, mean) - np.linalg.slogdet(normal)[1])
    evidence += np.sum([one.log_likelihood for one in solved], axis=0)
    weight, kept = _heaviest(log_prior + evidence)
    own = tuple(_own(one, T, mean, covariance, middle, kept) for one in solved)
    mean[:, 0] += middle
    scatters = between[kept], within[kept], energy[kept]
    return Posterior(weight, *scatters, mean[kept], covariance[kept], own)


@dataclass(frozen=True)
class _Solved:
    """A cell at every node: K = (1 + T A)^-1, and what its data say of the scatters."""

    A: Matrices
    b: Vectors
    K: Matrices
    log_likelihood: Nodes


def _solved(cell: CellData, middle: float, T: Matrices, within: Nodes) -> _Solved:
    """The sums of a cell at the values of `within`, and its covariance D + Z T Z' inverted."""
    values, place = np.unique(within, return_inverse=True)
    y, Z = cell.y - middle, cell.design
    precision = 1 / (cell.error**2 + values[:, None] ** 2)
    A = np.einsum("wk,kp,kq->wpq", precision, Z, Z)[place]
    b = np.einsum("wk,kp,k->wp", precision, Z, y)[place]
    alone = (precision @ y**2 - np.log(precision).sum(axis=1))[place]
    one = np.eye(Z.shape[1]) + T @ A
    K = np.linalg.inv(one)
    explained = np.einsum("np,npq,nq->n", b, K @ T, b)
    return _Solved(A, b, K, -0.5 * (alone - explained + np.linalg.slogdet(one)[1]))


def _own(
    one: _Solved, T: Matrices, mean: Vectors, covariance: Matrices, middle: float, kept: np.ndarray
) -> tuple[Vectors, Matrices]:
    """Mean and covariance of a cell's own (a, E), drawn to the group's by what is not known."""
    K, T, b = one.K[kept], T[kept], one.b[kept]
    own = _apply(K, _apply(T, b) + mean[kept])
    own[:, 0] += middle
    return own, K @ T + K @ covariance[kept] @ K.swapaxes(1, 2)


def _grid(terms: int) -> tuple[Nodes, Nodes, Nodes, Nodes]:
    """Scatters at every node, and the logarithm of their prior; without a slope two of them."""
    priors = (BETWEEN, WITHIN, ENERGY)[: terms + 1]
    grids = np.meshgrid(*(prior.nodes for prior in priors), indexing="ij")
    weights = np.meshgrid(*(prior.log_weight for prior in priors), indexing="ij")
    between, within, *energy = (grid.ravel() for grid in grids)
    log_prior = np.sum(weights, axis=0).ravel()
    return between, within, energy[0] if energy else np.zeros_like(within), log_prior


def _heaviest(log_weight: Nodes) -> tuple[Nodes, np.ndarray]:
    """Probabilities of the nodes that have nearly all of it, and which they are."""
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    order = np.argsort(weight)[::-1]
    kept = order[: np.searchsorted(np.cumsum(weight[order]), KEPT) + 1]
    return weight[kept] / weight[kept].sum(), kept


def _diagonal(between: Nodes, energy: Nodes, terms: int) -> Matrices:
    variances = np.stack([between, energy][:terms], axis=1) ** 2
    return variances[:, :, None] * np.eye(terms)


def _apply(matrix: Matrices, vector: Vectors) -> Vectors:
    return np.einsum("npq,nq->np", matrix, vector)


def _along(weight: Nodes, mean: Vectors, covariance: Matrices, at: np.ndarray) -> Mixture:
    variance = np.einsum("p,npq,q->n", at, covariance, at)
    return Mixture(weight, mean @ at, np.sqrt(variance))
