"""What was used, and the works behind it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ssb_model.citations.known import named_in
from ssb_model.citations.reference import Reference

MOST_ITEMS = 4  # named one by one; more are counted


class Use(NamedTuple):
    """A work, of what it was used (a parameter set, a mechanism), and for which item of it."""

    reference: Reference
    of: str
    item: str | None = None


def named(text: str, of: str, item: str | None = None) -> Iterator[Use]:
    """Uses of the works that a text names."""
    yield from (Use(work, of, item) for work in named_in(text))


def grouped(uses: Iterable[Use]) -> dict[Reference, tuple[str, ...]]:
    """What each work was used for, in words, in the order in which the works came up.

    Works are told apart by key: the first description of each stands.
    """
    works, found = {}, {}
    for reference, of, item in uses:
        work = works.setdefault(reference.key, reference)
        items = found.setdefault(work, {}).setdefault(of, {})
        if item:
            items[item] = None
    return {work: tuple(_words(*pair) for pair in of.items()) for work, of in found.items()}


def _words(of, items):
    if not items:
        return of
    told = ", ".join(items) if len(items) <= MOST_ITEMS else f"{len(items)} quantities"
    return f"{of}: {told}"
