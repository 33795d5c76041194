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
    found = stacked(np.transpose([*record["scores"].values()]))
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
    """Of each question and model: how many intervals hold the truth, and their relative width.

    A study in which the model has no answer counts as one that does not hold it.
    """
    names = dict.fromkeys(chain.from_iterable(record["questions"] for record in records))
    return {
        name: {model: _covered(records, name, model) for model in (DEFAULT, STACKED)}
        for name in names
    }


def _covered(records, name, model):
    hits, widths = 0, []
    for record in records:
        question = record["questions"].get(name)
        ends = question and interval(question, weights(record), model)
        if ends:
            hits += bool(ends[0] <= question["truth"] <= ends[1])
            widths.append((ends[1] - ends[0]) / question["truth"])
    n = len(records)
    return {
        "hits": hits,
        "of": n,
        "share": hits / n,
        "interval": binomial_interval(hits, n),
        "relative width": float(np.median(widths)) if widths else None,
    }


def mean_weights(records):
    """Of each model over the studies; one that did not converge has none there."""
    each = [weights(record) for record in records]
    names = dict.fromkeys(chain.from_iterable(each))
    return {name: float(np.mean([one.get(name, 0.0) for one in each])) for name in names}
