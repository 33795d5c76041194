"""What PyBaMM discretises a model by, checked: parameters, geometry, meshes, spatial methods."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

import numpy as np
import pybamm

from ssb_model.compiled.from_pybamm.refusals import in_one_sentence
from ssb_model.errors import InputError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

MACROSCALE = "macroscale"  # PyBaMM's name of both electrodes and the separator together


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
        if not isinstance(given, str):
            for name, value in given.items():
                _check_parameter(name, value)
        with in_one_sentence("parameter_values cannot be read"):
            return pybamm.ParameterValues(given)

    def check(self, model: pybamm.BaseModel) -> None:
        """Refuse points, meshes and methods that are none, or are of no domain of the model."""
        for variable, points in (self.var_pts or {}).items():
            if points is not None and not (isinstance(points, int | np.integer) and points > 0):
                name = getattr(variable, "name", variable)
                raise InputError(
                    f'var_pts["{name}"] must be a whole number of points, not {points!r}.'
                )
        domains = {MACROSCALE, *(self.geometry or model.default_geometry)}
        domains |= {*model.default_submesh_types, *model.default_spatial_methods}
        for what, kind, sort in (
            ("submesh_types", "submesh, such as pybamm.Uniform1DSubMesh", _is_mesh),
            ("spatial_methods", "spatial method, such as pybamm.FiniteVolume()", _is_method),
        ):
            for domain, value in (getattr(self, what) or {}).items():
                if domain not in domains:
                    near = did_you_mean(domain, domains)
                    raise InputError(f'The model has no domain "{domain}" for {what}.{near}')
                if not sort(value):
                    raise InputError(f'{what}["{domain}"] must be a {kind}, not {value!r}.')


def _check_parameter(name: str, value: Any) -> None:
    """Refuse what is neither a number nor an expression, a function or data."""
    if value is None or (isinstance(value, str) and value != "[input]" and not _is_number(value)):
        raise InputError(f'The parameter "{name}" must be a number or a function, not {value!r}.')


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _is_mesh(value: Any) -> bool:
    is_class = isinstance(value, type) and issubclass(value, pybamm.SubMesh)
    return is_class or isinstance(value, pybamm.MeshGenerator)


def _is_method(value: Any) -> bool:
    return isinstance(value, pybamm.SpatialMethod)


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
