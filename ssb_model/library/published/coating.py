"""Published coatings: what papers report of coated and bare cells, number by number.

They carry no parameters, so that no cell can be made of them; a coating that a cell can be made of
is a parameter set (`load_parameter_set`).
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ssb_model.errors import InputError
from ssb_model.library.locate import find_published, known_published
from ssb_model.library.published.file import (
    CriticalCurrent,
    FullCell,
    Life,
    Resistance,
    with_one_of,
)
from ssb_model.library.quantities import CoatingType
from ssb_model.library.toml_file import Table, Text, read_toml, validated


class PublishedCoating(Table):
    """One published coating or treatment of a garnet, as its source reports it.

    `types` has several members where the sources leave open which one holds, and is ("none",) for
    bare garnet. `unconfirmed` is what is said of it and no source confirms: never a fact.
    """

    name: Text
    title: Text
    types: Annotated[tuple[CoatingType, ...], Field(strict=False, min_length=1)]
    garnet: Text
    source: Text
    tag: Literal["stated", "found"]
    unconfirmed: Text | None = None
    resistance: Resistance | None = None
    critical_current: Annotated[tuple[CriticalCurrent, ...], Field(strict=False)] = ()
    life: Annotated[tuple[Life, ...], Field(strict=False)] = ()
    full_cell: Annotated[tuple[FullCell, ...], Field(strict=False)] = ()

    @property
    def known_critical_currents(self) -> tuple[CriticalCurrent, ...]:
        """Those with a number of the coated cell that is not only a bound."""
        return tuple(c for c in self.critical_current if c.after and not c.after.is_bound)

    @model_validator(mode="after")
    def _types_agree(self) -> Self:
        if len(set(self.types)) < len(self.types) or ("none" in self.types and self.types[1:]):
            raise ValueError(
                f"types {list(self.types)} must name each type once, and 'none' only alone."
            )
        return self

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        return with_one_of(self, "resistance", "critical_current", "life", "full_cell")


def load_published(name_or_path: str | Path) -> PublishedCoating:
    """Load a published coating by name, or one of your own by the path of its .toml file.

    >>> coating = load_published("ito")
    >>> print(coating.resistance.after, coating.resistance.after.unit, coating.resistance.faces)
    32 ohm cm2 unknown

    Raises InputError, one sentence naming the file and the key, for anything wrong in it.
    """
    path = find_published(name_or_path)
    table = read_toml(path)
    if "parameters" in table:
        raise InputError(
            f"{path} is a parameter set, not a published coating: use load_parameter_set."
        )
    return validated(PublishedCoating, table, path)


def published_coatings() -> tuple[PublishedCoating, ...]:
    """Load every published coating that comes with ssb_model, by name."""
    return tuple(load_published(name) for name in known_published())


def paired(coatings: Iterable[PublishedCoating]) -> tuple[PublishedCoating, ...]:
    """Return those with both an interface resistance and a critical current, neither a bound.

    >>> [coating.name for coating in paired(published_coatings())]
    ['dense-llzto', 'ito', 'li-sr-n', 'lii-znlix', 'mos2']
    """
    return tuple(one for one in coatings if _known_resistance(one) and one.known_critical_currents)


def _known_resistance(coating: PublishedCoating) -> bool:
    after = coating.resistance and coating.resistance.after
    return bool(after) and not after.is_bound
