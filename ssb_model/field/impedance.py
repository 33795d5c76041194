r"""Impedance of an imperfect contact: gaps that insulate at rest carry displacement current.

At the angular frequency :math:`\omega` [rad/s] the garnet conducts, and a gap of width :math:`d`
[m] admits, per area,

.. math::

    \sigma + \mathrm{j} \omega \varepsilon, \qquad y = \frac{\mathrm{j} \omega \varepsilon_0}{d}.

At high frequency the current crosses the gaps and no longer has to reach the contacts, so the
constriction relaxes: the dynamic constriction of Eckhardt, Klar, Janek and Heiliger (ACS Appl.
Mater. Interfaces 2022). It is an arc of its own, with neither charge transfer nor double layer.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import jax
import numpy as np
from jaxtyping import Complex, Float

from ssb_model.compiled import prepare
from ssb_model.constants import VACUUM_PERMITTIVITY
from ssb_model.field.checks import (
    check_contact,
    check_limited,
    check_period,
    check_resistance,
)
from ssb_model.field.face import FaceCurrent, face_current
from ssb_model.field.lattice import Given, Scalar
from ssb_model.field.solve import check_residual
from ssb_model.library import one_positive, positive_array


class ContactImpedance(NamedTuple):
    """Area-specific impedances of one face [Ohm.m2] at each angular frequency."""

    angular_frequency: Float[np.ndarray, " f"]  #: [rad/s]
    total: Complex[np.ndarray, " f"]  #: with the garnet's own where a thickness is given
    constriction: Complex[np.ndarray, " f"]  #: total less the garnet less ``contact``
    contact: Complex[np.ndarray, " f"]  #: contacts and gaps in parallel, the face at one potential


def contact_impedance(
    contact: Given,
    angular_frequency: Given,
    *,
    period: Given,
    conductivity: float,
    relative_permittivity: float,
    gap_width: float,
    thickness: float | None = None,
    contact_resistance: Given = 0.0,
) -> ContactImpedance:
    """Impedance of a face that lithium touches in part, across gaps of one width.

    Parameters
    ----------
    contact, period, thickness, contact_resistance
        As for :func:`ssb_model.field.contact_field`.
    angular_frequency
        omega = 2 pi times the frequency [rad/s].
    conductivity, relative_permittivity
        Of the garnet: sigma [S/m] and eps/eps0.
    gap_width
        Of the vacuum between lithium and garnet where they do not touch [m].

    Raises
    ------
    InputError, FieldError
        As for :func:`ssb_model.field.contact_field`.
    """
    prepare()
    touching = check_contact(contact)
    depth = None if thickness is None else one_positive(thickness, "thickness", "m")
    resistance = check_resistance(contact_resistance, touching.shape)
    check_limited(touching, resistance, depth)
    values = (
        np.atleast_1d(positive_array(angular_frequency, "angular frequency", "rad/s")),
        check_period(period, touching.ndim),
        one_positive(conductivity, "conductivity", "S/m"),
        one_positive(relative_permittivity, "relative permittivity", "parts of vacuum's"),
        one_positive(gap_width, "gap width", "m"),
        depth,
        resistance,
    )
    total, constriction, passing, residual = _spectrum(touching, *values)
    check_residual(residual)
    return ContactImpedance(values[0], *map(np.asarray, (total, constriction, passing)))


@jax.jit
def _spectrum(
    contact: jax.Array, frequencies: Float[jax.Array, " f"], *materials: Any
) -> tuple[jax.Array, ...]:
    """Total, constriction and contact part at every frequency, and the residuals."""

    def at(omega: Float[jax.Array, ""]) -> tuple[jax.Array, ...]:
        flow = face_at_frequency(contact, omega, *materials)
        return flow.total, flow.constriction, flow.contact, flow.residual

    return jax.lax.map(at, frequencies)


def face_at_frequency(
    contact: jax.typing.ArrayLike,
    omega: Scalar,
    period: jax.typing.ArrayLike,
    conductivity: Scalar,
    relative_permittivity: Scalar,
    gap_width: Scalar,
    thickness: Scalar | None = None,
    contact_resistance: Scalar | Float[jax.Array, "*face"] = 0.0,
) -> FaceCurrent:
    """:func:`ssb_model.field.face_current` at one angular frequency ``omega`` [rad/s].

    Differentiable by every argument but ``contact``; checks no input.
    """
    vacuum = 1j * omega * VACUUM_PERMITTIVITY
    return face_current(
        contact,
        period,
        conductivity + relative_permittivity * vacuum,
        thickness,
        contact_resistance,
        vacuum / gap_width,
    )
