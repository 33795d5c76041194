"""What the name of a file says: the cell, the temperature, the C-rate, what was done.

``LLZTO_bare_25C_C03.mpt`` is cell "llzto bare" at 25 degC; C03 is the channel of the instrument.
What a cell was made of or went through is one word with its number: ``10nm``, ``0.5``, ``cycle10``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ssb_model.constants import ZERO_CELSIUS

#: words that say what was done, with which instrument or in which file, and not to which cell
_OTHER = (
    "eis peis geis impedance spectrum spectra nyquist bode ccd critical current density ramp "
    "cycling cycle cycles galvanostatic gcpl gc cp stripping plating rate rates test long term "
    "measurement data raw export exported file neware biologic arbin land gamry zahner "
    "autolab novocontrol basytec maccor solartron ivium palmsens novonix lanhe ch channel at "
    "and of the deg degc cell step steps after before txt csv mpt mpr dta z xlsx result "
    "results final new temp temperature"
)
OTHER_WORDS = frozenset(_OTHER.split())
#: "0.1C" is a rate, "25C" a temperature
LARGEST_RATE = 10.0

_NUMBER = r"(?P<sign>minus|m(?=\d)|-|−)?(?P<number>\d+(?:[.,p]\d+)?)"
_TEMPERATURE = re.compile(
    rf"(?<![A-Za-z0-9.,]){_NUMBER}\s*_?(?P<unit>°\s*C|deg(?:rees?)?[\s_]?C?|C|K)(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_ROOM = re.compile(r"(?<![A-Za-z])(RT|room[\s_]?temp(?:erature)?)(?![A-Za-z])", re.IGNORECASE)
_CURRENT = re.compile(r"(?<![A-Za-z])\d+(?:[.,p]\d+)?\s*[mu]?A(?:h|[\s_]?cm[-−]?2)?(?![A-Za-z])")
_CHANNEL = re.compile(r"(?<![A-Za-z0-9])(?:C|CA|CH)[\s_]?\d{1,2}(?![A-Za-z0-9])")
_DATE = re.compile(
    r"(?<!\d)(?:(?:19|20)\d{2}[-_.]?\d{2}[-_.]?\d{2}|\d{1,2}[-.]\d{1,2}[-.](?:19|20)\d{2})(?!\d)"
)
_COUNTED = r"(?:cycles?|cyc|steps?|runs?|days?|tests?|scans?|meas)"
_UNIT = (
    rf"(?:[\s_-]?(?:[nuµm]m|cm|sec|min|hrs?|[MGk]Pa|bar|kN|rpm|wt|vol|at|mol|ppm|[mu]?g|%|{_COUNTED})"
    r"|[dhsTtNx])(?![A-Za-z0-9])"
)
_TREATMENT = re.compile(
    rf"((?<![\d.,])\d+[.,p]\d+(?:{_UNIT})?|(?<![\d.,])\d+{_UNIT}|(?<![A-Za-z]){_COUNTED}[\s_-]?\d+)"
)
_SPLIT = re.compile(r"[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z]{2})|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")


@dataclass(frozen=True)
class Name:
    """What a file's name says.

    Attributes
    ----------
    words
        That may name the cell, in order, in small letters.
    temperature
        K; None if the name does not say it.
    room
        Whether it says "RT", which has no number.
    """

    words: tuple[str, ...]
    temperature: float | None
    room: bool


def name_of(stem: str) -> Name:
    """Take the stem of a file's name apart.

    >>> name_of("LLZTO_bare_25C_C03")
    Name(words=('llzto', 'bare'), temperature=298.15, room=False)
    >>> name_of("fullcell_0.1C").temperature is None
    True
    """
    temperature, rest = None, stem
    for found in reversed(list(_TEMPERATURE.finditer(stem))):
        value = _temperature(found)
        rest = rest[: found.start()] + " " + rest[found.end() :]
        temperature = temperature if value is None else value
    room = bool(_ROOM.search(rest))
    for pattern in (_ROOM, _CURRENT, _DATE, _CHANNEL):
        rest = pattern.sub(" ", rest)
    return Name(tuple(_words(rest)), temperature, room)


def identity(words: tuple[str, ...]) -> frozenset[str]:
    """Words in any order; of several numbers each belongs to the word before it."""
    numbers = [k for k, word in enumerate(words) if word.isdecimal()]
    if len(numbers) < 2:
        return frozenset(words)
    return frozenset(words) | {f"{words[k - 1] if k else ''} {words[k]}" for k in numbers}


def short_names(names: Collection[tuple[str, ...]]) -> dict[tuple[str, ...], str]:
    """Of each name its words but for those that all have, unless that leaves numbers alone."""
    everywhere = set.intersection(*map(set, names)) if len(names) > 1 else set()
    short = {words: tuple(word for word in words if word not in everywhere) for words in names}
    clear = all(any(len(word.strip("0123456789.,")) > 1 for word in own) for own in short.values())
    distinct = len(set(short.values())) == len(short)
    return {words: " ".join(own if clear and distinct else words) for words, own in short.items()}


def _words(text: str) -> Iterator[str]:
    """Words in small letters without those of `OTHER_WORDS`; a treatment is one of them."""
    for k, part in enumerate(_TREATMENT.split(text)):
        if k % 2:
            yield re.sub(r"[\s_-]", "", part).lower()
        else:
            words = (word.lower() for word in _SPLIT.split(part))
            yield from (w for w in words if w and w not in OTHER_WORDS)


def _temperature(found: re.Match[str]) -> float | None:
    """K; None for a C-rate."""
    number = float(re.sub("[,p]", ".", found["number"])) * (-1 if found["sign"] else 1)
    unit = found["unit"].lower()
    if unit == "k":
        return number if 100 < number < 1500 else None
    rate = unit == "c" and (0 < number <= LARGEST_RATE or number != int(number))
    return None if rate else number + ZERO_CELSIUS
