"""What a browser may say: the query of a link, numbered, and nothing else.

``number=17&coating=lii-znlix&layer+thickness=250+nm``: a state in words, read as a link is.
Whatever else arrives is no message; reading one costs the same however hostile it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from ssb_model.explore.sliders import COATING, coating_of_query

NUMBER, TOKEN = "number", "token"  # parts of a query that are no slider
LONGEST = 4096  # characters of a message or a link's query
MOST_PARTS, LONGEST_PART = 48, 80


@dataclass(frozen=True)
class Message:
    """A browser's state.

    Attributes
    ----------
    number
        By which the browser knows what comes back.
    coating
        One of those on offer.
    moved
        What each slider is to stand at, as written, by name.
    """

    number: int
    coating: str
    moved: tuple[tuple[str, str], ...]


def read_message(text: object, coatings: Sequence[str]) -> Message | None:
    """The message that a text holds, or None.

    Parameters
    ----------
    text
        As it came.
    coatings
        On offer.
    """
    if not isinstance(text, str) or not text.startswith(f"{NUMBER}=") or len(text) > LONGEST:
        return None
    try:
        parts = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_PARTS)
    except ValueError:
        return None
    (_, number), *parts = parts
    moved = tuple(part for part in parts if part[0] != COATING)
    coating = [value for name, value in parts if name == COATING]
    if not re.fullmatch(r"[1-9]\d{0,8}", number, re.ASCII):
        return None
    if len(coating) != 1 or coating[0] not in coatings or len({n for n, _ in moved}) < len(moved):
        return None
    return Message(int(number), coating[0], moved) if all(map(_short, moved)) else None


def _short(part: tuple[str, str]) -> bool:
    return max(map(len, part)) <= LONGEST_PART


def opening_of(query: str, coatings: Sequence[str]) -> tuple[str, list[str]]:
    """A link's query as the first message says it, without its number, and what to report.

    Parameters
    ----------
    query
        Of the link, as it came.
    coatings
        On offer.
    """
    try:
        parts = dict(parse_qsl(query[:LONGEST], max_num_fields=MOST_PARTS))
    except ValueError:
        return urlencode({COATING: coatings[0]}), [f"The link has more than {MOST_PARTS} parts."]
    coating, said = coating_of_query(query[:LONGEST], coatings)
    moved = {name: text for name, text in parts.items() if name not in (COATING, NUMBER, TOKEN)}
    for name in [name for name, text in moved.items() if not _short((name, text))]:
        del moved[name]
        said.append(f'The link: "{name:.40}" has too many letters; it is left out.')
    return urlencode({COATING: coating} | moved), said
