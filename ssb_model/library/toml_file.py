"""Read TOML and hold it against a declared table; every mistake becomes one InputError."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, ClassVar, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ssb_model.errors import InputError, suggestion, unreadable
from ssb_model.files import WRITTEN, read_bytes
from ssb_model.library.file_kinds import TOML, kind_of_table, misplaced, what_it_is
from ssb_model.library.wrong_key import in_words

#: a text that is not empty
Text = Annotated[str, Field(min_length=1)]
#: a hundred keys with dots between them
_TOO_DEEP = re.compile(
    r"""(?<![\w"'-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){100}"""
)


class Table(BaseModel):
    """A declared TOML table: "200" is not a number, nor is nan, and no key is unknown.

    Made from Python, a wrong key is the same one sentence as from a file, with the table's name.
    """

    #: of a whole file: its key in :data:`ssb_model.library.file_kinds.TOML`
    file_kind: ClassVar[str | None] = None

    model_config = ConfigDict(
        strict=True, frozen=True, allow_inf_nan=False, str_strip_whitespace=True
    )

    def __init__(self, **keys: Any) -> None:
        try:
            super().__init__(**keys)
        except ValidationError as error:
            raise InputError(f"{type(self).__name__}: {in_words(error.errors(), keys)}") from None

    # tables inside a table are told with the whole's place, not each by itself
    __init__.__pydantic_base_init__ = True  # pyright: ignore[reportFunctionMemberAccess]

    @model_validator(mode="before")
    @classmethod
    def _only_known_keys(cls, table: object) -> object:
        for key, value in table.items() if isinstance(table, dict) else ():
            if key not in cls.model_fields:
                raise ValueError(f"unknown key '{key}'. {suggestion(key, cls.model_fields)}")
            counts = _counts(cls.model_fields[key].annotation)
            if counts and isinstance(value, bool):  # which Python takes for 1 and 0
                given = "true" if value else "false"
                raise ValueError(f"{key}: {given} is not allowed: write {' or '.join(counts)}.")
        return table


AnyTable = TypeVar("AnyTable", bound=Table)


def _counts(annotation: object) -> list[str]:
    """The whole numbers that a key may be one of."""
    values = get_args(annotation)
    own = [str(n) for n in values if isinstance(n, int) and not isinstance(n, bool)]
    return own + [n for inner in values if get_args(inner) for n in _counts(inner)]


def read_toml(path: Path) -> dict[str, Any]:
    """Return the tables of the file at `path`; InputError if it is no file, UTF-8 or TOML."""
    return tables_of(toml_bytes(path), path)


def toml_bytes(path: Path) -> bytes:
    """Return what the file at `path` holds; InputError if it is no file."""
    try:
        return read_bytes(path, WRITTEN)
    except OSError as error:
        raise unreadable(path, error) from None


def tables_of(content: bytes, path: Path) -> dict[str, Any]:
    """Return the tables of what was read at `path`; InputError if it is not UTF-8 or TOML."""
    try:
        text = content.decode("utf-8-sig")
        if _TOO_DEEP.search(text):  # tomllib takes the square of the depth for it
            raise RecursionError
        return tomllib.loads(text)
    except RecursionError:
        raise InputError(f"{path} nests its tables or arrays too deeply: write fewer.") from None
    except ValueError as error:
        if (found := what_it_is(path)) is not None:
            raise misplaced(path, found, "a file that one writes (.toml)") from None
        raise _no_toml(path, error) from None


def _no_toml(path: Path, error: ValueError) -> InputError:
    if isinstance(error, UnicodeDecodeError):
        return InputError(f"{path} is not UTF-8 text (byte {error.start}): save it as UTF-8.")
    if not isinstance(error, tomllib.TOMLDecodeError):  # a whole number of thousands of digits
        return InputError(f"{path} holds a number that is too long: shorten it.")
    return InputError(
        f"{path} is not valid TOML: {error}; is a quote, bracket or equals sign missing?"
    )


def validated(table_type: type[AnyTable], table: Mapping[str, Any], path: Path) -> AnyTable:
    """Return `table` as a `table_type`; InputError naming `path` and the first wrong key, or what
    the file is if it is of another kind."""
    try:
        return table_type.model_validate(table)
    except ValidationError as error:
        found, wanted = kind_of_table(table), table_type.file_kind
        if wanted and found and found != wanted:
            raise misplaced(path, TOML[found], TOML[wanted].name) from None
        if not table:
            needed = ", ".join(str(one["loc"][0]) for one in error.errors())
            raise InputError(f"{path} is empty: add its keys {needed}.") from None
        raise InputError(f"{path}: {in_words(error.errors(), table)}") from None
