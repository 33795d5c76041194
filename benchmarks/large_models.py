"""What the tests' matrix has not got of models: large ones, and batches of one model."""

from tests.compiled.matrix.case import FEW, battery

BATCH = 256  # members
POUCH = {"current collector": "potential pair", "dimensionality": 2}
POUCH_POINTS = FEW | {"y": 8, "z": 8}
FINE = {"x_n": 80, "x_s": 40, "x_p": 80, "r_n": 150, "r_p": 150}


def _by_name(*cases):
    return {case.name: case for case in cases}


#: models of thousands of states; scikit-fem makes the mesh of a pouch's current collectors
LARGE = _by_name(
    battery("DFN", {}, "Marquis2019", name="DFN on a fine mesh", points=FINE),
    battery("DFN", POUCH, "Marquis2019", name="DFN, 2+1D pouch", points=POUCH_POINTS),
    battery("SPMe", POUCH, "Marquis2019", name="SPMe, 2+1D pouch", points=POUCH_POINTS),
    battery("BasicDFN2D", None, "Marquis2019", name="BasicDFN2D on its own mesh", points=None),
)
#: models of which `BATCH` members are solved at once, their input from half to twice its value
BATCHES = _by_name(
    battery(
        "DFN",
        {"working electrode": "positive"},
        "Xu2019",
        name="half-cell DFN, batch of 256",
        inputs={"Positive particle diffusivity [m2.s-1]": 1e-14},
        points=None,
    ),
    battery(
        "DFN",
        {},
        "Chen2020",
        name="DFN, batch of 256",
        inputs={"Positive particle diffusivity [m2.s-1]": 4e-15},
        points=None,
    ),
)
