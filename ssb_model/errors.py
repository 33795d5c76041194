"""What a user sees when an input is wrong: one sentence naming the file, the key and what to do."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path


class InputError(ValueError):
    """A user's mistake, in one sentence: which file, which key, and what to write instead."""


class Unfinished(RuntimeError):
    """Sound work that cannot be finished, in one sentence: no convergence, a full disk, a lost
    cluster."""


def nearest(name: str | Path, known: Iterable[str]) -> tuple[str, ...]:
    """Return up to three of the `known` names that look like `name`, the closest first.

    >>> nearest("layer thicknes", ["layer thickness", "contact fraction"])
    ('layer thickness',)
    """
    spelled = {item.lower(): item for item in known}
    close = get_close_matches(str(name).lower(), spelled, n=3, cutoff=0.6)
    return tuple(spelled[item] for item in close)


def suggestion(name: str | Path, known: Iterable[str]) -> str:
    """What to do about an unknown `name`: the names nearest to it, then every known one.

    >>> suggestion("llzt", ["llzto", "lfp"])
    "Did you mean 'llzto'? Known: llzto, lfp."
    """
    known = tuple(known)
    listed = f"Known: {', '.join(known) or 'none'}."
    close = nearest(name, known)
    if not close:
        return listed
    return f"Did you mean {' or '.join(repr(item) for item in close)}? {listed}"


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`" Did you mean ...?"` to end a sentence where the known names are too many to list, else "".

    >>> did_you_mean("Voltage", ["Voltage [V]", "Current [A]"])
    " Did you mean 'Voltage [V]'?"
    """
    close = nearest(name, known)
    return f" Did you mean {' or '.join(repr(item) for item in close)}?" if close else ""
