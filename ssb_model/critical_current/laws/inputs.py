"""A calibrated law as the inputs of a cell that loses contact and shorts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from ssb_model.critical_current.laws.base import CriticalCurrentLaw
from ssb_model.library import LAW_PARAMETERS

if TYPE_CHECKING:
    from ssb_model.critical_current.laws.base import Numbers


def law_inputs(law: CriticalCurrentLaw, interface_resistance: Numbers) -> Mapping[str, Numbers]:
    """Inputs of a :class:`~ssb_model.critical_current.ShortingCell`, by PyBaMM name.

    Its new interface has the `interface_resistance` R_ref [Ohm.m2], at which it shorts at the
    law's own current; from there the critical current changes by the law's ``form``. Raises
    InputError as :meth:`CriticalCurrentLaw.current_density`.
    """
    J_ref, form = law.current_density(interface_resistance), law.form
    shape = form.series_resistance, form.exponent, form.decay, form.contact_exponent
    constants = J_ref, interface_resistance, *cast("tuple[Numbers, ...]", shape)  # no symbols here
    return dict(zip(LAW_PARAMETERS, constants, strict=True))
