"""What PyBaMM raises of a model, as one sentence for its user."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ssb_model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

MISSING = re.compile(r"Parameter '(.+?)' not found")  # in what PyBaMM raises


@contextmanager
def in_one_sentence(beginning: str) -> Iterator[None]:
    """Refuse what PyBaMM cannot do within, by a sentence of ``beginning`` and PyBaMM's reason.

    PyBaMM raises errors of every class for what a user has got wrong.
    """
    try:
        yield
    except InputError:
        raise
    except Exception as error:
        raise InputError(f"{beginning}: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    words = " ".join(str(error.args[0] if len(error.args) == 1 else error).split())
    missing = MISSING.match(words)
    if missing:
        return (
            f"it needs the parameter {missing[1]}, which no parameter set gives: add it to yours, "
            "or choose another option."
        )
    if isinstance(error, KeyError):
        words = f'there is no "{words}"' if " " not in words.strip() or len(words) < 40 else words
    words = words or type(error).__name__
    return words if words.endswith((".", "?", "!")) else f"{words}."
