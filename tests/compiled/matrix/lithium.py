"""Lithium-ion models, half cells, parameter sets, rates; options of transport and kinetics."""

import pybamm

from .case import Case, battery, each

ALL = ("SPM", "SPMe", "DFN")
SETS = (
    "Ai2020",
    "Chen2020",
    "Ecker2015",
    "Marquis2019",
    "Mohtat2020",
    "NCA_Kim2011",
    "OKane2022",
    "ORegan2022",
    "Prada2013",
    "Ramadass2004",
)
HALF = {"working electrode": "positive"}
HALF_SETS = ("Xu2019", "Ecker2015_graphite_halfcell")
PHASES = {"particle phases": ("2", "1")}
MSMR = {"number of MSMR reactions": ("6", "4")}
SIZES = {"particle size": "distribution"}
OF_SIZES = "sizes of Marquis2019"
SIGMOID = ("current sigmoid", "single")
LEADS = {"Contact resistance [Ohm]": 0.01}  # in models that have them
DIFFUSIVITY = "Positive particle diffusivity [m2.s-1]"

DISCHARGED = ("Mohtat2020",)  # the parameter sets that begin at their lower cut-off
STANDARD = [
    battery(kind, {}, values, soc=0.95 if values in DISCHARGED else None)
    for kind, sets in (("DFN", SETS), ("SPMe", SETS[::2]), ("SPM", SETS[1::2]))
    for values in sets
]

RATES = [
    *(battery("DFN", {}, "Chen2020", rate) for rate in (0.01, 0.1, 2.0, 5.0)),
    *(battery("DFN", {}, "Marquis2019", rate) for rate in (3.0, 6.0)),
    *(battery(kind, {}, "Marquis2019", 10.0) for kind in ("SPM", "SPMe")),
    *(battery("SPMe", {}, "Chen2020", rate) for rate in (0.05, 3.0)),
    *(battery(kind, {}, "Chen2020", -0.5) for kind in ALL),
    *(battery(kind, {}, "Marquis2019", -1.0) for kind in ALL),
    *(battery(kind, {}, "Chen2020", 0.0) for kind in ALL),
]

DEFAULT_MESH = [
    battery(kind, {}, values, points=None, name=f"{kind}, {values}, default mesh, 1C")
    for kind, values in (("SPMe", "Chen2020"), ("DFN", "Chen2020"), ("DFN", "Marquis2019"))
]

HEIGHT = pybamm.SpatialVariable(
    "z_2d",
    domain=["negative electrode", "separator", "positive electrode"],
    coord_sys="cartesian",
    direction="tb",
)
POINTS_2D = dict.fromkeys(("x_n", "x_s", "x_p", "r_n", "r_p", HEIGHT), 4)
BASIC = [
    battery("BasicSPM", None, "Marquis2019"),
    battery("BasicDFN", None, "Marquis2019"),
    battery("BasicDFN", None, "Marquis2019", 4.0),
    battery("BasicDFNHalfCell", HALF, "Xu2019"),
    battery("BasicDFNComposite", None, "Chen2020_composite"),
    battery("BasicDFN2D", None, "Marquis2019", points=POINTS_2D),
    battery("NewmanTobias", {}, "Marquis2019"),
    battery("Yang2017", None, "OKane2022"),
]

HALF_CELLS = [
    *(battery(kind, HALF, values) for kind in ALL for values in HALF_SETS),
    *each("surface form", ("differential", "algebraic"), "DFN", "Xu2019", others=HALF),
    *each("surface form", ("differential", "algebraic"), "SPM", "Xu2019", others=HALF),
    battery("DFN", HALF, "Xu2019", 3.0),
]

COMPOSITE = [
    *(battery(kind, PHASES, "Chen2020_composite") for kind in ALL),
    battery("DFN", PHASES | {"surface form": "differential"}, "Chen2020_composite"),
    battery("DFN", PHASES, "Chen2020_composite", 2.0),
    battery(
        "DFN",
        PHASES | {"open-circuit potential": (("single", "current sigmoid"), "single")},
        "Chen2020_composite",
    ),
]

MSMR_CASES = [
    Case(
        f"MSMR{', ' + str(rate) + 'C'}",
        lambda: pybamm.lithium_ion.MSMR(dict(MSMR)),
        lambda rate=rate: _msmr(rate),
        end=1.2 * 3600 / rate,
        points={"x_n": 8, "x_s": 5, "x_p": 8, "r_n": 8, "r_p": 8},
    )
    for rate in (0.5, 1.0)
]


def _msmr(rate):
    values = pybamm.ParameterValues("MSMR_Example")
    values["Current function [A]"] = rate * values["Nominal cell capacity [A.h]"]
    return values


SIZE_DISTRIBUTIONS = [
    battery("MPM", {}, OF_SIZES),
    battery("MPM", {}, OF_SIZES, 3.0),
    *(battery(kind, SIZES, OF_SIZES) for kind in ALL),
    *each("surface form", ("differential", "algebraic"), "DFN", OF_SIZES, others=SIZES),
]

PROFILES = ("uniform profile", "quadratic profile", "quartic profile")
PARTICLE_PROFILES = [
    case for kind in ("SPM", "DFN") for case in each("particle", PROFILES, kind)
] + [battery("SPMe", {"particle": ("quadratic profile", "Fickian diffusion")})]

FORMS = ("differential", "algebraic")
SURFACE_FORMS = [case for kind in ALL for case in each("surface form", FORMS, kind, "Marquis2019")]

KINETICS = [
    *each("intercalation kinetics", ("asymmetric Butler-Volmer", "linear"), "DFN"),
    *each(
        "intercalation kinetics",
        ("linear", "Marcus-Hush-Chidsey", ("Marcus-Hush-Chidsey", "symmetric Butler-Volmer")),
        "SPM",
    ),
]

TRANSPORT = [
    *each("electrolyte conductivity", ("composite", "integrated"), "SPMe"),
    *each(
        "transport efficiency",
        (
            "ordered packing",
            "hyperbola of revolution",
            "overlapping spheres",
            "random overlapping cylinders",
            "heterogeneous catalyst",
        ),
        "DFN",
    ),
    *each("interface utilisation", ("constant", "current-driven"), "SPM", "Marquis2019"),
    battery("DFN", {"contact resistance": "true"}, changes=LEADS),
    *(battery(kind, {"voltage as a state": "true"}) for kind in ALL),
    battery("DFN", {"total interfacial current density as a state": "true"}),
    battery("SPMe", {"calculate discharge energy": "true"}, variable="Discharge energy [W.h]"),
    battery("DFN", {"calculate heat source for isothermal models": "true"}),
]

HYSTERESIS = [
    case
    for kind in ("SPM", "DFN")
    for key, choices in (
        (
            "open-circuit potential",
            (
                SIGMOID,
                ("one-state hysteresis", "single"),
                ("one-state differential capacity hysteresis", "single"),
            ),
        ),
        ("diffusivity", (SIGMOID,)),
        ("exchange-current density", (SIGMOID,)),
    )
    for case in each(key, choices, kind, "hysteresis")
]

SENSITIVITIES = [
    battery(
        kind,
        options,
        values,
        name=f"{kind}, {values}{label}, sensitivity to {parameter}",
        end=1800,
        changes=LEADS,
        sensitivity=parameter,
    )
    for kind, options, values, label, parameter in (
        ("SPM", {}, "Chen2020", "", DIFFUSIVITY),
        ("SPM", {}, "Chen2020", "", "Negative electrode active material volume fraction"),
        ("SPMe", {}, "Chen2020", "", "Electrode height [m]"),
        ("SPMe", {}, "Chen2020", "", "Cation transference number"),
        ("DFN", {}, "Chen2020", "", DIFFUSIVITY),
        ("DFN", {}, "Chen2020", "", "Positive electrode conductivity [S.m-1]"),
        ("DFN", {}, "Chen2020", "", "Negative electrode porosity"),
        ("DFN", {"thermal": "lumped"}, "Chen2020", ", lumped", "Ambient temperature [K]"),
        ("DFN", {"surface form": "differential"}, "Chen2020", ", double layer", DIFFUSIVITY),
        ("DFN", {"contact resistance": "true"}, "Chen2020", ", leads", "Contact resistance [Ohm]"),
        ("DFN", HALF, "Xu2019", ", half cell", "Positive electrode porosity"),
        ("MPM", {}, OF_SIZES, "", "Electrode width [m]"),
    )
]

IMPEDANCES = [
    battery(
        kind,
        {"surface form": "differential"} | options,
        values,
        0.0,
        name=f"{kind}, {values}{label}, impedance",
        impedance=True,
        changes=LEADS,
        end=60.0,
    )
    for kind, options, values, label in (
        ("SPM", {}, "Chen2020", ""),
        ("SPMe", {}, "Chen2020", ""),
        ("DFN", {}, "Chen2020", ""),
        ("SPM", {}, "Marquis2019", ""),
        ("SPMe", {}, "Marquis2019", ""),
        ("DFN", {}, "Marquis2019", ""),
        ("DFN", {}, "Ai2020", ""),
        ("DFN", {}, "OKane2022", ""),
        ("DFN", {"surface form": "algebraic"}, "Chen2020", ", algebraic"),
        ("SPM", {"surface form": "algebraic"}, "Chen2020", ", algebraic"),
        ("SPMe", {"surface form": "false"}, "Chen2020", ", no double layer"),
        ("DFN", {"surface form": "false"}, "Chen2020", ", no double layer"),
        ("DFN", {"thermal": "lumped"}, "Chen2020", ", lumped"),
        ("DFN", {"contact resistance": "true"}, "Chen2020", ", leads"),
        ("DFN", {"particle": "quadratic profile"}, "Chen2020", ", quadratic"),
        ("DFN", {"SEI": "reaction limited"}, "OKane2022", ", film"),
        ("DFN", HALF, "Xu2019", ", half cell"),
        ("DFN", SIZES, OF_SIZES, ", sizes"),
    )
]

CASES = [
    *STANDARD,
    *RATES,
    *DEFAULT_MESH,
    *BASIC,
    *HALF_CELLS,
    *COMPOSITE,
    *MSMR_CASES,
    *SIZE_DISTRIBUTIONS,
    *PARTICLE_PROFILES,
    *SURFACE_FORMS,
    *KINETICS,
    *TRANSPORT,
    *HYSTERESIS,
    *SENSITIVITIES,
    *IMPEDANCES,
]
