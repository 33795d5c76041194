"""From a PyBaMM model to a compiled one; the half of the compiler that needs PyBaMM."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pybamm

from ssb_model.compiled.from_pybamm import (
    CONTROLLED,
    INTEGRAL,
    Additions,
    DiscretisedModel,
    input_parameters,
    system_of,
)
from ssb_model.compiled.model import CompiledModel
from ssb_model.compiled.protocols import CAPACITY, CURRENT, VOLTAGE, control, shares_of
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
NOTHING = Additions()
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
    values = (parameter_values or model.default_parameter_values).copy()
    return Source(model, values, tuple(inputs), tuple(outputs), dict(var_pts or {})).extended()


@dataclass(frozen=True, eq=False)
class Source:
    """What a model was compiled from, to compile it again with what an experiment asks for."""

    model: pybamm.BaseModel
    values: pybamm.ParameterValues
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    var_pts: dict[str, int]

    def extended(self, additions: Additions = NOTHING) -> CompiledModel:
        """The compiled model, with ``additions``."""
        return _compiled(self, additions)

    def capacity(self, inputs: Mapping[str, float]) -> float:
        """Capacity of the cell [A.h] from that of its electrodes and lithium, and all inputs."""
        values = self.values.copy()
        values.update(dict.fromkeys(self.inputs, "[input]"))
        parameters, options = getattr(self.model, "param", None), self.model.options
        solver = pybamm.lithium_ion.ElectrodeSOHSolver(values, param=parameters, options=options)
        return float(solver.solve(inputs=dict(inputs))["Capacity [A.h]"])


def _compiled(source: Source, additions: Additions) -> CompiledModel:
    model, values = source.model, source.values.copy()
    inputs = tuple(dict.fromkeys((*source.inputs, *additions.inputs)))
    battery = CURRENT in values and VOLTAGE in model.variables
    names = tuple(dict.fromkeys((*((CURRENT,) if battery else ()), *inputs)))
    defaults = {name: _number(values, name) for name in names}
    values.update({name: "[input]" for name in names})
    placeholders = {}
    if battery:
        model, further = _with_controlled_current(model, values, additions)
        further = tuple(name for name in further if name not in names)
        control_inputs = (*control.CONTROL_INPUTS, *shares_of(additions.law_names))
        names += further + control_inputs
        defaults |= dict.fromkeys(control_inputs, 0.0)
        placeholders = dict.fromkeys(further, 1.0)  # they have no default
    points = {**model.default_var_pts, **source.var_pts}
    built = _discretised(model, values, points, defaults | placeholders)
    capacity = values.get(CAPACITY) if battery else None
    capacity = capacity if isinstance(capacity, int | float) else None
    system = system_of(
        built,
        names,
        defaults,
        outputs=(*source.outputs, *additions.outputs),
        controlled=battery,
        nominal_capacity=capacity,
        laws=additions.law_names,
        watched=additions.watch_names,
    )
    return CompiledModel(system, source)


def _number(values: pybamm.ParameterValues, name: str) -> float:
    if name not in values:
        raise InputError(f'The model has no parameter "{name}".{did_you_mean(name, list(values))}')
    value = values[name]
    if not isinstance(value, int | float | np.floating):
        raise InputError(f'Parameter "{name}" is not a number and cannot be an input.')
    return float(value)


def _with_controlled_current(
    model: pybamm.BaseModel, values: pybamm.ParameterValues, additions: Additions
) -> tuple[pybamm.BaseModel, tuple[str, ...]]:
    """A copy of ``model`` whose current is a state, and further inputs that ``additions`` read.

    ``values`` is changed to match.
    """
    model = model.new_copy()
    scale = values.get(CAPACITY)
    scale = abs(scale) if isinstance(scale, int | float) and scale else 1.0
    current = pybamm.Variable(CONTROLLED, scale=scale)
    shares = shares_of(additions.law_names)
    names = (CURRENT, *control.CONTROL_INPUTS, *shares)
    inputs = {name: pybamm.InputParameter(name) for name in names}
    voltage = model.variables[VOLTAGE]
    model.variables[CONTROLLED] = current
    laws = {
        name: law.residual(model.variables)
        for name, law in zip(additions.law_names, additions.laws, strict=True)
    }
    watches = {
        name: watch.expression(model.variables)
        for name, watch in zip(additions.watch_names, additions.watches, strict=True)
    }
    further = input_parameters([*laws.values(), *watches.values()])
    _integrate_rates(model, current, inputs, laws, additions)
    model.algebraic[current] = control.residual(inputs, pybamm.t, current, voltage, laws)
    by_law = sum(inputs[share] for share in shares)
    galvanostatic = 1 - sum(inputs[name] for name in control.SHARES) - by_law
    # a law's search for a consistent state begins at 1C, as PyBaMM's
    model.initial_conditions[current] = galvanostatic * inputs[CURRENT] + by_law * scale
    model.variables.update(watches)
    values[CURRENT] = current
    return model, further


def _integrate_rates(
    model: pybamm.BaseModel,
    current: pybamm.Variable,
    inputs: Mapping[str, pybamm.InputParameter],
    laws: dict[str, pybamm.Symbol],
    additions: Additions,
) -> None:
    """Laws for dI/dt: a state integrates them, and they are replaced by I being that state."""
    named = zip(additions.law_names, additions.laws, strict=True)
    rates = {name: laws[name] for name, law in named if law.differential}
    if not rates:
        return
    held = pybamm.Variable(INTEGRAL, scale=current.scale)
    shares = dict(zip(rates, shares_of(rates), strict=True))
    model.rhs[held] = sum(inputs[shares[name]] * rate for name, rate in rates.items())
    model.initial_conditions[held] = current.scale
    laws.update(dict.fromkeys(rates, current - held))


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
