"""What is wrong with a key of a file, in the words of somebody who wrote it by hand."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic_core import ErrorDetails

from ssb_model.errors import did_you_mean

LONGEST = 60  # letters of a value that is shown

TABLE = "keys of its own under the heading {heading}"
#: what pydantic's kinds of error ask for; an error's context fills in the braces
WANTED = {
    "string_type": "a text in quotes",
    "string_too_short": "a text that is not empty",
    "float_type": "a number, without quotes",
    "int_type": "a whole number, without quotes",
    "int_from_float": "a whole number",
    "int_parsing_size": "a whole number of fewer digits",
    "finite_number": "a finite number",
    "bool_type": "true or false, without quotes",
    "list_type": "a list in square brackets",
    "tuple_type": "a list in square brackets",
    "dict_type": TABLE,
    "mapping_type": TABLE,
    "model_type": TABLE,
    "model_attributes_type": TABLE,
    "literal_error": "{expected}",
    "enum": "{expected}",
    "greater_than": "a number above {gt}",
    "greater_than_equal": "a number of at least {ge}",
    "less_than": "a number below {lt}",
    "less_than_equal": "a number of at most {le}",
    "too_short": "{min_length} or more of them",
    "too_long": "{max_length} of them at most",
    "union_tag_invalid": "one of {expected_tags}",
}


def in_words(errors: Sequence[ErrorDetails], content: Mapping[str, Any]) -> str:
    """The first wrong key of a table and what it should be, in one sentence; how many others."""
    at = [_keys(error, content) for error in errors]
    # of a list that might have been one text, what is wrong is in the list
    inner = [keys for keys in at if keys[: len(at[0])] == at[0] and len(keys) > len(at[0])]
    first = inner[0] if inner else at[0]
    same = [error for error, keys in zip(errors, at, strict=True) if keys == first]
    others = len({keys for keys in at if keys != at[0] and keys[: len(first)] != first})
    more = f" ({others} more in this file.)" if others else ""
    return _sentence(first, same) + more


def _keys(error: ErrorDetails, content: Any) -> tuple[str | int, ...]:
    """Keys of an error's place, without the names of the types that were tried there.

    A table's kind may be called as one of its keys is: its first mention is that of the kind.
    """
    found: list[str | int] = []
    kind = None
    for key in error["loc"]:
        if key == kind:
            kind = None
        elif _leads(key, content):
            found.append(key)
            content = content[key]
            kind = content.get("kind") if isinstance(content, Mapping) else None
    return (*found, *error["loc"][-1:]) if error["type"] == "missing" else tuple(found)


def _leads(key: str | int, content: Any) -> bool:
    if isinstance(content, Mapping):
        return key in content
    return isinstance(content, Sequence) and isinstance(key, int) and key < len(content)


def _sentence(place: Sequence[str | int], errors: Sequence[ErrorDetails]) -> str:
    """What is wrong with a key; of one that may be several things there are several errors."""
    error, key = errors[0], dotted(place)
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
    wanted = " or ".join(dict.fromkeys(_wanted(one, _heading(place)) for one in errors))
    example = _example(given) if error["type"] == "string_type" else ""
    cure = f"write {wanted}{example}.{_meant(given, error)}"
    return f"{key}: {shown(given)} is not allowed: {cure}"


def _meant(given: object, error: ErrorDetails) -> str:
    """The word of a closed list that a text may stand for."""
    context = error.get("ctx", {})
    words = re.findall(r"'([^']*)'", str(context.get("expected_tags", context.get("expected", ""))))
    return did_you_mean(given, words) if isinstance(given, str) else ""


def _heading(place: Sequence[str | int]) -> str:
    """Of a table in a file: in double brackets where there may be several."""
    if place and isinstance(place[-1], int):
        return f"[[{dotted(place[:-1])}]]"
    return f"[{dotted(place)}]"


def _wanted(error: ErrorDetails, heading: str) -> str:
    context = {key: _plain(value) for key, value in error.get("ctx", {}).items()}
    context["heading"] = heading
    text = WANTED.get(error["type"])
    if text is None:  # a kind that no table of ours has had yet
        return re.sub(r"^\w+ should be ", "", error["msg"])
    return text.format(**context)


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _example(given: object) -> str:
    """How the number that was given may have been meant."""
    number = isinstance(given, int | float) and not isinstance(given, bool)
    return f' (a number with its unit is one too: "{given:g} mm")' if number else ""


def shown(value: object) -> str:
    """A value as it stands in a file, shortened, in one line."""
    if isinstance(value, Mapping):
        return "a table" if value else "an empty table"
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
