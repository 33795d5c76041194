"""From a PyBaMM model to a compiled one; the half of the compiler that needs PyBaMM."""

import numpy as np
import pybamm

from ssb_model.compiled import control
from ssb_model.compiled.control import CURRENT, VOLTAGE
from ssb_model.compiled.jacobian import SparseJacobian
from ssb_model.compiled.lower import Lowering
from ssb_model.compiled.model import CompiledModel
from ssb_model.compiled.observer import observer_of
from ssb_model.compiled.program import Program
from ssb_model.compiled.system import System
from ssb_model.errors import InputError, did_you_mean

CAPACITY = "Discharge capacity [A.h]"


def compile(model, parameter_values=None, inputs=(), outputs=(VOLTAGE,), var_pts=None):
    """Compile a PyBaMM model into one JAX program.

    A battery model's current becomes a state that its protocol controls (current, voltage,
    power or resistance); any other PyBaMM model is compiled as it stands.

    Parameters
    ----------
    model : pybamm.BaseModel
        A battery model must have "Current function [A]" among its parameters.
    parameter_values : pybamm.ParameterValues, optional
        Default: the model's own.
    inputs : sequence of str
        Parameters that may differ from solve to solve; a battery's current always is one.
    outputs : sequence of str
        Variables to return, each one number.
    var_pts : dict, optional
        Mesh points, default: the model's own.

    Returns
    -------
    CompiledModel

    Raises
    ------
    InputError
        For a parameter, variable or node that cannot be compiled, named.

    Examples
    --------
    >>> import ssb_model
    >>> cell = ssb_model.SymmetricCell()
    >>> compiled = ssb_model.compile(cell, inputs=["Garnet thickness [m]"])
    >>> z = compiled.impedance([1e-3], {"Garnet thickness [m]": [0.6e-3, 1.2e-3]})
    >>> z.shape
    (2, 1)
    """
    values = (parameter_values or model.default_parameter_values).copy()
    battery = CURRENT in values and VOLTAGE in model.variables
    names = tuple(dict.fromkeys((*((CURRENT,) if battery else ()), *inputs)))
    defaults = {name: _number(values, name) for name in names}
    values.update({name: "[input]" for name in names})
    if battery:
        model = _with_controlled_current(model, values)
        names += control.CONTROL_INPUTS
        defaults |= dict.fromkeys(control.CONTROL_INPUTS, 0.0)
    points = {**model.default_var_pts, **(var_pts or {})}
    built = _discretised(model, values, points, defaults)
    capacity = values.get("Nominal cell capacity [A.h]") if battery else None
    capacity = capacity if isinstance(capacity, int | float) else None
    system = system_of(built, names, defaults, tuple(outputs), battery, capacity)
    return CompiledModel(system)


def _number(values, name):
    if name not in values:
        raise InputError(f'The model has no parameter "{name}".{did_you_mean(name, list(values))}')
    value = values[name]
    if not isinstance(value, int | float | np.floating):
        raise InputError(f'Parameter "{name}" is not a number and cannot be an input.')
    return float(value)


def _with_controlled_current(model, values):
    """A copy of ``model`` whose current is a state; ``values`` is changed to match."""
    model = model.new_copy()
    scale = values.get("Nominal cell capacity [A.h]")
    scale = abs(scale) if isinstance(scale, int | float) and scale else 1.0
    current = pybamm.Variable("Current variable [A]", scale=scale)
    names = (CURRENT, *control.CONTROL_INPUTS)
    inputs = {name: pybamm.InputParameter(name) for name in names}
    voltage = model.variables[VOLTAGE]
    model.algebraic[current] = control.residual(inputs, pybamm.t, current, voltage)
    galvanostatic = 1 - sum(inputs[name] for name in control.SHARES)
    model.initial_conditions[current] = galvanostatic * inputs[CURRENT]
    model.variables["Current variable [A]"] = current
    values[CURRENT] = current
    return model


def _discretised(model, values, points, defaults):
    """The model on its mesh; what PyBaMM refuses is refused in one sentence."""
    try:
        simulation = pybamm.Simulation(model, parameter_values=values, var_pts=points)
        simulation.build(inputs=defaults)
    except (pybamm.DiscretisationError, pybamm.ModelError, pybamm.GeometryError) as error:
        reason = " ".join(str(error).split())
        raise InputError(f'The model "{model.name}" cannot be discretised: {reason}') from None
    return simulation.built_model


def system_of(built, names, defaults, outputs, controlled=False, nominal_capacity=None):
    """Lower a discretised model and plan its elimination.

    Parameters
    ----------
    built : pybamm.BaseModel
        Discretised.
    names : tuple of str
        Its inputs.
    defaults : dict of str to float
    outputs : tuple of str
    controlled : bool
        Whether it has the current as a state.
    nominal_capacity : float, optional
        What C-rates refer to [A.h].

    Returns
    -------
    System
    """
    program = Program()
    lower = Lowering(program)
    equations = [built.concatenated_rhs, built.concatenated_algebraic]
    rhs = program.concatenate([lower(e) for e in equations if e.size])
    events = [e for e in built.events if e.event_type == pybamm.EventType.TERMINATION]
    jacobian, rows, columns, mass = _matrix(program, rhs, built.mass_matrix.entries)
    groups = {
        "outputs": program.concatenate([_output(program, lower, built, name) for name in outputs])
    }
    if events:
        groups["events"] = program.concatenate([lower(e.expression) for e in events])
    last = ()
    if controlled:
        terminals = [VOLTAGE, "Current variable [A]", CAPACITY]
        groups["terminals"] = program.concatenate(
            [_terminal(program, lower, built, name) for name in terminals]
        )
        last = [_place(built, "Current variable [A]")]
    system = System(
        program=program,
        rhs=rhs,
        initial=lower(built.concatenated_initial_conditions),
        jacobian=jacobian,
        observer=observer_of(program, groups),
        mass=mass,
        rows=rows,
        columns=columns,
        last=np.array(last, dtype=int),
        inputs=tuple(names),
        output_names=outputs,
        event_names=tuple(e.name for e in events),
        defaults=defaults,
        nominal_capacity=nominal_capacity,
    )
    system.plan  # noqa: B018 a matrix without pivots is refused now, not at the first solve
    return system


def _output(program, lower, built, name):
    if name not in built.variables:
        raise InputError(
            f'The model has no variable "{name}".{did_you_mean(name, built.variables)}'
        )
    node = lower(built.get_processed_variable(name))
    if program.size(node) != 1:
        raise InputError(
            f'Output "{name}" has {program.size(node)} values; compile a scalar variable, '
            "such as its average."
        )
    return node


def _terminal(program, lower, built, name):
    """A terminal's node; a model that does not count its charge has none to limit."""
    if name not in built.variables:
        return program.constant(0.0)
    return _output(program, lower, built, name)


def _place(built, name):
    """Where a scalar variable lies in the state."""
    variable = next(v for v in built.y_slices if v.name == name)
    return built.y_slices[variable][0].start


def _matrix(program, rhs, mass_matrix):
    """Pattern of M/(gamma h) - J with its full diagonal, J's node and M's values on it."""
    derivative = SparseJacobian(program)(rhs)
    mass = mass_matrix.tocoo()
    size = program.size(rhs)
    diagonal = np.arange(size)
    rows = np.concatenate([derivative.rows, mass.row, diagonal[mass_matrix.diagonal() != 0]])
    columns = np.concatenate([derivative.columns, mass.col, diagonal[mass_matrix.diagonal() != 0]])
    keys, inverse = np.unique(rows * size + columns, return_inverse=True)
    entries = len(derivative.rows)
    values = np.zeros(len(keys))
    values[inverse[entries : entries + mass.nnz]] = mass.data
    position = np.full(len(keys), entries)
    position[inverse[:entries]] = np.arange(entries)
    padded = program.concatenate([derivative.values, program.constant(0.0)])
    return program.take(padded, position), keys // size, keys % size, values
