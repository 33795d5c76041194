"""Random synthetic studies: intervals contain the truth, what is open is flagged, optima are found.

Each study has a symmetric cell's spectra at four temperatures and its polarisation, and a full cell
of the same garnet and coating under discharges at several rates and pulses. What is determinable is
fixed before fitting, from the Fisher information at the truth: an expected 95 % width below a
quarter of the prior's.
"""

from dataclasses import replace

import numpy as np
import pytest

from ssb_model import cell_parameters
from ssb_model.fitting import fit
from ssb_model.fitting.after.inference import covariance
from ssb_model.fitting.least_squares.levenberg import minimise
from ssb_model.study import load_study
from ssb_model.study.analysis.limits import FLAGGED
from ssb_model.study.fit.result import StudyFit

STUDIES, STARTS = 40, 8
TEMPERATURES = (25, 40, 60, 80)
NOISE, VOLTAGE_NOISE = 0.005, 1e-3
FREQUENCIES = np.logspace(-1, 6.8, 60)
#: C-rates, and the share of the nominal capacity that is discharged: no cell of the priors is empty
DISCHARGES = {0.1: 0.4, 0.5: 0.14, 1.0: 0.09}
COATING = (
    "Garnet conductivity",
    "Negative face exchange-current density",
    "Negative face layer ionic conductivity",
    "Negative face layer thermodynamic factor",
)
SYMMETRIC = (
    "Garnet conductivity activation energy",
    "Garnet grain boundary effective permittivity",
    "Negative face exchange-current density activation energy",
    "Negative face double-layer capacity",
    "Negative face layer electronic conductivity",
    "Negative face layer activation energy",
)
FULL = (
    "Positive particle reference diffusivity",
    "Positive electrode utilisation",
    "Cathode-side resistance",
)
FREE = (*COATING, *SYMMETRIC, *FULL)
OF_CELL = {"coated": (*COATING, *SYMMETRIC), "full": (*COATING, *FULL)}


def cells():
    head = 'options = { "interface growth" = "none" }\ncoating = "zni2-0.5"\n'
    return "".join(
        f'[cells.{name}]\ntype = "{kind}"\n{head}'
        for name, kind in (("coated", "symmetric"), ("full", "full"))
    )


def symmetric_experiments(folder):
    rows = "".join(f"{f:.17g},1,-1\n" for f in FREQUENCIES)
    text = ""
    for T in TEMPERATURES:
        (folder / f"{T}.csv").write_text("frequency/Hz,Re(Z)/Ohm,Im(Z)/Ohm\n" + rows)
        text += f'[[experiments]]\nkind = "impedance"\ncell = "coated"\nfile = "{T}.csv"\n'
        text += f'temperature = "{T} degC"\nnoise = "{100 * NOISE} %"\n'
    return text + (
        '[[experiments]]\nkind = "polarisation"\ncell = "coated"\nduration = "1 h"\n'
        'current_density = ["0.1 mA/cm2", "0.5 mA/cm2", "1 mA/cm2"]\n'
        'voltage = ["1 mV", "1 mV", "1 mV"]\nnoise = "1 mV"\n'
    )


def full_experiments(folder):
    """Files of the currents alone: the voltages are to be replaced."""
    one_c = cell_parameters("full")["Nominal cell capacity [A.h]"]
    t = np.arange(0, 3 * 3600 + 1, 120.0)
    records = {"pulses": (t, np.where((t % 3600 >= 600) & (t % 3600 < 1800), 0.3, 0.0))}
    for rate, share in DISCHARGES.items():
        records[f"{rate}C"] = np.linspace(1, share * 3600 / rate, 60), np.full(60, rate)
    text = ""
    for name, (times, current) in records.items():
        rows = "".join(
            f"{a:.9g},{-b:.9g},3.4\n" for a, b in zip(times, one_c * current, strict=True)
        )
        (folder / f"{name}.csv").write_text("time/s,I/A,Ecell/V\n" + rows)
        text += f'[[experiments]]\nkind = "voltage"\ncell = "full"\nfile = "{name}.csv"\n'
        text += 'noise = "1 mV"\ncurrent_positive_on = "charge"\n'
    return text


@pytest.fixture(scope="module")
def blank(tmp_path_factory):
    folder = tmp_path_factory.mktemp("truth")
    text = 'title = "synthetic"\n' + cells()
    text += symmetric_experiments(folder) + full_experiments(folder)
    for name in FREE:
        having = [cell for cell, names in OF_CELL.items() if name in names]
        text += f'[[free]]\nname = "{name}"\nlabel = "{name}"\ncells = {having}\n'
    (folder / "study.toml").write_text(text)
    return load_study(folder / "study.toml")


def synthetic(blank, simulators, u, rng):
    """The study with data of the parameters ``u``, and the Jacobian of its residuals there."""
    problem = blank.problem(simulators=simulators)
    exact, _ = problem.predictions(u[None])
    experiments = []
    for experiment in blank.experiments:
        values = exact[0, [problem.column(name) for name in experiment.observables]]
        true = experiment.with_measured(values)
        noise = true.standard_deviations() * rng.normal(size=len(values))
        experiments.append(experiment.with_measured(values + noise))
    study = replace(blank, experiments=tuple(experiments))
    problem = study.problem(simulators=simulators)
    _, J = problem.data_residuals(*problem.predictions(u[None]))
    return study, problem, J[0]


@pytest.mark.verify
def test_intervals_flags_and_optima_of_random_studies(blank):
    simulators, rng = blank.simulators(), np.random.default_rng(11)
    covered, flagged, unflagged, found_best, number = [], [], [], 0, []
    for k in range(STUDIES):
        u = np.clip(rng.normal(size=len(FREE)), -2, 2)
        study, problem, J = synthetic(blank, simulators, u, rng)
        determinable = np.sqrt(np.diag(covariance(J))) < FLAGGED
        result = fit(problem, STARTS, seed=k)
        from_truth = float(minimise(problem.residuals, u[None]).cost[0])
        found_best += result.cost < from_truth + 0.1
        rows = StudyFit(study, result, {}).parameters()
        sd = np.sqrt(np.diag(result.covariance))
        inside = np.abs(result.u - u) < 1.96 * sd
        said = np.array([row["determined"] for row in rows])
        covered += list(inside[determinable])
        flagged += list(~said[determinable])
        unflagged += list(~said[~determinable])
        number.append(determinable.sum())
    print(
        f"\n{STUDIES} studies: {min(number)} to {max(number)} determinable parameters; "
        f"95 % intervals contain {100 * np.mean(covered):.1f} %; wrongly flagged "
        f"{100 * np.mean(flagged):.1f} %; rightly flagged {100 * np.mean(unflagged):.1f} %; "
        f"global optimum {found_best}"
    )
    assert min(number) >= 6
    assert 0.90 <= np.mean(covered) <= 0.99
    assert np.mean(flagged) <= 0.05
    assert np.mean(unflagged) >= 0.95
    assert found_best >= 38
