"""What is wrong with a key of a file, in the words of somebody who wrote it by hand."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic_core import ErrorDetails

from ssb_model.errors import did_you_mean

LONGEST = 60  # letters of a value that is shown

#: what pydantic's kinds of error ask for; an error's context fills in the braces
WANTED = {
    "string_type": "a text in quotes",
    "string_too_short": "a text that is not empty",
    "float_type": "a number, without quotes",
    "int_type": "a whole number, without quotes",
    "int_from_float": "a whole number",
    "finite_number": "a finite number",
    "bool_type": "true or false, without quotes",
    "list_type": "a list in square brackets",
    "tuple_type": "a list in square brackets",
    "dict_type": "a table",
    "mapping_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "literal_error": "{expected}",
    "enum": "{expected}",
    "greater_than": "a number above {gt}",
    "greater_than_equal": "a number of at least {ge}",
    "less_than": "a number below {lt}",
    "less_than_equal": "a number of at most {le}",
    "too_short": "a list of at least {min_length}",
    "too_long": "a list of at most {max_length}",
    "union_tag_invalid": "one of {expected_tags}",
}


def in_words(errors: Sequence[ErrorDetails], content: Mapping[str, Any]) -> str:
    """The first wrong key of a table and what it should be, in one sentence; how many others."""
    at = [_keys(error["loc"], content) for error in errors]
    same = [error for error, key in zip(errors, at, strict=True) if key == at[0]]
    others = len(set(at)) - 1
    more = f" ({others} more in this file.)" if others else ""
    return _sentence(dotted(at[0]), same) + more


def _keys(place: Iterable[str | int], content: Any) -> tuple[str | int, ...]:
    """Keys of a place, without the names of the types that were tried there."""
    found: list[str | int] = []
    *before, last = place or ("",)
    for key in before:
        if _leads(key, content):
            found.append(key)
            content = content[key]
    if _leads(last, content) or (isinstance(content, dict) and not _is_type(last)):
        found.append(last)
    return tuple(key for key in found if key != "")


def _leads(key: str | int, content: Any) -> bool:
    if isinstance(content, Mapping):
        return key in content
    return isinstance(content, Sequence) and isinstance(key, int) and key < len(content)


def _is_type(name: str | int) -> bool:
    """Whether a part of a place is a type's name, as "constrained-str" or "list[str]" is."""
    return bool(re.search(r"[\[\]-]|^(str|int|float|bool|dict|tuple|list)$", str(name)))


def _sentence(key: str, errors: Sequence[ErrorDetails]) -> str:
    """What is wrong with a key; of one that may be several things there are several errors."""
    error = errors[0]
    if error["type"] == "missing":
        return f"the key {key} is missing: add it."
    if error["type"] == "union_tag_not_found":
        tag = str(error["ctx"]["discriminator"]).strip("'") if "ctx" in error else "kind"
        return f"{key}: the key {tag} is missing: add it."
    for one in errors:
        if one["type"] == "value_error":
            message = str(one.get("ctx", {}).get("error"))
            return f"{key}: {message}" if key else message
    given = error["input"]
    if error["type"] == "union_tag_invalid":
        tag = str(error["ctx"]["discriminator"]).strip("'") if "ctx" in error else "kind"
        key, given = f"{key}.{tag}", given[tag] if isinstance(given, Mapping) else given
    wanted = " or ".join(dict.fromkeys(_wanted(one) for one in errors))
    cure = f"write {wanted}{_example(given)}.{_meant(given, error)}"
    return f"{key}: {shown(given)} is not allowed: {cure}"


def _meant(given: object, error: ErrorDetails) -> str:
    """The word of a closed list that a text may stand for."""
    context = error.get("ctx", {})
    words = re.findall(r"'([^']*)'", str(context.get("expected_tags", context.get("expected", ""))))
    return did_you_mean(given, words) if isinstance(given, str) else ""


def _wanted(error: ErrorDetails) -> str:
    context = {key: _plain(value) for key, value in error.get("ctx", {}).items()}
    text = WANTED.get(error["type"])
    if text is None:  # a kind that no table of ours has had yet
        return re.sub(r"^\w+ should be ", "", error["msg"])
    return text.format(**context)


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _example(given: object) -> str:
    """The value as it may have been meant: a number with its unit is a text."""
    number = isinstance(given, int | float) and not isinstance(given, bool)
    return f', with its unit if it has one, such as "{given:g} mm"' if number else ""


def shown(value: object) -> str:
    """A value as it stands in a file, shortened, in one line."""
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list" if value else "an empty list"
    if isinstance(value, str):
        short = value if len(value) <= LONGEST else f"{value[:LONGEST]}…"
        return repr(short)
    return str(value).lower() if isinstance(value, bool) else str(value)[:LONGEST]


def dotted(keys: Iterable[str | int]) -> str:
    """Write nested keys as TOML does: parameters."layer thickness".unit, statements[2].value."""
    text = ""
    for key in keys:
        plain = re.fullmatch(r"[\w-]+", str(key))
        text += f"[{key}]" if isinstance(key, int) else f".{key}" if plain else f'."{key}"'
    return text.removeprefix(".")
