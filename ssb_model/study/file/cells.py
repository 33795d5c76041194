"""The cells of a study: PyBaMM model, known values, compiled with the fitted parameters open."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, ParamSpec, TypeVar

from ssb_model.citations import Use, of_cell, read_parameters
from ssb_model.compiled import CompiledModel
from ssb_model.errors import InputError
from ssb_model.library import load_parameter_set, parse
from ssb_model.measurements import (
    CRITICAL,
    LEAD_INDUCTANCE,
    OUTPUTS,
    TEMPERATURE,
    WINDOW,
    charge_of,
    power_of,
)
from ssb_model.study.completeness import charge_quantities
from ssb_model.study.evenness import (
    EVENNESS,
    GARNET,
    LIMIT,
    THICKNESS,
    VARIATION,
    hot_spot_quantities,
    refuse_holes,
    refuse_without_conditions,
)
from ssb_model.study.file.names import bare_name, full_name, unit_of
from ssb_model.study.file.parts import options_of, parts_of
from ssb_model.study.pictures import picture_of, refuse_stated, stated_by_picture

if TYPE_CHECKING:
    import pybamm

    from ssb_model.library import Quantity
    from ssb_model.study.file.tables import CellTable
    from ssb_model.study.pictures import Picture

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

SHARE = "Garnet grain boundary share"

_compiled: dict[str, CompiledModel] = {}


@dataclass(frozen=True, eq=False)
class StudyCell:
    """One cell of a study.

    Attributes
    ----------
    name
        As the study calls it.
    type
        Which decides the model.
    quantities
        Of its parts, by PyBaMM name.
    values
        Of all parameters.
    options
        Of the PyBaMM model.
    inputs
        What fit and experiments set, by PyBaMM name.
    table
        The cell as the study file describes it.
    parts
        Names or paths of its parameter sets, by the study file's key.
    picture
        Of the contact or of the layer, if there is one.
    charge
        How it is charged before each discharge of a rate test, in words; None where its tests say.
    points
        Mesh points by PyBaMM's coordinate, where they are not the model's own.
    """

    name: str
    type: Literal["symmetric", "full", "blocking"]
    quantities: Mapping[str, Quantity]
    values: pybamm.ParameterValues
    options: Mapping[str, str]
    table: Mapping[str, Any]
    parts: Mapping[str, str]
    inputs: tuple[str, ...] = ()
    picture: Picture | None = None
    charge: str | None = None
    points: Mapping[str, int] = field(default_factory=dict)

    @property
    def area(self) -> float:
        """Area of a face [m2]."""
        return float(self.values["Cell area [m2]"])

    @property
    def completed_options(self) -> Mapping[str, str]:
        """The cell's own options, with the defaults of those that are not stated."""
        from ssb_model.cells import split_options

        return split_options(self.options, _offered(self.type))[0]

    @property
    def lead_inductance(self) -> float | None:
        """Of the leads [H], unless it is among the inputs; None without leads."""
        if self.completed_options["leads"] == "none":
            return None
        return float(self.values[LEAD_INDUCTANCE])

    @property
    def model(self) -> pybamm.BaseModel:
        """The PyBaMM model."""
        import ssb_model

        make = {
            "symmetric": ssb_model.SymmetricCell,
            "full": ssb_model.FullCell,
            "blocking": ssb_model.BlockingCell,
        }
        return make[self.type](self.options)

    @property
    def works(self) -> tuple[Use, ...]:
        """Works behind its equations and numbers; a value of the study's own owes them nothing."""
        own = {bare_name(name).lower() for name in self.table["values"]}
        sourced = {n: q for n, q in self.quantities.items() if bare_name(n).lower() not in own}
        return tuple(of_cell(lambda: self.model, self.values, sourced))

    @cached_property
    def read_quantities(self) -> tuple[str, ...]:
        """Names of the quantities that its equations, the leads and the hot-spot law read."""
        read = read_parameters(self.model, self.values)
        if self.lead_inductance is not None:
            read.add(LEAD_INDUCTANCE)
        if LIMIT in self.quantities:
            read.update(name for name in (*EVENNESS, *GARNET) if name in self.quantities)
        return tuple(name for name in self.quantities if name in read)

    @property
    def resisting_inputs(self) -> tuple[str, ...]:
        """Those of the quantities that are read which make its interface resist."""
        return tuple(name for name in self.read_quantities if power_of(name))

    @property
    def outputs(self) -> tuple[str, ...]:
        """Variables of the compiled model."""
        shorts = self.options.get("short circuit") == "critical current"
        return (*OUTPUTS[self.type], *([CRITICAL] if shorts else []))

    @property
    def compiled(self) -> CompiledModel:
        """The compiled model, one for all cells that are described alike."""
        numbers = {name: quantity.value for name, quantity in self.quantities.items()}
        window = [float(self.values[name]) for name in WINDOW if name in self.values]
        shown = stated_by_picture(self.picture)
        what = [self.table, numbers, shown, window, self.options, sorted(self.inputs), self._curves]
        what.append(dict(self.points))
        described = json.dumps(what, sort_keys=True)
        if described not in _compiled:
            import ssb_model

            inputs = [name for name in self.inputs if name in self.values]
            model = self.model
            _compiled[described] = ssb_model.compile(
                model,
                self.values,
                inputs=list(dict.fromkeys([TEMPERATURE, *inputs])),
                outputs=self.outputs,
                var_pts={**model.default_var_pts, **self.points} if self.points else None,
            )
        return _compiled[described]

    def refuse_start(self, where: str) -> None:
        """InputError, beginning with ``where``, unless it is within its cut-offs when charged."""
        from ssb_model.cells import refuse_start

        cathode = load_parameter_set(self.parts["cathode"])
        _in_file(where, refuse_start, self.values, cathode)

    @property
    def _curves(self) -> str:
        """The cathode's potential and diffusivity, with all numbers of their tables."""
        if "cathode" not in self.parts:
            return ""
        found = load_parameter_set(self.parts["cathode"])
        return repr((found.open_circuit_potential, found.relative_diffusivity))


def read_cell(name: str, table: CellTable, path: Path) -> StudyCell:
    """A :class:`StudyCell` from its table."""
    from ssb_model.cells import cell_parameters, cell_quantities, split_options

    where = f"{path}: cells.{name}"
    _refuse_coating(table, where)
    parts = parts_of(table, path.parent)
    for key, part in parts.items():
        _in_file(f"{where}.{key}", load_parameter_set, part)
    options = options_of(table, parts)
    quantities = cell_quantities(table.type, **parts, options=options)
    if "Negative face interface resistance [Ohm.m2]" in quantities:
        options.setdefault("interface", "one arc")
    elif _bare_face(quantities) and table.type != "blocking":
        options.setdefault("buffer layer", "none")
    _in_file(f"{where}.options", split_options, options, _offered(table.type))
    layered = not _bare_face(quantities)
    refuse_without_conditions(table, quantities, where)
    beside = hot_spot_quantities(table, layered) | charge_quantities(table.type)
    quantities |= beside
    picture = picture_of(table, layered, path.parent, where)
    known = {}
    for key, text in table.values.items():
        full = full_name(key, quantities, f"{where}.values")
        known[full] = _in_file(f'{where}.values."{key}"', _value, text, full, quantities)
    if picture is not None:
        refuse_stated(known, picture, f"{where}.picture")
        shown = stated_by_picture(picture)
        known |= {name: shown[name] for name in shown if name in quantities}
    unread = {name: known.pop(name, quantity.value) for name, quantity in beside.items()}
    values = _in_file(where, cell_parameters, table.type, **parts, options=options, values=known)
    values.update(unread)
    if VARIATION in unread:
        refuse_holes({name: float(values[name]) for name in (THICKNESS, VARIATION)}, where)
    if values[SHARE] == 0 and options.get("garnet permittivity") not in ("bulk", "none"):
        raise InputError(
            f"{where}: without grain boundaries their relaxation cannot be part of the cell: set "
            'options = { "garnet permittivity" = "bulk" } or "none".'
        )
    described = table.model_dump(mode="json")
    if table.charge is not None:
        if table.type != "full":
            raise InputError(f"{where}.charge: a {table.type} cell is not charged: remove the key.")
        _in_file(f"{where}.charge", charge_of, table.charge)
    return StudyCell(
        name,
        *(table.type, quantities, values, options, described, parts),
        picture=picture,
        charge=table.charge,
    )


def _offered(cell: str) -> Mapping[str, tuple[str, ...]]:
    """Options of a type of cell."""
    from ssb_model.cells import BLOCKING_OPTIONS, CELL_OPTIONS, FULL_OPTIONS

    offered = {"blocking": BLOCKING_OPTIONS, "full": FULL_OPTIONS}
    return offered.get(cell, CELL_OPTIONS)


def _bare_face(names: Iterable[str]) -> bool:
    """Whether these quantities have no layer on the face."""
    return not any(name.startswith("Negative face layer") for name in names)


def _value(text: str, name: str, quantities: Mapping[str, Quantity]) -> float:
    number = parse(text, unit_of(name))
    return quantities[name].within_bounds(number, text) if name in quantities else number


def _in_file(
    where: str,
    function: Callable[Arguments, Result],
    *arguments: Arguments.args,
    **named: Arguments.kwargs,
) -> Result:
    """The function's result; the message of a mistake begins with the place it stands at."""
    try:
        return function(*arguments, **named)
    except InputError as error:
        raise InputError(f"{where}: {error}") from None


def _refuse_coating(table: CellTable, where: str) -> None:
    if table.type == "blocking" and table.coating:
        raise InputError(f"{where}.coating: a blocking cell has no coating: remove the key.")
    if table.type != "blocking" and not table.coating:
        raise InputError(
            f'{where}.coating is missing: name one, such as "bare", or the path of your own file.'
        )
