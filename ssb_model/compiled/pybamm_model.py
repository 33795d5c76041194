"""From a PyBaMM model to a compiled one; the half of the compiler that needs PyBaMM."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pybamm

from ssb_model.compiled.from_pybamm import CONTROLLED, DiscretisedModel, check_functions, system_of
from ssb_model.compiled.model import CompiledModel
from ssb_model.compiled.protocols import CAPACITY, CURRENT, VOLTAGE, control
from ssb_model.errors import InputError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

REFUSALS = (
    pybamm.DiscretisationError,
    pybamm.ModelError,
    pybamm.GeometryError,
    IndexError,
    NotImplementedError,
    TypeError,
    ValueError,
)
MISSING = re.compile(r"Parameter '(.+?)' not found")  # in what PyBaMM raises


def compile(
    model: pybamm.BaseModel,
    parameter_values: pybamm.ParameterValues | None = None,
    inputs: Sequence[str] = (),
    outputs: Sequence[str] = (VOLTAGE,),
    var_pts: Mapping[str, int] | None = None,
) -> CompiledModel:
    """Compile a PyBaMM model into one JAX program.

    A battery model's current becomes a state that its protocol controls (current, voltage,
    power or resistance); any other PyBaMM model is compiled as it stands.

    Parameters
    ----------
    model
        A battery model must have "Current function [A]" among its parameters.
    parameter_values
        Default: the model's own.
    inputs
        Parameters that may differ from solve to solve; a battery's current always is one. A
        length (a thickness, a radius) puts the model on PyBaMM's symbolic meshes, which converge
        more slowly: 0.7 mV from the ordinary ones in a DFN on 20 points an axis.
    outputs
        Variables to return, each one number.
    var_pts
        Mesh points, default: the model's own.

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
    check_functions(model)
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
    capacity = values.get(CAPACITY) if battery else None
    capacity = capacity if isinstance(capacity, int | float) else None
    system = system_of(built, names, defaults, tuple(outputs), battery, capacity)
    return CompiledModel(system)


def _number(values: pybamm.ParameterValues, name: str) -> float:
    if name not in values:
        raise InputError(f'The model has no parameter "{name}".{did_you_mean(name, list(values))}')
    value = values[name]
    if not isinstance(value, int | float | np.floating):
        raise InputError(f'Parameter "{name}" is not a number and cannot be an input.')
    return float(value)


def _with_controlled_current(
    model: pybamm.BaseModel, values: pybamm.ParameterValues
) -> pybamm.BaseModel:
    """A copy of ``model`` whose current is a state; ``values`` is changed to match."""
    model = model.new_copy()
    scale = values.get(CAPACITY)
    scale = abs(scale) if isinstance(scale, int | float) and scale else 1.0
    current = pybamm.Variable(CONTROLLED, scale=scale)
    names = (CURRENT, *control.CONTROL_INPUTS)
    inputs = {name: pybamm.InputParameter(name) for name in names}
    voltage = model.variables[VOLTAGE]
    model.algebraic[current] = control.residual(inputs, pybamm.t, current, voltage)
    galvanostatic = 1 - sum(inputs[name] for name in control.SHARES)
    model.initial_conditions[current] = galvanostatic * inputs[CURRENT]
    model.variables[CONTROLLED] = current
    values[CURRENT] = current
    return model


def _discretised(
    model: pybamm.BaseModel,
    values: pybamm.ParameterValues,
    points: Mapping[str, int],
    defaults: Mapping[str, float],
) -> DiscretisedModel:
    """The model on its mesh; what PyBaMM refuses is refused in one sentence."""
    meshes, lengths = _meshes(model, values)
    try:
        simulation = pybamm.Simulation(
            model, parameter_values=values, var_pts=points, submesh_types=meshes
        )
        simulation.build(inputs=defaults)
    except KeyError as error:
        missing = MISSING.match(str(error.args[0]))
        if missing is None:
            raise
        raise InputError(
            f'The model "{model.name}" needs the parameter {missing[1]}, which no parameter set '
            "gives: add it to yours, or choose another option."
        ) from None
    except REFUSALS as error:
        reason = " ".join(str(error).split())
        if lengths:
            reason = f"the mesh cannot have {', '.join(lengths)} as an input ({reason})."
        elif not isinstance(error, pybamm.DiscretisationError | pybamm.ModelError):
            raise
        raise InputError(f'The model "{model.name}" cannot be discretised: {reason}') from None
    return cast(DiscretisedModel, simulation.built_model)


def _meshes(
    model: pybamm.BaseModel, values: pybamm.ParameterValues
) -> tuple[dict[str, Any], list[str]]:
    """Submesh types, and the inputs that the geometry depends on.

    A length that is an input needs PyBaMM's symbolic meshes: uniform ones of unit length, whose
    matrices the length scales.
    """
    meshes = model.default_submesh_types
    lengths = sorted(
        {
            f'"{symbol.name}"'
            for domain in model.default_geometry.values()
            for limits in domain.values()
            for limit in limits.values()
            if isinstance(limit, pybamm.Symbol)
            for symbol in values.process_symbol(limit).pre_order()
            if isinstance(symbol, pybamm.InputParameter)
        }
    )
    if lengths:
        symbolic = {pybamm.Uniform1DSubMesh: pybamm.SymbolicUniform1DSubMesh}
        meshes = {domain: symbolic.get(mesh, mesh) for domain, mesh in meshes.items()}
    return meshes, lengths
