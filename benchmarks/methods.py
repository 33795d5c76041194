"""Steps that RODAS, the four-stage RODAS3 and IDA's BDF need for the same discharge.

``python -m benchmarks.methods``: the coated full cell at 1C. Errors are those at the ends of
steps, against RODAS at rtol = atol = 1e-9; IDA prints its own statistics.
"""

import numpy as np
import pybamm

import ssb_model
from benchmarks.cell import CURRENT, TIMES, VOLTAGE
from benchmarks.command import without_options
from ssb_model.compiled.stepping import rodas

ENDS = (200.0, 1600.0, 2800.0, 3180.0)  # s
RODAS3 = {  # the method of that name of Sandu et al. (1997); without its dense output
    "GAMMA": 0.5,
    "ORDER": 3,
    "A": ((), (0.0,), (2.0, 0.0), (2.0, 0.0, 1.0)),
    "C": ((), (4.0,), (1.0, -1.0), (1.0, -1.0, -8 / 3)),
    "ALPHA": (0.0, 0.0, 1.0, 1.0),
    "GAMMA_SUM": (0.5, 1.5, 0.0, 0.0),
    "DENSE": ((0.0,) * 4, (0.0,) * 4),
}


def cell_values():
    values = ssb_model.cell_parameters("full")
    values[CURRENT] = values["Nominal cell capacity [A.h]"]
    return values


def discharges(tolerances):
    """Of each tolerance the voltages at :data:`ENDS`, the cut-off time and the steps tried."""
    compiled = ssb_model.compile(ssb_model.FullCell(), cell_values())
    for tolerance in tolerances:
        options = {"rtol": tolerance, "atol": tolerance, "max_steps": 100_000}
        voltages = [float(compiled.solve({}, [end], **options).final[VOLTAGE]) for end in ENDS]
        whole = compiled.solve({}, [TIMES[-1]], **options)
        yield np.array(voltages), float(whole.t_end), int(whole.statistics["tried"])


def table(name, tolerances, reference):
    """Print a line a tolerance."""
    for tolerance, found in zip(tolerances, discharges(tolerances), strict=True):
        voltages, t_end, tried = found
        off = 1e6 * np.abs(voltages - reference[0]).max()
        print(
            f"{name} {tolerance:.0e}: {tried} steps, {tried * len(rodas.A)} stages, "
            f"{off:.2f} uV, cut-off time {abs(t_end / reference[1] - 1):.1e}"
        )


def main():
    without_options("methods", __doc__)
    [reference] = discharges([1e-9])
    table("RODAS", [1e-4, 3e-5, 1e-5, 1e-6], reference)
    for name, value in RODAS3.items():
        setattr(rodas, name, value)
    table("RODAS3", [1e-4, 3e-5, 1e-5, 1e-6], reference)
    solver = pybamm.IDAKLUSolver(rtol=1e-5, atol=1e-5, options={"print_stats": True})
    simulation = pybamm.Simulation(
        ssb_model.FullCell(), parameter_values=cell_values(), solver=solver
    )
    simulation.solve([0, TIMES[-1]], t_interp=TIMES)


if __name__ == "__main__":
    main()
