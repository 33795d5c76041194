"""A calibrated law as the constants of the cells' own form of it (``cells/short_circuit.py``)."""

from functools import singledispatch

from ssb_model.critical_current.laws.cell_voltage import CellVoltageLaw
from ssb_model.critical_current.laws.contact import ContactLaw
from ssb_model.critical_current.laws.exponential import ExponentialLaw
from ssb_model.critical_current.laws.interface_voltage import InterfaceVoltageLaw
from ssb_model.critical_current.laws.power import PowerLaw
from ssb_model.measurements import LAW

NAMES = (
    "reference current density [A.m-2]",
    "reference resistance [Ohm.m2]",
    "series resistance [Ohm.m2]",
    "exponent",
    "decay [Ohm-1.m-2]",
    "contact exponent",
)


def law_inputs(law, interface_resistance):
    """Inputs of a shorting cell whose new interface has the resistance R_ref [Ohm.m2].

    All of J_ref [(R_ref + R_0)/(R + R_0)]^n exp[-(R - R_ref)/R_s] x^m: the law's own current at
    R_ref, and how it changes from there.
    """
    series, exponent, decay, contact = _change(law)
    J = law.current_density(interface_resistance)
    constants = (J, interface_resistance, series, exponent, decay, contact)
    return {LAW.format(name): value for name, value in zip(NAMES, constants, strict=True)}


@singledispatch
def _change(law):
    """R_0, n, 1/R_s and m of a law."""
    raise TypeError(f"{type(law).__name__} has no place in the cells' form of the laws.")


@_change.register
def _(law: CellVoltageLaw):
    return law.garnet_resistance, 1.0, 0.0, 0.0


@_change.register
def _(law: InterfaceVoltageLaw):
    return law.offset_resistance, 1.0, 0.0, 0.0


@_change.register
def _(law: PowerLaw):
    return 0.0, law.exponent, 0.0, 0.0


@_change.register
def _(law: ExponentialLaw):
    return 0.0, 0.0, 1 / law.resistance_scale, 0.0


@_change.register
def _(law: ContactLaw):
    return 0.0, 0.0, 0.0, 1.0
