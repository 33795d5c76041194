r"""The elements of a fitted circuit as one reports them, with intervals and both capacitances.

An arc :math:`R/(1 + (\mathrm{j} \omega \tau)^n)` is a resistance beside a constant-phase element
:math:`Q = \tau^n/R`. Its effective capacitance after Hsu & Mansfeld (Corrosion 2001) is
:math:`\tau/R`, that of the arc's own top; after Brug et al. (J. Electroanal. Chem. 1984), for an
electrode behind the resistance :math:`R_s` that lies before the arc,

.. math::

    C_\mathrm{B} = Q^{1/n} \left( \frac{1}{R_s} + \frac{1}{R} \right)^{(n - 1)/n}.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from jaxtyping import Float

from ssb_model.data.validation.arcs import SERIES
from ssb_model.data.validation.process import NORMAL_95

if TYPE_CHECKING:
    from ssb_model.data.validation.arcs import ArcSum

Unknowns = Float[np.ndarray, " unknowns"]
STEP = 1e-6
LEAST_INDUCTANCE = 1e-10  # H: less than a wire of a millimetre has


class Element(NamedTuple):
    """An element or a capacitance, in SI, with its 95 % interval; None where it is not determined.

    Attributes
    ----------
    name
        "R1", "Q1", "n1", "C1 (Brug)"; arcs are numbered from the fastest.
    unit
        Ohm, H, F, Ohm-1.s^n or 1.
    """

    name: str
    value: float
    lower: float | None
    upper: float | None
    unit: str


def text_of(fit: ArcSum, inductance: float) -> str:
    """The customary name, "L-R-(RQ)-(RQ)-Q"."""
    head = ["L"] * (inductance > LEAST_INDUCTANCE) + ["R"]
    return "-".join([*head, *["(RQ)"] * len(fit.signs), *["Q"] * fit.tail])


def elements_of(fit: ArcSum, unit: float, highest: float, middle: float) -> Iterator[Element]:
    """Elements of a sum of arcs.

    Parameters
    ----------
    fit
        In units of ``unit`` [Ohm].
    unit
        Ohm.
    highest
        Angular frequency that the inductance is counted from [rad.s-1].
    middle
        The same of the tail's power.
    """
    order = np.argsort(fit.arcs[:, 1])
    head = len(fit.series)

    def element(name: str, of: Callable[[Unknowns], float], si: str) -> Element:
        value, lower, upper = _interval(fit, of)
        if name.startswith("n") and upper is not None:
            upper = min(upper, 1.0)  # of a constant-phase element by definition
        return Element(name, value, lower, upper, si)

    inductance = element("L", lambda x: unit * x[1] / highest, "H")
    if inductance.value > LEAST_INDUCTANCE:
        yield inductance
    yield element("R0", lambda x: unit * x[0], "Ohm")
    before = [0]
    for k, arc in enumerate(order, 1):
        at = head + 3 * int(arc)
        places = tuple(before)

        def parts(x: Unknowns, at: int = at, places: tuple[int, ...] = places) -> tuple[float, ...]:
            R_s = unit * sum(x[place] for place in places)
            return float(unit * x[at]), float(np.exp(x[at + 1])), float(x[at + 2]), float(R_s)

        yield element(f"R{k}", lambda x, p=parts: p(x)[0], "Ohm")
        yield element(f"Q{k}", lambda x, p=parts: _q(*p(x)), "Ohm-1.s^n")
        yield element(f"n{k}", lambda x, p=parts: p(x)[2], "1")
        yield element(f"C{k} (Hsu-Mansfeld)", lambda x, p=parts: p(x)[1] / p(x)[0], "F")
        yield element(f"C{k} (Brug)", lambda x, p=parts: _brug(*p(x)), "F")
        before.append(at)
    if fit.tail:
        yield element("Q", lambda x: 1 / (unit * x[SERIES] * middle ** x[SERIES + 1]), "Ohm-1.s^n")
        yield element("n", lambda x: x[SERIES + 1], "1")


def _q(R: float, tau: float, n: float, R_s: float) -> float:
    return tau**n / R


def _brug(R: float, tau: float, n: float, R_s: float) -> float:
    Q = _q(R, tau, n, R_s)
    return Q ** (1 / n) * (1 / max(R_s, 1e-9 * R) + 1 / R) ** ((n - 1) / n)


def _interval(
    fit: ArcSum, of: Callable[[Unknowns], float]
) -> tuple[float, float | None, float | None]:
    """Value and interval, linearly in the logarithm; no interval where it spans a factor of 10."""
    value = of(fit.x)
    if not value > 0:
        return float(value), None, None
    steps = STEP * np.maximum(np.abs(fit.x), 1e-3)
    g = np.array(
        [
            (np.log(max(of(fit.x + step), 1e-300)) - np.log(value)) / size
            for step, size in zip(np.diag(steps), steps, strict=True)
        ]
    )
    half = NORMAL_95 * float(np.sqrt(max(g @ fit.covariance @ g, 0.0)))
    if not half < np.log(10):
        return float(value), None, None
    return float(value), float(value * np.exp(-half)), float(value * np.exp(half))
