"""The symmetric cell Li | face | garnet | face | Li."""

from __future__ import annotations

from collections.abc import Mapping

import pybamm

from ssb_model.cells.face import face_submodels
from ssb_model.cells.garnet import Garnet, GarnetConductivity
from ssb_model.cells.options import CELL_OPTIONS, usual_coating
from ssb_model.cells.pellet import FACES, LEAD_RESISTANCE, PelletCell
from ssb_model.cells.short_circuit import NoShortCircuit, ShortCircuit
from ssb_model.cells.symbols import Variables, sum_of


class TerminalVoltage(pybamm.BaseSubModel):
    """V = -(negative face) - (garnet) + (positive face) - (leads), open-circuit voltage zero.

    The discharge direction of PyBaMM (positive current) strips the negative electrode.
    """

    def get_coupled_variables(self, variables: Variables) -> Variables:
        I = variables["Current [A]"]
        V = (
            variables["Positive face relaxing overpotential [V]"]
            - variables["Negative face relaxing overpotential [V]"]
            - variables["Garnet voltage [V]"]
            - I * variables[LEAD_RESISTANCE]
        )
        faces, instant = (
            sum_of(variables[f"{side} face {name} [Ohm.m2]"] for side in ("Negative", "Positive"))
            for name in ("resistance", "layer instant resistance")
        )
        variables.update(
            {
                "Voltage [V]": V,
                "Battery voltage [V]": V,
                "Terminal power [W]": I * V,
                "Power [W]": I * V,
                "Polarisation [V]": -V,
                "Cell resistance [Ohm.m2]": variables["Garnet resistance [Ohm.m2]"] + faces,
                "Interface resistance [Ohm.m2]": faces - instant,
            }
        )
        return variables


class SymmetricCell(PelletCell):
    """Two lithium electrodes with a garnet pellet between them, as a PyBaMM model.

    Works unchanged in ``pybamm.Simulation``, with a ``pybamm.Experiment``, and in
    ``pybamm.EISSimulation``; every mechanism has a capacitance, so all states are ODEs.

    Parameters
    ----------
    options
        PyBaMM's options and the cells' own, see :data:`ssb_model.cells.CELL_OPTIONS`.

    Examples
    --------
    >>> import ssb_model
    >>> model = ssb_model.SymmetricCell({"buffer layer": "none"})
    >>> model.name
    'Li | garnet | Li symmetric cell'
    """

    offered = CELL_OPTIONS

    def __init__(
        self,
        options: Mapping[str, str] | None = None,
        name: str = "Li | garnet | Li symmetric cell",
        build: bool = True,
    ) -> None:
        super().__init__(options, name, build)

    def set_cell_submodels(self) -> None:
        for face in FACES:
            self.submodels |= face_submodels(face, self.cell_options)
        short = {"none": NoShortCircuit, "critical current": ShortCircuit}
        self.submodels["short circuit"] = short[self.cell_options["short circuit"]](
            FACES, self.cell_options
        )
        self.submodels["garnet conductivity"] = GarnetConductivity(self.cell_options)
        self.submodels["garnet"] = Garnet(FACES, self.cell_options)
        self.submodels["terminal voltage"] = TerminalVoltage(None)

    def build_model(self) -> None:
        super().build_model()
        self.summary_variables = [
            "Time [h]",
            "Throughput capacity [A.h]",
            "Interface resistance [Ohm.m2]",
        ]

    @property
    def default_parameter_values(self) -> pybamm.ParameterValues:
        from ssb_model.cells.parameters import cell_parameters

        return cell_parameters(
            "symmetric", coating=usual_coating(self.cell_options), options=self.cell_options
        )

    @property  # of which PyBaMM's own default is None
    def default_quick_plot_variables(self) -> list[str]:  # pyright: ignore[reportIncompatibleMethodOverride]
        return ["Current [A]", "Voltage [V]", "Interface resistance [Ohm.m2]"]
