"""Films, plating, cracks, swelling, loss of material, and all of them together."""

from ..pybamm_cases import DEGRADATION, SEI
from .case import battery, each

OF_KANE = "OKane2022"
FILM = {"SEI": "reaction limited"}
SWELLING, CRACKING = "swelling only", "swelling and cracking"
AVERAGE = {"x-average side reactions": "true"}

FILMS = [
    *each("SEI", SEI, "SPM", OF_KANE),
    *each("SEI", SEI[1::2], "DFN", OF_KANE),
    *each("SEI", SEI[1:4], "SPMe", OF_KANE, others=AVERAGE),
    *each("SEI film resistance", ("average", "distributed"), "DFN", others=FILM),
    *each("SEI porosity change", ("true",), "DFN", OF_KANE, others=FILM),
    *each("SEI on cracks", ("true",), "DFN", OF_KANE, others=FILM),
    battery(
        "DFN",
        FILM,
        OF_KANE,
        name="DFN, SEI: reaction limited, lithium lost, OKane2022, 1C",
        variable="Loss of lithium to negative SEI [mol]",
    ),
    battery("DFN", FILM, OF_KANE, -0.5),
    battery("DFN", {"working electrode": "positive"} | FILM, "Xu2019"),
]

PLATING = [
    *each(
        "lithium plating", ("reversible", "partially reversible", "irreversible"), "SPM", OF_KANE
    ),
    *each(
        "lithium plating", ("reversible", "partially reversible", "irreversible"), "DFN", OF_KANE
    ),
    battery("DFN", {"lithium plating": "irreversible"}, OF_KANE, -1.0),
    battery(
        "DFN",
        {"lithium plating": "partially reversible", "lithium plating porosity change": "true"},
        OF_KANE,
        -1.0,
    ),
]

MECHANICS = [
    *each("particle mechanics", (SWELLING, CRACKING), "SPM", "Ai2020"),
    *each("particle mechanics", (SWELLING, CRACKING, (CRACKING, SWELLING)), "DFN", "Ai2020"),
    *each(
        "stress-induced diffusion",
        ("true", "false"),
        "DFN",
        "Ai2020",
        2.0,
        others={"particle mechanics": SWELLING},
    ),
]

LOSS = [
    *each(
        "loss of active material",
        ("stress-driven", "asymmetric stress-driven", "current-driven"),
        "SPM",
        OF_KANE,
    ),
    *each(
        "loss of active material",
        ("reaction-driven", "stress and reaction-driven", ("stress-driven", "none")),
        "DFN",
        OF_KANE,
        others=FILM,
    ),
]

TOGETHER = [
    battery("SPM", DEGRADATION, OF_KANE, name="SPM, ageing, OKane2022, 1C"),
    battery("DFN", DEGRADATION, OF_KANE, name="DFN, ageing, OKane2022, 1C"),
    battery("DFN", DEGRADATION, OF_KANE, -0.5, soc=0.4, name="DFN, ageing, OKane2022, -0.5C"),
    battery(
        "DFN",
        DEGRADATION | {"thermal": "lumped"},
        OF_KANE,
        2.0,
        name="DFN, ageing, lumped, OKane2022, 2C",
    ),
    battery(
        "DFN",
        DEGRADATION,
        OF_KANE,
        end=1800,
        name="DFN, ageing, sensitivity to SEI solvent diffusivity [m2.s-1]",
        sensitivity="SEI solvent diffusivity [m2.s-1]",
    ),
]

CASES = [*FILMS, *PLATING, *MECHANICS, *LOSS, *TOGETHER]
