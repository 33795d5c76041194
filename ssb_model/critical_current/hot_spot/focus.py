r"""The focusing k of an uneven layer and of a partial contact, from tables: smooth and at no cost.

The critical current of a face is that of its hottest spot, where the current density that enters
the garnet is the largest (:func:`ssb_model.field.hot_spot`). Two families of faces are tabulated
from solutions of the field.

**A log-normal layer** (:mod:`ssb_model.field.thickness`) of the variation :math:`s` and the
correlation length :math:`\ell`, with the resistance :math:`r_\mathrm{l}` of its mean thickness and
a charge transfer :math:`r_\mathrm{c}` that is the same everywhere [Ohm.m2], on a garnet of
conductivity :math:`\sigma`. What evens the current out are charge transfer and the spreading of
the current in the garnet, of about :math:`c \, \ell/\sigma` with :math:`c = 0.3` (chosen, so that
what is tabulated varies little). So

.. math::

    \ln k = s \, \frac{A}{1 + A} \; G\!\left( N, s, m, \ln A \right), \qquad
    A = \frac{r_\mathrm{l}}{r_\mathrm{c} + c \, \ell/\sigma}, \qquad
    m = \frac{r_\mathrm{c}}{r_\mathrm{c} + c \, \ell/\sigma},

with G between 2 and 5, about the number of standard deviations by which the thinnest place of the
face lies below the mean. k is the mean (of ln k) over random square faces of :math:`N` correlation
lengths a side, **and grows with N**: the hottest spot of a larger face is hotter. Between faces
that are alike ln k scatters by a standard deviation of the same form. Limits:

.. math::

    k \to 1 \quad (A \to 0 \text{ or } s \to 0), \qquad
    k \to \frac{1/h_\mathrm{min}}{\langle 1/h \rangle} \quad (A \to \infty).

Thin places carry more than thick ones save, so that the face resists less than an even one,

.. math::

    R = (r_\mathrm{l} + r_\mathrm{c}) \exp \left[ - \frac{s^2 A^2}{(A + m)(A + 1)} \,
    W(s, m, \ln A) \right], \qquad
    R \to r_\mathrm{l} \, \mathrm{e}^{-s^2} \quad (A \to \infty).

**A contact** on the share :math:`\theta` of the face, discs of radius a in circular cells (of the
radius b, half the spacing) as in :mod:`ssb_model.cells.face.contact`, with the resistance
:math:`r` under the disc [Ohm.m2]:

.. math::

    k = \frac{E(\theta, t)}{\theta}, \qquad t = \frac{a}{\sigma r}, \qquad
    a = b \sqrt{\theta}, \qquad
    E = 1 + \frac{t}{\sqrt{1 + t}} \, H(\sqrt{\theta}, \ln t),

E is the current density at the rim of the disc over the disc's mean (:mod:`.disc`): 1 where its
resistance limits.

Derived here. ``tests/critical_current/test_hot_spot.py`` compares both with fields off the grid.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from jaxtyping import Float

from ssb_model.critical_current.hot_spot.smooth import Axis, interpolate
from ssb_model.files import read_json
from ssb_model.library import namespace

if TYPE_CHECKING:
    import jax

    Numbers = float | Float[np.ndarray | jax.Array, " ..."]

TABLES = Path(__file__).with_name("focus.json")
SPREADING = 0.3
SIDE = 32.0  # correlation lengths of the face's side
#: log2 N, s, m, ln A
LAYER_AXES = (Axis(3, 6, 4), Axis(0, 1.4, 8), Axis(0, 1, 6), Axis(np.log(0.02), np.log(500), 12))
#: sqrt(theta), ln t
CONTACT_AXES = (Axis(0, 1, 21), Axis(np.log(1e-3), np.log(300), 28))


def layer_focus(
    variation: Numbers,
    layer_resistance: Numbers,
    charge_transfer: Numbers,
    correlation_length: Numbers,
    conductivity: Numbers,
    side: Numbers = SIDE,
) -> Any:
    """k of a log-normal layer; numbers, NumPy or JAX arrays that broadcast.

    Parameters
    ----------
    variation
        s, standard deviation of the logarithm of the thickness, up to 1.4.
    layer_resistance, charge_transfer
        r_l and r_c of one face [Ohm.m2].
    correlation_length
        l [m].
    conductivity
        Of the garnet [S/m].
    side
        N, correlation lengths along a side of the face, 8 to 64.
    """
    A, m = _layer_ratios(layer_resistance, charge_transfer, correlation_length, conductivity)
    log_k = _of_layers("layer", variation, A, m, side)
    return namespace(log_k).exp(log_k)


def layer_scatter(
    variation: Numbers,
    layer_resistance: Numbers,
    charge_transfer: Numbers,
    correlation_length: Numbers,
    conductivity: Numbers,
    side: Numbers = SIDE,
) -> Any:
    """Standard deviation of ln k between faces that are alike; as :func:`layer_focus`."""
    A, m = _layer_ratios(layer_resistance, charge_transfer, correlation_length, conductivity)
    return _of_layers("layer_scatter", variation, A, m, side)


def _of_layers(table: str, variation: Numbers, A: Numbers, m: Numbers, side: Numbers) -> Any:
    """A table of layers times its scale."""
    xp = namespace(A, m, variation, side)
    found = interpolate(_tables()[table], LAYER_AXES, xp.log2(side), variation, m, xp.log(A))
    return layer_scale(variation, A) * found


def uneven_resistance(
    variation: Numbers,
    layer_resistance: Numbers,
    charge_transfer: Numbers,
    correlation_length: Numbers,
    conductivity: Numbers,
) -> Any:
    """R of one face with a log-normal layer [Ohm.m2]; as :func:`layer_focus`."""
    A, m = _layer_ratios(layer_resistance, charge_transfer, correlation_length, conductivity)
    xp = namespace(A, variation)
    W = interpolate(_tables()["layer_resistance"], LAYER_AXES[1:], variation, m, xp.log(A))
    even = layer_resistance + charge_transfer
    return even * xp.exp(-thinning_scale(variation, m, A) * W)


def contact_focus(
    contact_fraction: Numbers, spacing: Numbers, local_resistance: Numbers, conductivity: Numbers
) -> Any:
    """k of contact discs; numbers, NumPy or JAX arrays that broadcast.

    Parameters
    ----------
    contact_fraction
        theta.
    spacing
        Of the discs, centre to centre, 2b [m].
    local_resistance
        r, under the discs [Ohm.m2].
    conductivity
        Of the garnet [S/m].
    """
    xp = namespace(contact_fraction, spacing, local_resistance, conductivity)
    s = xp.sqrt(contact_fraction)
    t = s * spacing / (2 * conductivity * local_resistance)
    H = interpolate(_tables()["contact"], CONTACT_AXES, s, xp.log(t))
    return (1 + rim_scale(t) * H) / contact_fraction


def layer_scale(variation: Numbers, ratio: Numbers) -> Any:
    """s A/(1 + A), of which ln k is a few times."""
    return variation * ratio / (1 + ratio)


def thinning_scale(variation: Numbers, share: Numbers, ratio: Numbers) -> Any:
    """s^2 A^2/[(A + m)(A + 1)], about the logarithm of what unevenness takes off a resistance."""
    return variation**2 * ratio**2 / ((ratio + share) * (ratio + 1))


def rim_scale(t: Numbers) -> Any:
    """t/sqrt(1 + t), of which E - 1 is a fraction."""
    return t / (1 + t) ** 0.5


def _layer_ratios(
    layer: Numbers, transfer: Numbers, correlation_length: Numbers, conductivity: Numbers
) -> tuple[Any, Any]:
    evening = transfer + SPREADING * correlation_length / conductivity
    return layer / evening, transfer / evening


@cache
def _tables() -> dict[str, Float[np.ndarray, "*nodes"]]:
    return {name: np.asarray(values) for name, values in read_json(TABLES).items()}
