"""What rival models say of the same questions, and what they say together.

A model's answer is its value with the 95 % interval, half a normal to either side. The stacked
answer is the mixture of these with the models' weights: its median and central 95 %.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from scipy.optimize import brentq
from scipy.special import ndtr

from ssb_model.errors import InputError, suggestion
from ssb_model.fitting import NORMAL_95
from ssb_model.study.kinds import Spectral

if TYPE_CHECKING:
    from ssb_model.study.fit import StudyFit
    from ssb_model.study.study import Study

LEVELS = (0.025, 0.5, 0.975)


@dataclass(frozen=True)
class Told:
    """One model's answer, or that of all together: value and 95 % interval, in ``unit`` (SI).

    ``weight`` is the model's; of all together the sum of those that answered.
    """

    model: str
    value: float
    lower95: float
    upper95: float
    weight: float


@dataclass(frozen=True)
class Question:
    """A quantity, what each model says of it, and the mixture of them.

    Attributes
    ----------
    quantity
        A free parameter, or "experiment: observable" of a prediction.
    unit
        SI.
    told
        A model each, those that have an answer.
    silent
        Models without a number for it.
    stacked
        The mixture; None if the models that answer have no weight.
    """

    quantity: str
    unit: str
    told: tuple[Told, ...]
    silent: tuple[str, ...]
    stacked: Told | None


def questions(
    fits: Mapping[str, StudyFit], weights: Mapping[str, float], about: Sequence[str] = ()
) -> list[Question]:
    """Answers of all models to what is asked, by default to the predictions of the first study."""
    of_models = {name: _answers(fit, about) for name, fit in fits.items()}
    known = dict.fromkeys(key for own in of_models.values() for key in own)
    return [_question(key, of_models, weights) for key in (about or known) if key in known]


def refuse_unknown(studies: Iterable[Study], about: Sequence[str]) -> None:
    """Raise InputError for a name that is neither a free parameter nor a prediction of a model."""
    known = [name for study in studies for name in _names(study)]
    for name in about:
        if name not in known:
            raise InputError(
                f"'{name}' is neither a free parameter nor a prediction of any model. "
                f"{suggestion(name, known)}"
            )


def _names(study: Study) -> Iterator[str]:
    yield from study.free.space.labels
    yield from (name for e in study.predictions for name in e.observables)


def _answers(fit: StudyFit, about: Sequence[str]) -> dict[str, tuple[str, float, float, float]]:
    """Unit, value and interval of each quantity; parameters, and the points of predicted spectra,
    only where they are asked for."""
    points = {e.name for e in fit.study.predictions if isinstance(e, Spectral)}
    rows = {
        f"{row['experiment']}: {row['observable']}": row
        for row in fit.predictions
        if about or row["experiment"] not in points
    }
    rows |= {row["parameter"]: row for row in fit.parameters() if row["parameter"] in about}
    numbers = ("value", "lower95", "upper95")
    return {
        name: (row["unit"], *(row[key] for key in numbers))
        for name, row in rows.items()
        if not about or name in about
    }


def _question(
    name: str,
    of_models: Mapping[str, Mapping[str, tuple[str, float, float, float]]],
    weights: Mapping[str, float],
) -> Question:
    telling = {model: own[name] for model, own in of_models.items() if name in own}
    told = [
        Told(model, value, low, high, weights[model])
        for model, (_, value, low, high) in telling.items()
    ]
    unit = next(unit for unit, *_ in telling.values())
    silent = tuple(model for model in of_models if model not in telling)
    return Question(name, unit, tuple(told), silent, mixture(told))


def mixture(told: Sequence[Told]) -> Told | None:
    """Median and central 95 % of the weighted answers, None if none has a weight."""
    total = sum(one.weight for one in told)
    if total <= 0:
        return None
    low, middle, high = (_quantile(p, told, total) for p in LEVELS)
    return Told("stacked", middle, low, high, total)


def _quantile(p: float, told: Sequence[Told], total: float) -> float:
    ends = [end for one in told for end in (one.lower95, one.value, one.upper95)]
    low, high = min(ends), max(ends)

    def excess(y: float) -> float:
        return sum(one.weight * _below(one, y) for one in told) / total - p

    if excess(low) >= 0:  # as of models that say one number without an interval
        return low
    if excess(high) <= 0:
        return high
    return cast("float", brentq(excess, low, high, xtol=1e-12 * (high - low)))


def _below(one: Told, y: float) -> float:
    end = one.upper95 if y >= one.value else one.lower95
    sd = abs(end - one.value) / NORMAL_95
    return float(ndtr((y - one.value) / sd)) if sd > 0 else float(y >= one.value)
