"""Cells of one kind: as ``bench.toml`` states them under ``[groups]``, else by their names.

``bare_1``, ``bare 03`` and ``cell2_bare`` are of the kind "bare": the last number of a name, or
else a single letter, counts cells where the numbers of a kind fill at least half of their range or
begin with a nought. 10, 20 and 60 do not: they may be minutes or nanometres, and then each is a
kind of its own. A name of numbers alone, or of words such as "sample", says no kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from ssb_model.bench.folder.facts import FILE, Facts
from ssb_model.bench.folder.names import identity, name_of, short_names
from ssb_model.errors import InputError, suggestion

Groups = dict[str, tuple[str, ...]]

#: words that say nothing of a cell's kind
_NO_KIND = (
    "sample pellet specimen disc disk no nr number batch coin swagelok sym symm symmetric full "
    "half fullcell halfcell"
)
NO_KIND = frozenset(_NO_KIND.split())
#: words of a group that others are compared with
_REFERENCES = "bare uncoated pristine untreated blank reference ref control"
REFERENCES = frozenset(_REFERENCES.split())

_LABEL = re.compile(r"0*\d{1,2}|[a-h]")


def groups_of(words: Mapping[str, tuple[str, ...]], facts: Facts, folder: Path) -> Groups:
    """Cells by group; none where no two cells are of one kind and nobody states a group.

    Parameters
    ----------
    words
        Of each cell's name.
    facts
        That are stated.
    folder
        Of the files, for messages.

    Raises
    ------
    InputError
        If a stated group has an unknown cell, or two have the same.
    """
    path = folder / FILE
    if facts.groups is not None:
        groups = _stated(facts.groups, words, path)
    else:
        groups = _by_names(words)
        if facts.reference is None and all(len(cells) == 1 for cells in groups.values()):
            groups = {}
    if facts.reference is not None and _reference(groups, facts.reference) is None:
        raise InputError(
            f"{path}: reference: there is no group '{facts.reference}'. "
            f"{suggestion(facts.reference, groups)}"
        )
    return groups


def reference_of(groups: Iterable[str], facts: Facts) -> str | None:
    """The group that others are compared with: as stated, else the one that is called bare."""
    if facts.reference is not None:
        return _reference(groups, facts.reference)
    called = [group for group in groups if REFERENCES & set(name_of(group).words)]
    return called[0] if len(called) == 1 else None


def _reference(groups: Iterable[str], stated: str) -> str | None:
    return _meant(stated, {group: name_of(group).words for group in groups})


def _meant(name: str, known: Mapping[str, tuple[str, ...]]) -> str | None:
    """The known name that is written so, or the only one with all its words: "bare_1" of an
    "llzto bare 1"."""
    if name in known:
        return name
    own = identity(name_of(name).words)
    equal = [one for one, words in known.items() if identity(words) == own]
    larger = [one for one, words in known.items() if own and own < identity(words)]
    found = equal or larger
    return found[0] if len(found) == 1 else None


def _stated(
    stated: Mapping[str, list[str]], words: Mapping[str, tuple[str, ...]], path: Path
) -> Groups:
    groups: Groups = {}
    home: dict[str, str] = {}
    for group, names in stated.items():
        if not names:
            raise InputError(f"{path}: groups.{group} has no cell: name some, or leave it out.")
        for name in names:
            cell = _meant(name, words)
            if cell is None:
                raise InputError(
                    f"{path}: groups.{group}: there is no cell '{name}'. {suggestion(name, words)}"
                )
            if home.setdefault(cell, group) != group:
                raise InputError(
                    f"{path}: the cell '{cell}' is in the groups '{home[cell]}' and '{group}': "
                    "leave it in one."
                )
        groups[group] = tuple(cell for cell in home if home[cell] == group)
    return groups


def _by_names(words: Mapping[str, tuple[str, ...]]) -> Groups:
    """Every cell in a group, often alone, in the order of the first cells."""
    kinds: dict[tuple[str, ...], dict[str, str | None]] = {}
    for cell, own in words.items():
        kind, label = _parted(own)
        kinds.setdefault(tuple(sorted(kind)), {})[cell] = label
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for cells in kinds.values():
        if len(cells) == 1 or _count_cells(list(cells.values())):
            found[_parted(words[next(iter(cells))])[0]] = tuple(cells)
        else:
            found |= {words[cell]: (cell,) for cell in cells}
    short = short_names(found)
    return {short[kind] or "cell": cells for kind, cells in found.items()}


def _parted(words: tuple[str, ...]) -> tuple[tuple[str, ...], str | None]:
    """Words of the kind, and the number or letter that may count its cells."""
    labels = [k for k, word in enumerate(words) if _LABEL.fullmatch(word)]
    numbers = [k for k in labels if words[k].isdecimal()]
    for k in reversed(numbers or labels):
        kind = words[:k] + words[k + 1 :]
        says_kind = any(not word.isdecimal() and word not in NO_KIND for word in kind)
        return (kind, words[k]) if says_kind else (words, None)
    return words, None


def _count_cells(labels: list[str | None]) -> bool:
    """Whether labels count: 1, 2, 4 and 7, 8 do, 10, 20 do not; one cell may have none."""
    said = [label for label in labels if label is not None]
    if len(set(said)) < len(said) or len(labels) > len(said) + 1:
        return False
    numbers = [int(one) if one.isdecimal() else ord(one) - ord("a") + 1 for one in said]
    if len(said) < len(labels):
        numbers.append(0 if 1 in numbers else 1)
    padded = any(label.startswith("0") for label in said)
    return padded or 2 * len(numbers) >= max(numbers) - min(numbers) + 1
