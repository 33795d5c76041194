"""The parts of a model's impedance by the names of its processes, and the arc that each draws."""

from collections.abc import Collection, Mapping

import numpy as np
from jaxtyping import Complex, Float

from ssb_model.compiled import AT_ONCE
from ssb_model.study.file import bare_name

ENDINGS = ("surface potential difference", "overpotential", "lithium potential", "voltage")
SIDES = ("Negative face", "Positive face")


Terms = Mapping[str, Complex[np.ndarray, "members frequencies"]]


def by_process(terms: Terms) -> dict[str, Complex[np.ndarray, "members frequencies"]]:
    """Sums over the states of one process."""
    names = {name: _process_name(name, terms) for name in terms if name != AT_ONCE}
    return {
        process: sum((terms[name] for name, own in names.items() if own == process), np.zeros(()))
        for process in dict.fromkeys(names.values())
    }


def _process_name(name: str, others: Collection[str]) -> str:
    """Such as "charge-transfer of both faces" for a face's "charge-transfer overpotential [V]"."""
    bare = bare_name(name)
    for ending in ENDINGS:
        bare = bare.removesuffix(ending).strip()
    for side, other in (SIDES, SIDES[::-1]):
        if bare.startswith(side):
            both = name.replace(side, other) in others
            return f"{bare.removeprefix(side).strip()} of {'both faces' if both else side.lower()}"
    return bare.removeprefix("Garnet ").lower()


def arc(
    f: Float[np.ndarray, " frequencies"], z: Complex[np.ndarray, " frequencies"]
) -> tuple[float, float] | None:
    """Width [Ohm] and time constant [s] of the largest arc of z at falling f; None without one."""
    height = -np.imag(z)
    tops = 1 + np.flatnonzero((height[1:-1] > height[:-2]) & (height[1:-1] >= height[2:]))
    if not tops.size or height[tops].max() <= 0:
        return None
    top = tops[height[tops].argmax()]
    ends = top + np.flatnonzero((height[top:-1] <= height[top + 1 :]) | (height[top:-1] <= 0))
    end = ends[0] if ends.size else len(f) - 1
    before, at, after = height[top - 1 : top + 2]
    shift = 0.5 * (before - after) / (before - 2 * at + after)  # of a parabola's top, in steps
    ln_f = np.log(f[top]) + shift * np.log(f[1] / f[0])
    return np.real(z)[end] - np.real(z)[0], 1 / (2 * np.pi * np.exp(ln_f))
