"""What no circuit of resistors, capacitors and inductors does from one frequency to the next.

|Z| rises or falls at most in proportion to the frequency, and the imaginary part does not change
its sign for one point alone.
"""

import numpy as np
from jaxtyping import Complex, Float

from ssb_model.data.consistency.columns import Columns, Places, and_more, rare

STEEPEST = 1.2  # d ln|Z| / d ln(f): one, and some noise of the frequency
NOISE = 0.15  # of |Z|
PLAIN = 0.03  # of |Z|: an imaginary part that is more than noise
LIKE = 0.3  # of the imaginary parts beside it
POINTS = 5

Points = Float[np.ndarray, " points"]
Impedances = Complex[np.ndarray, " points"]


def odd_steps(columns: Columns, rows: Places, f: Points, z: Impedances) -> list[str]:
    """Sentences about |Z| that changes too fast, and lone signs of the imaginary part."""
    if len(f) < POINTS or not np.abs(z).all():
        return []
    return [*_steep(columns, rows, f, z), *_lone_signs(columns, rows, f, z)]


def _steep(columns: Columns, rows: Places, f: Points, z: Impedances) -> list[str]:
    change = np.abs(np.diff(np.log(np.abs(z))))
    found = rare(change > STEEPEST * np.abs(np.diff(np.log(f))) + NOISE)
    if not found.size:
        return []
    lines = sorted(columns.line(int(row)) for row in rows[found[0] : found[0] + 2])
    return [
        f"lines {lines[0]} and {lines[1]}: from {f[found[0]]:.6g} to {f[found[0] + 1]:.6g} Hz the "
        f"impedance changes faster than in proportion to the frequency{and_more(found)}: is one of "
        "them damaged?"
    ]


def _lone_signs(columns: Columns, rows: Places, f: Points, z: Impedances) -> list[str]:
    Im, size = np.imag(z), np.abs(np.imag(z))
    sign = np.sign(Im)
    others = np.stack([sign[:-4], sign[1:-3], sign[3:-1], sign[4:]])
    lone = (others == -sign[2:-2]).all(axis=0) & (size[2:-2] > PLAIN * np.abs(z[2:-2]))
    lone &= np.minimum(size[1:-3], size[3:-1]) > LIKE * size[2:-2]
    found = rare(np.pad(lone, 2))
    if not found.size:
        return []
    line = columns.line(int(rows[found[0]]))
    return [
        f"line {line}: at {f[found[0]]:.6g} Hz alone the imaginary part has another sign than "
        f"beside it{and_more(found)}: is it damaged?"
    ]
