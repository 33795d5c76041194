"""Electrons that reach the garnet lower the critical current: a factor on any law.

    g = 1 / (1 + s_e / s*),   J = g J(R)

s_e [S/m] is the electronic conductivity of what touches the garnet, s* the *leakage strength*, the
conductivity that halves the critical current. No electronic-only layer was measured by Zhai et al.
2024 (doi:10.1039/d4sc00786g), so nothing there fixes s*: it is infinite, and g is 1, unless a user
gives it. The form is assumed.
"""

from typing import NamedTuple

import numpy as np

from ssb_model.errors import InputError
from ssb_model.library import A_M2, S_M, is_true, non_negative, positive, share


class CoatedFace(NamedTuple):
    """A coating as leakage sees it.

    ``critical_current_density`` [A.m-2] as a law gives it from the resistance, without leakage;
    ``electron_supply`` [S.m-1] at the garnet.
    """

    critical_current_density: float
    electron_supply: float


class LeakageWindow(NamedTuple):
    """The leakage strengths s* [S.m-1] for which an ordering of coatings holds."""

    lowest: float
    highest: float

    @property
    def is_empty(self) -> bool:
        """Whether no strength at all gives the ordering."""
        return not self.lowest <= self.highest


def leakage_factor(electron_supply, strength=np.inf):
    """g = 1/(1 + s_e/s*), between 0 and 1; both in S.m-1, any shape, 1 for infinite strength.

    Raises InputError for a negative supply or a strength that is not positive.
    """
    supply = _supply(electron_supply)
    if not (isinstance(strength, float) and strength == np.inf):
        strength = positive(strength, "leakage strength", S_M)
    return 1 / (1 + supply / strength)


def electron_supply(layer_conductivity, coated_share=1.0, *, lithium_conductivity=None):
    """Electronic conductivity [S.m-1] of what touches the garnet.

    The coated share has the layer's own ``layer_conductivity``: an ionic layer lets hardly any
    electron through. Where the garnet is bare, lithium itself supplies them, with the metal's
    ``lithium_conductivity``, which must be given unless the layer covers all.
    """
    layer = _supply(layer_conductivity)
    coated = share(coated_share, "coated share")
    if lithium_conductivity is None:
        if not is_true(coated >= 1):
            raise InputError(
                "Lithium touches the uncoated garnet and supplies electrons there: give "
                f"lithium_conductivity in {S_M}."
            )
        return layer
    lithium = positive(lithium_conductivity, "electronic conductivity of lithium", S_M)
    return coated * layer + (1 - coated) * lithium


def leakage_window(mixed: CoatedFace, ionic: CoatedFace, electronic: CoatedFace) -> LeakageWindow:
    """Strengths for which the mixed layer bears at least what the ionic and the electronic bear.

    This is the founding paper's argument put as a question: how strong would leakage have to be?
    The answer is an output; nothing in the data tests it. Numbers, not arrays.
    """
    windows = [_at_least(mixed, other) for other in (ionic, electronic)]
    return LeakageWindow(max(w.lowest for w in windows), min(w.highest for w in windows))


def _at_least(better, worse):
    """Strengths s with J_a/(1 + s_a/s) >= J_b/(1 + s_b/s): s (J_a - J_b) >= J_b s_a - J_a s_b."""
    for face in (better, worse):
        positive(face.critical_current_density, "critical current density", A_M2)
        _supply(face.electron_supply)
    (J_a, s_a), (J_b, s_b) = better, worse
    slope, bound = J_a - J_b, J_b * s_a - J_a * s_b
    if slope > 0:
        return LeakageWindow(max(bound / slope, 0.0), np.inf)
    if slope < 0:
        return LeakageWindow(0.0, bound / slope)
    return LeakageWindow(0.0, np.inf if bound <= 0 else -np.inf)


def _supply(value):
    return non_negative(value, "electron supply", S_M)
