"""Temperature, by every thermal model, from -20 to 60 degC; and current collectors."""

import pybamm

from .case import battery, each

ALL = ("SPM", "SPMe", "DFN")
POUCH = {"cell geometry": "pouch"}
LUMPED = {"thermal": "lumped"}
PAIR = {"current collector": "potential pair", "dimensionality": 1}
TEMPERATURE = "Volume-averaged cell temperature [K]"
KELVIN = 273.15


def _at(kind, options, values, celsius, rate=1.0):
    kelvin = {f"{place} temperature [K]": celsius + KELVIN for place in ("Ambient", "Initial")}
    shown = ", ".join([kind, *options.values(), values, f"{celsius} degC", f"{rate:g}C"])
    return battery(kind, options, values, rate, changes=kelvin, name=shown)


def _ambient(y, z, t):
    """A day in an hour, 15 K up and down."""
    return 298.15 + 15 * pybamm.sin(2 * 3.141592653589793 * t / 3600)


MODELS = [
    *(battery(kind, LUMPED, "Chen2020", 2.0) for kind in ALL),
    *(battery(kind, {"thermal": "x-full"} | POUCH, "Marquis2019") for kind in ALL),
    *(battery(kind, {"thermal": "x-lumped"} | POUCH, "Marquis2019") for kind in ALL),
    battery("DFN", LUMPED, "Marquis2019", 3.0, variable=TEMPERATURE),
    battery("DFN", {"thermal": "x-full"} | POUCH, "Marquis2019", 2.0, variable=TEMPERATURE),
    battery("MPM", LUMPED, "sizes of Marquis2019"),
    battery("NewmanTobias", LUMPED, "Marquis2019"),
    *each("surface temperature", ("lumped",), "DFN", "Marquis2019", others=LUMPED),
    *each("heat of mixing", ("true",), "DFN", others=LUMPED),
    *each("use lumped thermal capacity", ("true",), "DFN", others=LUMPED),
    battery(
        "SPMe",
        LUMPED | {"contact resistance": "true"},
        changes={"Contact resistance [Ohm]": 0.01},
    ),
    battery("DFN", LUMPED | POUCH, "Marquis2019"),
    battery("DFN", LUMPED, "ORegan2022"),
]

TEMPERATURES = [
    *(_at("SPMe", {}, "Chen2020", T) for T in (-20, 0, 40, 60)),
    *(_at("DFN", {}, "OKane2022", T) for T in (-10, 0, 45, 60)),
    *(_at("DFN", LUMPED, "Marquis2019", T) for T in (-20, 10, 60)),
    _at("DFN", LUMPED, "Ecker2015", -20, 0.2),
    battery(
        "DFN",
        LUMPED,
        "Chen2020",
        name="DFN, lumped, ambient temperature that swings, Chen2020, 1C",
        changes={"Ambient temperature [K]": _ambient},
    ),
]

COLLECTORS = [
    *(battery(kind, PAIR, "Marquis2019") for kind in ALL),
    battery("SPMe", PAIR | {"thermal": "x-lumped"}, "Marquis2019"),
    battery("DFN", PAIR | {"thermal": "x-lumped"}, "Marquis2019", 2.0),
]

CASES = [*MODELS, *TEMPERATURES, *COLLECTORS]
