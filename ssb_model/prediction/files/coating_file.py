"""A coating as a small file: what is known of it, with units; the rest keeps its kind's prior.

Its least form::

    name = "my coating"
    type = "mixed"  # ionic, electronic, mixed, or none for bare garnet
    interface_resistance = "11 ohm cm2"

What is not stated comes from the parameter set of its type: LiI for an ionic layer, the LiZn alloy
for an electronic one, their composite for a mixed one, each quantity with its prior.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from pydantic import BeforeValidator, Field
from scipy.constants import R as R_GAS

from ssb_model.errors import InputError
from ssb_model.library import (
    CoatingType,
    Contact,
    ParameterSet,
    Quantity,
    Table,
    brought_quantities,
    find_coating,
    kind_of_table,
    load_parameter_set,
    parse,
    read_toml,
    refuse_no_mechanism,
    validated,
)
from ssb_model.measurements import UNKNOWN
from ssb_model.prediction.files.coating import Coating, Measured
from ssb_model.prediction.files.evenness import (
    Evenness,
    contact_texts,
    read_evenness,
    refuse_holes,
)
from ssb_model.prediction.files.known_cells import BARE, KnownCells, known_cells
from ssb_model.prediction.files.own_cells import MeasuredTable, measured_resistance, own_cells
from ssb_model.prediction.files.ranges import (
    Stated,
    Text,
    stated_charge,
    stated_logarithm,
    stated_quantity,
)
from ssb_model.prediction.files.wetting import with_unsaid_wetting
from ssb_model.study import checksum, full_name

#: parameter set of each type, for what its file does not state
KINDS = {"ionic": "i2", "electronic": "lizn", "mixed": "zni2-0.5", "none": "bare"}
TRANSFER = "exchange-current density activation energy"
#: keys of a coating file and the quantities they state
KEYS = {
    "thickness": ("layer thickness",),
    "ionic_conductivity": ("layer ionic conductivity",),
    "electronic_conductivity": ("layer electronic conductivity",),
    "activation_energy": (TRANSFER, "layer activation energy"),
    "exchange_current_density": ("exchange-current density",),
    "contact_fraction": ("contact fraction",),
    "coated_share": ("coated share",),
}
#: what no prediction has a part for
WITHOUT_EFFECT = ("layer dissolution ", "layer potential ")
HOLES = ("layer thickness variation", "layer continuity thickness")
MIDDLE_TEMPERATURE = 325.0  # K, of an Arrhenius line from 25 to 80 degC
RESISTANCE_NOISE = 0.05  # relative, of a measured resistance without a range
CURRENT_NOISE = 0.3  # the same of a critical current: scatter between nominally equal cells


def _several(tables: object) -> object:
    """One table of a measured cell stands for a list of one."""
    return [tables] if isinstance(tables, dict) else tables


class CoatingTable(Table):
    """A coating file. A list of two is the central 95 % of what one believes."""

    file_kind = "coating"

    name: Text
    type: CoatingType
    source: Text | None = None
    interface_resistance: Stated | None = None
    faces: Literal[1, 2] = 2
    critical_current: Stated | None = None
    thickness: Stated | None = None
    ionic_conductivity: Stated | None = None
    electronic_conductivity: Stated | None = None
    activation_energy: Stated | None = None
    exchange_current_density: Stated | None = None
    contact_fraction: Stated | None = None
    wetting_angle: Stated | None = None
    coated_share: Stated | None = None
    thickness_variation: Stated | None = None
    correlation_length: Stated | None = None
    picture: Text | None = None
    picture_width: Text | None = None
    picture_thickness: Annotated[list[Text], Field(min_length=2, max_length=2)] | None = None
    contact: Contact | None = None
    garnet: Text | None = None
    library: Text | None = None
    charge: Text | None = None
    options: dict[str, str] = {}
    values: dict[str, Stated] = {}
    measured: Annotated[list[MeasuredTable], BeforeValidator(_several)] = []


def load_coating(name_or_path: str | Path) -> Coating:
    """A :class:`Coating` from a file, or of a shipped one by name.

    Shipped are the founding coating and the bare garnet as they were measured ("lii-znlix",
    "bare-llzto"), and the coatings among the parameter sets, of which nothing was measured.

    Raises
    ------
    InputError
        One sentence naming file and key, for anything wrong in it or contradicting itself.
    """
    path = find_coating(name_or_path)
    table = read_toml(path)
    if kind_of_table(table) == "parameter set":
        return _of_parameter_set(path)
    table = validated(CoatingTable, table, path)
    refuse_no_mechanism(table.options, f"{path}: options")
    known = dict(load_parameter_set(KINDS[table.type]).parameters)
    known |= brought_quantities(table.options)
    known = known if table.type == "none" else with_unsaid_wetting(known)
    evenness = read_evenness(table, path)
    stated = _stated(table, known, path)
    stated |= _pictured(evenness, known, stated, path)
    if evenness is not None and table.type != "none":
        refuse_holes(evenness, (known | stated)["layer thickness"].value, path)
    known_rows = _known(table, path)
    coating = Coating(
        name=table.name,
        type=table.type,
        quantities=known | stated,
        resistance=_resistance(table, known_rows, path),
        critical_current=_current(table, path),
        stated=tuple(stated),
        path=path,
        sha256=checksum(path),
        source=table.source,
        options=table.options,
        evenness=evenness,
        contact=_contact(table, path),
        known=known_rows,
        charge=_known_charge(table.charge, path),
    )
    _refuse_contradiction(coating)
    return coating


def _known_charge(text: str | None, path: Path) -> str | None:
    if text == UNKNOWN:
        raise InputError(
            f'{path}: charge: "{UNKNOWN}" is said of a cell: write it in the cell\'s file, or say '
            "here how this coating's cells were charged."
        )
    return stated_charge(text, str(path))


def _known(table: CoatingTable, path: Path) -> KnownCells:
    name = BARE if table.type == "none" else table.name
    batch = own_cells(table.measured, table.type, table.contact, name, path)
    return known_cells(batch, path, table.library, table.garnet, name)


def _of_parameter_set(path: Path) -> Coating:
    found = load_parameter_set(path)
    if found.kind != "coating" or found.type is None:
        raise InputError(f"{path} is a {found.kind}, not a coating.")
    return Coating(
        name=found.title,
        type=found.type,
        quantities={**brought_quantities(found.options), **_of_layer(found)},
        options=found.options,
        resistance=None,
        critical_current=None,
        stated=(),
        path=path,
        sha256=checksum(path),
    )


def _of_layer(found: ParameterSet) -> Mapping[str, Quantity]:
    return found.parameters if found.type == "none" else with_unsaid_wetting(found.parameters)


def _stated(table: CoatingTable, known: Mapping[str, Quantity], path: Path) -> dict[str, Quantity]:
    """The quantities that a file states."""
    given = [(key, names) for key, names in KEYS.items() if getattr(table, key) is not None]
    stated = {}
    for key, names in given:
        own = [name for name in names if name in known]
        if not own:
            raise InputError(f'{path}: {key}: type = "none" has no layer: remove the key.')
        for name in own:
            where = f"{path}: {key}"
            stated[name] = stated_quantity(known[name], getattr(table, key), where)
            if name == TRANSFER and key == "activation_energy":
                stated[name] = _of_current(stated[name])
    if table.wetting_angle is not None:
        stated |= _wetted(table, known, path)
    stated |= _by_name(table, known, stated, path)
    return stated


def _by_name(
    table: CoatingTable,
    known: Mapping[str, Quantity],
    above: Mapping[str, Quantity],
    path: Path,
) -> dict[str, Quantity]:
    """The quantities of ``[values]``, none of them among those ``above``."""
    stated: dict[str, Quantity] = {}
    for key, text in table.values.items():
        where = f'{path}: values."{key}"'
        name = full_name(key, known, where)
        if name in above or name in stated:
            raise InputError(f"{where}: '{name}' is stated already above: write it once.")
        if name.startswith(WITHOUT_EFFECT):
            raise InputError(
                f"{where}: it has no part in a prediction: leave it out, or state it in a "
                "parameter set and solve a cell with the option that it belongs to."
            )
        stated[name] = stated_quantity(known[name], text, where)
    if HOLES[0] in stated and HOLES[1] not in stated:
        raise InputError(
            f'{path}: values."{HOLES[0]}": say from which thickness on the layer has holes, with '
            f'"{HOLES[1]}" = "20 nm".'
        )
    return stated


def _pictured(
    evenness: Evenness | None,
    known: Mapping[str, Quantity],
    stated: Mapping[str, Quantity],
    path: Path,
) -> dict[str, Quantity]:
    """The quantities that a picture states."""
    texts = {}
    if evenness is not None and evenness.contact is not None:
        texts = contact_texts(evenness.contact)
    if evenness is not None and evenness.thickness is not None:
        texts = {"layer thickness": f"{evenness.thickness.mean:.12g} m"}
    for name in texts:
        if name in stated:
            raise InputError(f"{path}: picture: it says the {name}, stated already: write it once.")
    return {n: stated_quantity(known[n], text, f"{path}: picture") for n, text in texts.items()}


def _of_current(quantity: Quantity) -> Quantity:
    """Activation energy of the exchange current of a charge transfer whose conductance has
    ``quantity``: R = R_gas T/(F j0) has the factor T, worth R_gas T in the slope."""
    shift = R_GAS * MIDDLE_TEMPERATURE
    prior = quantity.prior
    if prior is not None:
        prior = replace(prior, lower=prior.lower + shift, upper=prior.upper + shift)
    return replace(quantity, value=quantity.value + shift, prior=prior)


def _wetted(table: CoatingTable, known: Mapping[str, Quantity], path: Path) -> dict[str, Quantity]:
    """Contact fraction (1 + cos(angle))/2: the work of adhesion over that of perfect wetting.

    Young and Dupre give the work; that the share in contact is in proportion to it is assumed.
    """
    where = f"{path}: wetting_angle"
    if table.contact_fraction is not None:
        raise InputError(f"{where}: contact_fraction says the same: keep one of them.")
    given = table.wetting_angle or []
    angles = [given] if isinstance(given, str) else given
    try:
        degrees = [_wetting(angle) for angle in angles]
    except InputError as error:
        raise InputError(f"{where}: {error}") from None
    if degrees != sorted(set(degrees)):
        raise InputError(f"{where}: the range must rise: write the lower end first.")
    shares = sorted((1 + np.cos(np.deg2rad(degrees))) / 2)
    texts = [f"{share:.12g}" for share in shares]
    quantity = known["contact fraction"]
    return {
        "contact fraction": stated_quantity(quantity, texts[0] if len(texts) == 1 else texts, where)
    }


def _wetting(angle: str) -> float:
    """An angle in degrees at which lithium touches at all."""
    degrees = parse(angle, "deg")
    if not 0 <= degrees < 180:
        raise InputError(f"{angle} is not a wetting angle: write 0 deg or more, below 180 deg.")
    return degrees


def _resistance(table: CoatingTable, rows: KnownCells, path: Path) -> Measured | None:
    """As stated, else as cells of the batch with this coating have it."""
    if table.interface_resistance is None:
        found = measured_resistance(rows.batch, rows.interface)
        return found and Measured(found[0], RESISTANCE_NOISE / found[1] ** 0.5)
    centre, sd = stated_logarithm(
        table.interface_resistance, "Ohm.m2", RESISTANCE_NOISE, f"{path}: interface_resistance"
    )
    return Measured(float(centre + np.log(2 / table.faces)), float(sd))


def _contact(table: CoatingTable, path: Path) -> Contact | None:
    """The class of contact, refused where it does not go with the type."""
    if table.contact is None:
        return None
    bare = table.contact in ("bare", "bare control")
    wrong = bare != (table.type == "none") if table.contact != "wetted" else False
    if wrong or table.contact == "three-dimensional":
        raise InputError(
            f'{path}: contact = "{table.contact}" does not go with type = "{table.type}": write '
            '"bare" or "bare control" for bare garnet, "coated" for a layer, or "wetted" where a '
            "liquid or a gel is at the garnet."
        )
    return table.contact


def _current(table: CoatingTable, path: Path) -> Measured | None:
    if table.critical_current is None:
        return None
    where = f"{path}: critical_current"
    return Measured(*stated_logarithm(table.critical_current, "A.m-2", CURRENT_NOISE, where))


def _refuse_contradiction(coating: Coating) -> None:
    """A type says which of ions and electrons a layer conducts better; stated numbers must agree.

    Electrons have their share of the current in a mixed and in an electronic layer, which is one
    that conducts them at least as well as ions.
    """
    if not coating.layered or "layer electronic conductivity" not in coating.stated:
        return
    ions, electrons = (
        coating.quantities[f"layer {kind} conductivity"].value for kind in ("ionic", "electronic")
    )
    if coating.type == "ionic" and electrons > ions:
        raise InputError(
            f"{coating.path}: an ionic layer does not conduct electrons better than ions "
            f"({electrons:g} against {ions:g} S/m): correct electronic_conductivity, or write "
            'type = "mixed".'
        )
    if coating.type != "ionic" and electrons < ions:
        raise InputError(
            f'{coating.path}: type = "{coating.type}" without electronic conductivity '
            f"({electrons:g} S/m, ions have {ions:g}): correct electronic_conductivity, or write "
            'type = "ionic".'
        )
