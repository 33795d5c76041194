"""What the cells of one pellet between two like electrodes share: circuit, temperature, meshes."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping

import pybamm

from ssb_model.cells.face import face_geometry, face_points, refused_in_words, submeshes
from ssb_model.cells.garnet import garnet_geometry, garnet_points
from ssb_model.cells.options import split_options
from ssb_model.cells.symbols import CellOptions, Face, Geometry, Meshes, Points, Variables
from ssb_model.constants import HOUR
from ssb_model.errors import InputError

#: PyBaMM's options that act on a pellet between two metals
OF_PYBAMM = ("operating mode", "calculate discharge energy", "surface form", "dimensionality")
LEAD_RESISTANCE = "Lead resistance [Ohm]"
FACES: tuple[Face, ...] = ("negative", "positive")


def _refuse_without_effect(options: Mapping[str, str]) -> None:
    """PyBaMM's options of porous electrodes, which a pellet between two metals does not have."""
    for name in options:
        if name not in OF_PYBAMM:
            raise InputError(
                f'The option "{name}" has no effect on this cell: remove it; of PyBaMM\'s it has '
                f"{', '.join(repr(own) for own in OF_PYBAMM)}."
            )


class CellTemperature(pybamm.BaseSubModel):
    """Isothermal: the cell is at PyBaMM's "Ambient temperature [K]"."""

    def get_fundamental_variables(self) -> Variables:
        T = pybamm.Parameter("Ambient temperature [K]")
        return {"Volume-averaged cell temperature [K]": T, "Ambient temperature [K]": T}


class Leads(pybamm.BaseSubModel):
    """Wires and current collectors: a resistance in series with the cell, or none.

    Their inductance L adds j w L to a spectrum, and nothing at a current that is constant; where
    the current is prescribed it is no part of the equations in time.
    """

    def __init__(self, cell_options: CellOptions) -> None:
        super().__init__(None, None, name="leads")
        self.in_series = cell_options["leads"] == "series"

    def get_fundamental_variables(self) -> Variables:
        R = pybamm.Parameter(LEAD_RESISTANCE) if self.in_series else pybamm.Scalar(0)
        return {LEAD_RESISTANCE: R}


class PelletCell(pybamm.BaseBatteryModel):
    """Electrode | pellet | electrode: what is between the terminals is left to the subclass.

    Attributes
    ----------
    offered
        Options of the cell, the default of each first.
    cell_options
        As completed.
    """

    offered: Mapping[str, tuple[str, ...]]

    def __init__(self, options: Mapping[str, str] | None, name: str, build: bool) -> None:
        self.cell_options, own = split_options(options, self.offered)
        _refuse_without_effect(own)
        super().__init__({"surface form": "differential"} | own, name)
        self.variables.update({"Time [s]": pybamm.t, "Time [h]": pybamm.t / HOUR})
        self.set_external_circuit_submodel()
        self.submodels["temperature"] = CellTemperature(None)
        self.submodels["leads"] = Leads(self.cell_options)
        self.set_cell_submodels()
        if build:
            self.build_model()

    @abstractmethod
    def set_cell_submodels(self) -> None:
        """Add the submodels of pellet and faces, and the terminal voltage."""

    def _rebuild_param(self) -> None:
        self.param = pybamm.ElectricalParameters()
        self.param.A_cc = pybamm.geometric_parameters.A_cc

    def build_model(self) -> None:
        with refused_in_words(self, self.cell_options):
            self._build_model()
        V, cut = self.variables["Voltage [V]"], self.param
        self.events += [
            pybamm.Event("Minimum voltage [V]", V - cut.voltage_low_cut),
            pybamm.Event("Maximum voltage [V]", cut.voltage_high_cut - V),
        ]
        self._built = True

    @property  # a dict, which PyBaMM makes its own class of
    def default_geometry(self) -> Geometry:  # pyright: ignore[reportIncompatibleMethodOverride]
        geometry = garnet_geometry(self.cell_options)
        for face in FACES:
            geometry |= face_geometry(face, self.cell_options)
        return geometry

    @property
    def default_var_pts(self) -> Points:
        return face_points(FACES, self.cell_options) | garnet_points(self.cell_options)

    @property
    def default_submesh_types(self) -> Meshes:
        return submeshes(self.default_geometry)

    @property
    def default_spatial_methods(self) -> Meshes:
        return {domain: pybamm.FiniteVolume() for domain in self.default_geometry}
