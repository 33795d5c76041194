"""A PyBaMM model on its mesh."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pybamm

from ssb_model.compiled.from_pybamm.discretised import DiscretisedModel
from ssb_model.compiled.from_pybamm.refusals import in_one_sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ssb_model.compiled.from_pybamm.settings import Settings

# A length that is an input needs PyBaMM's symbolic meshes: uniform ones of unit length, whose
# matrices the length scales.
SYMBOLIC: dict[Any, Any] = {pybamm.Uniform1DSubMesh: pybamm.SymbolicUniform1DSubMesh}


def discretise(
    model: pybamm.BaseModel, values: pybamm.ParameterValues, settings: Settings
) -> DiscretisedModel:
    """``model`` with ``values`` on its mesh; what PyBaMM refuses is refused in one sentence."""
    settings.check(model)
    refusal = f'The model "{model.name}" cannot be discretised'
    with in_one_sentence(refusal):
        geometry = _copied(settings.geometry or model.default_geometry)
        meshes = {**model.default_submesh_types, **(settings.submesh_types or {})}
        lengths = _input_lengths(geometry, values)
    if lengths:
        meshes = {domain: SYMBOLIC.get(mesh, mesh) for domain, mesh in meshes.items()}
        refusal += f" with {', '.join(lengths)} as an input of its mesh"
    with in_one_sentence(refusal, lambda: _culprit(model, values)):
        simulation = pybamm.Simulation(
            model,
            geometry=geometry,
            parameter_values=values,
            submesh_types=meshes,
            var_pts=_points(model, settings.var_pts or {}),
            spatial_methods={**model.default_spatial_methods, **(settings.spatial_methods or {})},
            discretisation_kwargs=dict(settings.discretisation_kwargs),
        )
        simulation.build()
    return cast(DiscretisedModel, simulation.built_model)


def _culprit(model: pybamm.BaseModel, values: pybamm.ParameterValues) -> str | None:
    """The parameter of the model's equations that PyBaMM cannot make an expression of."""
    for expression in (*model.rhs.values(), *model.algebraic.values()):
        for symbol in reversed(list(expression.pre_order())):  # what is inside comes first
            if isinstance(symbol, pybamm.Parameter | pybamm.FunctionParameter):
                try:
                    values.process_symbol(symbol)
                except Exception:
                    return symbol.name
            elif isinstance(symbol, pybamm.Division) and (zero := _zero(symbol.right, values)):
                return zero
    return None


def _zero(divisor: pybamm.Symbol, values: pybamm.ParameterValues) -> str | None:
    """The parameter that makes ``divisor`` zero, where it is a number that is."""
    try:
        number = values.evaluate(divisor)
    except Exception:  # whatever PyBaMM raises of what is no number
        return None
    if number != 0:
        return None
    names = [s.name for s in divisor.pre_order() if isinstance(s, pybamm.Parameter)]
    return next((name for name in names if values[name] == 0), next(iter(names), None))


def _input_lengths(geometry: Mapping[str, Any], values: pybamm.ParameterValues) -> list[str]:
    """The inputs that the geometry depends on."""
    limits = [
        limit
        for domain in geometry.values()
        for of_variable in domain.values()
        for limit in of_variable.values()
        if isinstance(limit, pybamm.Symbol)
    ]
    symbols = (symbol for limit in limits for symbol in values.process_symbol(limit).pre_order())
    return sorted({f'"{s.name}"' for s in symbols if isinstance(s, pybamm.InputParameter)})


def _copied(geometry: Mapping[str, Any]) -> dict[str, Any]:
    """A copy, since PyBaMM writes numbers into the geometry that it is given."""
    return {
        domain: {variable: dict(limits) for variable, limits in variables.items()}
        for domain, variables in geometry.items()
    }


def _points(model: pybamm.BaseModel, given: Mapping[Any, int]) -> dict[Any, int]:
    """The model's own mesh points, but where others are given."""
    names = {getattr(key, "name", key) for key in given}
    own = model.default_var_pts.items()
    return {k: n for k, n in own if getattr(k, "name", k) not in names} | dict(given)
