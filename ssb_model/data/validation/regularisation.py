"""Non-negative Tikhonov regularisation, and how much of it the data themselves ask for."""

import numpy as np
from jaxtyping import Float
from scipy.optimize import nnls

CANDIDATES = np.logspace(-9, 1, 21)


def solve(
    A: Float[np.ndarray, "rows unknowns"], y: Float[np.ndarray, " rows"], free: int, strength: float
) -> Float[np.ndarray, " unknowns"]:
    """Minimise |A x - y|^2 + strength |D x|^2 over x >= 0.

    D takes second differences of all but the first `free` unknowns, with zeros beyond both ends.
    """
    rough = np.sqrt(strength) * roughness(A.shape[1], free)
    x, _ = nnls(np.vstack([A, rough]), np.concatenate([y, np.zeros(len(rough))]))
    return x


def roughness(unknowns: int, free: int) -> Float[np.ndarray, "differences unknowns"]:
    """Second differences, (unknowns - free, unknowns)."""
    K = unknowns - free
    D = 2 * np.eye(K) - np.eye(K, k=1) - np.eye(K, k=-1)
    return np.hstack([np.zeros((K, free)), D])


def choose_regularisation(
    A: Float[np.ndarray, "rows unknowns"], y: Float[np.ndarray, " rows"], free: int
) -> float:
    """The strongest of the candidates whose generalised cross-validation is near the lowest.

    V = n |A x - y|^2 / (n - trace H)^2, H the matrix that smooths y, restricted to the unknowns
    that are not zero. V is flat below its best value, where peaks split for no reason in the
    data; the smoothest solution within one standard error, sqrt(2/n) of the lowest V, is taken.
    """
    scores = np.array([_score(A, y, free, strength) for strength in CANDIDATES])
    near = scores <= scores.min() * (1 + np.sqrt(2 / len(y)))
    return float(CANDIDATES[np.flatnonzero(near).max()])


def _score(
    A: Float[np.ndarray, "rows unknowns"], y: Float[np.ndarray, " rows"], free: int, strength: float
) -> float:
    x = solve(A, y, free, strength)
    used = x > 0
    part, rough = A[:, used], roughness(A.shape[1], free)[:, used]
    normal = part.T @ part
    smoothing = np.linalg.solve(normal + strength * rough.T @ rough, normal)
    freedom = len(y) - np.trace(smoothing)
    return len(y) * np.sum((A @ x - y) ** 2) / freedom**2
