"""Works behind a study, its fit, and the reproduction of an experiment."""

from collections.abc import Iterator
from pathlib import Path

from ssb_model.citations.cells import of_cell
from ssb_model.citations.known import of_result
from ssb_model.citations.library import of_experiment
from ssb_model.citations.uses import Use, named
from ssb_model.errors import InputError
from ssb_model.library import known_experiments, load_experiment, read_toml, validated
from ssb_model.study import CellTable, StudyTable, checksum, read_cell, read_saved

#: options of the cell that is ramped until it shorts
SHORTING = {
    "buffer layer": "none",
    "contact loss": "voids",
    "short circuit": "critical current",
}


def of_study(path: Path) -> Iterator[Use]:
    """Works behind the cells of a study."""
    table = validated(StudyTable, read_toml(path), path)
    for name, cell in table.cells.items():
        yield from of_cell(read_cell(name, cell, path))


def of_fit(path: Path) -> Iterator[Use]:
    """Works behind a ``fit.json``: its study's cells, and the methods that it was judged by.

    Raises InputError if its study is missing or has changed since.
    """
    saved = read_saved(path)
    study = path.parent / saved.study.file
    if not study.is_file() or checksum(study) != saved.study.sha256:
        raise InputError(
            f"{path} is of the study {study}, which is missing or has changed: put it back, or "
            "cite the study file itself."
        )
    yield from of_study(study)
    for part in ("posterior", "next_measurements"):
        if getattr(saved, part) is not None:
            yield from of_method(part)


def of_method(part: str) -> Iterator[Use]:
    """Works on the method behind a part of a result file."""
    yield from (Use(work, "method", part.replace("_", " ")) for work in of_result(part))


def of_reproduction(name: str, citation: str, laws: bool) -> Iterator[Use]:
    """Works behind a reproduced experiment; of one that is not shipped its citation alone."""
    if name not in known_experiments():
        yield from named(citation, f"measured values of {name}")
        return
    experiment = load_experiment(name)
    yield from of_experiment(experiment)
    yield from of_study(experiment.path.parent / "study.toml")
    if laws:
        yield from of_laws()
        table = CellTable(type="symmetric", coating="bare", options=SHORTING)
        yield from of_cell(read_cell("ramps", table, experiment.path))


def of_laws() -> Iterator[Use]:
    """Works behind the laws of the critical current."""
    from ssb_model.critical_current import LAWS

    for name, law in LAWS.items():
        yield from named(law.source, "critical current", f"law {name}")
