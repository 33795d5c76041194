"""A prediction with all its draws as a JSON file.

Beside what :meth:`Prediction.as_content` says, for readers and other tools, the file keeps under
"kept" what the object is made of. JSON gives every number back to the last bit.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from ssb_model.errors import InputError
from ssb_model.files import read_json
from ssb_model.library import dotted, write_whole
from ssb_model.prediction.files import Coating

if TYPE_CHECKING:
    from typing import Self

    from ssb_model.prediction.result.prediction import Prediction

FORMAT = 1
KEPT = "kept"


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, allow_inf_nan=False, extra="forbid")


class _Values(_Part):
    unit: str
    draws: list[float]


class _Spectrum(_Part):
    frequency: list[float]
    real: list[list[float]]
    imaginary: list[list[float]]


class _Kept(_Part):
    """What a :class:`Prediction` is made of, as JSON."""

    format: Literal[1]
    coating: Coating
    cell: str
    values: dict[str, _Values]
    spectrum: _Spectrum
    sources: dict[str, list[list[float]]]
    warnings: tuple[str, ...]
    versions: dict[str, str]
    of_the_mean: bool = False
    filament_use: dict[str, list[float]] = {}

    @model_validator(mode="after")
    def _of_one_length(self) -> Self:
        """Every quantity and every unknown has one row a draw, every frequency one spectrum."""
        draws = len(self.spectrum.real[0]) if self.spectrum.real else 0
        for name, values in self.values.items():
            if len(values.draws) != draws:
                raise ValueError(f"'{name}' has {len(values.draws)} draws, not {draws}")
        for name, shares in self.filament_use.items():
            if len(shares) != draws:
                raise ValueError(f"the filaments at {name} have {len(shares)} draws, not {draws}")
        for name, rows in self.sources.items():
            if len(rows) != draws or len({len(row) for row in rows}) != 1:
                raise ValueError(f"the source '{name}' does not have {draws} equal rows")
        for part in (np.real(self.spectrum), self.spectrum.imaginary):
            if [len(row) for row in part] != [draws] * len(self.spectrum.frequency):
                raise ValueError("the spectrum does not have a number for each draw and frequency")
        return self


def write_prediction(found: Prediction, path: Path) -> None:
    """Write a prediction, whole or not at all; InputError if the file cannot be written."""
    kept = _Kept.model_construct(
        format=FORMAT,
        coating=found.coating,
        cell=found.cell,
        values={
            name: _Values.model_construct(unit=unit, draws=draws.tolist())
            for name, (draws, unit) in found.values.items()
        },
        spectrum=_Spectrum.model_construct(
            frequency=found.frequency.tolist(),
            real=np.real(found.spectrum).tolist(),
            imaginary=np.imag(found.spectrum).tolist(),
        ),
        sources={name: rows.tolist() for name, rows in found.sources.items()},
        warnings=found.warnings,
        versions=dict(found.versions),
        of_the_mean=found.of_the_mean,
        filament_use={rate: used.tolist() for rate, used in found.filament_use.items()},
    )
    content = found.as_content() | {KEPT: kept.model_dump(mode="json")}
    write_whole(path, json.dumps(content, allow_nan=False) + "\n")


def read_prediction(path: Path) -> dict[str, Any]:
    """The fields of a :class:`Prediction`; InputError if the file is not one that was saved."""
    kept = _kept(path)
    real, imaginary = np.array(kept.spectrum.real), np.array(kept.spectrum.imaginary)
    return {
        "coating": kept.coating,
        "cell": kept.cell,
        "values": {name: (np.array(v.draws), v.unit) for name, v in kept.values.items()},
        "spectrum": real + 1j * imaginary,
        "frequency": np.array(kept.spectrum.frequency),
        "sources": {name: np.array(rows) for name, rows in kept.sources.items()},
        "warnings": kept.warnings,
        "versions": kept.versions,
        "of_the_mean": kept.of_the_mean,
        "filament_use": {rate: np.array(used) for rate, used in kept.filament_use.items()},
    }


def _kept(path: Path) -> _Kept:
    try:
        content = read_json(path)
    except InputError:
        raise
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None
    except ValueError:
        raise InputError(f"{path} is damaged, it is not JSON: save the prediction again.") from None
    if not isinstance(content, dict) or KEPT not in content:
        raise InputError(
            f"{path} is not a saved prediction, which prediction.save(path) writes; the "
            "prediction.json of ssb predict is a summary without the draws."
        )
    try:
        return _Kept.model_validate_json(json.dumps(content[KEPT]))
    except ValidationError as error:
        first = error.errors()[0]
        where = dotted(first["loc"]) or str(first["msg"]).removeprefix("Value error, ")
        raise InputError(f"{path} is damaged at {where}: save the prediction again.") from None
