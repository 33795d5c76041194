"""Works behind the data files: parameter sets, published coatings, experiments."""

from collections.abc import Iterator

from ssb_model.citations.known import source_of
from ssb_model.citations.uses import Use, named
from ssb_model.library import Experiment, ParameterSet, PublishedCoating, published_coatings


def of_parameter_set(found: ParameterSet) -> Iterator[Use]:
    """Works that a parameter set and its single numbers name."""
    yield from named(found.citation, found.name)
    for quantity in found.parameters.values():
        yield from named(quantity.source, found.name, quantity.name)


def of_published(coating: PublishedCoating, of: str | None = None) -> Iterator[Use]:
    """The source of a published coating."""
    yield Use(source_of(coating.source, coating.name), of or f"published coating {coating.name}")


def of_experiment(experiment: Experiment) -> Iterator[Use]:
    """The work whose statements an experiment holds."""
    yield from named(experiment.citation, f"measured values of {experiment.name}")


def of_forecast() -> Iterator[Use]:
    """Works behind the critical currents that a forecast is learnt on."""
    from ssb_model.critical_current.forecast import library_cells

    # a file may hold two cells: that of the bare garnet has the file's name with an addition
    learnt = {cell.name.partition(" (")[0] for cell in library_cells()}
    for coating in published_coatings():
        if coating.name in learnt:
            yield from of_published(coating, "cells that critical currents are learnt on")
