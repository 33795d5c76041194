"""What stands in ``fit.json`` to reload a result from, and how it is written and read.

Beside what a reader wants (parameters with intervals, warnings, misfit) the file holds the optimum,
the model there and its Jacobian as plain numbers, and the checksums of the study's files. Numbers
are written with all their digits: what is read back is the same to the last bit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import numpy as np
from jaxtyping import Float
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ssb_model.citations import Use, works_content
from ssb_model.errors import InputError, unreadable
from ssb_model.files import read_json
from ssb_model.library import dotted, refuse_other_kind, seen_from, write_whole
from ssb_model.study.analysis import as_content, assumed, process_table
from ssb_model.study.by_products import ByProducts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ssb_model.study.design import Outlook
    from ssb_model.study.fit.result import StudyFit

FORMAT = 1

Numbers = list[float]
#: of the model, null where it has none
Answers = list[float | None]


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, allow_inf_nan=False)


class _StudyFile(_Part):
    file: str
    sha256: str


class _Solution(_Part):
    labels: list[str]
    u: Numbers
    observables: Answers
    jacobian: list[Answers]
    noise: Numbers


class _Start(_Part):
    u: Numbers
    cost: float | None


class SavedProfile(_Part):
    """A profile likelihood; its ends are null where it does not close."""

    parameter: str
    unit: str
    values: Numbers
    excess_chi_squared: Numbers
    lower95: float | None
    upper95: float | None


class _Expected(_Part):
    name: str
    hours: float | None
    information: float
    widths: dict[str, float]


class _Advice(_Part):
    parameter: str
    width: float
    measurements: list[str]
    hours: float | None
    expected: float
    among: int


class SavedOutlook(_Part):
    """What further measurements would bring."""

    candidates: list[_Expected]
    advice: list[_Advice]
    left_out: list[str]


class SavedSamples(_Part):
    """Draws of the posterior, chain by chain."""

    u: list[list[Numbers]]
    log_noise: list[list[Numbers]]
    divergent: list[list[int]]
    steps: list[list[int]]
    failures: int


class _Posterior(BaseModel):
    samples: SavedSamples


class _Score(_Part):
    experiment: str
    data: int
    rms: float
    log_density: float


class SavedFit(_Part):
    """What :func:`ssb_model.study.load_fit` reads of a ``fit.json``."""

    format: Literal[1]
    study: _StudyFile
    files: dict[str, str]
    versions: dict[str, str]
    cost: float
    solution: _Solution
    starts: Annotated[list[_Start], Field(min_length=1)]
    estimated_noise: dict[str, float]
    profiles: list[SavedProfile]
    next_measurements: SavedOutlook | None
    predictions: list[dict[str, str | float | dict[str, float]]] = []
    posterior: _Posterior | None = None
    cross_validation: list[_Score] = []


def content(fit: StudyFit, folder: Path | None, warnings: Sequence[str] = ()) -> dict[str, Any]:
    """What ``fit.json`` says: for a reader, then what it is reloaded from.

    A part for the reader that cannot be made is left out, and a warning says so.
    """
    made = ByProducts()
    written = {
        "title": fit.study.title,
        "parameters": fit.parameters(),
        "undetermined": made.of("what the data leave open", lambda: _undetermined(fit), []),
        "scatter": made.of("the scatter between spectra", fit.scatter, []),
        "differences_between_cells": made.of("how cells differ", fit.differences, []),
        "assumed": made.of("the list of what is assumed", lambda: assumed(fit.study), []),
        "warnings": made.of("the warnings", fit.warnings, []),
        "misfit": made.of("the misfit", fit.misfit, {}),
        "predictions": made.of("the predictions", lambda: fit.predictions, []),
        "profiles": [
            {
                "parameter": p.label,
                "unit": p.unit,
                "values": p.values.tolist(),
                "excess_chi_squared": p.excess.tolist(),
                "lower95": p.lower95,
                "upper95": p.upper95,
            }
            for p in fit.profiles
        ],
        "posterior": as_content(fit),
        "held_out": made.of("the scores of what is held out", fit.held_out_scores, []),
        "cross_validation": list(fit.cross_validation),
        "validity_of_spectra": made.of("the validity of the spectra", fit.validations, {}),
        **_solution(fit, folder),
        "processes": made.of("the table of processes", lambda: process_table(fit), []),
        "works": made.of("the list of works", lambda: works_content(fit.works), []),
    }
    written["warnings"] += [*made.warnings, *warnings]
    return written


def _undetermined(fit: StudyFit) -> list[dict[str, Any]]:
    return [
        {"posterior_over_prior_width": d.shrinkage, "loadings": d.loadings}
        for d in fit.undetermined()
    ]


def _solution(fit: StudyFit, folder: Path | None) -> dict[str, Any]:
    """What :func:`load_fit` needs of a result, as plain data.

    Parameters
    ----------
    fit
        The result.
    folder
        Where the file will lie: the study file is named relative to it; by its bare name if None.
    """
    optimum, study = fit.fit, fit.study
    path = study.path
    file = path.name if folder is None else seen_from(path, folder)
    return {
        "format": FORMAT,
        "study": {"file": file, "sha256": study.checksums[path.name]},
        "files": study.checksums,
        "versions": fit.versions,
        "cost": optimum.cost,
        "solution": {
            "labels": list(optimum.problem.space.labels),
            "u": optimum.u.tolist(),
            "covariance": optimum.covariance.tolist(),
            "observables": _or_null(optimum.values),
            "jacobian": [_or_null(row) for row in optimum.jacobian],
            "noise": [datum.noise for datum in optimum.problem.data],
        },
        "starts": [
            {"u": u.tolist(), "cost": float(cost) if np.isfinite(cost) else None}
            for u, cost in zip(optimum.starting_points, optimum.starts, strict=True)
        ],
        "estimated_noise": fit.noise,
        "next_measurements": fit.outlook and _plain(fit.outlook),
    }


def _or_null(numbers: Float[np.ndarray, " n"]) -> Answers:
    return [x if np.isfinite(x) else None for x in numbers.tolist()]


def add_works(path: Path, works: Iterable[Use]) -> None:
    """Write its works into a ``fit.json`` of an earlier version, and change nothing else of it."""
    content = read_json(path)
    if "works" not in content:
        write_whole(path, dumps(content | {"works": works_content(works)}))


def _plain(outlook: Outlook) -> dict[str, Any]:
    """An outlook as plain data, its advice also in words."""
    words = [{"sentence": str(advice)} | asdict(advice) for advice in outlook.advice]
    return asdict(outlook) | {"advice": words}


def read_saved(path: Path) -> SavedFit:
    """What the file holds; InputError if it is no saved fit."""
    try:
        return SavedFit.model_validate(read_json(path))
    except InputError:
        raise
    except OSError as error:
        raise unreadable(path, error) from None
    except ValidationError as error:
        refuse_other_kind(path, "fit")
        key = dotted(error.errors()[0]["loc"])
        place = f", its key '{key}' is missing or wrong" if key else ""
        raise InputError(f"{path} is not the result of ssb fit{place}: fit again.") from None
    except ValueError:
        refuse_other_kind(path, "fit")
        raise InputError(f"{path} is not the whole result of ssb fit: fit again.") from None


def dumps(content: Mapping[str, Any]) -> str:
    """Indented JSON with finite numbers, a list of numbers on one line."""
    text = json.dumps(content, indent=1, allow_nan=False)
    # A line break never stands inside a JSON string, so that only real lists are met.
    return re.sub(r"\[\n[^\[\]{}\"]*\]", lambda list_: re.sub(r"\n *", "", list_[0]), text) + "\n"
