"""From parameter-set files to the names and values of the PyBaMM models."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pybamm

from ssb_model.cells.cathode import CATHODE_NAMES, cathode_values
from ssb_model.cells.face import POTENTIAL, tabled, with_plateau
from ssb_model.cells.symbols import Value
from ssb_model.constants import FROM_MA_CM2, ROOM_TEMPERATURE
from ssb_model.errors import InputError
from ssb_model.library import (
    ParameterSet,
    Quantity,
    brought_quantities,
    load_parameter_set,
    refuse_conditions,
    refuse_unfit,
)

LAW = "critical current law"

BLOCKING = "blocking"  # the parameter set of electrodes that block ions
LEADS = "leads"  # the parameter set of what is in series with every cell

#: and of the garnet's and the lithium's that do not begin with the set's own name
GARNET_NAMES = {"area": "Cell area"}
#: what a layer is given for by option and value: at least one of the names, or the potential
PLATEAU = "layer potential plateau"
NEEDED = {
    ("buffer layer", "alloy"): (PLATEAU,),
    ("coverage", "pinholes"): ("layer thickness variation", "layer continuity thickness"),
    ("layer dissolution", "into lithium"): (
        *("layer dissolution rate", "layer dissolution activation energy"),
    ),
}
OF_NO_METAL = ("stack pressure", "assembly pressure", "assembly time", "filament charge")
LITHIUM_NAMES = {name: name.capitalize() for name in OF_NO_METAL}


def cell_quantities(
    cell: str,
    garnet: str | Path = "llzto",
    coating: str | Path = "zni2-0.5",
    cathode: str | Path = "lfp",
    metal: str | Path = "lithium",
    uncoated: str | Path = "bare",
    options: Mapping[str, str] | None = None,
) -> dict[str, Quantity]:
    """The cell's quantities with value, prior, tag and source, by PyBaMM parameter name.

    Parameters
    ----------
    cell
        "symmetric", "full" or "blocking"; the last consists of a garnet alone, and no other set
        is read.
    garnet, coating, cathode, metal, uncoated
        Names or paths of parameter sets; ``cathode`` is read for the full cell only,
        ``uncoated`` is the face between the coated parts of one that is coated in part.
    options
        Of the model: a mechanism of another package that they choose brings quantities. What a
        parameter set states of them counts.

    Returns
    -------
    :class:`ssb_model.library.Quantity` by name, in SI.
    """
    _check_cell(cell)
    named = _named("Garnet {}", load_parameter_set(garnet).parameters, GARNET_NAMES)
    named |= _named("Lead {}", load_parameter_set(LEADS).parameters)
    if cell == "blocking":
        return named | _named("Negative face {}", load_parameter_set(BLOCKING).parameters)
    named |= _named("Lithium {}", load_parameter_set(metal).parameters, LITHIUM_NAMES)
    _refuse_unsaid(load_parameter_set(coating), options or {})
    brought = brought_quantities(options or {})
    for face, one in {"Negative face uncoated": uncoated, "Negative face": coating}.items():
        named |= _named(f"{face} {{}}", {**brought, **load_parameter_set(one).parameters})
    if cell == "full":
        named |= _named(
            "Positive electrode {}", load_parameter_set(cathode).parameters, CATHODE_NAMES
        )
    return named


def cell_parameters(
    cell: str,
    garnet: str | Path = "llzto",
    coating: str | Path = "zni2-0.5",
    cathode: str | Path = "lfp",
    metal: str | Path = "lithium",
    uncoated: str | Path = "bare",
    options: Mapping[str, str] | None = None,
    values: Mapping[str, Value] | None = None,
) -> pybamm.ParameterValues:
    """PyBaMM parameter values of a cell made of parameter sets.

    Parameters
    ----------
    cell
        "symmetric", "full" or "blocking"; the last consists of a garnet alone, and no other set
        is read.
    garnet, coating, cathode, metal, uncoated, options
        Names or paths of parameter sets, and options, as in :func:`cell_quantities`. Both faces of
        a symmetric cell have the same coating: the positive face's parameters refer to the
        negative one's.
    values
        PyBaMM names and SI values that replace those of the files; what follows from them
        (electrode thickness from loading, currents from the area) follows.

    Raises
    ------
    InputError
        For a temperature or a pressure that no cell with lithium has, beside what a file is
        refused for.

    Examples
    --------
    >>> from ssb_model import cell_parameters
    >>> cell_parameters("symmetric", coating="bare")["Garnet thickness [m]"]
    0.00085
    """
    quantities = cell_quantities(cell, garnet, coating, cathode, metal, uncoated, options)
    numbers = {name: quantity.value for name, quantity in quantities.items()}
    numbers |= {k: v for k, v in (values or {}).items() if k in numbers and _is_number(v)}
    if cell != "blocking":
        given = {name: value for name, value in (values or {}).items() if _is_number(value)}
        refuse_conditions(numbers | given)
    parameters = _common(numbers) | numbers
    if cell != "blocking":
        parameters |= _layer_potentials(cell, load_parameter_set(coating))
    if cell == "full":
        parameters |= _full(numbers, _fitting(cathode, options or {}))
    else:
        parameters |= _symmetric(numbers)
    parameters = pybamm.ParameterValues(parameters)
    parameters.update(values or {})
    return parameters


def _layer_potentials(cell: str, coating: ParameterSet) -> dict[str, Value]:
    """An alloy's U(x) of each face: the table of the file, or the function with its plateau."""
    table = coating.layer_potential
    if table is None and PLATEAU not in coating.parameters:
        return {}
    faces = ["Negative face", "Positive face"] if cell == "symmetric" else ["Negative face"]
    return {f"{face} {POTENTIAL}": tabled(table) if table else with_plateau(face) for face in faces}


def _refuse_unsaid(coating: ParameterSet, options: Mapping[str, str]) -> None:
    """A coating whose file does not say what a chosen mechanism of its layer needs."""
    for (option, value), names in NEEDED.items():
        missing = [name for name in names if name not in coating.parameters]
        if options.get(option) != value or not missing:
            continue
        if option == "buffer layer" and coating.layer_potential is not None:
            continue
        or_table = " or the table [layer_potential]" if missing == [PLATEAU] else ""
        raise InputError(
            f'{coating.path}: "{option}": "{value}" needs the layer\'s \'{missing[0]}\': add the '
            f'table [parameters."{missing[0]}"]{or_table}.'
        )


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float | np.number)


def _check_cell(cell: str) -> None:
    if cell not in ("symmetric", "full", "blocking"):
        raise InputError(f'Unknown cell "{cell}"; choose "symmetric" or "full" or "blocking".')


def _named(
    template: str, quantities: Mapping[str, Quantity], special: Mapping[str, str] | None = None
) -> dict[str, Quantity]:
    """Quantities of a set by PyBaMM name: capitalised, with the SI unit in brackets."""
    named = {}
    for key, quantity in quantities.items():
        own = key.capitalize() if key.startswith(LAW) else template.format(key)
        name = (special or {}).get(key, own)
        named[name if quantity.unit == "-" else f"{name} [{quantity.unit}]"] = quantity
    return named


def _common(numbers: Mapping[str, float]) -> dict[str, float]:
    side = numbers["Cell area [m2]"] ** 0.5
    return {
        "Reference temperature [K]": ROOM_TEMPERATURE,
        "Ambient temperature [K]": ROOM_TEMPERATURE,
        "Initial temperature [K]": ROOM_TEMPERATURE,
        "Electrode height [m]": side,
        "Electrode width [m]": side,
        "Number of electrodes connected in parallel to make a cell": 1.0,
        "Number of cells connected in series to make a battery": 1.0,
        "Current function [A]": 1.0 * numbers["Cell area [m2]"],
    }


def _symmetric(numbers: Mapping[str, float]) -> dict[str, Value]:
    """Nominal capacity: 1 mAh/cm2, so that 1C is 1 mA/cm2; both faces alike."""
    mirrored = {
        name.replace("Negative", "Positive"): pybamm.Parameter(name)
        for name in numbers
        if name.startswith("Negative face")
    }
    return mirrored | {
        "Nominal cell capacity [A.h]": FROM_MA_CM2 * numbers["Cell area [m2]"],
        "Lower voltage cut-off [V]": -5.0,
        "Upper voltage cut-off [V]": 5.0,
        "Open-circuit voltage at 0% SOC [V]": 0.0,
        "Open-circuit voltage at 100% SOC [V]": 0.0,
    }


def _fitting(cathode: str | Path, options: Mapping[str, str]) -> ParameterSet:
    """The cathode, which must have what the cell's options need of it."""
    found = load_parameter_set(cathode)
    if found.open_circuit_potential is None:
        raise InputError(
            f"{found.path} is no cathode, it has no open-circuit potential: {found.title}."
        )
    try:
        refuse_unfit({**found.options, **options}, found.open_circuit_potential, found.parameters)
    except InputError as error:
        raise InputError(f"{found.path}: {error}") from None
    return found


def _full(numbers: Mapping[str, float], cathode: ParameterSet) -> dict[str, Value]:
    return cathode_values(numbers, cathode) | {
        "Negative electrode thickness [m]": 0.0,
        "Separator thickness [m]": numbers["Garnet thickness [m]"],
        "Separator porosity": 1.0,
        "Separator Bruggeman coefficient (electrolyte)": 0.0,
    }
