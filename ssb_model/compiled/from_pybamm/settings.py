"""What PyBaMM discretises a model by: its parameters, geometry, meshes and spatial methods."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, cast

import pybamm

from ssb_model.compiled.from_pybamm.discretised import DiscretisedModel
from ssb_model.compiled.from_pybamm.refusals import in_one_sentence
from ssb_model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Settings:
    """As of a :class:`pybamm.Simulation`; what is None, empty or left out is the model's own.

    Attributes
    ----------
    parameter_values
        PyBaMM's, a dictionary, or the name of a parameter set.
    var_pts
        Points by spatial variable or its name.
    geometry
        The whole geometry.
    submesh_types, spatial_methods
        By domain.
    discretisation_kwargs
        Further options of :class:`pybamm.Discretisation`.
    """

    parameter_values: pybamm.ParameterValues | dict[str, Any] | str | None = None
    var_pts: Mapping[Any, int] | None = None
    geometry: Mapping[str, Any] | None = None
    submesh_types: Mapping[str, Any] | None = None
    spatial_methods: Mapping[str, Any] | None = None
    discretisation_kwargs: Mapping[str, Any] = field(default_factory=dict)

    @property
    def given(self) -> list[str]:
        """Names of what is not the model's own."""
        return [one.name for one in fields(self) if getattr(self, one.name)]

    def values(self, model: pybamm.BaseModel) -> pybamm.ParameterValues:
        """A copy of the parameter values."""
        given = self.parameter_values or model.default_parameter_values
        if isinstance(given, pybamm.ParameterValues):
            return given.copy()
        with in_one_sentence("parameter_values cannot be read"):
            return pybamm.ParameterValues(given)


def of_simulation(simulation: pybamm.Simulation) -> tuple[pybamm.BaseModel, Settings]:
    """Model and settings of a simulation; one that has been built is its built model alone."""
    if getattr(simulation, "experiment", None) is not None:
        raise InputError(
            "A simulation with an experiment cannot be compiled: compile one without, and give "
            "the experiment to solve(experiment=...)."
        )
    if simulation.built_model is not None:
        return simulation.built_model, Settings()
    return simulation.model, Settings(
        simulation.parameter_values,
        simulation.var_pts,
        simulation.geometry,
        simulation.submesh_types,
        simulation.spatial_methods,
        simulation._discretisation_kwargs,
    )


def discretise(
    model: pybamm.BaseModel, values: pybamm.ParameterValues, settings: Settings
) -> DiscretisedModel:
    """``model`` with ``values`` on its mesh; what PyBaMM refuses is refused in one sentence."""
    refusal = f'The model "{model.name}" cannot be discretised'
    with in_one_sentence(refusal):
        geometry = _copied(settings.geometry or model.default_geometry)
        meshes = {**model.default_submesh_types, **(settings.submesh_types or {})}
        lengths = _input_lengths(geometry, values)
    if lengths:
        meshes = {domain: SYMBOLIC.get(mesh, mesh) for domain, mesh in meshes.items()}
        refusal += f" with {', '.join(lengths)} as an input of its mesh"
    with in_one_sentence(refusal):
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


# A length that is an input needs PyBaMM's symbolic meshes: uniform ones of unit length, whose
# matrices the length scales.
SYMBOLIC: dict[Any, Any] = {pybamm.Uniform1DSubMesh: pybamm.SymbolicUniform1DSubMesh}


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
