"""Models that carry their own control, and currents that are functions of time."""

import numpy as np
import pybamm

from ..protocols import HOUR
from .case import battery

ALL = ("SPM", "SPMe", "DFN")
MODES = {
    "voltage": {"Voltage function [V]": 3.8},
    "power": {"Power function [W]": 15.0},
    "resistance": {"Resistance function [Ohm]": 0.8},
    "CCCV": {"CCCV current function [A]": -2.5, "Voltage function [V]": 4.1},
}
VARIANTS = ("", "differential ", "explicit ")
OF_CURRENT = "Current [A]"
CURRENT = "Current function [A]"
DRIVE = np.column_stack(
    [np.arange(0.0, 1201.0, 20.0), 4 * np.sin(np.arange(61) * 0.7) + 2 * np.cos(np.arange(61))]
)


def _mode(kind, variant, mode, shown="", **others):
    start = 0.3 if mode == "CCCV" else None
    return battery(
        kind,
        {"operating mode": variant + mode},
        rate=None,
        soc=start,
        changes=MODES[mode],
        name=f"{kind}, operating mode: {variant}{mode}{shown}, Chen2020",
        end=2 * HOUR,
        **others,
    )


def _half_power(variables):
    """Held at a power that falls with the voltage."""
    V, I = variables["Voltage [V]"], variables["Current [A]"]
    return V * I - 4 * (V - 1)


def _held(variables):
    return variables["Voltage [V]"] - 3.9


MODE_CASES = [
    *(_mode(kind, "", mode) for kind in ALL for mode in ("voltage", "CCCV")),
    *(_mode(kind, v, mode) for kind in ALL for v in VARIANTS for mode in ("power", "resistance")),
    _mode("DFN", "", "voltage", " (its current)", variable=OF_CURRENT),
    *(
        battery(kind, {"operating mode": f}, rate=None, name=f"{kind}, operating mode: {shown}")
        for kind in ("SPM", "DFN")
        for shown, f in (("a function", _half_power), ("a voltage by a function", _held))
    ),
]


def _sine(t):
    return 5 * pybamm.sin(2 * 3.141592653589793 * t / 300)


def _ramp(t):
    return 1 + t / 1200


def _table(t):
    return pybamm.Interpolant(DRIVE[:, 0], DRIVE[:, 1], t, interpolator="linear")


def _smooth_table(t):
    return pybamm.Interpolant(DRIVE[:, 0], DRIVE[:, 1], t, interpolator="cubic")


def _pulses(t):
    """Five minutes of 5 A, then rest, then 2 A."""
    return 5 * (t < 300) + 2 * (t > 900)


def _of_an_input(t):
    return pybamm.InputParameter("amplitude") * pybamm.sin(t / 60) + 1


def _driven(kind, shown, current, **others):
    return battery(
        kind,
        {},
        rate=None,
        soc=0.6,
        changes={CURRENT: current},
        name=f"{kind}, current: {shown}, Chen2020",
        end=1200,
        **others,
    )


DRIVEN = [
    *(
        _driven(kind, shown, f)
        for kind in ("SPMe", "DFN")
        for shown, f in (
            ("a sine of 300 s", _sine),
            ("a ramp", _ramp),
            ("a drive cycle", _table),
            ("pulses", _pulses),
        )
    ),
    _driven("DFN", "a smooth drive cycle", _smooth_table),
    _driven("SPMe", "a sine of an input's size", _of_an_input, inputs={"amplitude": 3.0}),
    _driven("DFN", "an input", "[input]", inputs={CURRENT: 4.0}),
    battery(
        "DFN",
        {},
        name="DFN, a diffusivity that is an input, Chen2020, 1C",
        inputs={"Positive particle diffusivity [m2.s-1]": 3e-15},
    ),
    battery(
        "DFN",
        {},
        name="DFN, a thickness that is an input, Chen2020, 1C",
        inputs={"Negative electrode thickness [m]": 8e-5},
        build=lambda: {"submesh_types": _symbolic()},
    ),
]


def _symbolic():
    """PyBaMM's meshes for lengths that are inputs, as the compiler takes them by itself."""
    default = pybamm.lithium_ion.DFN().default_submesh_types
    of = {pybamm.Uniform1DSubMesh: pybamm.SymbolicUniform1DSubMesh}
    return {domain: of.get(mesh, mesh) for domain, mesh in default.items()}


CASES = [*MODE_CASES, *DRIVEN]
