"""Read TOML and hold it against a declared table; every mistake becomes one InputError."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic_core import ErrorDetails

from ssb_model.errors import InputError, suggestion
from ssb_model.files import WRITTEN, read_bytes

#: a hundred keys with dots between them
_TOO_DEEP = re.compile(
    r"""(?<![\w"'-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){100}"""
)


class Table(BaseModel):
    """A declared TOML table: "200" is not a number, nor is nan, and no key is unknown.

    Made from Python, a wrong key is the same one sentence as from a file, with the table's name.
    """

    model_config = ConfigDict(
        strict=True, frozen=True, allow_inf_nan=False, str_strip_whitespace=True
    )

    def __init__(self, **keys: Any) -> None:
        try:
            super().__init__(**keys)
        except ValidationError as error:
            raise InputError(f"{type(self).__name__}: {_sentence(error.errors()[0])}") from None

    # tables inside a table are told with the whole's place, not each by itself
    __init__.__pydantic_base_init__ = True  # pyright: ignore[reportFunctionMemberAccess]

    @model_validator(mode="before")
    @classmethod
    def _only_known_keys(cls, table: object) -> object:
        for key in table if isinstance(table, dict) else ():
            if key not in cls.model_fields:
                raise ValueError(f"unknown key '{key}'. {suggestion(key, cls.model_fields)}")
        return table


AnyTable = TypeVar("AnyTable", bound=Table)


def read_toml(path: Path) -> dict[str, Any]:
    """Return the tables of the file at `path`; InputError if it is no file, UTF-8 or TOML."""
    try:
        text = read_bytes(path, WRITTEN).decode("utf-8-sig")
        if _TOO_DEEP.search(text):  # tomllib takes the square of the depth for it
            raise RecursionError
        return tomllib.loads(text)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path} is not UTF-8 text (byte {error.start}): save it as UTF-8."
        ) from None
    except RecursionError:
        raise InputError(f"{path} nests its tables or arrays too deeply: write fewer.") from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path} is not valid TOML: {error}.") from None
    except ValueError as error:  # a whole number of thousands of digits
        if isinstance(error, InputError):
            raise
        raise InputError(f"{path} holds a number that is too long: shorten it.") from None


def validated(table_type: type[AnyTable], table: Mapping[str, Any], path: Path) -> AnyTable:
    """Return `table` as a `table_type`; InputError naming `path` and the first wrong key."""
    try:
        return table_type.model_validate(table)
    except ValidationError as error:
        first, *others = error.errors()
        more = f" ({len(others)} more in this file.)" if others else ""
        raise InputError(f"{path}: {_sentence(first)}{more}") from None


def dotted(keys: Iterable[str | int]) -> str:
    """Write nested keys as TOML does: parameters."layer thickness".unit, statements[2].value."""
    text = ""
    for key in keys:
        plain = re.fullmatch(r"[\w-]+", str(key))
        text += f"[{key}]" if isinstance(key, int) else f".{key}" if plain else f'."{key}"'
    return text.removeprefix(".")


def _sentence(error: ErrorDetails) -> str:
    key = dotted(error["loc"])
    if error["type"] == "missing":
        return f"the key {key} is missing: add it."
    if error["type"] == "value_error":
        message = str(error.get("ctx", {}).get("error"))
        return f"{key}: {message}" if key else message
    wanted = re.sub(r"^\w+ should", "it should", error["msg"]).replace("dictionary", "table")
    return f"{key}: {error['input']!r:.60} is not allowed, {wanted}."
