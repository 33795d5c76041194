"""Evidence of the model of the critical current: ``python -m benchmarks.field_model``.

First every lab's published cells, forecast from the rows of all other labs: how often intervals
hold them, and ln p beside a constant, the laws, and the model without one of its parts. Then
libraries drawn from the model, learnt from again: ranks of the true parameters, and a further cell.
Then batches drawn from the posterior, with a bare and a coated cell measured, and a third cell.
Last, how long a forecast takes.
"""

import argparse
import json
from datetime import date
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks import field_baselines
from benchmarks.calibration import binomial_interval
from benchmarks.report import machine, versions
from ssb_model.critical_current import CellKind, field_forecast, learned_field
from ssb_model.critical_current.field_model.calibration import (
    anchored_batches,
    calibrate_field,
    covered,
    even,
)
from ssb_model.critical_current.field_model.data import data_of, learnt_from
from ssb_model.critical_current.field_model.learning import double_precision
from ssb_model.critical_current.field_model.left_out import labs_left_out
from ssb_model.critical_current.field_model.priors import PRIORS
from ssb_model.critical_current.field_model.sampling import sample
from ssb_model.library import field_cells, field_digest

RECORDED = Path(__file__).parent / "results" / "field_model.json"
LEVELS = 0.5, 0.68, 0.95
CLASSES = "bare", "bare control", "coated", "wetted"
FLOOR = float(np.log(1.8))  # repeatability at room temperature, as one lab states it
SEED = 0


def without(**fixed):
    """The priors with some parameters as good as known."""
    return {
        name: prior._replace(kind="normal", centre=fixed[name], scale=1e-4)
        if name in fixed
        else prior
        for name, prior in PRIORS.items()
    }


#: what the model would be without a part, or with a law in place of what it learns
VARIANTS = {
    "no law of R": without(fall=0.0),
    "law A0 (n = 1)": without(fall=1.0),
    "law B (power)": without(bend=1.0),
    "no class of controls": without(control=0.0),
    "no type of layer": without(ionic=0.0, mixed=0.0, electronic=0.0),
    "no density": without(density=0.0),
    "no stack pressure": without(pressure=0.0),
    "no spread of labs": without(lab=1e-3),
}


def left_out(cells, tuning):
    """Scores and coverage of every lab forecast from the others."""
    rows, data = learnt_from(cells), data_of(cells)
    found = labs_left_out(cells, tuning)
    rng = np.random.default_rng(SEED)
    scores = {"model": np.array([one.log_score for one in found])}
    scores["constant"] = field_baselines.constants(rows, data, lambda row: None)
    scores["constant of the class"] = field_baselines.constants(rows, data, lambda row: row.contact)
    laws = field_baselines.laws(rows, data)
    scores |= {
        "geometric mean of pairs" if k == "mean" else f"law {k}" if k in "A0BCD" else k: v
        for k, v in laws.items()
    }
    for name, priors in VARIANTS.items():
        print(f"  {name}", flush=True)
        of = labs_left_out(cells, tuning, priors=priors)
        scores[name] = np.array([one.log_score for one in of])
    pit = np.array([rng.uniform(*one.pit) if not one.read else one.pit[0] for one in found])
    read = np.array([one.read for one in found])
    return {
        "rows": len(rows),
        "read": int(read.sum()),
        "mean log score": {name: by_class(rows, values) for name, values in scores.items()},
        "coverage": {"numbers read": coverage(pit[read]), "all rows": coverage(pit)},
        "histogram": np.histogram(pit, 10, (0, 1))[0].tolist(),
        "even": even(pit),
        "cells": [as_row(one, place) for one, place in zip(found, pit, strict=True)],
    }


def as_row(one, pit):
    """One cell and its forecast."""
    return {
        "name": one.cell.name,
        "contact": one.cell.contact,
        "layer": one.cell.layer,
        "critical current": one.cell.critical_current,
        "quantiles [mA/cm2]": [float(f"{x:.4g}") for x in one.quantiles],
        "pit": float(f"{pit:.4g}"),
        "log score": float(f"{one.log_score:.4g}"),
        "doi": one.cell.doi,
    }


def by_class(rows, values):
    """Mean of all, and of each class of contact."""
    of = {name: values[[row.contact == name for row in rows]] for name in CLASSES}
    return {"all": float(values.mean())} | {name: float(each.mean()) for name, each in of.items()}


def coverage(pit):
    """Hits, of how many, share and 95 % interval, at each level."""
    n = len(pit)
    hits = {f"{100 * level:g} %": round(covered(pit, level) * n) for level in LEVELS}
    return {
        level: {"hits": k, "of": n, "share": k / n, "interval": binomial_interval(k, n)}
        for level, k in hits.items()
    }


def drawn_libraries(cells, tuning, libraries):
    """Ranks and further cells of libraries drawn from the model."""
    found = calibrate_field(data_of(cells), tuning, libraries, draws=200)
    ranks = {name: np.histogram(r, 10, (0, 1))[0].tolist() for name, r in found.ranks.items()}
    both = [covered(np.concatenate([*found.ranks.values()]), level) for level in (0.5, 0.95)]
    return {
        "libraries": libraries,
        "p": found.p_values(),
        "ranks": ranks,
        "parameters covered": dict(zip(("50 %", "95 %"), both, strict=True)),
        "further cell covered": {f"{100 * x:g} %": covered(found.pit, x) for x in LEVELS},
        "divergent": found.divergent,
    }


def batches(number):
    """Third cells of drawn batches."""
    found = anchored_batches(learned_field(), number)
    half = float(found.half_width.mean())
    return {
        "batches": number,
        "covered": coverage(found.pit),
        "even": even(found.pit),
        "half width of 68 % in ln J": half,
        "over the noise of the model": half / found.noise,
        "over the repeatability floor": half / FLOOR,
    }


def speed():
    """Seconds of a forecast, its first table aside and with it, and of 100 000 candidates."""
    begin = perf_counter()
    forecast = field_forecast(CellKind("mixed"))
    forecast.quantile(1e-3, 0.5)
    first = perf_counter() - begin
    begin = perf_counter()
    forecast.quantile(1e-3, [0.025, 0.5, 0.975])
    one = perf_counter() - begin
    begin = perf_counter()
    forecast.quantile(np.geomspace(1e-5, 1.0, 100_000)[:, None], [0.025, 0.5, 0.975])
    return {"first of a kind": first, "one more": one, "100 000": perf_counter() - begin}


def main():
    """Measure, print and, for a full run, keep."""
    parser = argparse.ArgumentParser("python -m benchmarks.field_model", description=__doc__)
    parser.add_argument("--libraries", type=int, default=1000, help="drawn from the model")
    parser.add_argument("--batches", type=int, default=500, help="drawn from the posterior")
    given = parser.parse_args()
    cells, begin = field_cells(), perf_counter()
    print(f"{len(cells)} rows; sampling", flush=True)
    with double_precision():
        posterior = sample(data_of(cells), draws=500, seed=SEED)
        real = left_out(cells, posterior.tuning)
        show(real)
        drawn = drawn_libraries(cells, posterior.tuning, given.libraries)
    print(json.dumps(drawn, indent=1), flush=True)
    anchored = batches(given.batches)
    print(json.dumps(anchored, indent=1), json.dumps(speed(), indent=1))
    full = given.libraries == parser.get_default("libraries")
    if full and given.batches == parser.get_default("batches"):
        content = {"date": date.today().isoformat(), "machine": machine(), "versions": versions()}
        content |= {"library": field_digest(cells), "seconds": perf_counter() - begin}
        content |= {"left out": real, "drawn": drawn, "batches": anchored, "speed": speed()}
        RECORDED.write_text(json.dumps(content, indent=1) + "\n")


def show(real):
    """Print scores and coverage."""
    for name, of in real["mean log score"].items():
        print(f"{name:28s}", *(f"{key} {value:7.3f}" for key, value in of.items()))
    for name, of in real["coverage"].items():
        print(name, *(f"{k}: {v['hits']} of {v['of']}," for k, v in of.items()), flush=True)


if __name__ == "__main__":
    main()
