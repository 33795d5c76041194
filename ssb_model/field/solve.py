"""From a contact and its materials to its field: input and residual are checked on the way."""

from __future__ import annotations

import jax
import numpy as np
from jaxtyping import Bool, Float

from ssb_model.compiled import prepare
from ssb_model.errors import InputError
from ssb_model.field.checks import (
    check_contact,
    check_limited,
    check_period,
    check_resistance,
)
from ssb_model.field.face import FaceCurrent, face_current
from ssb_model.field.lattice import Given
from ssb_model.field.result import ContactField, read_only
from ssb_model.library import one_positive, positive_array

ACCEPTED_RESIDUAL = 1e-9

_one = jax.jit(face_current)
_many = jax.jit(jax.vmap(face_current, in_axes=(None, None, 0, 0, 0)))


class FieldError(RuntimeError):
    """The linear system of the face was not solved to its tolerance."""


def contact_field(
    contact: Given,
    *,
    period: Given,
    conductivity: float,
    thickness: float | None = None,
    contact_resistance: Given = 0.0,
) -> ContactField:
    """Current density and resistance of a face that lithium touches in part.

    Parameters
    ----------
    contact
        True where lithium touches: a line of pixels (two dimensions) or a face (three).
    period
        Lengths of the periodic face [m], one or one a direction.
    conductivity
        Of the garnet [S/m].
    thickness
        Of the garnet above an equipotential counter electrode [m]. Without one the garnet is
        infinitely deep, and its uniform drop left out.
    contact_resistance
        Area-specific resistance of contact [Ohm.m2], one or one a pixel; 0 for perfect contact.

    Returns
    -------
    At 1 V between lithium and counter electrode.

    Raises
    ------
    InputError
        If an input has the wrong shape or sign, or lithium touches nowhere.
    FieldError
        If the solve did not converge.

    Examples
    --------
    A tenth of a face of 20 x 20 um, touched by one disc, on 0.85 mm of garnet:

    >>> from ssb_model.field import disc
    >>> field = contact_field(
    ...     disc((64, 64), 0.1), period=20e-6, conductivity=0.071, thickness=0.85e-3
    ... )
    >>> print(f"{1e4 * field.constriction_resistance:.2f} ohm cm2 above the garnet's own")
    2.21 ohm cm2 above the garnet's own
    """
    prepare()
    touching = check_contact(contact)
    lengths = check_period(period, touching.ndim)
    sigma = one_positive(conductivity, "conductivity", "S/m")
    depth = None if thickness is None else one_positive(thickness, "thickness", "m")
    resistance = check_resistance(contact_resistance, touching.shape)
    check_limited(touching, resistance, depth)
    flow = _one(touching, lengths, sigma, depth, resistance)
    check_residual(flow.residual)
    return _field(touching, lengths, sigma, depth, resistance, flow)


def contact_fields(
    contact: Given,
    *,
    period: Given,
    conductivity: Given,
    thickness: Given | None = None,
    contact_resistance: Given = 0.0,
) -> tuple[ContactField, ...]:
    """Many fields of one contact pattern, solved together.

    ``conductivity``, ``thickness`` and ``contact_resistance`` are numbers or arrays of one length;
    all else is as for :func:`contact_field`. Returns a tuple of :class:`ContactField`.
    """
    prepare()
    touching = check_contact(contact)
    lengths = check_period(period, touching.ndim)
    given = {
        "conductivity": positive_array(conductivity, "conductivity", "S/m"),
        "contact resistance": np.asarray(contact_resistance),
        "thickness": np.asarray(1.0)
        if thickness is None
        else positive_array(thickness, "thickness", "m"),
    }
    sigma, resistance, depth = _one_length(given)
    resistance = check_resistance(resistance, resistance.shape)
    check_limited(touching, resistance.min(), thickness)
    flows = _many(touching, lengths, sigma, None if thickness is None else depth, resistance)
    check_residual(flows.residual)
    return tuple(
        _field(
            touching,
            lengths,
            sigma[member],
            None if thickness is None else depth[member],
            resistance[member],
            jax.tree.map(lambda values, member=member: values[member], flows),
        )
        for member in range(len(sigma))
    )


def check_residual(residual: Given) -> None:
    """Refuse a solve whose relative residual is above ACCEPTED_RESIDUAL, or not a number."""
    worst = float(np.max(residual))
    if not worst <= ACCEPTED_RESIDUAL:
        raise FieldError(
            f"The current at the face was not found: the solve stopped at a residual of "
            f"{worst:.1e}, above {ACCEPTED_RESIDUAL:.0e}; bring the contact resistances closer "
            "together or use fewer pixels."
        )


def _one_length(given: dict[str, np.ndarray]) -> tuple[Float[np.ndarray, " members"], ...]:
    """The inputs as arrays of one length, numbers repeated."""
    try:
        values = np.broadcast_arrays(*(np.atleast_1d(value) for value in given.values()))
    except ValueError:
        values = ()
    if not values or values[0].ndim != 1:
        shapes = ", ".join(f"{name} {value.shape}" for name, value in given.items())
        raise InputError(f"Give numbers or arrays of one length, not {shapes}.")
    return values


def _field(
    contact: Bool[np.ndarray, "*face"],
    period: Float[np.ndarray, " directions"],
    conductivity: float | Float[np.ndarray, ""],
    thickness: float | Float[np.ndarray, ""] | None,
    resistance: Float[np.ndarray, "*face"],
    flow: FaceCurrent,
) -> ContactField:
    return ContactField(
        contact=read_only(contact),
        period=read_only(period),
        conductivity=float(conductivity),
        thickness=None if thickness is None else float(thickness),
        contact_resistance=float(resistance) if resistance.ndim == 0 else read_only(resistance),
        voltage=1.0,
        current_density=read_only(flow.current_density),
        total_resistance=float(flow.total),
        constriction_resistance=float(flow.constriction),
        contact_part=float(flow.contact),
        residual=float(flow.residual),
    )
