"""From a PyBaMM model to a compiled one; the half of the compiler that needs PyBaMM."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pybamm

from ssb_model.compiled.from_pybamm import (
    CONTROLLED,
    DiscretisedModel,
    Settings,
    check_functions,
    discretise,
    of_simulation,
    system_of,
)
from ssb_model.compiled.model import CompiledModel
from ssb_model.compiled.protocols import CAPACITY, CURRENT, VOLTAGE, control
from ssb_model.errors import InputError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from ssb_model.compiled.integration import System


def compile(
    model: pybamm.BaseModel | pybamm.Simulation,
    parameter_values: pybamm.ParameterValues | dict[str, Any] | str | None = None,
    inputs: Sequence[str] = (),
    outputs: Sequence[str] = (VOLTAGE,),
    var_pts: Mapping[Any, int] | None = None,
    *,
    geometry: Mapping[str, Any] | None = None,
    submesh_types: Mapping[str, Any] | None = None,
    spatial_methods: Mapping[str, Any] | None = None,
) -> CompiledModel:
    """Compile a PyBaMM model into one JAX program.

    The current of a battery model, where it is a number (or an input), becomes a state that its
    protocol controls (current, voltage, power or resistance). A current that is a function of
    time, a drive cycle or another expression, and an operating mode of the model's own, are kept;
    so is every model that has been discretised already. The current then is no input.

    Parameters
    ----------
    model
        A PyBaMM model, discretised or not, or a simulation without an experiment. Of a simulation
        that has been built its built model is taken as it is.
    parameter_values
        Default: the model's own.
    inputs
        Parameters that may differ from solve to solve. A current that is controlled always is
        one, and so is what the parameters or the model itself have as a
        :class:`pybamm.InputParameter`. An input whose parameter is no number has no default: each
        solve has to be given it. A length (a thickness, a radius) puts the model on PyBaMM's
        symbolic meshes, which converge more slowly: 0.7 mV from the ordinary ones in a DFN on 20
        points an axis.
    outputs
        Variables to return. One that has a value at each point of a mesh is returned at all of
        them, (points, times).
    var_pts
        Mesh points by spatial variable; where left out, the model's own.
    geometry, submesh_types, spatial_methods
        As of a :class:`pybamm.Simulation`; what is left out is the model's own.

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
    names, read = _names(inputs, "inputs"), _names(outputs, "outputs")
    if not read:
        raise InputError("Give outputs, at least one of the model's variables.")
    settings = Settings(parameter_values, var_pts, geometry, submesh_types, spatial_methods)
    if isinstance(model, pybamm.BaseSimulation):
        _refuse(settings, "The settings of a simulation are its own")
        model, settings = of_simulation(model)
    if not isinstance(model, pybamm.BaseModel):
        raise InputError(f"Only a PyBaMM model or simulation can be compiled, not {model!r}.")
    if model.is_parameterised and not model.is_discretised:
        raise InputError(
            f'The model "{model.name}" has its parameter values but no mesh: give it without '
            "them, or discretise it first."
        )
    if model.is_discretised:
        _refuse(settings, "A model that has been discretised has its parameters and mesh already")
        system, known = system_of(cast(DiscretisedModel, model), (), {}, read), ()
    else:
        system, known = _system(model, settings, names, read)
    _check_inputs(names, system.inputs, known)
    return CompiledModel(system)


def _names(given: Sequence[str], what: str) -> tuple[str, ...]:
    if isinstance(given, str) or not all(isinstance(name, str) for name in given):
        raise InputError(f"Give {what} as a list of names, not {given!r}.")
    return tuple(dict.fromkeys(given))


def _refuse(settings: Settings, why: str) -> None:
    if settings.given:
        raise InputError(f"{why}: leave out {' and '.join(settings.given)}.")


def _check_inputs(names: Sequence[str], read: Collection[str], known: Collection[str]) -> None:
    """Refuse an input that is neither a parameter nor read by the model."""
    for name in names:
        if name not in read and name not in known:
            near = did_you_mean(name, [*known, *read])
            what = "parameter" if known else "input"
            raise InputError(f'The model has no {what} "{name}".{near}')


def _system(
    model: pybamm.BaseModel, settings: Settings, inputs: tuple[str, ...], outputs: tuple[str, ...]
) -> tuple[System, Collection[str]]:
    """A model lowered, its current controlled where that is possible; its parameters' names."""
    check_functions(model)
    values = settings.values(model)
    controlled = _is_controllable(model, values)
    names = tuple(dict.fromkeys((*((CURRENT,) if controlled else ()), *inputs)))
    names = tuple(name for name in names if name in values)
    numbers = {name: _number(values[name]) for name in names}
    defaults = {name: number for name, number in numbers.items() if number is not None}
    capacity = _number(values.get(CAPACITY)) if controlled else None
    values.update({name: "[input]" for name in names})
    if controlled:
        model = _with_controlled_current(model, values)
        names += control.CONTROL_INPUTS
        defaults |= dict.fromkeys(control.CONTROL_INPUTS, 0.0)
    built = discretise(model, values, settings)
    return system_of(built, names, defaults, outputs, controlled, capacity), tuple(values)


def _number(value: Any) -> float | None:
    """A parameter's value, or None if it is a function or another expression."""
    if isinstance(value, pybamm.Scalar):
        value = value.value
    return float(value) if isinstance(value, int | float | np.number) else None


def _is_controllable(model: pybamm.BaseModel, values: pybamm.ParameterValues) -> bool:
    """Whether the model's current is a parameter, and that a number or an input of its name."""
    value = values.get(CURRENT)
    free = isinstance(value, pybamm.InputParameter) and value.name == CURRENT
    set_by_number = free or _number(value) is not None
    return set_by_number and VOLTAGE in model.variables and _reads_current(model)


def _reads_current(model: pybamm.BaseModel) -> bool:
    """Whether the current is the parameter; in a model without one, whether its equations are."""
    if "Current [A]" in model.variables:
        read = [model.variables["Current [A]"]]
    else:
        read = [*model.rhs.values(), *model.algebraic.values(), model.variables[VOLTAGE]]
    return any(
        isinstance(symbol, pybamm.Parameter | pybamm.FunctionParameter) and symbol.name == CURRENT
        for expression in read
        for symbol in expression.pre_order()
    )


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
