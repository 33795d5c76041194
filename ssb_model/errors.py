"""What a user sees when an input is wrong: one sentence naming the file, the key and what to do."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from ssb_model.words import meant, word_of

#: what a terminal obeys instead of showing it, and what turns the order of letters round
_OBEYED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def harmless(text: str) -> str:
    r"""A text whose control characters are shown, not obeyed; lines may break.

    >>> harmless("\x1b[2Jmine.csv")
    '\\x1b[2Jmine.csv'
    """
    return _OBEYED.sub(lambda found: ascii(found[0])[1:-1], text)


def in_short(error: Exception) -> str:
    r"""What another package says of a failure, on one line, to be quoted in brackets.

    >>> in_short(ValueError("Unexpected end.\n    length read: 7\r\n"))
    'Unexpected end. length read: 7'
    """
    return " ".join(str(error).split())[:80].rstrip(" .") or type(error).__name__


class _Sentence(Exception):
    """One sentence in one line, whatever the names and the messages that it quotes."""

    def __str__(self) -> str:
        return harmless(re.sub(r"\s*[\r\n]\s*", " ", super().__str__()))


class InputError(_Sentence, ValueError):
    """A user's mistake, in one sentence: which file, which key, and what to write instead."""


class Unfinished(_Sentence, RuntimeError):
    """Sound work that cannot be finished, in one sentence: no convergence, a full disk, a lost
    cluster."""


def unreadable(path: str | Path, error: OSError) -> InputError:
    """The sentence on a file that cannot be read."""
    if Path(path).is_dir():
        return InputError(f"{path} cannot be read: it is a folder, name the file in it.")
    if isinstance(error, FileNotFoundError):
        return InputError(f"{path} cannot be read: there is no such file, check its name.")
    return InputError(f"{path} cannot be read ({error.strerror or error}): check who may read it.")


def nearest(name: str | Path, known: Iterable[str]) -> tuple[str, ...]:
    """Return up to three of the `known` names that look like `name`, the closest first, or that it
    stands for in the lab.

    >>> nearest("layer thicknes", ["layer thickness", "contact fraction"])
    ('layer thickness',)
    >>> nearest("ASR", ["thickness", "interface_resistance"])
    ('interface_resistance',)
    """
    spelled = {item.lower(): item for item in known}
    if own := meant(str(name), spelled.values()):
        return own
    close = get_close_matches(str(name).lower(), spelled, n=3, cutoff=0.6)
    return tuple(spelled[item] for item in close)


def suggestion(name: str | Path, known: Iterable[str]) -> str:
    """What to do about an unknown `name`: the names nearest to it, then every known one.

    >>> suggestion("llzt", ["llzto", "lfp"])
    "Did you mean 'llzto'? Known: llzto, lfp."
    """
    known = tuple(known)
    return f"{did_you_mean(name, known)} Known: {', '.join(known) or 'none'}.".strip()


def did_you_mean(name: str | Path, known: Iterable[str]) -> str:
    """`" Did you mean ...?"` to end a sentence where the known names are too many to list, else "".

    >>> did_you_mean("CCD", ["thickness", "critical_current"])
    " The glossary has it as critical current density. Did you mean 'critical_current'?"
    >>> did_you_mean("Voltage", ["Voltage [V]", "Current [A]"])
    " Did you mean 'Voltage [V]'?"
    """
    known = tuple(known)
    close, word = nearest(name, known), word_of(str(name))
    glossary = f" The glossary has it as {word.term}." if word and meant(str(name), known) else ""
    return glossary + (f" Did you mean {' or '.join(map(repr, close))}?" if close else "")
