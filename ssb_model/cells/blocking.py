r"""The blocking cell metal | solid electrolyte | metal: the electrolyte between two capacitors.

Gold or steel exchanges no ions with the electrolyte. Each face only charges its double layer, as a
capacitor or as a constant-phase element,

.. math::

    J = C_\mathrm{dl} \frac{\mathrm{d}\eta}{\mathrm{d}t} \qquad \text{or} \qquad
    J = Q s^\alpha \eta,

so that the spectrum shows the electrolyte alone (:mod:`ssb_model.cells.garnet`), and below its
arcs a spike. With :math:`A` [m2] the area and :math:`R` [Ohm] the electrolyte's resistance,

.. math::

    Z \to R + \frac{2}{\mathrm{j} \omega C_\mathrm{dl} A}.

No direct current of ions passes: at rest every voltage is zero, and what a direct current charges
stays. Electrons may pass. With the option "electronic conduction": "parallel" the electrolyte's
electronic resistance, its thickness :math:`L` [m] over its electronic conductivity :math:`s_e`
[S.m-1], lies at the voltage of the whole cell and carries :math:`i_e` beside the ions,

.. math::

    i = i_\mathrm{ion} + i_e, \qquad i_e \frac{L}{s_e} = v_\mathrm{cell}.

It is what the cell shows at zero frequency (Hebb-Wagner's steady current in its linear part). The
electronic conductivity takes no activation energy: it is that at the temperature of the
measurement.
"""

from __future__ import annotations

from collections.abc import Mapping

import pybamm

from ssb_model.cells.face import ConstantPhaseElement, FaceMechanism
from ssb_model.cells.garnet import RELAXING, TOTAL_CURRENT, Garnet, GarnetConductivity
from ssb_model.cells.options import BLOCKING_OPTIONS
from ssb_model.cells.pellet import FACES, LEAD_RESISTANCE, PelletCell
from ssb_model.cells.short_circuit import NoShortCircuit
from ssb_model.cells.symbols import CellOptions, Variables

IONIC_CURRENT = "Ionic current density [A.m-2]"
DOUBLE_LAYER = "double-layer voltage [V]"


class BlockingFace(FaceMechanism):
    """A double layer that nothing bypasses."""

    def get_fundamental_variables(self) -> Variables:
        name = self.name_of(DOUBLE_LAYER)
        return {name: pybamm.Variable(name)}

    def current_density(self, variables: Variables) -> pybamm.Symbol:
        i = variables[IONIC_CURRENT]
        return i if self.domain == "negative" else -i

    def set_rhs(self, variables: Variables) -> None:
        capacity, slower = self.parameter("double-layer capacity [F.m-2]"), 0
        if self.name_of("constant-phase instant capacity [F.m-2]") in variables:
            capacity = variables[self.name_of("constant-phase instant capacity [F.m-2]")]
            slower = variables[self.name_of("constant-phase branch current density [A.m-2]")]
        charging = self.current_density(variables) - slower
        self.rhs = {variables[self.name_of(DOUBLE_LAYER)]: charging / capacity}

    def set_initial_conditions(self, variables: Variables) -> None:
        self.initial_conditions = {variables[self.name_of(DOUBLE_LAYER)]: pybamm.Scalar(0)}


class NoElectrons(pybamm.BaseSubModel):
    """An electrolyte that conducts ions alone."""

    def __init__(self, cell_options: CellOptions) -> None:
        super().__init__(None, None, name="electronic conduction")

    def get_coupled_variables(self, variables: Variables) -> Variables:
        variables[IONIC_CURRENT] = variables[TOTAL_CURRENT]
        return variables


class ParallelElectrons(pybamm.BaseSubModel):
    """Electrons through the electrolyte, at the voltage v = v_s + i_ion r of the whole cell.

    v_s is what states hold and r what follows the ions' current at once, so that
    i_ion = (i R_e - v_s)/(R_e + r) without an algebraic state.
    """

    def __init__(self, cell_options: CellOptions) -> None:
        super().__init__(None, None, name="electronic conduction")
        self.relaxing = RELAXING[cell_options["garnet permittivity"]]

    def get_coupled_variables(self, variables: Variables) -> Variables:
        held = _face_voltages(variables) + sum(
            variables[f"Garnet {part} voltage [V]"] for part in self.relaxing
        )
        at_once = sum(
            variables[f"Garnet {part} resistance [Ohm.m2]"]
            for part in ("bulk", "grain boundary")
            if part not in self.relaxing
        )
        conductivity = pybamm.Parameter("Garnet electronic conductivity [S.m-1]")
        R_e = pybamm.Parameter("Garnet thickness [m]") / conductivity
        variables["Electronic resistance [Ohm.m2]"] = R_e
        variables[IONIC_CURRENT] = (variables[TOTAL_CURRENT] * R_e - held) / (R_e + at_once)
        return variables


class BlockingVoltage(pybamm.BaseSubModel):
    """V = -(negative face) - (electrolyte) + (positive face) - (leads); zero at rest."""

    def get_coupled_variables(self, variables: Variables) -> Variables:
        I = variables["Current [A]"]
        ions = _face_voltages(variables) + variables["Garnet voltage [V]"]
        V = -ions - I * variables[LEAD_RESISTANCE]
        variables.update(
            {
                "Voltage [V]": V,
                "Battery voltage [V]": V,
                "Terminal power [W]": I * V,
                "Power [W]": I * V,
                "Polarisation [V]": -V,
            }
        )
        return variables


def _face_voltages(variables: Variables) -> pybamm.Symbol:
    negative, positive = (variables[f"{face.capitalize()} face {DOUBLE_LAYER}"] for face in FACES)
    return negative - positive


class BlockingCell(PelletCell):
    """A solid electrolyte between two metals that exchange no ions with it, as a PyBaMM model.

    For its spectrum; works unchanged in ``pybamm.Simulation`` and ``pybamm.EISSimulation``.

    Parameters
    ----------
    options
        PyBaMM's options and the cell's own, see :data:`ssb_model.cells.BLOCKING_OPTIONS`.

    Examples
    --------
    >>> from ssb_model.cells import BlockingCell
    >>> BlockingCell({"double layer": "constant phase"}).name
    'Metal | solid electrolyte | metal blocking cell'
    """

    offered = BLOCKING_OPTIONS

    def __init__(
        self,
        options: Mapping[str, str] | None = None,
        name: str = "Metal | solid electrolyte | metal blocking cell",
        build: bool = True,
    ) -> None:
        super().__init__(options, name, build)

    def set_cell_submodels(self) -> None:
        electrons = {"none": NoElectrons, "parallel": ParallelElectrons}
        conduction = electrons[self.cell_options["electronic conduction"]]
        for face in FACES:
            if self.cell_options["double layer"] == "constant phase":
                self.submodels[f"{face} constant-phase element"] = ConstantPhaseElement(
                    face, across=DOUBLE_LAYER
                )
            self.submodels[f"{face} face"] = BlockingFace(face)
        self.submodels["electronic conduction"] = conduction(self.cell_options)
        self.submodels["short circuit"] = NoShortCircuit(FACES, self.cell_options)
        self.submodels["garnet conductivity"] = GarnetConductivity(self.cell_options)
        self.submodels["garnet"] = Garnet((), self.cell_options, current=IONIC_CURRENT)
        self.submodels["terminal voltage"] = BlockingVoltage(None)

    @property
    def default_parameter_values(self) -> pybamm.ParameterValues:
        from ssb_model.cells.parameters import cell_parameters

        return cell_parameters("blocking")

    @property  # of which PyBaMM's own default is None
    def default_quick_plot_variables(self) -> list[str]:  # pyright: ignore[reportIncompatibleMethodOverride]
        return ["Current [A]", "Voltage [V]"]
