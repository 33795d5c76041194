"""What is believed of the critical current before any cell of the library, and why.

ln J [mA/cm2] of a cell at 25 degC, in a good contact, is the level of its class; every prior is
written here with its reason, is proper, and was fixed before the library was scored.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri


class Prior(NamedTuple):
    """``normal``, ``positive`` (the normal's part above 0), ``lognormal`` (of ln) or ``share``
    (even over a width ``scale`` from ``centre``), with centre and scale, and the reason."""

    kind: Literal["normal", "positive", "lognormal", "share"]
    centre: float
    scale: float
    reason: str


def _normal(centre: float, scale: float, reason: str) -> Prior:
    return Prior("normal", centre, scale, reason)


def _positive(scale: float, reason: str) -> Prior:
    return Prior("positive", 0.0, scale, reason)


LEVEL = "garnets at room temperature bear 0.1 to 10 mA/cm2: 1, 95 % within x/÷ 7"
TYPE = "x/÷ 1.2: an argument of several papers, no measurement at one resistance"

#: by name, in the order of the draws
PRIORS: Mapping[str, Prior] = MappingProxyType(
    {
        "bare": _normal(0.0, 1.0, f"ln of mA/cm2; bare garnet, praised as such: {LEVEL}"),
        "control": _normal(
            -0.5,
            0.5,
            "a coating paper's bare control over bare garnet of one resistance: 0.6, x/÷ 1.6, "
            "since nobody prepares a control with care",
        ),
        "coated": _normal(0.0, 1.0, f"ln of mA/cm2; a solid layer or anode: {LEVEL}"),
        "wetted": _normal(0.0, 1.0, f"ln of mA/cm2; a liquid or gel at the garnet: {LEVEL}"),
        "ionic": _normal(0.0, 0.2, f"a layer that conducts ions alone: {TYPE}"),
        "mixed": _normal(0.0, 0.2, f"a layer that conducts both: {TYPE}"),
        "electronic": _normal(0.0, 0.2, f"an alloy: {TYPE}"),
        "fall": Prior(
            "share", 0.0, 1.0, "n: from no law of the resistance (0) to one cell voltage (1)"
        ),
        "bend": Prior(
            "lognormal",
            float(np.log(120.0)),
            0.5,
            "R_c [ohm cm2], where the resistance begins to matter: about the garnet's own, 0.6 to "
            "1.2 mm at 0.4 to 1.2 mS/cm, x/÷ 1.6",
        ),
        "energy": _normal(0.40, 0.15, "[eV]: conduction of garnets 0.3 to 0.45, one series 0.43"),
        "density": _normal(0.05, 0.05, "per % of relative density over 94 %: pores lead filaments"),
        "pressure": _positive(
            0.04, "k per MPa of stack over 10 MPa: one series, -0.51 in 12.5 MPa"
        ),
        "lab": _positive(0.5, "spread of ln J between labs: protocols and preparation, to x/÷ 2.7"),
        "garnet": _positive(0.5, "spread between garnets of one lab: dopants, grains, to x/÷ 2.7"),
        "interface": _positive(0.3, "spread between interfaces of one garnet, to x/÷ 1.8"),
        "noise": Prior(
            "lognormal",
            float(np.log(0.515)),
            0.15,
            "scale of the noise between cells made alike, 68 % within x/÷ 1.8: the one lab that "
            "states its error at room temperature (0.9 +- 0.7 mA/cm2); published best values would "
            "have it lower",
        ),
    }
)
SPREADS = ("lab", "garnet", "interface")


def values(
    u: Any, priors: Mapping[str, Prior], xp: Any = np, ndtr: Any = ndtr, ndtri: Any = ndtri
) -> dict[str, Any]:
    """Parameters by name of coordinates u (..., priors), standard normal under the priors.

    The functions are those of the coordinates' kind, NumPy's and SciPy's or JAX's.
    """
    return {
        name: _value(u[..., k], prior, xp, ndtr, ndtri)
        for k, (name, prior) in enumerate(priors.items())
    }


def _value(u: Any, prior: Prior, xp: Any, ndtr: Any, ndtri: Any) -> Any:
    if prior.kind == "share":
        return prior.centre + prior.scale * ndtr(u)
    if prior.kind == "positive":
        return prior.centre + prior.scale * ndtri(0.5 + 0.5 * ndtr(u))
    x = prior.centre + prior.scale * u
    return xp.exp(x) if prior.kind == "lognormal" else x
