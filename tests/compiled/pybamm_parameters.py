"""What PyBaMM's options need beyond its parameter sets, and the inputs that drive a model."""

import pybamm

CONTROL = {
    "voltage": {"Voltage function [V]": 4.0},
    "power": {"Power function [W]": 3.0},
    "resistance": {"Resistance function [Ohm]": 1.3},
    "CCCV": {"CCCV current function [A]": 1.0, "Voltage function [V]": 4.0},
}
# What some options need and no parameter set has: sizes at which every term counts.
ASSUMED = {
    "Tunneling distance for electrons [m]": 1e-9,
    "Tunneling barrier factor [m-1]": 1e9,
    "SEI lithium ion conductivity [S.m-1]": 1e-5,
    "SEI growth transfer coefficient": 0.4,
    "Environment thermal resistance [K.W-1]": 5.0,
    "Casing heat capacity [J.K-1]": 10.0,
    "Cell heat capacity [J.K-1.m-3]": 2e6,
    "Contact resistance [Ohm]": 0.01,
}
OF_AN_ELECTRODE = {
    "{} electrode LAM constant proportional term (compressive) [s-1]": 1e-9,
    "{} electrode LAM constant proportional term (tensile) [s-1]": 2e-9,
    "{} electrode current-driven LAM rate": lambda i, T: -1e-9 * abs(i) * T,
    "{} electrode current-driven interface utilisation factor [m3.mol-1]": 1e-6,
    "{} electrode interface utilisation": 0.9,
    "{} electrode reorganization energy [eV]": 0.35,
    "{} electrode Butler-Volmer transfer coefficient": 0.4,
}


def parameter_values(name):
    """A PyBaMM parameter set with what the options need beyond it."""
    if name.startswith("sizes of "):
        return pybamm.get_size_distribution_parameters(parameter_values(name[9:]))
    values = pybamm.ParameterValues("Chen2020" if name == "hysteresis" else name)
    extra = dict(ASSUMED)
    for electrode in ("Negative", "Positive"):
        extra |= {key.format(electrode): value for key, value in OF_AN_ELECTRODE.items()}
        extra[f"Initial {electrode.lower()} electrode interface utilisation"] = 0.9
    if name == "hysteresis":
        extra |= hysteresis(values)
    values.update({k: v for k, v in extra.items() if k not in values}, check_already_exists=False)
    return values


def hysteresis(values):
    """Different branches of the negative electrode for lithiation and delithiation."""
    potential = values["Negative electrode OCP [V]"]
    current = values["Negative electrode exchange-current density [A.m-2]"]
    extra = {
        "Negative particle hysteresis decay rate": 0.1,
        "Negative particle hysteresis switching factor": 1.0,
        "Initial hysteresis state in negative electrode": 0.1,
    }
    for sign, branch in ((1, "lithiation"), (-1, "delithiation")):
        extra |= {
            f"Negative electrode {branch} OCP [V]": lambda x, s=sign: potential(x) - s * 0.01,
            f"Negative electrode {branch} exchange-current density [A.m-2]": current,
            f"Negative particle {branch} diffusivity [m2.s-1]": (3 + sign) * 1e-14,
            f"Negative particle {branch} hysteresis decay rate": 0.1,
        }
    return extra


def control(model, values):
    """The inputs that drive a model, with their values."""
    mode = getattr(model, "options", {}).get("operating mode", "current")
    if mode == "current":
        return {"Current function [A]": float(values["Current function [A]"])}
    return CONTROL[mode.split()[-1]]
