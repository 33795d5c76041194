"""What PyBaMM raises of a model, as one sentence for its user."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ssb_model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

IN_NEED = "it needs the parameter"
MISSING = re.compile(r"Parameter '(.+?)' not found")  # in what PyBaMM raises


@contextmanager
def in_one_sentence(
    beginning: str, parameter: Callable[[], str | None] = lambda: None
) -> Iterator[None]:
    """Refuse what PyBaMM cannot do within, by a sentence of ``beginning`` and PyBaMM's reason.

    PyBaMM raises errors of every class for what a user has got wrong. Where its reason names
    nothing, ``parameter`` may find which one it is.
    """
    try:
        yield
    except InputError:
        raise
    except Exception as error:
        reason = _reason(error)
        name = None if IN_NEED in reason else parameter()
        if name is not None and name not in reason:
            reason = f'the parameter "{name}" is of no use ({reason.rstrip(".")}).'
        raise InputError(f"{beginning}: {reason}") from error


def _reason(error: Exception) -> str:
    words = " ".join(str(error.args[0] if len(error.args) == 1 else error).split())
    missing = MISSING.match(words)
    if missing:
        return (
            f"{IN_NEED} {missing[1]}, which no parameter set gives: add it to yours, "
            "or choose another option."
        )
    if isinstance(error, IndexError):
        words += ", as with too few points: give more in var_pts"
    if isinstance(error, ZeroDivisionError):
        words = "a division by zero"
    words = words or type(error).__name__
    return words if words.endswith((".", "?", "!")) else f"{words}."
