"""Which experiment next: the ranking is that of brute force, and the advice is the physics."""

import json
from types import SimpleNamespace

import numpy as np
import pytest

from ssb_model import InputError
from ssb_model.cli.next import next_experiment
from ssb_model.fitting import Problem
from ssb_model.fitting.least_squares.levenberg import minimise
from ssb_model.library.toml_file import read_toml
from ssb_model.prediction import load_cell, load_coating
from ssb_model.prediction.design.candidates_file import CandidatesTable
from ssb_model.prediction.design.next_experiment import known_of, rank_for_coating
from ssb_model.prediction.questions import CRITICAL_CURRENT, questions
from ssb_model.study.design.jacobians import with_only
from ssb_model.study.design.ranking import rank
from ssb_model.study.file.experiments import read_experiments

REPEATS = 200
CELL = (
    '[values]\n"Garnet thickness" = ["0.8 mm", "0.9 mm"]\n'
    '"Garnet conductivity" = ["0.65 mS/cm", "0.75 mS/cm"]\n'
    '"Garnet grain boundary share" = "15 %"\n'
    '"Garnet conductivity activation energy" = ["0.34 eV", "0.36 eV"]\n'
    '"Garnet grain boundary effective permittivity" = ["0.9e-9 F/cm", "1.1e-9 F/cm"]\n'
)  # narrow, so that the model is nearly straight over what is open
SPECTRUM = '[[candidates]]\nkind = "impedance"\nfrequencies = ["1 Hz", "30 MHz"]\nnoise = "1 %"\n'
POLARISATION = '[[candidates]]\nkind = "polarisation"\ncell = "symmetric"\nduration = "1 h"\n'
#: a coating, what is asked for, and three experiments
CASES = {
    "a resistance when warm": (
        'name = "a"\ntype = "ionic"\nthickness = ["180 nm", "220 nm"]\n'
        'ionic_conductivity = ["3e-6 S/cm", "4e-6 S/cm"]\n'
        'exchange_current_density = ["11 mA/cm2", "14 mA/cm2"]\n'
        'activation_energy = ["24 kJ/mol", "28 kJ/mol"]\ncontact_fraction = "100 %"\n'
        '[values]\n"double-layer capacity" = ["0.9 uF/cm2", "1.1 uF/cm2"]\n',
        "interface resistance at 60 degC",
        f'{SPECTRUM}cell = "symmetric"\ntemperature = "25 degC"\n'
        f'{SPECTRUM}cell = "symmetric"\ntemperature = "60 degC"\n'
        f'{POLARISATION}current_density = ["1 mA/cm2"]\nnoise = "0.1 mV"\n',
    ),
    "the polarisation of a bare garnet": (
        'name = "b"\ntype = "none"\ncontact_fraction = ["0.0048", "0.0052"]\n'
        'exchange_current_density = ["11 mA/cm2", "14 mA/cm2"]\n'
        '[values]\n"contact spacing" = ["190 um", "210 um"]\n'
        '"double-layer capacity" = ["0.9 uF/cm2", "1.1 uF/cm2"]\n',
        "polarisation at 0.5 mA/cm2",
        f'{SPECTRUM}cell = "symmetric"\ntemperature = "25 degC"\n'
        f'{SPECTRUM}cell = "symmetric"\ntemperature = "80 degC"\n'
        f'{POLARISATION}current_density = ["0.2 mA/cm2"]\nnoise = "1 mV"\n',
    ),
    "a capacity at high rate": (
        'name = "c"\ntype = "mixed"\nthickness = ["180 nm", "220 nm"]\n'
        'ionic_conductivity = ["5e-6 S/cm", "7e-6 S/cm"]\n'
        'exchange_current_density = ["11 mA/cm2", "14 mA/cm2"]\ncontact_fraction = "100 %"\n'
        '[values]\n"double-layer capacity" = ["0.9 uF/cm2", "1.1 uF/cm2"]\n'
        '"layer thermodynamic factor" = ["90", "110"]\n',
        "capacity at 1C",
        '[[candidates]]\nkind = "rate"\ncell = "full"\nc_rate = [0.8]\nnoise = "1 mAh/g"\n'
        '[[candidates]]\nkind = "rate"\ncell = "full"\nc_rate = [0.5]\nnoise = "1 mAh/g"\n'
        f'{SPECTRUM}cell = "symmetric"\ntemperature = "25 degC"\n',
    ),
}
CATHODE = (
    '"Positive electrode utilisation" = ["0.90", "0.94"]\n'
    '"Positive particle reference diffusivity" = ["1.5e-19 m2/s", "6e-19 m2/s"]\n'
    '"Cathode-side resistance" = ["90 ohm cm2", "110 ohm cm2"]\n'
)


@pytest.fixture
def synthetic(tmp_path):
    """A coating, its cell and experiments as files; what is known of it."""

    def made(coating, experiments, cell=CELL):
        for name, text in (("coating", coating), ("cell", cell), ("next", experiments)):
            (tmp_path / f"{name}.toml").write_text(text)
        return SimpleNamespace(
            coating=tmp_path / "coating.toml",
            cell=tmp_path / "cell.toml",
            file=tmp_path / "next.toml",
            known=known_of(
                load_coating(tmp_path / "coating.toml"), load_cell(tmp_path / "cell.toml")
            ),
        )

    return made


def spread_after(known, experiment, question, rng):
    """Standard deviation of the answer refitted to prior, what is known and an experiment, all
    with new noise each time; without an experiment that now."""
    study, size = known.study, len(known.u)
    wanted = [experiment] if experiment else []
    problem = Problem(study.free.space, with_only(study, wanted).simulators() if wanted else [], [])
    J_known = np.concatenate([known.J, np.eye(size)])
    noise = rng.normal(size=(REPEATS, len(J_known)))
    if wanted:
        names = experiment.observables
        at = [problem.column(name) for name in names]
        exact = problem.predictions(known.u[None])[0][0, at]
        sd = experiment.with_measured(exact).standard_deviations()
        of_data = rng.normal(size=(REPEATS, len(names)))

    def residuals(u, own):
        r = (u - known.u) @ J_known.T - noise[own]
        J = np.broadcast_to(J_known, (len(u), *J_known.shape))
        if not wanted:
            return r, J
        values, slopes = problem.predictions(u)
        data = (values[:, at] - exact) / sd - of_data[own]
        return np.concatenate([data, r], axis=1), np.concatenate(
            [slopes[:, at] / sd[:, None], J], axis=1
        )

    found = minimise(residuals, np.tile(known.u, (REPEATS, 1)), own=np.arange(REPEATS))
    assert found.converged.all()
    cell = study.cells[question.cell]
    experiments = question.experiments(cell)
    [simulator] = experiments[0].simulators(cell, experiments, study.free.mapping(cell.name))
    return float(simulator.values(study.free.space, found.u)[:, 0].std())


@pytest.mark.verify
@pytest.mark.parametrize("case", CASES)
def test_the_ranking_is_that_of_brute_force(case, synthetic):
    coating, about, experiments = CASES[case]
    cell = 'charge = "full"\n' + CELL + CATHODE if "capacity" in about else CELL
    made = synthetic(coating, experiments, cell)
    known, [question] = made.known, questions([about])
    tables = CandidatesTable.model_validate(read_toml(made.file)).candidates
    wanted = read_experiments(tables, "candidates", made.file, known.study.cells)
    found = rank_for_coating(made.coating, [about], made.cell, made.file, of_the_mean=True)
    rng = np.random.default_rng(3)
    now = spread_after(known, None, question, rng)
    brute = {e.name: spread_after(known, e, question, rng) / now for e in wanted}
    expected = {t.name: t.widths[about] for t in found}
    for name, width in expected.items():
        print(f"\n{case}: {name}: expected {width:.3f}, brute force {brute[name]:.3f}")
    assert list(expected) == sorted(brute, key=brute.get)
    for name, width in expected.items():
        assert brute[name] == pytest.approx(width, rel=0.2)


def named(count):
    return [SimpleNamespace(name=f"experiment {k}", hours=float(k)) for k in range(count)]


def test_of_a_straight_model_the_width_left_is_the_textbook_one():
    """One unknown of prior variance 1, measured with standard deviation s: s^2/(1 + s^2)."""
    [telling] = rank(np.zeros((0, 1)), {"y": np.array([2.0])}, named(1), [np.array([[1 / 0.5]])])
    assert telling.widths["y"] == pytest.approx(np.sqrt(0.25 / 1.25))
    assert telling.information == pytest.approx(0.5 * np.log(1.25 / 0.25))


def test_what_no_parameter_says_of_a_further_cell_is_left_by_every_experiment():
    """Variance 1 of the mean and b^2 beside it; s^2/(1 + s^2) + b^2 once the mean is measured."""
    s, b = 0.5, 0.3
    asked, row = {"y": np.array([1.0])}, [np.array([[1 / s]])]
    [telling] = rank(np.zeros((0, 1)), asked, named(1), row, {"y": b})
    left = (s**2 / (1 + s**2) + b**2) / (1 + b**2)
    assert telling.widths["y"] == pytest.approx(np.sqrt(left))
    assert telling.information == pytest.approx(-0.5 * np.log(left))


def test_what_does_not_touch_the_question_tells_nothing():
    best, other = rank(
        np.zeros((0, 2)),
        {"y": np.array([1.0, 0.0])},
        named(2),
        [np.array([[0.0, 9.0]]), np.array([[1.0, 0.0]])],
    )
    assert best.name == "experiment 1"
    assert other.information == pytest.approx(0.0, abs=1e-9)


def test_one_thing_asked_for_twice_counts_once():
    g = np.array([1.0, 0.5])
    once, twice = (
        rank(np.zeros((0, 2)), asked, named(1), [np.eye(2)])[0]
        for asked in ({"y": g}, {"y": g, "2 y": 2 * g})
    )
    assert twice.information == pytest.approx(once.information, rel=1e-3)


@pytest.fixture
def layered(synthetic):
    return synthetic(*(CASES["a resistance when warm"][k] for k in (0, 2)))


def test_a_warm_resistance_asks_for_a_warm_spectrum(layered):
    best, *_ = rank_for_coating(
        layered.coating, ["interface resistance at 60 degC"], layered.cell, layered.file
    )
    assert "60" in best.name or "candidate 2" in best.name


def test_a_further_cell_leaves_more_open_than_the_mean_one(layered):
    """Its resistance is 30 % another one's, however well the mean is known, and is measured."""
    asked = layered.coating, ["interface resistance at 60 degC"], layered.cell, layered.file
    further, mean = (rank_for_coating(*asked, of_the_mean=m) for m in (False, True))
    assert [t.name for t in further] == [t.name for t in mean]
    for one, other in zip(further, mean, strict=True):
        assert one.widths[asked[1][0]] > other.widths[asked[1][0]]
    known, [question] = layered.known, questions(asked[1])
    [value] = known.gradient(question)[0]
    assert known.beyond(asked[1][0]) == pytest.approx(value * np.hypot(0.3, 0.05), rel=0.01)


def test_a_ramp_leaves_what_differs_between_cells():
    from ssb_model.prediction.design.batch import BETWEEN_CELLS, BatchRamp

    scatter, left = 0.8, 0.6
    weight = BatchRamp("ramp", 1.0, left).weight(scatter)
    learnt = scatter**2 - BETWEEN_CELLS**2
    after = learnt / (1 + weight**2) + BETWEEN_CELLS**2
    assert np.sqrt(after) == pytest.approx(left * scatter)


def test_only_a_ramp_tells_of_the_critical_current(layered):
    ramp = '[[candidates]]\nkind = "critical current"\ncell = "symmetric"\nnoise = "30 %"\n'
    layered.file.write_text(layered.file.read_text() + ramp)
    best, *others = rank_for_coating(
        layered.coating, [CRITICAL_CURRENT], layered.cell, layered.file
    )
    assert best.name.startswith("ramp")
    assert best.information > 0.1
    assert all(t.information < 0.1 * best.information for t in others)


def test_the_command_prints_json(layered, capsys):
    next_experiment(layered.coating, ["cell resistance"], layered.cell, layered.file, json=True)
    found = json.loads(capsys.readouterr().out)
    assert found["about"] == ["cell resistance"]
    assert len(found["experiments"]) == 3


@pytest.mark.parametrize(
    ("about", "candidates", "told"),
    [
        (["capacity at 1"], None, 'nothing answers "capacity at 1"'),
        ([], None, "say what you want to know"),
        (["capacity at 1C"], "nothing = 1\n", "unknown key"),
        (["capacity at 1C"], f'{SPECTRUM}cell = "pouch"\n', 'write "symmetric" or "full"'),
        (
            ["capacity at 1C"],
            '[[candidates]]\nkind = "impedance"\ncell = "full"\nfrequencies = ["1 Hz", "1 MHz"]\n'
            'noise = "estimate"\n',
            "noise",
        ),
    ],
)
def test_a_mistake_gets_one_sentence(layered, about, candidates, told):
    if candidates:
        layered.file.write_text(candidates)
    with pytest.raises(InputError, match=told.replace("(", r"\(")):
        next_experiment(layered.coating, about, layered.cell, layered.file if candidates else None)
