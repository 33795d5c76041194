"""The works behind a reproduction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from ssb_model.cells import cell_quantities
from ssb_model.citations import Use, named, of_cell, of_experiment, of_methods, of_packages
from ssb_model.critical_current import CriticalCurrentLaw
from ssb_model.library import Experiment, versions
from ssb_model.measurements import ShortingCell

if TYPE_CHECKING:
    from ssb_model.study import Study


def of_reproduction(experiment: Experiment, study: Study) -> Iterator[Use]:
    """Works behind the measured values, the study's cells and what computed them."""
    yield from of_experiment(experiment)
    yield from study.works
    yield from of_methods("integration in time", "scores of predictions")
    yield from of_packages(versions())


def of_laws(laws: Mapping[str, CriticalCurrentLaw]) -> Iterator[Use]:
    """Works behind laws of the critical current."""
    for name, law in laws.items():
        yield from named(law.source, "critical current", f"law {name}")


def of_shorting_cells(cells: Iterable[ShortingCell]) -> Iterator[Use]:
    """Works behind the cells that are cycled and ramped until they short."""
    for cell in cells:
        quantities = cell_quantities("symmetric", garnet=cell.garnet, coating=cell.coating)
        yield from of_cell(lambda cell=cell: cell.model, cell.values, quantities)
