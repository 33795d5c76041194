"""What a caller declares of a measured file: which column is which, in which units, which sign.

One declaration serves everywhere: arguments in Python, keys of a table in a study file, options of
`ssb data`. A refusal that one would settle carries it, so that each place words its own cure.
"""

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ssb_model.data.quantities import SI_UNITS, spelled
from ssb_model.errors import InputError, suggestion
from ssb_model.library import check_unit, parse_positive

#: what an ordered list of quantities says of a column that is none
SKIPPED = ("", "-")


@dataclass(frozen=True)
class Declaration:
    """What is said of a file: `columns`, quantity to header; or `order`, the quantities in order,
    for a file that names no columns; `units`, quantity to unit; `current_positive_on`; and the
    `area` of the cell, with its unit, for columns that are per area."""

    columns: Mapping[str, str] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    current_positive_on: str = ""
    area: str = ""

    @property
    def area_in_si(self) -> float | None:
        """The cell's area [m2], if it is declared."""
        return parse_positive(self.area, "m2", "area") if self.area else None

    @property
    def quantities(self) -> frozenset[str]:
        """Those that the caller gives a column."""
        return frozenset(self.columns) | (frozenset(self.order) - frozenset(SKIPPED))

    @property
    def arguments(self) -> dict[str, Any]:
        """It as arguments of a reader, which are also the keys of a study; what is said alone."""
        said = {"columns": list(self.order) or dict(self.columns), "units": dict(self.units)}
        said |= {"current_positive_on": self.current_positive_on, "area": self.area}
        return {key: value for key, value in said.items() if value}


def declared(
    columns: Mapping[str, str] | Sequence[str] | None,
    units: Mapping[str, str] | None,
    current_positive_on: str | None = None,
    area: str | None = None,
) -> Declaration:
    """Check what the caller declares. Raises InputError naming what is unknown."""
    if isinstance(columns, str):
        raise InputError("columns is one text: write columns={'frequency': 'f/Hz', ...}.")
    if not _of_texts(columns, (Mapping, Sequence)) or not _of_texts(units, (Mapping,)):
        raise InputError(
            "columns and units are texts by quantity: write columns={'frequency': 'f/Hz', ...} (or "
            "a list of quantities in order) and units={'frequency': 'Hz', ...}."
        )
    if current_positive_on not in (None, "", "charge", "discharge"):
        raise InputError(
            f"current_positive_on is {current_positive_on!r:.40}: write 'charge' or 'discharge'."
        )
    named = columns if isinstance(columns, Mapping) else {}
    order = () if columns is None or isinstance(columns, Mapping) else tuple(columns)
    units = dict(units or {})
    used = [name for name in order if name not in SKIPPED]
    for quantity in (*named, *units, *used):
        if quantity not in SI_UNITS:
            raise InputError(
                f"'{quantity}' is not a quantity of a measured file. "
                f"{suggestion(quantity, SI_UNITS)}"
            )
    if len(set(used)) < len(used):
        twice = next(name for name in used if used.count(name) > 1)
        raise InputError(f"columns names '{twice}' twice: write '-' for a column to skip.")
    for quantity, unit in units.items():
        try:
            check_unit(spelled(unit, quantity))
        except InputError as error:
            raise InputError(f"units, '{quantity}': {error}") from None
    headers = {quantity: str(header).strip() for quantity, header in named.items()}
    declaration = Declaration(headers, order, units, current_positive_on or "", area or "")
    _ = declaration.area_in_si  # refused here, where it is said
    return declaration


def _of_texts(given: Any, kinds: tuple[type, ...]) -> bool:
    """Whether something is nothing, or a collection of these kinds that holds texts alone."""
    if given is None:
        return True
    if isinstance(given, str) or not isinstance(given, kinds):
        return False
    texts = [*given, *given.values()] if isinstance(given, Mapping) else [*given]
    return all(isinstance(text, str) for text in texts)


class Undeclared(InputError):
    """What a file leaves open and a declaration settles.

    Parameters
    ----------
    parts
        The sentence, its texts and declarations in order.
    """

    def __init__(self, *parts: str | Declaration) -> None:
        self.parts = parts
        super().__init__(self.worded(in_python))

    def worded(self, word: Callable[[Declaration], str]) -> str:
        """The sentence with its declarations in the words of one place."""
        return "".join(part if isinstance(part, str) else word(part) for part in self.parts)


def in_python(declaration: Declaration) -> str:
    """A declaration as arguments in Python.

    >>> in_python(Declaration({"real": "Zs'"}, units={"real": "ohm"}))
    'columns={\\'real\\': "Zs\\'"}, units={\\'real\\': \\'ohm\\'}'
    """
    said = dict(declaration.arguments)
    if declaration.order:
        said["columns"] = declaration.order
    return ", ".join(f"{key}={value!r}" for key, value in said.items())


def in_study(declaration: Declaration) -> str:
    """A declaration as keys of an experiment's table in a study file.

    >>> in_study(Declaration(order=("frequency", "real", "imaginary"), units={"real": "ohm"}))
    'columns = ["frequency", "real", "imaginary"] and units = { real = "ohm" }'
    """
    said = (f"{key} = {_toml(value)}" for key, value in declaration.arguments.items())
    return " and ".join(said)


def on_command_line(declaration: Declaration) -> str:
    """A declaration as options of `ssb data`.

    >>> on_command_line(Declaration({"real": "Zs' [Ohms]"}, units={"real": "ohm"}))
    '--column "real=Zs\\' [Ohms]" --unit real=ohm'
    """
    options = [f"--column {_quoted(f'{q}={h}')}" for q, h in declaration.columns.items()]
    if declaration.order:
        options.append(f"--order {_quoted(','.join(declaration.order))}")
    options += [f"--unit {_quoted(f'{q}={u}')}" for q, u in declaration.units.items()]
    if declaration.current_positive_on:
        options.append(f"--current-positive-on {declaration.current_positive_on}")
    if declaration.area:
        options.append(f"--area {_quoted(declaration.area)}")
    return " ".join(options)


def _toml(value: object) -> str:
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{_key(key)} = {_toml(one)}" for key, one in value.items())
        return f"{{ {pairs} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _key(text: str) -> str:
    return text if text.isidentifier() else _toml(text)


def _quoted(text: str) -> str:
    """Text as one word of a command, in double quotes where both shells understand them."""
    quoted = shlex.quote(text)
    return f'"{text}"' if quoted != text and not set(text) & set('"$`\\!') else quoted
