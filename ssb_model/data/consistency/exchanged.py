"""Whether real and imaginary part have changed places, by the relation that holds between them.

Kramers and Kronig's relations make the imaginary part nearly pi/2 times the slope of the real part
over ln(omega). Where that fails, and holds once the two are exchanged, the columns are doubtful.
"""

import numpy as np
from jaxtyping import Complex, Float

POINTS = 10
FAILS, HOLDS = 0.8, 0.4  # of the imaginary part: what is left of it

Points = Float[np.ndarray, " points"]


def exchanged_parts(frequency: Points, z: Complex[np.ndarray, " points"]) -> list[str]:
    """A sentence where real and imaginary part look exchanged."""
    if len(frequency) < POINTS:
        return []
    real, imaginary = np.real(z), np.imag(z)
    if _left(frequency, real, imaginary) < FAILS:
        return []
    if _left(frequency, -imaginary, -real) > HOLDS:
        return []
    return ["real and imaginary part look exchanged: each is the slope of the other's size"]


def _left(frequency: Points, real: Points, imaginary: Points) -> float:
    """What is left of the imaginary part without the slope of the real part."""
    slope = np.pi / 2 * np.gradient(real, np.log(frequency))
    size = float(np.linalg.norm(imaginary))
    return float(np.linalg.norm(imaginary - slope)) / size if size else np.inf
