"""What the founding fit would be on arcs: ``python -m benchmarks.founding_arcs``.

The founding paper states interface resistances that its authors' circuit read, and not which
circuit, over which frequencies. So the founding fit is made with the sums at rest that it ships
with, then with every number read by one circuit after another (the impedance alone; full cells
change none of it), with the gap between contacts and the garnet's two relaxations. What differs
between the circuits is what the text leaves open.
"""

import argparse
import json
from datetime import date
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks.report import machine, versions
from ssb_model.fitting import fit
from ssb_model.library import load_experiment, read_toml, validated
from ssb_model.reproduction.study import BARE, COATED, symmetric_study
from ssb_model.study import StudyTable, make_study

RECORDED = Path(__file__).parent / "results" / "founding_arcs.json"
#: circuit and highest frequency; None for sums at rest
READINGS = {
    "sums at rest": None,
    "R-(RQ)": "1 MHz",
    "R-(RQ)-(RQ)": "1 MHz",
    "L-R-(RQ)-(RQ)": "7 MHz",
}
GAP = {"label": "bare: gap width", "name": "Lithium gap width", "cells": [BARE]}


def read_by(content, circuit, highest):
    """The study's tables with every resistance and activation energy read by a circuit."""
    reading = {"circuit": circuit, "frequencies": [highest, "0.1 Hz"]}
    for name in (BARE, COATED):
        content["cells"][name]["options"] = {"garnet permittivity": "bulk and grain boundary"}
    for table in content["experiments"]:
        if table["kind"] in ("resistance", "activation energy"):
            table.update(reading)
    content["free"].append(GAP)
    return content


def fitted(path, circuit, highest):
    """The fit of the symmetric cells, and the resistance at rest that it implies at 40 degC."""
    content = read_toml(path)
    content = read_by(content, circuit, highest) if highest else content
    table = validated(StudyTable, content, path)
    study = make_study(table.cells, table.experiments, table.free, predictions=table.predictions)
    found = fit(symmetric_study(study, 2).problem(), starts=1)
    values, sd = found.parameters, np.sqrt(np.diag(found.covariance))
    warm = {}
    for cell in (BARE, COATED):
        name = f"{cell}, warmer: interface resistance at 40 degC"
        ends = found.intervals([name])[name]
        warm[cell] = [round(1e4 * x, 4) for x in (found.observable(name), *ends)]
    return {
        "cost": round(found.cost, 4),
        "at_rest_at_40_degC_ohm_cm2_with_95_percent": warm,
        "parameters_SI": {
            name: {"value": float(f"{values[name]:.4g}"), "posterior_over_prior_width": float(w)}
            for name, w in zip(found.problem.space.labels, sd.round(3), strict=True)
            if name.startswith(("bare", "coated", "garnet"))
        },
    }


def main(arguments=None):
    """Fit by every reading, print and write the results."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.founding_arcs", description=__doc__)
    parser.add_argument("--output", type=Path, default=RECORDED)
    options = parser.parse_args(arguments)
    path = load_experiment("zhai2024").path.parent / "study.toml"
    fits = {}
    for circuit, highest in READINGS.items():
        began = perf_counter()
        fits[circuit] = fitted(path, circuit, highest)
        fits[circuit] |= {"highest_frequency": highest, "seconds": round(perf_counter() - began)}
        print(circuit, json.dumps(fits[circuit]), flush=True)
    content = {
        "date": date.today().isoformat(),
        "machine": machine(),
        "versions": versions(),
        "fits": fits,
    }
    options.output.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
