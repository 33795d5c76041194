"""From a PyBaMM model to a compiled one; the half of the compiler that needs PyBaMM."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pybamm

from ssb_model.compiled.from_pybamm import (
    CONTROLLED,
    INTEGRAL,
    Additions,
    DiscretisedModel,
    Settings,
    check_functions,
    discretise,
    input_parameters,
    of_simulation,
    system_of,
)
from ssb_model.compiled.kernel import expect
from ssb_model.compiled.model import CompiledModel
from ssb_model.compiled.protocols import CAPACITY, CURRENT, VOLTAGE, control, shares_of
from ssb_model.errors import InputError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from ssb_model.compiled.integration import System

NOTHING = Additions()


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
    expect(1)
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
        system = system_of(cast(DiscretisedModel, model), (), {}, read)
        _check_inputs(names, system.inputs, ())
        return CompiledModel(system)
    check_functions(model)
    source = Source(model, settings, names, read)
    compiled = source.extended()
    _check_inputs(names, compiled.system.inputs, tuple(source.values()))
    return compiled


@dataclass(frozen=True, eq=False)
class Source:
    """What a model was compiled from, to compile it again with what an experiment asks for."""

    model: pybamm.BaseModel
    settings: Settings
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]

    def values(self) -> pybamm.ParameterValues:
        """A copy of the parameter values."""
        return self.settings.values(self.model)

    def extended(self, additions: Additions = NOTHING) -> CompiledModel:
        """The compiled model, with ``additions``."""
        return CompiledModel(_system(self, additions), self)

    def capacity(self, inputs: Mapping[str, float]) -> float:
        """Capacity of the cell [A.h] from that of its electrodes and lithium, and all inputs."""
        values = self.values()
        values.update({name: "[input]" for name in self.inputs if name in values})
        parameters, options = getattr(self.model, "param", None), self.model.options
        solver = pybamm.lithium_ion.ElectrodeSOHSolver(values, param=parameters, options=options)
        return float(solver.solve(inputs=dict(inputs))["Capacity [A.h]"])


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


def _system(source: Source, additions: Additions) -> System:
    """A model lowered, its current controlled where that is possible."""
    model, values = source.model, source.values()
    controlled = _is_controllable(model, values)
    wanted = (*((CURRENT,) if controlled else ()), *source.inputs, *additions.inputs)
    names = tuple(name for name in dict.fromkeys(wanted) if name in values)
    numbers = {name: _number(values[name]) for name in names}
    defaults = {name: number for name, number in numbers.items() if number is not None}
    capacity = _number(values.get(CAPACITY)) if controlled else None
    values.update({name: "[input]" for name in names})
    if controlled:
        model, further = _with_controlled_current(model, values, additions)
        control_inputs = (*control.CONTROL_INPUTS, *shares_of(additions.law_names))
        names += tuple(name for name in further if name not in names) + control_inputs
        defaults |= dict.fromkeys(control_inputs, 0.0)
    return system_of(
        discretise(model, values, source.settings),
        names,
        defaults,
        outputs=(*source.outputs, *additions.outputs),
        controlled=controlled,
        nominal_capacity=capacity,
        laws=additions.law_names,
        watched=additions.watch_names,
    )


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
