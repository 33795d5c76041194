"""The symmetric cell Li | face | garnet | face | Li."""

import pybamm

from ssb_model.cells.face import face_submodels
from ssb_model.cells.face.mesh import face_geometry, face_points, face_submeshes
from ssb_model.cells.garnet import Garnet, GarnetConductivity
from ssb_model.cells.options import split_options
from ssb_model.cells.short_circuit import NoShortCircuit, ShortCircuit

FACES = ("negative", "positive")


class CellTemperature(pybamm.BaseSubModel):
    """Isothermal: the cell is at PyBaMM's "Ambient temperature [K]"."""

    def get_fundamental_variables(self):
        T = pybamm.Parameter("Ambient temperature [K]")
        return {"Volume-averaged cell temperature [K]": T, "Ambient temperature [K]": T}


class TerminalVoltage(pybamm.BaseSubModel):
    """V = -(negative face) - (garnet) + (positive face), open-circuit voltage zero.

    The discharge direction of PyBaMM (positive current) strips the negative electrode.
    """

    def get_coupled_variables(self, variables):
        V = (
            variables["Positive face relaxing overpotential [V]"]
            - variables["Negative face relaxing overpotential [V]"]
            - variables["Garnet voltage [V]"]
        )
        I = variables["Current [A]"]
        faces, instant = (
            sum(variables[f"{side} face {name} [Ohm.m2]"] for side in ("Negative", "Positive"))
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


class SymmetricCell(pybamm.BaseBatteryModel):
    """Two lithium electrodes with a garnet pellet between them, as a PyBaMM model.

    Works unchanged in ``pybamm.Simulation``, with a ``pybamm.Experiment``, and in
    ``pybamm.EISSimulation``; every mechanism has a capacitance, so all states are ODEs.

    Parameters
    ----------
    options : dict, optional
        PyBaMM's options and the cells' own, see :data:`ssb_model.cells.CELL_OPTIONS`.

    Examples
    --------
    >>> import ssb_model
    >>> model = ssb_model.SymmetricCell({"buffer layer": "none"})
    >>> model.name
    'Li | garnet | Li symmetric cell'
    """

    def __init__(self, options=None, name="Li | garnet | Li symmetric cell", build=True):
        self.cell_options, own = split_options(options)
        super().__init__({"surface form": "differential"} | own, name)
        self.variables.update({"Time [s]": pybamm.t, "Time [h]": pybamm.t / 3600})
        self._set_submodels()
        if build:
            self.build_model()

    def _rebuild_param(self):
        self.param = pybamm.ElectricalParameters()
        self.param.A_cc = pybamm.geometric_parameters.A_cc

    def _set_submodels(self):
        self.set_external_circuit_submodel()
        self.submodels["temperature"] = CellTemperature(None)
        for face in FACES:
            self.submodels |= face_submodels(face, self.cell_options)
        short = {"none": NoShortCircuit, "critical current": ShortCircuit}
        self.submodels["short circuit"] = short[self.cell_options["short circuit"]](FACES)
        self.submodels["garnet conductivity"] = GarnetConductivity()
        self.submodels["garnet"] = Garnet(FACES, self.cell_options["garnet permittivity"])
        self.submodels["terminal voltage"] = TerminalVoltage(None)

    def build_model(self):
        self._build_model()
        V, cut = self.variables["Voltage [V]"], self.param
        self.events += [
            pybamm.Event("Minimum voltage [V]", V - cut.voltage_low_cut),
            pybamm.Event("Maximum voltage [V]", cut.voltage_high_cut - V),
        ]
        self.summary_variables = [
            "Time [h]",
            "Throughput capacity [A.h]",
            "Interface resistance [Ohm.m2]",
        ]
        self._built = True

    @property
    def default_parameter_values(self):
        from ssb_model.cells.parameters import cell_parameters

        coating = "bare" if self.cell_options["buffer layer"] == "none" else "zni2-0.5"
        return cell_parameters("symmetric", coating=coating)

    @property
    def default_geometry(self):
        geometry = {}
        for face in FACES:
            geometry |= face_geometry(face, self.cell_options)
        return geometry

    @property
    def default_var_pts(self):
        return face_points(FACES, self.cell_options)

    @property
    def default_submesh_types(self):
        return face_submeshes(FACES, self.cell_options)

    @property
    def default_spatial_methods(self):
        return {domain: pybamm.FiniteVolume() for domain in self.default_submesh_types}

    @property
    def default_quick_plot_variables(self):
        return ["Current [A]", "Voltage [V]", "Interface resistance [Ohm.m2]"]
