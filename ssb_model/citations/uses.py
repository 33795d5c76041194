"""What was used, and the works behind it: of data files, methods and packages."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ssb_model.citations.reference import Reference
from ssb_model.citations.registry import named_in, source_of, works
from ssb_model.library import Experiment, ParameterSet, PublishedCoating

MOST_ITEMS = 4  # printed one by one; more are counted


class Use(NamedTuple):
    """A work, of what it was used (a parameter set, a mechanism), and for which item of it."""

    reference: Reference
    of: str
    item: str | None = None


def named(text: str, of: str, item: str | None = None) -> Iterator[Use]:
    """Uses of the works that a text names."""
    yield from (Use(work, of, item) for work in named_in(text))


def of_parameter_set(found: ParameterSet) -> Iterator[Use]:
    """Works that a parameter set and its single numbers name."""
    yield from named(found.citation, found.name)
    for quantity in found.parameters.values():
        yield from named(quantity.source, found.name, quantity.name)


def of_published(coating: PublishedCoating) -> Iterator[Use]:
    """The source of a published coating."""
    yield Use(source_of(coating.source, coating.name), f"published coating {coating.name}")


def of_experiment(experiment: Experiment) -> Iterator[Use]:
    """The work whose statements an experiment holds."""
    yield from named(experiment.citation, f"measured values of {experiment.name}")


def of_methods(*names: str) -> Iterator[Use]:
    """Works on methods, by the names of these in ``references.toml``."""
    for name in names:
        found = [work for work in works().values() if name in work.methods]
        yield from (Use(work, "method", name) for work in found)


def of_packages(versions: Mapping[str, str]) -> Iterator[Use]:
    """Works that describe packages, of versions by package."""
    for name, version in versions.items():
        found = [work for work in works().values() if name == work.package]
        yield from (Use(work, f"{name} {version}") for work in found)


def grouped(uses: Iterable[Use]) -> dict[Reference, dict[str, list[str]]]:
    """What each work was used of, and for which items, in the order in which the works came up.

    Works are told apart by key: the first description of each stands.
    """
    first: dict[str, Reference] = {}
    found: dict[Reference, dict[str, list[str]]] = {}
    for work, of, item in uses:
        items = found.setdefault(first.setdefault(work.key, work), {}).setdefault(of, [])
        if item and item not in items:
            items.append(item)
    return found


def printed(uses: Iterable[Use], as_bibtex: bool = False) -> str:
    """The works, each with what it was used for, as text; or as BibTeX."""
    found = grouped(uses)
    if as_bibtex:
        return "\n\n".join(work.bibtex for work in found)
    return "\n\n".join(
        "\n".join([str(work), *(f"    {_words(*pair)}" for pair in used.items())])
        for work, used in found.items()
    )


def _words(of: str, items: list[str]) -> str:
    if not items:
        return of
    return f"{of}: {', '.join(items) if len(items) <= MOST_ITEMS else f'{len(items)} quantities'}"
