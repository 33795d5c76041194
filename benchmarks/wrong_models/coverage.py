"""A study fitted with the default model alone and with its rivals stacked; coverage of many.

Beside the weights that ``ssb compare`` gives stand those of the mixture that predicts the left-out
data best, the maximum of which they are a mean.
"""

from itertools import chain
from time import perf_counter

import numpy as np

from benchmarks.calibration import binomial_interval
from ssb_model.fitting import FitError
from ssb_model.study.rivals import Told, mixture, questions, score_left_out, stacked

STARTS = 1
DEFAULT, BEST, STACKED = "default", "best mixture", "stacked"
STEPS = 3000  # towards the best mixture


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


def best_mixture(scores):
    """Weights of the models whose mixture gives the left-out data the greatest density."""
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    w = np.full(p.shape[1], 1 / p.shape[1])
    for _ in range(STEPS):
        w = w * np.mean(p / (p @ w)[:, None], axis=0)
    return w


def weights(record, how=STACKED):
    """Of the models that were fitted to a study; the default model alone has all of it."""
    names, scores = [*record["scores"]], np.transpose([*record["scores"].values()])
    if how == DEFAULT:
        return {name: float(name == DEFAULT) for name in names}
    found = stacked(scores).mean if how == STACKED else best_mixture(scores)
    return dict(zip(names, found.tolist(), strict=True))


def interval(question, weight):
    """The 95 % interval of a question by weighted models; None without an answer."""
    told = question["told"].items()
    found = mixture([Told(name, y, low, high, weight[name]) for name, (low, y, high) in told])
    return None if found is None else (found.lower95, found.upper95)


def coverage(records):
    """Of each question and model: how many of the studies that it answers hold the truth, the
    relative width of the intervals, and how many it leaves without an answer."""
    names = dict.fromkeys(chain.from_iterable(record["questions"] for record in records))
    each = {how: [weights(record, how) for record in records] for how in (DEFAULT, BEST, STACKED)}
    return {
        name: {how: _covered(records, name, own) for how, own in each.items()} for name in names
    }


def _covered(records, name, own):
    asked = [(r["questions"].get(name), w) for r, w in zip(records, own, strict=True)]
    told = [(one["truth"], interval(one, w)) for one, w in asked if one]
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
