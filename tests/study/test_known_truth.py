"""Random synthetic studies: intervals contain the truth, what is open is flagged, optima are found.

What is determinable is fixed before fitting, from the Fisher information at the truth: an expected
95 % width below a quarter of the prior's.
"""

from dataclasses import replace

import numpy as np
import pytest

from ssb_model.fitting import fit
from ssb_model.fitting.inference import covariance
from ssb_model.study import load_study
from ssb_model.study.result import FLAGGED, StudyFit

STUDIES, STARTS = 40, 8
TEMPERATURES = (25, 40, 60, 80)
NOISE, VOLTAGE_NOISE = 0.005, 1e-3
FREQUENCIES = np.logspace(-1, 6.8, 60)
FREE = (
    "Garnet conductivity",
    "Garnet conductivity activation energy",
    "Garnet grain boundary effective permittivity",
    "Negative face exchange-current density",
    "Negative face exchange-current density activation energy",
    "Negative face double-layer capacity",
    "Negative face layer ionic conductivity",
    "Negative face layer electronic conductivity",
    "Negative face layer activation energy",
    "Negative face layer thermodynamic factor",
)


@pytest.fixture(scope="module")
def blank(tmp_path_factory):
    folder = tmp_path_factory.mktemp("truth")
    text = (
        'title = "synthetic"\n[cells.coated]\ntype = "symmetric"\ncoating = "zni2-0.5"\n'
        'options = { "interface growth" = "none" }\n'
    )
    rows = "".join(f"{f:.17g},1,-1\n" for f in FREQUENCIES)
    for T in TEMPERATURES:
        (folder / f"{T}.csv").write_text("frequency/Hz,Re(Z)/Ohm,Im(Z)/Ohm\n" + rows)
        text += f'[[experiments]]\nkind = "impedance"\ncell = "coated"\nfile = "{T}.csv"\n'
        text += f'temperature = "{T} degC"\nnoise = "0.5 %"\n'
    text += (
        '[[experiments]]\nkind = "polarisation"\ncell = "coated"\nduration = "1 h"\n'
        'current_density = ["0.1 mA/cm2", "0.5 mA/cm2", "1 mA/cm2"]\n'
        'voltage = ["1 mV", "1 mV", "1 mV"]\nnoise = "1 mV"\n'
    )
    text += "".join(f'[[free]]\nname = "{name}"\n' for name in FREE)
    (folder / "study.toml").write_text(text)
    return load_study(folder / "study.toml")


def synthetic(blank, simulators, u, rng):
    """The study with data of the parameters ``u``, and the Jacobian of its residuals there."""
    problem = blank.problem(simulators=simulators)
    exact, _ = problem.predictions(u[None])
    experiments = []
    for experiment in blank.experiments:
        at = [problem.column(name) for name in experiment.observables]
        values = exact[0, at]
        if hasattr(experiment, "impedance"):
            z = values[: len(FREQUENCIES)] + 1j * values[len(FREQUENCIES) :]
            noise = rng.normal(size=(2, len(z))) * NOISE * np.abs(z)
            experiments.append(replace(experiment, impedance=z + noise[0] + 1j * noise[1]))
        else:
            noise = VOLTAGE_NOISE * rng.normal(size=len(values))
            experiments.append(replace(experiment, voltage=values + noise))
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
        from_truth = fit_from(problem, u)
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


def fit_from(problem, u):
    """Lowest cost reached from the truth."""
    from ssb_model.fitting.levenberg import minimise

    return float(minimise(problem.residuals, u[None]).cost[0])
