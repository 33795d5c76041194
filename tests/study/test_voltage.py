"""Voltage records in a study: discharges and pulses give the cell back, windows are refused."""

import numpy as np
import pytest

import ssb_model
from ssb_model import InputError
from ssb_model.compiled import Protocol, Step
from ssb_model.fitting import FitError
from ssb_model.study import load_study
from ssb_model.study.kinds.pieces import constant_pieces

LABELS = (
    "Positive particle reference diffusivity",
    "Positive electrode utilisation",
    "Cathode-side resistance",
)
TRUTH = dict(zip(LABELS, (2.5e-19, 0.9, 3e-3), strict=True))
PULSES = [("current", 0.0, 600), *[("current", 3e-4, 1200), ("current", 0.0, 1200)] * 3]
NOISE = 1e-3


def text(files, extra=""):
    experiments = "".join(
        f'[[experiments]]\nkind = "voltage"\ncell = "full"\nfile = "{file}"\n'
        f'noise = "1 mV"\n{extra}'
        for file in files
    )
    return (
        'title = "synthetic"\n[cells.full]\ntype = "full"\ncoating = "zni2-0.5"\n'
        + experiments
        + "".join(f'[[free]]\nname = "{label}"\n' for label in LABELS)
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Synthetic: pulses simulated by PyBaMM's names through the compiled cell, with noise."""
    folder = tmp_path_factory.mktemp("pulses")
    model, values = ssb_model.FullCell(), ssb_model.cell_parameters("full")
    values.update(
        {
            f"{name}{unit}": value
            for (name, value), unit in zip(
                TRUTH.items(), (" [m2.s-1]", "", " [Ohm.m2]"), strict=True
            )
        }
    )
    compiled = ssb_model.compile(model, values, outputs=["Voltage [V]", "Current [A]"])
    protocol = Protocol([Step(q, v, d, period=30.0) for q, v, d in PULSES])
    solution = compiled.solve(experiment=protocol)
    rng = np.random.default_rng(5)
    V = solution["Voltage [V]"] + NOISE * rng.normal(size=solution.t.shape)
    rows = zip(solution.t, solution["Current [A]"], V, strict=True)
    lines = [
        "# synthetic",
        "time/s,I/A,Ecell/V",
        *(f"{t:.9g},{-i:.9g},{v:.9g}" for t, i, v in rows),
    ]
    (folder / "pulses.csv").write_text("\n".join(lines) + "\n")
    (folder / "study.toml").write_text(text(["pulses.csv"]))
    return folder


@pytest.fixture(scope="module")
def fitted(folder):
    return load_study(folder / "study.toml").fit(starts=2)


def test_pulses_give_the_cathode_back(fitted):
    rows = {row["parameter"]: row for row in fitted.parameters()}
    for label, value in TRUTH.items():
        sd = (rows[label]["upper95"] - rows[label]["lower95"]) / 3.92
        assert rows[label]["value"] == pytest.approx(value, abs=3 * sd)
        assert rows[label]["determined"]
    assert 0.8 < next(iter(fitted.misfit().values())) < 1.2


def test_synthetic_data_are_called_so(fitted):
    """The file says it above its table; the figure's foot and the first warning repeat it."""
    [record] = fitted.study.experiments
    assert record.synthetic
    assert fitted.warnings()[0] == "Synthetic, not measured: full, pulses.csv."
    foot = " ".join(t.get_text() for t in record.figure(fitted.model(record)).texts)
    assert "Black: synthetic" in foot.replace("\n", " ")


def test_the_current_becomes_its_steps(fitted):
    [record] = fitted.study.experiments
    assert len(record.pieces) == len(PULSES)
    assert record.pieces.current == pytest.approx([v for _, v, _ in PULSES], abs=1e-9)
    assert record.pieces.duration == pytest.approx([d for *_, d in PULSES])


def test_cycles_that_do_not_follow_one_another_are_refused(folder):
    """Between them the cell does what the record would not tell."""
    current = {1: 1e-4, 2: -1e-4, 3: 1e-4}
    rows = [f"{60 * k},{current[1 + k // 9]},3.4,{1 + k // 9}" for k in range(27)]
    (folder / "cycles.csv").write_text("time/s,I/A,Ecell/V,cycle number\n" + "\n".join(rows) + "\n")
    sign = 'current_positive_on = "charge"\n'
    (folder / "cycles.toml").write_text(text(["cycles.csv"], sign + "cycles = [1, 3]\n"))
    with pytest.raises(InputError, match="do not follow one another"):
        load_study(folder / "cycles.toml")
    (folder / "cycles.toml").write_text(text(["cycles.csv"], sign + "cycles = [2, 3]\n"))
    [record] = load_study(folder / "cycles.toml").experiments
    assert len(record.time) == 18 and len(record.pieces) == 2


def test_charge_is_kept_by_the_pieces():
    t = np.arange(100.0)
    current = np.where(t < 40, 1.0, 0.0) + 0.001 * np.sin(t)
    pieces = constant_pieces(t, current, "x")
    assert pieces.edges[-1] == t[-1]
    assert np.sum(pieces.current * pieces.duration) == pytest.approx(
        np.trapezoid(current, t), abs=1.0
    )


def test_a_current_that_always_changes_is_refused():
    t = np.arange(2000.0)
    with pytest.raises(InputError, match=r"changes .* times"):
        constant_pieces(t, np.sin(t), "study.toml: experiments[0]: x.csv")


@pytest.mark.parametrize(
    ("extra", "sentence"),
    [
        ('times = ["5 h", "6 h"]\n', "fewer than two rows"),
        ("cycles = [3]\n", "no column of cycles"),
        ("start_stoichiometry = 1.5\n", "start_stoichiometry"),
        ('temperature = "300 degC"\n', "outside the range"),
    ],
)
def test_a_mistake_is_one_sentence(folder, extra, sentence):
    (folder / "wrong.toml").write_text(text(["pulses.csv"], extra))
    with pytest.raises(InputError, match=sentence) as refusal:
        load_study(folder / "wrong.toml")
    assert "\n" not in str(refusal.value)


def test_a_record_beyond_the_cut_offs_is_refused(folder):
    written = text(["pulses.csv"]).replace(
        'coating = "zni2-0.5"\n',
        'coating = "zni2-0.5"\nvalues = { "Upper voltage cut-off" = "3.0 V" }\n',
        1,
    )
    (folder / "narrow.toml").write_text(written)
    with pytest.raises(InputError, match="outside the cell's cut-offs"):
        load_study(folder / "narrow.toml")


def test_steps_predict_what_a_record_of_them_shows(folder, fitted):
    """The pulses as steps of a prediction: the fitted record's voltages at the same times."""
    steps = ", ".join(f'["{v:g} A", "{d:g} s"]' for _, v, d in PULSES)
    written = text(["pulses.csv"]) + (
        f'[[predictions]]\nkind = "voltage"\ncell = "full"\nsteps = [{steps}]\npoints = 26\n'
    )
    (folder / "asked.toml").write_text(written)
    study = load_study(folder / "asked.toml")
    [asked] = study.predictions
    assert asked.hours == pytest.approx(sum(d for *_, d in PULSES) / 3600)
    problem = study.problem()
    values, _ = problem.predictions(fitted.fit.u[None])
    predicted = values[0, [problem.column(name) for name in asked.observables]]
    [record] = fitted.study.experiments
    shown = np.interp(asked.time, record.time, fitted.model(record))
    inside = np.abs(asked.time[:, None] - record.pieces.edges).min(axis=1) > 60
    assert predicted[inside] == pytest.approx(shown[inside], abs=5e-4)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ('file = "pulses.csv"\n', "steps is missing"),
        ('steps = [["0.1 kg", "1 h"]]\n', "steps: the unit 'kg'"),
        ('steps = [["0.1 mA", "0 h"]]\n', "steps must be positive"),
        ('steps = [["0.1 mA"]]\n', "steps"),
    ],
)
def test_a_prediction_without_sense_is_refused(folder, asked, sentence):
    written = text(["pulses.csv"]) + f'[[predictions]]\nkind = "voltage"\ncell = "full"\n{asked}'
    (folder / "wrong.toml").write_text(written)
    with pytest.raises(InputError, match=sentence):
        load_study(folder / "wrong.toml")


def test_a_cell_that_cannot_follow_the_current_is_told(folder):
    """A discharge of many times the cell's capacity, with a voltage that the cell cannot have."""
    rows = "".join(f"{60 * k},-0.0006,{3.4 - 1e-4 * k}\n" for k in range(400))
    (folder / "long.csv").write_text("time/s,I/A,Ecell/V\n" + rows)
    (folder / "long.toml").write_text(text(["long.csv"], 'current_positive_on = "charge"\n'))
    with pytest.raises(FitError, match=r"fails at every start.*long.csv: voltage at"):
        load_study(folder / "long.toml").fit(starts=1)
