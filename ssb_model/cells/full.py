"""The full cell Li | face | garnet | cathode, a PyBaMM half cell with submodels exchanged."""

from __future__ import annotations

import warnings
from collections.abc import Mapping

import pybamm
from pybamm.models.submodels.electrode.ohm.li_metal import LithiumMetalBaseModel
from pybamm.models.submodels.electrolyte_conductivity.base_electrolyte_conductivity import (
    BaseElectrolyteConductivity,
)

from ssb_model.cells.cathode import (
    HYSTERESIS,
    BinaryCatholyte,
    LumpedTemperature,
    for_pybamm,
    start_on_branch,
    with_salt,
)
from ssb_model.cells.face import (
    face_geometry,
    face_points,
    face_submodels,
    refused_in_words,
    submeshes,
)
from ssb_model.cells.garnet import (
    Garnet,
    GarnetConductivity,
    garnet_geometry,
    garnet_points,
)
from ssb_model.cells.inventory import LithiumInventory
from ssb_model.cells.offered import FULL_OPTIONS
from ssb_model.cells.options import split_options, usual_coating
from ssb_model.cells.pellet import LEAD_RESISTANCE
from ssb_model.cells.short_circuit import NoShortCircuit, ShortCircuit
from ssb_model.cells.symbols import Geometry, Meshes, Points, Variables
from ssb_model.library import CATHODE_OPTIONS

CELL = {
    "working electrode": "positive",
    "surface form": "differential",
    "contact resistance": "true",
}


class LithiumElectrode(LithiumMetalBaseModel):
    """Lithium metal without resistance; the face's overpotential lies behind it."""

    def get_coupled_variables(self, variables: Variables) -> Variables:
        eta = pybamm.PrimaryBroadcast(
            variables["Negative face relaxing overpotential [V]"], "current collector"
        )
        phi_s = variables["Negative current collector potential [V]"]
        variables.update(
            self._get_li_metal_interface_variables(pybamm.Scalar(0), phi_s, phi_s - eta)
        )
        variables["Lithium metal interface surface potential difference [V]"] = eta
        variables["Lithium metal interface reaction overpotential [V]"] = eta
        variables["Negative electrode SEI film overpotential [V]"] = pybamm.Scalar(0)
        return variables


class GarnetSeparator(BaseElectrolyteConductivity):
    """Potential across PyBaMM's separator domain: the garnet's, falling linearly."""

    def get_coupled_variables(self, variables: Variables) -> Variables:
        x_s = pybamm.standard_spatial_vars.x_s
        drop = pybamm.PrimaryBroadcast(variables["Garnet voltage [V]"], "current collector")
        phi_e_lithium = variables["Lithium metal interface electrolyte potential [V]"]
        fraction = (x_s - self.param.n.L) / self.param.s.L
        variables["Separator electrolyte potential [V]"] = (
            pybamm.PrimaryBroadcast(phi_e_lithium, "separator")
            - pybamm.PrimaryBroadcast(drop, "separator") * fraction
        )
        i_cc = variables["Current collector current density [A.m-2]"]
        variables["Separator electrolyte current density [A.m-2]"] = pybamm.PrimaryBroadcastToEdges(
            i_cc, "separator"
        )
        return variables


class FullCell(pybamm.lithium_ion.DFN):
    """Lithium metal, buffer layer, garnet and a porous cathode with its catholyte.

    PyBaMM's Doyle-Fuller-Newman half cell in which the lithium electrode's interface is the
    composed face of :mod:`ssb_model.cells.face` and the separator is the garnet. The catholyte is
    a single-ion conductor (transference number 1, no salt balance) or binary, the temperature that
    around the cell or the cell's own: the options "catholyte" and "thermal". PyBaMM's
    ``Simulation``, ``Experiment`` and ``EISSimulation`` work unchanged, and of its options those
    on the potential, particles, kinetics and ageing of the cathode. The resistance between cathode
    and garnet is PyBaMM's contact resistance; that of the leads, if the options ask for it, is
    added to it.

    Parameters
    ----------
    options
        PyBaMM's options and the cells' own, see :data:`ssb_model.cells.FULL_OPTIONS`.

    Examples
    --------
    >>> import ssb_model
    >>> ssb_model.FullCell().name
    'Li | garnet | cathode full cell'
    """

    def __init__(
        self,
        options: Mapping[str, str] | None = None,
        name: str = "Li | garnet | cathode full cell",
        build: bool = True,
    ) -> None:
        self.cell_options, own = split_options(options, FULL_OPTIONS)
        with warnings.catch_warnings():  # PyBaMM tells every user that it renamed a parameter
            warnings.filterwarnings("ignore", "The definition of the hysteresis decay rate")
            super().__init__(CELL | for_pybamm(own), name=name, build=build)

    def _rebuild_param(self) -> None:
        super()._rebuild_param()
        contact, leads = self.param.R_contact, self._leads
        if self.cell_options["leads"] == "series":
            self.param.R_contact = lambda T: contact(T) + leads
        if self.cell_options["catholyte"] == "binary":
            with_salt(self.param)
        if self.options.positive["open-circuit potential"] in HYSTERESIS:
            start_on_branch(self.param)

    @property
    def _leads(self) -> pybamm.Symbol:
        """Resistance [Ohm] of the leads."""
        series = self.cell_options["leads"] == "series"
        return pybamm.Parameter(LEAD_RESISTANCE) if series else pybamm.Scalar(0)

    def set_electrolyte_concentration_submodel(self) -> None:
        kind = {
            "single ion": pybamm.electrolyte_diffusion.ConstantConcentration,
            "binary": BinaryCatholyte,
        }
        self.submodels["electrolyte diffusion"] = kind[self.cell_options["catholyte"]](
            self.param, self.options
        )

    def set_thermal_submodel(self) -> None:
        super().set_thermal_submodel()
        if self.cell_options["thermal"] == "lumped":
            self.submodels["thermal"] = LumpedTemperature(self.param, self.options, self._leads)

    def set_electrolyte_potential_submodel(self) -> None:
        super().set_electrolyte_potential_submodel()
        self.submodels["separator surface potential difference"] = GarnetSeparator(
            self.param, "separator", self.options
        )

    def set_li_metal_counter_electrode_submodels(self) -> None:
        self.submodels["negative electrode potential"] = LithiumElectrode(
            self.param, "negative", self.options
        )
        self.submodels["negative electrode interface current"] = (
            pybamm.kinetics.CurrentForInverseKineticsLithiumMetal(
                self.param, "negative", "lithium metal plating", self.options
            )
        )
        self.submodels |= face_submodels("negative", self.cell_options)
        short = {"none": NoShortCircuit, "critical current": ShortCircuit}
        self.submodels["short circuit"] = short[self.cell_options["short circuit"]](
            ("negative",), self.cell_options
        )
        if self.cell_options["lithium inventory"] == "limited":
            self.submodels["lithium inventory"] = LithiumInventory(self.param)
        self.submodels["garnet conductivity"] = GarnetConductivity(self.cell_options)
        self.submodels["garnet"] = Garnet(("negative",), self.cell_options)

    def build_model(self) -> None:
        with refused_in_words(self, self.cell_options):
            super().build_model()

    @property
    def default_parameter_values(self) -> pybamm.ParameterValues:
        from ssb_model.cells.parameters import cell_parameters

        chosen = {
            name: self.options.positive[name] for name in CATHODE_OPTIONS if name in self.options
        }
        options = chosen | self.cell_options
        return cell_parameters("full", coating=usual_coating(options), options=options)

    @property  # a dict, which PyBaMM makes its own class of
    def default_geometry(self) -> Geometry:  # pyright: ignore[reportIncompatibleMethodOverride]
        return super().default_geometry | self._own_geometry()

    @property
    def default_var_pts(self) -> Points:
        own = face_points(("negative",), self.cell_options) | garnet_points(self.cell_options)
        return super().default_var_pts | own

    @property
    def default_submesh_types(self) -> Meshes:
        own = submeshes(self._own_geometry())
        return super().default_submesh_types | own

    @property
    def default_spatial_methods(self) -> Meshes:
        own = {domain: pybamm.FiniteVolume() for domain in self._own_geometry()}
        return super().default_spatial_methods | own

    def _own_geometry(self) -> Geometry:
        """Of the domains that PyBaMM's half cell does not have."""
        return face_geometry("negative", self.cell_options) | garnet_geometry(self.cell_options)
