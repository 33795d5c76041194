"""Works behind a result file of ``ssb``, of whatever kind; the kind shows in its keys."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from ssb_model.citations.known import of_package
from ssb_model.citations.uses import Use
from ssb_model.errors import InputError
from ssb_model.library import dotted


class _Part(BaseModel):
    model_config = ConfigDict(strict=True)


class _Result(_Part):
    versions: dict[str, str]

    def uses(self, path: Path) -> Iterator[Use]:
        """Works behind the file, without the libraries."""
        raise NotImplementedError


class _Fit(_Result):
    solution: dict[str, Any]
    validity_of_spectra: dict[str, Any] = {}

    def uses(self, path):
        from ssb_model.citations.study import of_fit, of_method

        yield from of_fit(path)
        if self.validity_of_spectra:
            yield from of_method("validity_of_spectra")


class _Reproduction(_Result):
    experiment: str
    citation: str
    rows: list[Any]
    critical_current_laws: list[Any] = []

    def uses(self, path):
        from ssb_model.citations.study import of_method, of_reproduction

        yield from of_reproduction(self.experiment, self.citation, bool(self.critical_current_laws))
        yield from of_method("reproduce")


class _Predicted(_Part):
    type: str
    cell: str
    versions: dict[str, str]


class _Prediction(_Predicted, _Result):
    quantities: list[Any]
    references: list[_Predicted] = []

    def uses(self, path):
        return _of_predictions([self, *self.references])


class _Predictions(_Part):
    coatings: list[_Predicted]

    @property
    def versions(self):
        return self.coatings[0].versions if self.coatings else {}

    def uses(self, path):
        return _of_predictions(self.coatings)


class _Asked(_Part):
    coating: str
    cell: str | None = None


class _Sweep(_Result):
    content: _Asked
    chunks: list[Any]

    def uses(self, path):
        from ssb_model.citations.predicted import FOUNDING, of_predicted_file

        return of_predicted_file(self.content.coating, self.content.cell or FOUNDING)


class _Comparison(_Result):
    models: list[dict[str, Any]]

    def uses(self, path):
        from ssb_model.citations.study import of_method

        yield from of_method("compare")
        if any(model.get("loo") is not None for model in self.models):
            yield from of_method("posterior")
            yield from of_method("loo")


#: a key that tells each kind of file from the others
KINDS = {
    "solution": _Fit,
    "rows": _Reproduction,
    "quantities": _Prediction,
    "coatings": _Predictions,
    "chunks": _Sweep,
    "models": _Comparison,
}


def of_result_file(path: Path) -> Iterator[Use]:
    """Works behind a result file, and the libraries that computed it.

    Raises InputError if it cannot be read, is damaged, or is no result of ``ssb``.
    """
    content = _read(path)
    kind = next((kind for key, kind in KINDS.items() if key in content), None)
    if kind is None:
        raise InputError(
            f"{path} is no result of ssb: give its fit.json, reproduce.json, prediction.json, "
            "sweep.json or compare.json."
        )
    try:
        found = kind.model_validate(content)
    except ValidationError as error:
        key = dotted(error.errors()[0]["loc"])
        raise InputError(f"{path} is damaged at '{key}': let ssb write it again.") from None
    yield from found.uses(path)
    for package, version in found.versions.items():
        yield from (Use(work, f"{package} {version}") for work in of_package(package))


def _read(path):
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError):
        raise InputError(f"{path} is damaged, it is not JSON: let ssb write it again.") from None
    return content if isinstance(content, dict) else {}


def _of_predictions(predictions):
    from ssb_model.citations.predicted import of_prediction
    from ssb_model.citations.study import of_method

    for type, cell in dict.fromkeys((one.type, one.cell) for one in predictions):
        yield from of_prediction(type, cell)
    yield from of_method("prediction")
