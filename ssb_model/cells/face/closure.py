r"""Pressure closes the contact: by flow at once, by creep in time, and it stays on release.

Part of the contact is there without pressure, :math:`\theta_0` (lithium that wetted the face, all
of a coated one). Of the rest, pressure closes the share that rough surfaces touch,

.. math::

    \theta = \theta_0 + (1 - \theta_0) \, \mathrm{erf}\left( \frac{\sqrt{\pi}}{2} \frac{p}{H}
    \right),

Persson's contact area from light touch to full contact, J. Chem. Phys. 2001, doi:10.1063/1.1388626,
as the open code PerssonModelFudgeFactor writes it: :math:`\mathrm{erf}(p/\sqrt{2V})`, :math:`V` the
variance of the pressure at full contact. At small loads it is :math:`p/H`, the plastic limit: the
spots bear their hardness :math:`H` [Pa]. That one :math:`H` holds up to full contact is assumed.

:math:`p` [Pa] is the pressure that the contact has been closed with. Flow is not undone: it is the
larger of the assembly pressure :math:`P_a` and the stack pressure :math:`P`, so that contact made
in assembly is kept on release. Creep closes further under the pressure that is there,

.. math::

    \frac{\mathrm{d}p}{\mathrm{d}t} = \frac{p}{n \tau} \left( \frac{P}{p} \right)^n A(T)
    \quad\Rightarrow\quad
    p = p_0 \left[ 1 + \left( \frac{P}{p_0} \right)^n s \right]^{1/n}, \qquad
    \frac{\mathrm{d}s}{\mathrm{d}t} = \frac{A(T)}{\tau}, \qquad
    p_0 = \max\left[ P, P_a (1 + t_a/\tau)^{1/n} \right]

[derived]: the spots' stress, :math:`H P/p`, drives power-law creep of lithium (exponent n: Roy,
Fleck & Deshpande, Extreme Mech. Lett. 2021, doi:10.1016/j.eml.2021.101307), so that it stops by
itself below the pressure of assembly, and grows as :math:`t^{1/n}` towards full contact under it.
:math:`t_a` is how long the assembly pressure was held, at the reference temperature. The creep time
:math:`\tau` is assumed: Roy's rate is that of the bulk at 1 MPa, and taken at the stress of small
spots it would close a contact of 10 MPa in milliseconds, which no measured one does.
"""

from __future__ import annotations

import math

import numpy as np
import pybamm
from scipy import special

from ssb_model.cells.face.mechanism import FaceMechanism, arrhenius
from ssb_model.cells.symbols import Value, Variables
from ssb_model.library import namespace

MADE = "made contact fraction"
AGE = "contact creep age"
LEAST = 1e-6  # Pa: no division by zero without any pressure


def touching(pressure: Value, hardness: Value) -> Value:
    """Share of two rough surfaces that touch, between 0 and 1, under a ``pressure`` [Pa].

    ``hardness`` in Pa; numbers, NumPy or JAX arrays, or PyBaMM symbols.
    """
    return _erf(math.sqrt(math.pi) / 2 * pressure / hardness)


def crept(pressure: Value, closed: Value, age: Value, exponent: Value) -> Value:
    """The pressure [Pa] that a contact is closed with after creep of an ``age`` t A(T)/tau.

    Under a ``pressure`` [Pa], of a contact that was ``closed`` [Pa] with as much or more;
    numbers, NumPy or JAX arrays, or PyBaMM symbols.
    """
    return closed * (1 + (pressure / closed) ** exponent * age) ** (1 / exponent)


def _erf(x: Value) -> Value:
    if isinstance(x, pybamm.Symbol):
        return pybamm.erf(x)
    if namespace(x) is np:
        return special.erf(x)
    from jax.scipy.special import erf

    return erf(x)


class MadeContact(FaceMechanism):
    """A contact that pressure does not change."""

    def get_coupled_variables(self, variables: Variables) -> Variables:
        variables[self.name_of(MADE)] = self.parameter("contact fraction")
        return variables


class Closure(FaceMechanism):
    """The age of creep s as a state; the contact that assembly, pressure and creep have made."""

    def get_fundamental_variables(self) -> Variables:
        name = self.name_of(AGE)
        return {name: pybamm.Variable(name)}

    def get_coupled_variables(self, variables: Variables) -> Variables:
        n = pybamm.Parameter("Lithium creep exponent")
        assembly, stack = (pybamm.Parameter(f"{of} pressure [Pa]") for of in ("Assembly", "Stack"))
        held = pybamm.Parameter("Assembly time [s]") / _creep_time()
        closed = pybamm.maximum(pybamm.maximum(assembly * (1 + held) ** (1 / n), stack), LEAST)
        pressure = crept(stack, closed, variables[self.name_of(AGE)], n)
        wetted = self.parameter("contact fraction")
        touched = touching(pressure, pybamm.Parameter("Lithium contact hardness [Pa]"))
        variables[self.name_of("closing pressure [Pa]")] = pressure
        variables[self.name_of(MADE)] = wetted + (1 - wetted) * touched
        return variables

    def set_rhs(self, variables: Variables) -> None:
        energy = pybamm.Parameter("Lithium creep activation energy [J.mol-1]")
        rate = arrhenius(energy, self.temperature(variables)) / _creep_time()
        self.rhs = {variables[self.name_of(AGE)]: rate}

    def set_initial_conditions(self, variables: Variables) -> None:
        self.initial_conditions = {variables[self.name_of(AGE)]: pybamm.Scalar(0)}


def _creep_time() -> pybamm.Parameter:
    return pybamm.Parameter("Lithium contact creep time [s]")
