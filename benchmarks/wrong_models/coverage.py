"""A study fitted with the default model alone and with its rivals stacked; coverage of many."""

from itertools import chain
from time import perf_counter

import numpy as np

from benchmarks.calibration import binomial_interval
from ssb_model.fitting import FitError
from ssb_model.study.rivals import Told, mixture, questions, score_left_out, stacked

STARTS = 1
DEFAULT, STACKED = "default", "stacked"


def study_record(models, made):
    """What each model says of one synthetic study beside the truth, and how well it predicts the
    data that are left out."""
    begin, fits, failed = perf_counter(), {}, {}
    for study in models:
        name = study.model or DEFAULT
        try:
            fits[name] = study.with_measured(made.measured).fit(STARTS)
        except FitError as error:
            failed[name] = str(error)
    asked = questions(fits, dict.fromkeys(fits, 1.0))
    return {
        "failed": failed,
        "misfit": {name: float(max(fit.misfit().values())) for name, fit in fits.items()},
        "scores": dict(zip(fits, score_left_out(fits).each.T.tolist(), strict=True)),
        "questions": {
            one.quantity: {
                "truth": made.answers[one.quantity],
                "unit": one.unit,
                "told": {told.model: [told.lower95, told.value, told.upper95] for told in one.told},
            }
            for one in asked
        },
        "seconds": perf_counter() - begin,
    }


def weights(record):
    """Of the models that were fitted to a study, by stacking."""
    found = stacked(np.transpose([*record["scores"].values()])).mean
    return dict(zip(record["scores"], found.tolist(), strict=True))


def interval(question, weight, model):
    """The 95 % interval of a question by the default model or by all; None without an answer."""
    if model == STACKED:
        told = question["told"].items()
        found = mixture([Told(k, y, low, high, weight[k]) for k, (low, y, high) in told])
        return None if found is None else (found.lower95, found.upper95)
    told = question["told"].get(model)
    return None if told is None else (told[0], told[2])


def coverage(records):
    """Of each question and model: how many of the studies that it answers hold the truth, the
    relative width of the intervals, and how many it leaves without an answer."""
    names = dict.fromkeys(chain.from_iterable(record["questions"] for record in records))
    return {
        name: {model: _covered(records, name, model) for model in (DEFAULT, STACKED)}
        for name in names
    }


def _covered(records, name, model):
    asked = [(r["questions"].get(name), weights(r)) for r in records]
    told = [(one["truth"], interval(one, w, model)) for one, w in asked if one]
    answered = [(truth, *ends) for truth, ends in told if ends]
    hits, n = sum(low <= truth <= high for truth, low, high in answered), len(answered)
    widths = [(high - low) / truth for truth, low, high in answered]
    return {
        "hits": hits,
        "of": n,
        "share": hits / n if n else None,
        "interval": binomial_interval(hits, n) if n else None,
        "relative width": float(np.median(widths)) if n else None,
        "without an answer": len(records) - n,
    }


def mean_weights(records):
    """Of each model over the studies; one that did not converge has none there."""
    each = [weights(record) for record in records]
    names = dict.fromkeys(chain.from_iterable(each))
    return {name: float(np.mean([one.get(name, 0.0) for one in each])) for name in names}
