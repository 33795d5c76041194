r"""What a reacted layer consists of, and what the composite conducts.

The reaction ZnI2 + (2+x) Li -> 2 LiI + ZnLi_x fixes the volume fractions: 0.785 LiI and 0.215
alloy, with 1.24 times the volume of the ZnI2 (molar volumes assumed; the alloy is taken as LiZn).
That is near the percolation threshold :math:`\varphi_c` of a phase in three dimensions (0.16 to
0.3), so whether the alloy spans the layer decides what it conducts. Let :math:`\varphi` be the
alloy's fraction, and :math:`s_m` and :math:`s_a` [S.m-1] the conductivities of LiI and of the
alloy, of ions or of electrons alike. Two rules, both assumed, give the composite's conductivity
:math:`s`. The first is a spanning path of the alloy beside the LiI,

.. math::

    s = (1 - \varphi) s_m + s_a \left[ \frac{\varphi - \varphi_c}{1 - \varphi_c} \right]_+^2,

without the second term below the threshold. The second is the general effective medium,

.. math::

    (1 - \varphi) \frac{s_m' - s'}{s_m' + A s'} + \varphi \frac{s_a' - s'}{s_a' + A s'} = 0,
    \qquad s' = s^{1/t}, \quad A = \frac{1 - \varphi_c}{\varphi_c}, \quad t = 2.

Bruggeman's rule for spheres is the second with a threshold of 1/3 and the exponent 1. Pure LiI
and pure alloy are limits of all three. The formulas have no branches: they take numbers, arrays,
JAX arrays and PyBaMM symbols, and only known numbers can be refused. The two rules differ by a
factor of ten close to the threshold, where no measurement of such a layer is at hand: carry both.

What lithium's diffusion in the alloy amounts to as an ionic conductivity, with the diffusivity
:math:`D` [m2.s-1], the concentration :math:`c` [mol.m-3] and the thermodynamic factor
:math:`\Gamma`, is

.. math::

    s_i = \frac{D c F^2}{R T \Gamma}.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from scipy.constants import N_A, R, e

from ssb_model.cells.symbols import Value
from ssb_model.constants import ROOM_TEMPERATURE
from ssb_model.errors import InputError

MOLAR_VOLUME_ZNI2 = 67.3e-6  # m3/mol, assumed from a density of 4.74 g/cm3
MOLAR_VOLUME_LII = 32.8e-6  # m3/mol, assumed from a density of 4.08 g/cm3
MOLAR_VOLUME_LIZN = 17.9e-6  # m3/mol, assumed from a cubic cell of 6.2 angstrom with 8 units
BRUGGEMAN_THRESHOLD = 1 / 3


@dataclass(frozen=True)
class LayerComposition:
    """Volume fractions of the layer, which must sum to one."""

    lithium_iodide: Value
    alloy: Value

    def __post_init__(self) -> None:
        for name, fraction in (("LiI", self.lithium_iodide), ("alloy", self.alloy)):
            _refuse_outside(fraction, 0, 1, f"volume fraction of {name}")
        total = _known(self.lithium_iodide + self.alloy, "sum of volume fractions")
        if total is not None and not np.allclose(total, 1, rtol=0, atol=1e-9):
            raise InputError(
                "The volume fractions of LiI and alloy must sum to 1: give the alloy's as one "
                "minus that of LiI."
            )


class Conductivities(NamedTuple):
    """Conductivity of ions and of electrons [S.m-1], of a phase or of the composite."""

    ionic: Value
    electronic: Value


def reacted_composition(lithium_iodide: Value = 2.0, alloy: Value = 1.0) -> LayerComposition:
    """Composition from the moles of LiI and LiZn that a reaction leaves: 2 and 1 from ZnI2.

    A layer from iodine alone is ``reacted_composition(alloy=0.0)``.
    """
    iodide, metal = _volumes(lithium_iodide, alloy)
    return LayerComposition(iodide / (iodide + metal), metal / (iodide + metal))


def volume_gain() -> float:
    """Volume of 2 LiI and LiZn over that of the ZnI2 they come from."""
    return sum(_volumes(2.0, 1.0)) / MOLAR_VOLUME_ZNI2


def alloy_ionic_conductivity(
    diffusivity: Value,
    concentration: Value,
    temperature: Value = ROOM_TEMPERATURE,
    thermodynamic_factor: Value = 1.0,
) -> Value:
    """Ionic conductivity [S.m-1] that lithium's diffusion in an alloy amounts to.

    ``diffusivity`` [m2/s] is the chemical one, or that of lithium itself with a
    ``thermodynamic_factor`` of 1; ``concentration`` of lithium in mol/m3.
    """
    return diffusivity * concentration * (N_A * e) ** 2 / (R * temperature * thermodynamic_factor)


def spanning_path(alloy_fraction: Value, iodide: Value, alloy: Value, threshold: Value) -> Value:
    """LiI in parallel with the alloy's spanning cluster, which is empty below the threshold."""
    excess = (alloy_fraction - threshold) / (1 - threshold)
    spanning = (excess + abs(excess)) / 2
    return (1 - alloy_fraction) * iodide + alloy * spanning**2


def effective_medium(
    alloy_fraction: Value, iodide: Value, alloy: Value, threshold: Value, exponent: float = 2
) -> Value:
    """General effective medium: smooth across the threshold; s' is the root of a quadratic."""
    A, low, high = (1 - threshold) / threshold, iodide ** (1 / exponent), alloy ** (1 / exponent)
    B = (1 - alloy_fraction) * (A * low - high) + alloy_fraction * (A * high - low)
    # Each sign of B has its own form of the root, the one that does not cancel.
    q = abs(B) + (B**2 + 4 * A * low * high) ** 0.5
    return ((B > 0) * q / (2 * A) + (B <= 0) * 2 * low * high / q) ** exponent


def bruggeman(
    alloy_fraction: Value, iodide: Value, alloy: Value, threshold: Value = BRUGGEMAN_THRESHOLD
) -> Value:
    """Bruggeman's symmetric rule for spheres; its threshold is 1/3, whatever is given."""
    return effective_medium(alloy_fraction, iodide, alloy, BRUGGEMAN_THRESHOLD, exponent=1)


def layer_conductivities(
    composition: LayerComposition,
    iodide: Conductivities,
    alloy: Conductivities,
    *,
    threshold: Value,
    rule: Callable[[Value, Value, Value, Value], Value] = spanning_path,
) -> Conductivities:
    """Ionic and electronic conductivity of the composite [S.m-1], one `rule` for both.

    ``threshold`` is the alloy's percolation threshold, assumed by the user: 0.16 to 0.3 in three
    dimensions, and decisive. Raises InputError for a threshold not between 0 and 1 and for
    negative conductivities.

    >>> iodide = Conductivities(3e-5, 1e-10)
    >>> alloy = Conductivities(alloy_ionic_conductivity(1e-12, 56e3), 1e6)
    >>> layer = layer_conductivities(reacted_composition(), iodide, alloy, threshold=0.2)
    >>> f"{200e-9 / layer.ionic * 1e4:.0f} ohm cm2"
    '22 ohm cm2'
    """
    _refuse_outside(threshold, 1e-6, 1 - 1e-6, "percolation threshold")
    for value in (*iodide, *alloy):
        _refuse_outside(value, 0, np.finfo(float).max, "conductivity [S.m-1]")
    pairs = zip(iodide, alloy, strict=True)
    return Conductivities(*(rule(composition.alloy, m, a, threshold) for m, a in pairs))


def layer_values(
    composition: LayerComposition, conductivities: Conductivities, concentration: Value
) -> dict[str, Value]:
    """PyBaMM parameter values of a composed layer, for ``values`` of ``cell_parameters``.

    ``concentration`` is that of lithium in the alloy [mol.m-3], whose share stores it: LiI's own
    lithium does not change.
    """
    return {
        "Negative face layer ionic conductivity [S.m-1]": conductivities.ionic,
        "Negative face layer electronic conductivity [S.m-1]": conductivities.electronic,
        "Negative face layer lithium concentration [mol.m-3]": composition.alloy * concentration,
    }


def _volumes(lithium_iodide: Value, alloy: Value) -> tuple[Value, Value]:
    for moles in (lithium_iodide, alloy):
        _refuse_outside(moles, 0, np.finfo(float).max, "moles of a product")
    if _is_nothing(lithium_iodide + alloy):
        raise InputError("A layer needs LiI or alloy: give the moles of at least one of them.")
    return lithium_iodide * MOLAR_VOLUME_LII, alloy * MOLAR_VOLUME_LIZN


def _is_nothing(moles: Value) -> bool:
    known = _known(moles, "moles of the products")
    return known is not None and bool((known == 0).any())


def _refuse_outside(value: Value, lowest: float, highest: float, name: str) -> None:
    known = _known(value, name)
    if known is not None and not ((known >= lowest) & (known <= highest)).all():
        raise InputError(
            f"The {name} must lie between {lowest:g} and {highest:g}, not at {value}: correct it."
        )


def _known(value: Value, name: str) -> Float[np.ndarray, " ..."] | None:
    """The value as a float array, or None for a PyBaMM symbol or a traced JAX value."""
    try:
        return np.asarray(value, dtype=float)
    except (TypeError, ValueError) as error:
        if hasattr(value, "__abs__"):
            return None
        raise InputError(f"The {name} must be a number, not {value!r}: correct it.") from error
