"""PyBaMM's lithium-ion models and options: name -> (model, options, parameter set).

``QUICK`` has one of every kind; ``EVERY`` goes through PyBaMM's options one by one.
"""

SETS = ("Ai2020", "OKane2022", "Mohtat2020", "Ramadass2004", "ORegan2022", "NCA_Kim2011")
HALF = {"working electrode": "positive"}
COMPOSITE = {"particle phases": ("2", "1")}
SEI = (
    "constant",
    "reaction limited",
    "reaction limited (asymmetric)",
    "solvent-diffusion limited",
    "electron-migration limited",
    "interstitial-diffusion limited",
    "ec reaction limited",
    "ec reaction limited (asymmetric)",
    "VonKolzenberg2020",
    "tunnelling limited",
)
DEGRADATION = {
    "SEI": "solvent-diffusion limited",
    "SEI porosity change": "true",
    "SEI on cracks": "true",
    "lithium plating": "partially reversible",
    "lithium plating porosity change": "true",
    "particle mechanics": ("swelling and cracking", "swelling only"),
    "loss of active material": "stress-driven",
}
AGEING = DEGRADATION | {"thermal": "lumped"}

QUICK = {
    "SPM": ("SPM", {}, "Marquis2019"),
    "SPMe": ("SPMe", {}, "Prada2013"),
    "DFN": ("DFN", {}, "Chen2020"),
    "DFN with interpolants": ("DFN", {}, "Ecker2015"),
    "many particles": ("MPM", {}, "sizes of Marquis2019"),
    "MSMR": ("MSMR", {"number of MSMR reactions": ("6", "4")}, "MSMR_Example"),
    "basic DFN": ("BasicDFN", None, "Marquis2019"),
    "half cell": ("DFN", HALF, "Xu2019"),
    "ageing": ("DFN", AGEING, "OKane2022"),
    "composite electrode": ("SPM", COMPOSITE, "Chen2020_composite"),
    "double layer": ("DFN", {"surface form": "differential"}, "Marquis2019"),
    "quadratic profile": ("SPM", {"particle": "quadratic profile"}, "Chen2020"),
    "power": ("SPMe", {"operating mode": "power"}, "Chen2020"),
}


def _options(key, values, model="DFN", parameters="Chen2020", **others):
    names = {value: f"{model}, {key}: {value}" for value in values}
    return {name: (model, {key: value} | others, parameters) for value, name in names.items()}


def _negative(key, values):
    """Options of the negative electrode only."""
    return _options(key, [(value, "single") for value in values], parameters="hysteresis")


EVERY = {
    **{
        f"{model} of {parameters}": (model, {}, parameters)
        for model in ("SPM", "SPMe", "DFN")
        for parameters in SETS
    },
    **{f"half-cell {m}": (m, HALF, "Ecker2015_graphite_halfcell") for m in ("SPM", "SPMe", "DFN")},
    "half-cell SPM of Xu": ("SPM", HALF, "Xu2019"),
    "half-cell SPMe of Xu": ("SPMe", HALF, "Xu2019"),
    "basic half cell": ("BasicDFNHalfCell", HALF, "Xu2019"),
    "basic SPM": ("BasicSPM", None, "Marquis2019"),
    "basic composite": ("BasicDFNComposite", None, "Chen2020_composite"),
    "basic DFN in two dimensions": ("BasicDFN2D", None, "Marquis2019"),
    "Newman-Tobias": ("NewmanTobias", {}, "Marquis2019"),
    "Yang": ("Yang2017", None, "OKane2022"),
    "composite with hysteresis": (
        "DFN",
        COMPOSITE | {"open-circuit potential": (("single", "current sigmoid"), "single")},
        "Chen2020_composite",
    ),
    **_options("SEI", SEI, parameters="OKane2022"),
    **_options("SEI", SEI[1:4], "SPM", "OKane2022", **{"x-average side reactions": "true"}),
    **_options("SEI film resistance", ("distributed", "average"), SEI="reaction limited"),
    **_options("lithium plating", ("reversible", "irreversible"), parameters="OKane2022"),
    **_options(
        "particle mechanics",
        ("swelling only", "swelling and cracking"),
        parameters="Ai2020",
        **{"stress-induced diffusion": "true"},
    ),
    **_options(
        "loss of active material",
        ("asymmetric stress-driven", "reaction-driven", "current-driven"),
        parameters="OKane2022",
        SEI="solvent-diffusion limited",
    ),
    **_options("thermal", ("lumped", "x-full"), "SPMe", "Marquis2019"),
    **_options("thermal", ("x-lumped",), "SPMe", "Marquis2019", **{"cell geometry": "pouch"}),
    **_options("surface temperature", ("lumped",), parameters="Marquis2019", thermal="lumped"),
    **_options("heat of mixing", ("true",), thermal="lumped"),
    **_options("use lumped thermal capacity", ("true",), thermal="lumped"),
    **_options("surface form", ("differential", "algebraic"), "SPM"),
    **_options("surface form", ("differential",), "SPMe"),
    **_options("surface form", ("algebraic",)),
    **_options(
        "surface form",
        ("differential", "algebraic"),
        parameters="sizes of Marquis2019",
        **{"particle size": "distribution"},
    ),
    **_options("particle", ("uniform profile", "quadratic profile", "quartic profile")),
    **_negative("open-circuit potential", ("current sigmoid", "one-state hysteresis")),
    **_negative("open-circuit potential", ("one-state differential capacity hysteresis",)),
    **_negative("diffusivity", ("current sigmoid",)),
    **_negative("exchange-current density", ("current sigmoid",)),
    **_options(
        "intercalation kinetics",
        ("asymmetric Butler-Volmer", "linear", "Marcus", "Marcus-Hush-Chidsey"),
    ),
    **_options("interface utilisation", ("constant", "current-driven"), "SPM", "Marquis2019"),
    **_options("contact resistance", ("true",)),
    **_options("voltage as a state", ("true",)),
    **_options("total interfacial current density as a state", ("true",)),
    **_options("calculate discharge energy", ("true",)),
    **_options("electrolyte conductivity", ("composite", "integrated"), "SPMe"),
    **_options(
        "transport efficiency",
        (
            "ordered packing",
            "hyperbola of revolution",
            "overlapping spheres",
            "random overlapping cylinders",
            "heterogeneous catalyst",
        ),
    ),
    **_options(
        "operating mode",
        (
            "voltage",
            "differential power",
            "explicit power",
            "resistance",
            "differential resistance",
            "explicit resistance",
            "CCCV",
        ),
        "SPMe",
    ),
    **{
        f"1+1D {model}": (
            model,
            {"current collector": "potential pair", "dimensionality": 1},
            "Marquis2019",
        )
        for model in ("SPM", "SPMe", "DFN")
    },
}
