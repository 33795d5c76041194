"""PyBaMM's experiments: every kind of step, limit and ending."""

from datetime import datetime

import numpy as np
import pybamm

from ..pybamm_cases import DEGRADATION
from .case import battery

step = pybamm.step
PERIOD = "1 minute"
CYCLE = (
    "Discharge at C/2 for 40 minutes or until 3.3 V",
    "Rest for 10 minutes",
    "Charge at C/2 until 4.1 V",
    "Hold at 4.1 V until C/20",
    "Rest for 10 minutes",
)
PULSES = [("Discharge at 1C for 5 minutes", "Rest for 15 minutes")] * 4
SECONDS = np.arange(0.0, 301.0, 10.0)
DRIVE = np.column_stack([SECONDS, 3 * np.sin(SECONDS / 20) + 1])
POWERS = np.column_stack([SECONDS, 10 * np.sin(SECONDS / 20) + 3])


def _experiment(kind, shown, steps, parameters="Chen2020", options=None, **others):
    given = {k: others.pop(k) for k in ("period", "termination", "temperature") if k in others}
    given = {"period": PERIOD} | given
    return battery(
        kind,
        options or {},
        parameters,
        name=f"{kind}, experiment: {shown}, {parameters}",
        experiment=lambda: pybamm.Experiment(steps() if callable(steps) else steps, **given),
        **others,
    )


def _explicit(variables):
    """Falls with the charge that has been taken."""
    return 4 - variables["Discharge capacity [A.h]"]


def _implicit(variables):
    return variables["Voltage [V]"] - 3.9


def _differential(variables):
    """Towards 12 W within some seconds."""
    return 12 - variables["Voltage [V]"] * variables["Current [A]"]


def _below(variables):
    return variables["Negative electrode stoichiometry"] - 0.75


def _slow(t):
    return 2 + np.sin(t / 60)


OF_STRINGS = {
    "constant currents": ["Discharge at 1C for 20 minutes", "Charge at C/3 for 30 minutes"],
    "one cycle of CCCV": [CYCLE],
    "pulses and rests": PULSES,
    "powers": ["Discharge at 15 W for 20 minutes", "Charge at 5 W for 20 minutes"],
    "resistances": ["Discharge at 1 Ohm for 20 minutes", "Discharge at 2 Ohm until 3.7 V"],
    "holds": ["Hold at 4.0 V for 20 minutes", "Hold at 3.9 V until 200 mA"],
    "to the cut-off and back": ["Discharge at 1C until 2.6 V", "Charge at 1C until 4.1 V"],
    "amperes and milliamperes": ["Discharge at 4 A for 10 minutes", "Charge at 500 mA for 1 hour"],
}
STRINGS = [
    _experiment(kind, shown, steps)
    for shown, steps in OF_STRINGS.items()
    for kind in (("SPM", "DFN") if shown in ("one cycle of CCCV", "powers", "holds") else ("SPMe",))
]

#: made where they are used: a step remembers the model that it has been in
OF_STEPS = {
    "a drive cycle of currents": lambda: [step.current(DRIVE)],
    "a drive cycle, twice round": lambda: [step.current(DRIVE, duration=700)],
    "a drive cycle of powers": lambda: [step.power(POWERS)],
    "a drive cycle of voltages": lambda: [
        step.voltage(np.column_stack([SECONDS, 3.9 + 0.05 * np.cos(SECONDS / 20)]))
    ],
    "a current that is a function": lambda: [step.current(_slow, duration=1200)],
    "a power that is a function": lambda: [
        step.power(lambda t: 6 + 2 * np.sin(t / 60), duration=1200)
    ],
    "functions of a step's own time": lambda: [
        step.rest(300),
        step.current(_slow, duration=600),
        step.voltage(lambda t: 3.9 + 0.02 * np.sin(t / 60), duration=600),
        step.power(lambda t: 6 + 2 * np.sin(t / 60), duration=600),
    ],
    "a custom explicit step": lambda: [step.CustomStepExplicit(_explicit, duration=1200)],
    "a custom implicit step": lambda: [step.CustomStepImplicit(_implicit, duration=1200)],
    "a custom differential step": lambda: [
        step.CustomStepImplicit(_differential, control="differential", duration=1200)
    ],
    "a custom termination": lambda: [
        step.c_rate(1, termination=step.CustomTermination("low stoichiometry", _below)),
        step.rest(600),
    ],
    "several terminations": lambda: [
        step.c_rate(1, duration=3600, termination=["3.6 V", "4 A"]),
        step.voltage(3.6, duration=3600, termination="C/10"),
    ],
    "terminations with a direction": lambda: [
        step.c_rate(1, termination=step.VoltageTermination(3.7, "<")),
        step.c_rate(-0.5, termination=step.VoltageTermination(4.0, ">")),
    ],
    "steps with temperatures": lambda: [
        step.c_rate(0.5, duration=1200, temperature="10 oC"),
        step.c_rate(0.5, duration=1200, temperature="40 oC"),
    ],
    "periods of their own": lambda: [
        step.c_rate(1, duration=600, period=5.0),
        step.rest(600, period="3 minutes"),
    ],
    "a step that is met already": lambda: [
        step.c_rate(1, duration=600),
        step.c_rate(-0.1, duration=600, termination="3.5 V"),
        step.rest(600),
    ],
    "start times": lambda: [
        step.string("Discharge at 1C for 10 minutes", start_time=datetime(2026, 1, 1, 8, 0)),
        step.string("Discharge at C/2 for 10 minutes", start_time=datetime(2026, 1, 1, 8, 30)),
    ],
    "a start time that cuts": lambda: [
        step.string("Discharge at 1C for 1 hour", start_time=datetime(2026, 1, 1, 8, 0)),
        step.string("Charge at C/2 for 10 minutes", start_time=datetime(2026, 1, 1, 8, 20)),
    ],
}
STEPS = [_experiment("SPMe", shown, steps) for shown, steps in OF_STEPS.items()]
STEPS += [
    _experiment("DFN", shown, OF_STEPS[shown])
    for shown in ("a drive cycle of currents", "a custom implicit step", "several terminations")
]

WEAR = [("Discharge at 1C until 3.0 V", "Charge at 1C until 4.1 V", "Hold at 4.1 V until C/10")] * 3
FILM = {"SEI": "solvent-diffusion limited"}
WHOLE = [
    *(
        _experiment("SPM", f"ended by {ending}", WEAR, "OKane2022", FILM, termination=ending)
        for ending in ("3.2 V", "5.1098 Ah capacity", "99.999% capacity", "90 minutes")
    ),
    _experiment("SPMe", "all at 40 oC", ["Discharge at 1C for 20 minutes"], temperature="40 oC"),
    _experiment("DFN", "beyond the cut-off", ["Discharge at 2C for 2 hours", "Rest for 1 hour"]),
    _experiment("DFN", "charged beyond the cut-off", ["Charge at 1C for 2 hours"], soc=0.5),
]

OTHERS = [
    _experiment(
        "DFN",
        "three cycles of CCCV with a film",
        [CYCLE] * 3,
        "OKane2022",
        FILM,
    ),
    _experiment("SPM", "three cycles of CCCV with ageing", [CYCLE] * 3, "OKane2022", DEGRADATION),
    _experiment("DFN", "one cycle of CCCV, lumped", [CYCLE], "Marquis2019", {"thermal": "lumped"}),
    _experiment(
        "DFN", "pulses of composites", PULSES, "Chen2020_composite", {"particle phases": ("2", "1")}
    ),
    _experiment(
        "DFN", "pulses of a half cell", PULSES, "Xu2019", {"working electrode": "positive"}
    ),
    _experiment(
        "SPMe", "pulses, voltage as a state", PULSES, options={"voltage as a state": "true"}
    ),
    _experiment(
        "DFN",
        "5C pulse",
        ["Discharge at 5C for 10 seconds", "Rest for 5 minutes"],
        period="1 second",
    ),
    _experiment("MPM", "one cycle of CCCV", [CYCLE], "sizes of Marquis2019"),
]

CASES = [*STRINGS, *STEPS, *WHOLE, *OTHERS]
