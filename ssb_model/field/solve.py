"""From a contact and its materials to its field: input and residual are checked on the way."""

import jax
import numpy as np

from ssb_model.compiled import prepare
from ssb_model.errors import InputError
from ssb_model.field.checks import (
    check_contact,
    check_limited,
    check_period,
    check_resistance,
)
from ssb_model.field.face import face_current
from ssb_model.field.result import ContactField, read_only
from ssb_model.library import one_positive, positive_array

ACCEPTED_RESIDUAL = 1e-9

_one = jax.jit(face_current)
_many = jax.jit(jax.vmap(face_current, in_axes=(None, None, 0, 0, 0)))


class FieldError(RuntimeError):
    """The linear system of the face was not solved to its tolerance."""


def contact_field(contact, *, period, conductivity, thickness=None, contact_resistance=0.0):
    """Current density and resistance of a face that lithium touches in part.

    Parameters
    ----------
    contact : bool array, (n,) or (n, m)
        True where lithium touches: a line of pixels (two dimensions) or a face (three).
    period : float or one a direction
        Lengths of the periodic face [m].
    conductivity : float
        Of the garnet [S/m].
    thickness : float, optional
        Of the garnet above an equipotential counter electrode [m]. Without one the garnet is
        infinitely deep, and its uniform drop left out.
    contact_resistance : float or array like ``contact``, optional
        Area-specific resistance of contact [Ohm.m2]; 0, the default, for perfect contact.

    Returns
    -------
    ContactField
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
    contact = check_contact(contact)
    period = check_period(period, contact.ndim)
    sigma = one_positive(conductivity, "conductivity", "S/m")
    depth = None if thickness is None else one_positive(thickness, "thickness", "m")
    resistance = check_resistance(contact_resistance, contact.shape)
    check_limited(contact, resistance, depth)
    flow = _one(contact, period, sigma, depth, resistance)
    check_residual(flow.residual)
    return _field(contact, period, sigma, depth, resistance, flow)


def contact_fields(contact, *, period, conductivity, thickness=None, contact_resistance=0.0):
    """Many fields of one contact pattern, solved together.

    ``conductivity``, ``thickness`` and ``contact_resistance`` are numbers or arrays of one length;
    all else is as for :func:`contact_field`. Returns a tuple of :class:`ContactField`.
    """
    prepare()
    contact = check_contact(contact)
    period = check_period(period, contact.ndim)
    given = {
        "conductivity": positive_array(conductivity, "conductivity", "S/m"),
        "contact resistance": np.asarray(contact_resistance),
        "thickness": np.asarray(1.0)
        if thickness is None
        else positive_array(thickness, "thickness", "m"),
    }
    sigma, resistance, depth = _one_length(given)
    resistance = check_resistance(resistance, resistance.shape)
    check_limited(contact, resistance.min(), thickness)
    flows = _many(contact, period, sigma, None if thickness is None else depth, resistance)
    check_residual(flows.residual)
    return tuple(
        _field(
            contact,
            period,
            sigma[member],
            None if thickness is None else depth[member],
            resistance[member],
            jax.tree.map(lambda values, member=member: values[member], flows),
        )
        for member in range(len(sigma))
    )


def check_residual(residual):
    """Refuse a solve whose relative residual is above ACCEPTED_RESIDUAL, or not a number."""
    worst = float(np.max(residual))
    if not worst <= ACCEPTED_RESIDUAL:
        raise FieldError(
            f"The current at the face was not found: the solve stopped at a residual of "
            f"{worst:.1e}, above {ACCEPTED_RESIDUAL:.0e}; bring the contact resistances closer "
            "together or use fewer pixels."
        )


def _one_length(given):
    """The inputs as arrays of one length, numbers repeated."""
    try:
        values = np.broadcast_arrays(*(np.atleast_1d(value) for value in given.values()))
    except ValueError:
        values = ()
    if not values or values[0].ndim != 1:
        shapes = ", ".join(f"{name} {value.shape}" for name, value in given.items())
        raise InputError(f"Give numbers or arrays of one length, not {shapes}.")
    return values


def _field(contact, period, conductivity, thickness, resistance, flow):
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
