"""The founding study: free parameters with their priors, simulators, and data together."""

from dataclasses import dataclass

from ssb_model.cells.parameters import cell_quantities
from ssb_model.fitting import FreeParameter, ParameterSpace, Problem
from ssb_model.reproduction import dip, full, symmetric
from ssb_model.reproduction.protocol import CellProtocol, read_protocol

FITTED_ROLES = ("fit", "bound")


@dataclass(frozen=True, eq=False)
class CompiledCells:
    """The three compiled models and the full cell's parameter values."""

    coated: object
    bare: object
    full: object
    full_values: object


def compile_cells(experiment, progress=lambda text: None):
    """Compile the coated and the bare symmetric cell and the coated full cell."""
    progress("discretising the cells")
    return CompiledCells(
        symmetric.compile_coated(),
        symmetric.compile_bare(),
        full.compile_full(read_protocol(experiment)),
        full.full_cell_values(),
    )


def parameter_space():
    """All free parameters, their priors from the parameter sets."""
    coated = cell_quantities("full", coating="zni2-0.5")
    bare = cell_quantities("symmetric", coating="bare")
    free = {label: coated[names[0]] for label, names in symmetric.COATED_CELL.items()}
    free |= {label: bare[names[0]] for label, names in symmetric.BARE.items()}
    free |= {label: coated[name] for label, name in dip.DIP.items()}
    free |= {label: coated[names[0]] for label, names in full.CATHODE.items()}
    free |= {label: coated[full.UTILISATION] for label in (full.RATE_CELL, full.CYCLING_CELL)}
    free[full.LOADING] = coated["Positive electrode areal loading [kg.m-2]"]
    return ParameterSpace(FreeParameter.from_quantity(*item) for item in free.items())


def joint_problem(experiment, rows, cells):
    """All cells and all fitted rows together."""
    protocol = read_protocol(experiment)
    simulators = [
        *symmetric_simulators(protocol, cells),
        full.full_simulator(cells.full, protocol, cells.full_values),
        full.critical_simulator(critical_currents(experiment), cells.full_values),
    ]
    return Problem(parameter_space(), simulators, fitted_data(rows, simulators))


def symmetric_problem(experiment, rows, cells, interfaces_counted):
    """The symmetric cells alone, under the other reading of the interface resistance."""
    protocol = read_protocol(experiment)
    protocol = CellProtocol(**vars(protocol) | {"interfaces_counted": interfaces_counted})
    simulators = symmetric_simulators(protocol, cells)
    return Problem(parameter_space(), simulators, fitted_data(rows, simulators))


def symmetric_simulators(protocol, cells):
    """Simulators of the coated and the bare symmetric cell."""
    area = cells.full_values["Cell area [m2]"]
    return [
        symmetric.coated_simulator(cells.coated, protocol, area),
        symmetric.bare_simulator(cells.bare, protocol, area),
        dip.dip_simulator(cells, protocol),
    ]


def fitted_data(rows, simulators):
    """Data of the rows that the simulators can answer and the fit is to meet."""
    known = {name for simulator in simulators for name in simulator.observables}
    return [row.datum() for row in rows if row.role in FITTED_ROLES and row.observable in known]


def critical_currents(experiment):
    """Stated critical current densities [A.m-2] of the bare and the coated cell."""
    stated = {"coated": 15, "bare": 14}
    return {cell: experiment.statements[n].to_si("A.m-2") for cell, n in stated.items()}
