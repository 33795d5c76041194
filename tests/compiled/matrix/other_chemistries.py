"""Lead-acid and sodium-ion cells, and equivalent circuits."""

from functools import partial

import pybamm

from ..protocols import HOUR
from .case import Case, battery

LEAD, SODIUM = pybamm.lead_acid, pybamm.sodium_ion
SULZER, CHAYAMBUKA = "Sulzer2019", "Chayambuka2022"
FORMS = ("differential", "algebraic")


def _lead(kind, options=None, rate=0.2, **others):
    return battery(kind, options, SULZER, rate, of=LEAD, **others)


LEAD_ACID = [
    _lead("LOQS", {}),
    _lead("LOQS", {}, 1.0),
    *(_lead("LOQS", {"surface form": form}) for form in FORMS),
    _lead("LOQS", {"convection": "uniform transverse"}),
    _lead("LOQS", {"hydrolysis": "true", "surface form": "differential"}),
    _lead("LOQS", {"current collector": "potential pair", "dimensionality": 1}),
    _lead("LOQS", {"thermal": "lumped"}),
    _lead("Full", {}),
    _lead("Full", {}, 1.0),
    *(_lead("Full", {"surface form": form}) for form in FORMS),
    _lead("Full", {"convection": "uniform transverse"}),
    _lead("Full", {"hydrolysis": "true", "surface form": "differential"}),
    _lead("Full", {"thermal": "lumped"}),
    _lead("BasicFull", None),
]

SODIUM_ION = [
    battery("BasicDFN", None, CHAYAMBUKA, rate, of=SODIUM, name=f"sodium-ion BasicDFN, {rate:g}C")
    for rate in (0.1, 1.0, 3.0)
]


def _circuit(shown, options=None, experiment=None, changes=None, end=HOUR):
    return Case(
        f"Thevenin, {shown}",
        partial(pybamm.equivalent_circuit.Thevenin, options or {}),
        partial(_circuit_values, options or {}, changes or {}),
        end=end,
        experiment=experiment and partial(pybamm.Experiment, experiment, period="1 minute"),
    )


def _circuit_values(options, changes):
    values = pybamm.ParameterValues("ECM_Example")
    values.update(changes, check_already_exists=False)
    for n in range(2, options.get("number of rc elements", 1) + 1):
        more = {
            f"R{n} [Ohm]": 2e-4 * n,
            f"C{n} [F]": 1e4 * n**2,
            f"Element-{n} initial overpotential [V]": 0.0,
        }
        values.update(more, check_already_exists=False)
    return values


NUMBERS = {"R0 [Ohm]": 1e-3, "R1 [Ohm]": 2e-3, "C1 [F]": 2e4, "Entropic change [V/K]": 1e-4}
DIFFUSION = {"Diffusion time constant [s]": 580.0}
HELD = {"Voltage function [V]": 3.6, "Power function [W]": 300.0}
HELD |= {"Resistance function [Ohm]": 0.04}
CIRCUITS = [
    _circuit("tables"),
    _circuit("tables, 2C", changes={"Current function [A]": 200.0}),
    _circuit("numbers", changes=NUMBERS),
    _circuit("no RC element", {"number of rc elements": 0}),
    _circuit("two RC elements", {"number of rc elements": 2}),
    _circuit("four RC elements", {"number of rc elements": 4}),
    _circuit("diffusion element", {"diffusion element": "true"}, changes=DIFFUSION),
    _circuit("energy", {"calculate discharge energy": "true"}),
    *(
        _circuit(f"operating mode: {mode}", {"operating mode": mode}, changes=HELD)
        for mode in ("voltage", "power", "differential power", "resistance")
    ),
    _circuit(
        "experiment",
        experiment=[
            ("Discharge at C/2 for 30 minutes", "Rest for 10 minutes", "Charge at C/2 until 4.1 V")
        ],
    ),
    _circuit("hold", experiment=["Discharge at 1C for 10 minutes", "Hold at 3.7 V for 20 minutes"]),
]


def _split_values(current):
    """A cell of two tables of its own, between lithium iron phosphate and graphite."""
    return pybamm.ParameterValues(
        {
            "Current function [A]": current,
            "Nominal cell capacity [A.h]": 2.5,
            "Negative electrode capacity [A.h]": 3.0,
            "Positive electrode capacity [A.h]": 3.2,
            "Negative electrode initial stoichiometry": 0.9,
            "Positive electrode initial stoichiometry": 0.1,
            "Ohmic resistance [Ohm]": 0.02,
            "Negative electrode OCP [V]": _graphite,
            "Positive electrode OCP [V]": _oxide,
            "Lower voltage cut-off [V]": 2.8,
            "Upper voltage cut-off [V]": 4.3,
        }
    )


def _graphite(x):
    return 0.1 + 0.6 * pybamm.exp(-20 * x) - 0.02 * pybamm.tanh((x - 0.5) / 0.05)


def _oxide(x):
    return 4.3 - 0.7 * x - 0.3 * pybamm.exp(30 * (x - 0.95))


SPLIT = [
    Case(
        f"SplitOCVR, {current:g} A",
        pybamm.lithium_ion.SplitOCVR,
        partial(_split_values, current),
        end=2.5 * HOUR * 2.5 / abs(current),
    )
    for current in (0.5, 2.5, 7.5)
]

CASES = [*LEAD_ACID, *SODIUM_ION, *CIRCUITS, *SPLIT]
