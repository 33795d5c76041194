r"""The garnet pellet: a single-ion conductor with bulk and grain boundaries in series.

The current is free of divergence and the transference number is 1, hence Ohm's law across the
pellet (Roy, Fleck & Deshpande, Extreme Mech. Lett. 2021, doi:10.1016/j.eml.2021.101307, eqs
2.1-2.5), with a conductivity that follows Arrhenius' law (:mod:`ssb_model.cells.face.mechanism`).
A brick layer, per area and in series, each part beside its capacitance as far as the option
"garnet permittivity" asks for it:

.. math::

    R_\mathrm{bulk} = (1 - w) \frac{L}{\sigma}, \qquad R_\mathrm{gb} = w \frac{L}{\sigma}, \qquad
    C_\mathrm{bulk} = \frac{\varepsilon_0 \varepsilon_r}{L}, \qquad
    C_\mathrm{gb} = \frac{\varepsilon_\mathrm{gb}}{L},

with :math:`L` [m] the pellet's thickness, :math:`\sigma` [S.m-1] its total conductivity, :math:`w`
the share of the grain boundaries, :math:`\varepsilon_r` the bulk's relative permittivity and
:math:`\varepsilon_\mathrm{gb}` [F.m-1] the effective permittivity of the grain boundaries.

One activation energy holds for both unless the option "garnet activation": "bulk and grain
boundary" gives the grain boundaries their own. Then :math:`\sigma` and :math:`w` are those at
:math:`T_\mathrm{ref}`, the activation energy of the conductivity is the bulk's, and

.. math::

    R_\mathrm{bulk} = (1 - w) \frac{L}{\sigma A_\mathrm{bulk}(T)}, \qquad
    R_\mathrm{gb} = w \frac{L}{\sigma A_\mathrm{gb}(T)}.

With the bulk's capacitance, the resistances that follow the current at once (constriction under
the contacts, the layers' :math:`h/(s_i + s_e)`) lie behind the same geometric capacitance, so that
the impedance tends to zero at infinite frequency. That time constant is nanoseconds and leaves the
voltage without a direct dependence on the current: good for spectra, not for voltage holds or long
cycling, hence not the default.

Measured arcs are depressed. The option "garnet relaxation": "constant phase" replaces each of
these capacitances by a constant-phase element with an exponent of its own, in the time domain as
:class:`ssb_model.cells.ladder.Ladder`, accurate from 1 Hz to 1 GHz. Its :math:`Q` is stated
through the permittivity: both have the same admittance modulus at 1 MHz [assumed convention].
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pybamm

from ssb_model.cells.face import arrhenius
from ssb_model.cells.ladder import Ladder
from ssb_model.cells.symbols import CellOptions, Face, Geometry, Points, Variables, sum_of
from ssb_model.constants import VACUUM_PERMITTIVITY

RELAXING = {
    "none": (),
    "grain boundary": ("grain boundary",),
    "bulk and grain boundary": ("grain boundary", "bulk"),
    "bulk": ("bulk",),
}
REFERENCE_RATE = 2 * np.pi * 1e6
RATE_BAND = (1e-3, 1e11)  # rad/s
TOTAL_CURRENT = "Total current density [A.m-2]"


def ladders(cell_options: CellOptions) -> dict[str, Ladder]:
    """Of every part of the pellet whose relaxation is constant-phase, its :class:`Ladder`."""
    if cell_options["garnet relaxation"] == "capacitor":
        return {}
    return {
        part: Ladder(f"garnet {part}", f"ln_rate_{part}", RATE_BAND, REFERENCE_RATE)
        for part in RELAXING[cell_options["garnet permittivity"]]
    }


def garnet_geometry(cell_options: CellOptions) -> Geometry:
    """PyBaMM geometry of the pellet's own domains."""
    parts = ladders(cell_options).values()
    return {domain: limits for one in parts for domain, limits in one.geometry().items()}


def garnet_points(cell_options: CellOptions) -> Points:
    """PyBaMM mesh points of the pellet's own domains."""
    parts = ladders(cell_options).values()
    return {axis: number for one in parts for axis, number in one.points().items()}


class GarnetConductivity(pybamm.BaseSubModel):
    """Conductivity at the cell's temperature and the resistances it gives."""

    def __init__(self, cell_options: CellOptions) -> None:
        super().__init__(None, None, name="garnet conductivity")
        self.own_energies = cell_options["garnet activation"] == "bulk and grain boundary"

    def get_coupled_variables(self, variables: Variables) -> Variables:
        T = variables["Volume-averaged cell temperature [K]"]
        energy = pybamm.Parameter("Garnet conductivity activation energy [J.mol-1]")
        sigma = pybamm.Parameter("Garnet conductivity [S.m-1]") * arrhenius(energy, T)
        share = pybamm.Parameter("Garnet grain boundary share")
        if self.own_energies:
            boundary = pybamm.Parameter("Garnet grain boundary activation energy [J.mol-1]")
            part = share * arrhenius(energy - boundary, T)  # of the bulk's factor
            sigma, share = sigma / (1 - share + part), part / (1 - share + part)
        intact = variables["Garnet intact share"]
        resistance = intact * pybamm.Parameter("Garnet thickness [m]") / sigma
        variables.update(
            {
                "Garnet conductivity [S.m-1]": sigma,
                "Garnet resistance [Ohm.m2]": resistance,
                "Garnet bulk resistance [Ohm.m2]": (1 - share) * resistance,
                "Garnet grain boundary resistance [Ohm.m2]": share * resistance,
            }
        )
        return variables


class Garnet(pybamm.BaseSubModel):
    """The pellet's voltage, with the relaxations that the options name.

    Parameters
    ----------
    faces
        Faces in series with the pellet, "negative" and possibly "positive".
    cell_options
        The completed options of :func:`ssb_model.cells.options.split_options`.
    current
        Name of the ions' current density.
    """

    def __init__(
        self, faces: Sequence[Face], cell_options: CellOptions, current: str = TOTAL_CURRENT
    ) -> None:
        super().__init__(None, None, name="garnet")
        self.faces, self.current = faces, current
        self.relaxing = RELAXING[cell_options["garnet permittivity"]]
        self.ladders = ladders(cell_options)

    def get_fundamental_variables(self) -> Variables:
        names = [f"Garnet {part} voltage [V]" for part in self.relaxing]
        states: Variables = {name: pybamm.Variable(name) for name in names}
        for part, ladder in self.ladders.items():
            name = _branches(part)
            states[name] = pybamm.Variable(name, domain=[ladder.domain])
        return states

    def get_coupled_variables(self, variables: Variables) -> Variables:
        i = variables[self.current]
        instant = variables["Garnet bulk resistance [Ohm.m2]"] + sum(
            variables[f"{face.capitalize()} face instant resistance [Ohm.m2]"]
            for face in self.faces
        )
        resistances = {
            "bulk": instant,
            "grain boundary": variables["Garnet grain boundary resistance [Ohm.m2]"],
        }
        for part, resistance in resistances.items():
            if part not in self.relaxing:
                variables[f"Garnet {part} voltage [V]"] = i * resistance
        voltages = [variables[f"Garnet {part} voltage [V]"] for part in resistances]
        variables.update(
            {
                "Instant resistance [Ohm.m2]": instant,
                "Plateau resistance [Ohm.m2]": sum_of(resistances.values()),
                "Garnet voltage [V]": sum_of(voltages),
            }
        )
        return variables

    def set_rhs(self, variables: Variables) -> None:
        L = pybamm.Parameter("Garnet thickness [m]")
        relative = pybamm.Parameter("Garnet bulk relative permittivity")
        elements = {
            "grain boundary": (
                variables["Garnet grain boundary resistance [Ohm.m2]"],
                pybamm.Parameter("Garnet grain boundary effective permittivity [F.m-1]") / L,
            ),
            "bulk": (
                variables["Instant resistance [Ohm.m2]"],
                VACUUM_PERMITTIVITY * relative / L,
            ),
        }
        for part in self.relaxing:
            self.rhs |= self._relaxation(part, *elements[part], variables)

    def _relaxation(
        self, part: str, resistance: pybamm.Symbol, capacity: pybamm.Symbol, variables: Variables
    ) -> dict[pybamm.Symbol, pybamm.Symbol]:
        """i = v/R + C dv/dt, or with the ladder in place of C."""
        v = variables[f"Garnet {part} voltage [V]"]
        charging = variables[self.current] - v / resistance
        if part not in self.ladders:
            return {v: charging / capacity}
        ladder, branches = self.ladders[part], variables[_branches(part)]
        exponent = pybamm.Parameter(f"Garnet {part} constant-phase exponent")
        instant, slower = ladder.currents(v, branches, capacity, exponent)
        return {v: (charging - slower) / instant, branches: ladder.rates(v, branches)}

    def set_initial_conditions(self, variables: Variables) -> None:
        self.initial_conditions = {v: pybamm.Scalar(0) for v in self.rhs}


def _branches(part: str) -> str:
    return f"Garnet {part} constant-phase branch voltages [V]"
