"""From a PyBaMM model to a compiled one; the only part of the compiler that needs PyBaMM."""

import numpy as np
import pybamm

from ssb_model.compiled.elimination import plan_elimination
from ssb_model.compiled.impedance import CURRENT, VOLTAGE
from ssb_model.compiled.jacobian import SparseJacobian
from ssb_model.compiled.lower import Lowering
from ssb_model.compiled.model import CompiledModel
from ssb_model.compiled.program import Program
from ssb_model.compiled.system import System
from ssb_model.errors import InputError, did_you_mean


def compile(model, parameter_values=None, inputs=(), outputs=(VOLTAGE,), var_pts=None):
    """Compile a PyBaMM battery model into one JAX program.

    Parameters
    ----------
    model : pybamm.BaseModel
        With current control: "Current function [A]" must be among its parameters.
    parameter_values : pybamm.ParameterValues, optional
        Default: the model's own.
    inputs : sequence of str
        Parameters that may differ from solve to solve; the current always is one.
    outputs : sequence of str
        Variables to return.
    var_pts : dict, optional
        Mesh points, default: the model's own.

    Returns
    -------
    CompiledModel

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
    names = tuple(dict.fromkeys((CURRENT, *inputs)))
    defaults = {name: _number(values, name) for name in names}
    values.update({name: "[input]" for name in names})
    points = {**model.default_var_pts, **(var_pts or {})}
    simulation = pybamm.Simulation(model, parameter_values=values, var_pts=points)
    simulation.build(inputs=defaults)
    return CompiledModel(_system(simulation.built_model, names, defaults, tuple(outputs)))


def _number(values, name):
    if name not in values:
        raise InputError(f'The model has no parameter "{name}".{did_you_mean(name, list(values))}')
    value = values[name]
    if not isinstance(value, int | float | np.floating):
        raise InputError(f'Parameter "{name}" is not a number and cannot be an input.')
    return float(value)


def _system(built, names, defaults, outputs):
    """Lower the discretised model and plan its elimination."""
    program = Program()
    lower = Lowering(program)
    equations = [built.concatenated_rhs, built.concatenated_algebraic]
    rhs = program.concatenate([lower(e) for e in equations if e.size])
    events = [e for e in built.events if e.event_type == pybamm.EventType.TERMINATION]
    jacobian, rows, columns, mass = _matrix(program, rhs, built.mass_matrix.entries)
    return System(
        program=program,
        rhs=rhs,
        initial=lower(built.concatenated_initial_conditions),
        outputs=program.concatenate([_output(program, lower, built, name) for name in outputs]),
        events=program.concatenate([lower(e.expression) for e in events]) if events else None,
        jacobian=jacobian,
        mass=mass,
        rows=rows,
        columns=columns,
        plan=plan_elimination(program.size(rhs), rows, columns),
        input_names=names,
        output_names=outputs,
        event_names=tuple(e.name for e in events),
        defaults=defaults,
    )


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
