"""Calibration of the critical current's forecast: ``python -m benchmarks.calibration``.

First the published cells, each forecast from the others; there is no pass mark. Then synthetic
libraries. Each is made so: a combination of faces is drawn for the real library; a law in turn is
fitted to it by least squares, its constants on the forecast's own grid; resistances stay those of
the real library, faces as drawn; ln J is the law's plus normal noise of the standard deviation
that the real cells have about it; a further cell is drawn alike at one of these reported
resistances, with one or two faces. The forecast is told which there, but of no cell of its library.
"""

import argparse
import json
from datetime import date
from pathlib import Path
from time import perf_counter

import numpy as np
from scipy.stats import beta

from benchmarks.report import machine, versions
from ssb_model.critical_current.forecast import CANDIDATES, learn, leave_one_out, library_cells
from ssb_model.critical_current.forecast.evidence import Evidence, face_factors
from ssb_model.library import load_experiment

RECORDED = Path(__file__).parent / "results" / "calibration.json"
LEVELS = 0.5, 0.95
SEED = 2024


def hits(pits, level):
    """How many transforms lie in the central interval of a `level`."""
    return int(np.sum(np.abs(np.asarray(pits) - 0.5) <= level / 2))


def binomial_interval(k, n, level=0.95):
    """Clopper and Pearson's interval of a share of which k of n were seen."""
    low = beta.ppf((1 - level) / 2, k, n - k + 1) if k else 0.0
    high = beta.ppf((1 + level) / 2, k + 1, n - k) if k < n else 1.0
    return float(low), float(high)


def coverage(pits):
    """Hits, their share and its 95 % interval at each level."""
    n = len(pits)
    found = {f"{100 * level:g} %": hits(pits, level) for level in LEVELS}
    return {
        level: {"hits": k, "of": n, "share": k / n, "interval": binomial_interval(k, n)}
        for level, k in found.items()
    }


def rms(errors):
    """Root mean square."""
    return float(np.sqrt(np.mean(np.square(errors))))


def real_library(cells):
    """Every published cell forecast from the others, and the four outside ones from each other."""
    rows, outside = leave_one_out(cells), leave_one_out(others(cells))
    return {
        "cells": [
            {
                "name": row.cell.name,
                "measured": row.cell.current_density,
                "median": row.median,
                "50 %": row.interval50,
                "95 %": row.interval95,
                "pit": row.pit,
                "log score": row.log_score,
            }
            for row in rows
        ],
        "coverage": coverage([row.pit for row in rows]),
        "mean log score": {"forecast": float(np.mean([row.log_score for row in rows]))}
        | {law: float(np.mean([row.log_scores[law] for row in rows])) for law in CANDIDATES},
        "rms ln error": {
            f"{len(each)} cells": {
                "forecast": rms([row.error for row in each]),
                "geometric mean": rms([row.mean_error for row in each]),
            }
            for each in (rows, outside)
        },
    }


def others(cells):
    """The cells outside the founding paper."""
    founding = load_experiment("zhai2024").citation
    return tuple(cell for cell in cells if cell.source != founding)


class Truth:
    """A law fitted to the real cells, to draw synthetic libraries from."""

    def __init__(self, cells, law):
        evidence = Evidence(cells, [law])
        self.cells, self.law = cells, law
        self.factors = face_factors(cells)
        self.ln_J = np.log([cell.current_density for cell in cells])
        self.residuals = evidence.residuals[law]

    def draw(self, rng):
        """A library, and the resistance of both faces and the current of one cell more."""
        combination = rng.integers(len(self.factors))
        x = self.residuals[:, combination]
        point = np.argmin(x.var(axis=1))
        level, noise = x[point].mean(), x[point].std(ddof=1)
        further = self.cells[rng.integers(len(self.cells))].resistance * rng.integers(1, 3)
        shape = CANDIDATES[self.law](further)[point]
        ln_J = level + self.ln_J - x[point] + noise * rng.standard_normal(len(x[point]))
        library = [
            cell._replace(current_density=float(J))
            for cell, J in zip(self.cells, np.exp(ln_J), strict=True)
        ]
        return library, further, float(np.exp(level + shape + noise * rng.standard_normal()))


def synthetic_libraries(cells, number, seed=SEED):
    """Transforms of the further cells of `number` libraries of each law."""
    pits = {}
    for place, law in enumerate(CANDIDATES):
        truth, rng = Truth(cells, law), np.random.default_rng([seed, place])
        drawn = (truth.draw(rng) for _ in range(number))
        pits[law] = [learn(library).probability(R, J) for library, R, J in drawn]
    return {"overall": coverage(np.concatenate(list(pits.values())))} | {
        law: coverage(each) for law, each in pits.items()
    }


def shown_coverage(name, found):
    """One line: hits, share and interval at both levels."""
    parts = (
        f"{level}: {c['hits']:5d} of {c['of']:5d}, {100 * c['share']:5.1f} % "
        f"({100 * c['interval'][0]:.1f} to {100 * c['interval'][1]:.1f})"
        for level, c in found.items()
    )
    return f"{name:9s} " + "   ".join(parts)


def show_real(found):
    """Print what the real library says."""
    print(f"{'cell':18s} measured  median [mA/cm2]   50 %          95 %             pit   ln p")
    for row in found["cells"]:
        (a, b), (c, d) = (np.array(row[level]) / 10 for level in ("50 %", "95 %"))
        print(
            f"{row['name']:18s} {row['measured'] / 10:8.2f} {row['median'] / 10:7.2f}"
            f"{'':11s}{a:5.2f} to {b:4.2f} {c:8.2g} to {d:4.2f} {row['pit']:8.3f} "
            f"{row['log score']:6.2f}"
        )
    print(shown_coverage("real", found["coverage"]))
    scores = (f"{name} {value:.2f}" for name, value in found["mean log score"].items())
    print("mean ln p:", ", ".join(scores))
    for name, errors in found["rms ln error"].items():
        print(f"rms ln(forecast/measured), {name}:", *(f"{k} {v:.2f}," for k, v in errors.items()))


def main():
    """Measure, print and, for a full run, keep."""
    parser = argparse.ArgumentParser("python -m benchmarks.calibration", description=__doc__)
    parser.add_argument("--libraries", type=int, default=1000, help="synthetic ones of each law")
    given = parser.parse_args()
    cells, begin = library_cells(), perf_counter()
    forecast = learn(cells)
    real = real_library(cells)
    print(f"{len(cells)} published cells. {forecast.says}")
    print("weights:", ", ".join(f"{law} {w:.3f}" for law, w in forecast.weights.items()))
    show_real(real)
    print(f"\n{given.libraries} synthetic libraries of each law, a further cell of each:")
    synthetic = synthetic_libraries(cells, given.libraries)
    for law, found in synthetic.items():
        print(shown_coverage(law, found))
    seconds = perf_counter() - begin
    print(f"{seconds:.0f} s")
    if given.libraries == parser.get_default("libraries"):
        content = {"date": date.today().isoformat(), "machine": machine(), "versions": versions()}
        content |= {"seconds": seconds, "weights": dict(forecast.weights), "real": real}
        RECORDED.write_text(json.dumps(content | {"synthetic": synthetic}, indent=1) + "\n")


if __name__ == "__main__":
    main()
