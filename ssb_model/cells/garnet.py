"""The garnet pellet: a single-ion conductor with bulk and grain boundaries in series.

div i = 0 with transference number 1, hence Ohm's law across the pellet (Roy, Fleck &
Deshpande, Extreme Mech. Lett. 2021, doi:10.1016/j.eml.2021.101307, eqs 2.1-2.5), with
sigma(T) = sigma_ref exp[-(Ea/R)(1/T - 1/T_ref)], that is A exp(-Ea/RT) without a factor 1/T.
Brick layer: bulk (1 - share) L/sigma and grain boundaries share L/sigma, each beside its
capacitance, eps_0 eps_r/L and eps_gb/L, as far as the option "garnet permittivity" asks for
them. With the bulk's, the resistances that follow the current at once (constriction under the
contacts, the layers' h/(s_i+s_e)) lie behind the same geometric capacitance, so that the
impedance tends to zero at infinite frequency. That time constant is nanoseconds and leaves the
voltage without a direct dependence on the current: good for spectra, not for voltage holds or
long cycling, hence not the default.
"""

import pybamm

from ssb_model.cells.face.mechanism import VACUUM_PERMITTIVITY, arrhenius


class GarnetConductivity(pybamm.BaseSubModel):
    """Conductivity at the cell's temperature and the resistances it gives."""

    def __init__(self):
        super().__init__(None, None, name="garnet conductivity")

    def get_coupled_variables(self, variables):
        T = variables["Volume-averaged cell temperature [K]"]
        energy = pybamm.Parameter("Garnet conductivity activation energy [J.mol-1]")
        sigma = pybamm.Parameter("Garnet conductivity [S.m-1]") * arrhenius(energy, T)
        intact = variables["Garnet intact share"]
        resistance = intact * pybamm.Parameter("Garnet thickness [m]") / sigma
        share = pybamm.Parameter("Garnet grain boundary share")
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
    """The pellet's voltage, with the capacitances that ``permittivity`` names.

    Parameters
    ----------
    faces : tuple of str
        Faces in series with the pellet, "negative" and possibly "positive".
    permittivity : str
        "grain boundary", "bulk and grain boundary" or "none".
    """

    def __init__(self, faces, permittivity):
        super().__init__(None, None, name="garnet")
        self.faces = faces
        self.relaxing = {
            "none": (),
            "grain boundary": ("grain boundary",),
            "bulk and grain boundary": ("grain boundary", "bulk"),
        }[permittivity]

    def get_fundamental_variables(self):
        names = [f"Garnet {part} voltage [V]" for part in self.relaxing]
        return {name: pybamm.Variable(name) for name in names}

    def get_coupled_variables(self, variables):
        i = variables["Total current density [A.m-2]"]
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
                "Plateau resistance [Ohm.m2]": sum(resistances.values()),
                "Garnet voltage [V]": sum(voltages),
            }
        )
        return variables

    def set_rhs(self, variables):
        i = variables["Total current density [A.m-2]"]
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
            resistance, capacity = elements[part]
            v = variables[f"Garnet {part} voltage [V]"]
            self.rhs[v] = (i - v / resistance) / capacity

    def set_initial_conditions(self, variables):
        self.initial_conditions = {v: pybamm.Scalar(0) for v in self.rhs}
