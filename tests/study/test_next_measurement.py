"""What to measure next: brute force agrees, and the advice is the physics."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from markupsafe import escape

from ssb_model import InputError
from ssb_model.cli.fit import fit
from ssb_model.fitting import Problem
from ssb_model.fitting.least_squares.levenberg import minimise
from ssb_model.study import load_fit, load_study
from ssb_model.study.design.candidates import candidates
from ssb_model.study.design.jacobians import with_only
from ssb_model.study.design.outlook import outlook

REPEATS = 200
TRUTH = 0.5  # coordinate of every parameter: away from the priors' centre, where two halves meet
SYMMETRIC = (
    'title = "synthetic"\n[cells.coated]\ntype = "symmetric"\ncoating = "zni2-0.5"\n'
    'options = { "interface growth" = "none" }\n'
)
SPECTRUM = 'kind = "impedance"\ncell = "coated"\nnoise = "0.5 %"\n'
ENERGY = "Garnet conductivity activation energy"
FACE = "Negative face exchange-current density"


def free(*names):
    return "".join(f'[[free]]\nname = "{name}"\n' for name in names)


#: what is measured, what could be, and the parameter that it would determine
CASES = {
    "activation energy from a second temperature": (
        SYMMETRIC
        + f'[[experiments]]\n{SPECTRUM}file = "1.csv"\ntemperature = "30 degC"\n'
        + f'[[candidates]]\n{SPECTRUM}frequencies = ["1 kHz", "7 MHz"]\ntemperature = "60 degC"\n'
        + free("Garnet conductivity", ENERGY),
        np.logspace(3, 6.5, 30),
        ENERGY,
    ),
    "charge transfer from low frequencies": (
        SYMMETRIC
        + f'[[experiments]]\n{SPECTRUM}file = "1.csv"\n'
        + f'[[candidates]]\n{SPECTRUM}frequencies = ["1 Hz", "1 MHz"]\n'
        + free("Garnet conductivity", FACE, "Negative face double-layer capacity"),
        np.logspace(5.5, 6.5, 10),
        FACE,
    ),
    "charge transfer from a voltage at constant current": (
        SYMMETRIC
        + f'[[experiments]]\n{SPECTRUM}file = "1.csv"\n'
        + '[[candidates]]\nkind = "polarisation"\ncell = "coated"\nduration = "1 h"\n'
        + 'current_density = ["0.1 mA/cm2", "1 mA/cm2"]\nnoise = "0.5 mV"\n'
        + free("Garnet conductivity", FACE),
        np.logspace(6, 6.8, 10),
        FACE,
    ),
}


def synthetic(folder, text, frequencies):
    """The study with the model's own answer at :data:`TRUTH` as data."""
    rows = "".join(f"{f:.17g},1,-1\n" for f in frequencies)
    (folder / "1.csv").write_text("frequency/Hz,Re(Z)/Ohm,Im(Z)/Ohm\n" + rows)
    (folder / "study.toml").write_text(text)
    blank = load_study(folder / "study.toml")
    problem = blank.problem()
    exact, _ = problem.predictions(np.full((1, len(problem.space)), TRUTH))
    return replace(blank, experiments=tuple(answered(problem, blank.experiments, exact[0])))


def answered(problem, experiments, values):
    """Experiments with the values that the model gives them."""
    for e in experiments:
        yield e.with_measured(values[[problem.column(name) for name in e.observables]])


def spread_after(study, u, rng):
    """Standard deviations of u refitted to data, candidates and priors, all with new noise."""
    space = study.problem().space
    simulators = [*study.simulators(), *with_only(study, candidates(study)).simulators()]
    bare = Problem(space, simulators, [])
    values = bare.predictions(u[None])[0][0]
    everything = [*study.experiments, *candidates(study)]
    data = [d for e in answered(bare, everything, values) for d in e.data()]
    problem = Problem(space, simulators, data)
    at_u = problem.residuals(u[None])[0]
    noise = rng.normal(size=(REPEATS, at_u.shape[1]))

    def residuals(tried, noise):
        r, J = problem.residuals(tried)
        return r - at_u - noise, J

    minimum = minimise(residuals, np.tile(u, (REPEATS, 1)), own=noise)
    assert minimum.converged.all()
    return minimum.u.std(axis=0)


@pytest.mark.verify
@pytest.mark.parametrize("case", CASES)
def test_the_expected_width_is_that_of_brute_force(tmp_path, case):
    text, frequencies, label = CASES[case]
    study = synthetic(tmp_path, text, frequencies)
    fitted = study.fit(starts=1).with_outlook()
    [advice] = [a for a in fitted.outlook.advice if a.parameter == label]
    assert advice.determined and advice.width > 0.5
    [candidate] = fitted.outlook.candidates
    spread = spread_after(study, fitted.fit.u, np.random.default_rng(2))
    expected = [candidate.widths[k] for k in fitted.fit.problem.space.labels]
    print(f"\n{case}: expected {np.round(expected, 4)}, brute force {np.round(spread, 4)}")
    np.testing.assert_allclose(spread, expected, rtol=0.15)


@pytest.fixture(scope="module")
def one_temperature(tmp_path_factory):
    """A fit to one spectrum at 30 °C, whose activation energy is open; no candidates named."""
    text = SYMMETRIC + f'[[experiments]]\n{SPECTRUM}file = "1.csv"\ntemperature = "30 degC"\n'
    text += free("Garnet conductivity", ENERGY, "Negative face layer electronic conductivity")
    folder = tmp_path_factory.mktemp("next")
    study = synthetic(folder, text, np.logspace(-2, 6.9, 60))
    [spectrum] = study.experiments
    rows = zip(spectrum.frequency, spectrum.impedance, strict=True)
    lines = [f"{f:.17g},{z.real:.17g},{z.imag:.17g}" for f, z in rows]
    (folder / "1.csv").write_text("\n".join(["frequency/Hz,Re(Z)/Ohm,Im(Z)/Ohm", *lines]) + "\n")
    return load_study(folder / "study.toml").fit(starts=1).with_outlook()


def test_an_activation_energy_asks_for_the_temperature_farthest_away(one_temperature):
    [advice] = [a for a in one_temperature.outlook.advice if a.parameter == ENERGY]
    assert advice.determined
    assert advice.measurements == ("spectrum of coated at 80 °C, 10 mHz to 7 MHz",)
    assert "determined by one more measurement: spectrum of coated at 80 °C" in str(advice)


def test_what_no_usual_measurement_tells_of_is_said(one_temperature):
    """The electronic conductivity of a layer far above its ionic one."""
    [advice] = [a for a in one_temperature.outlook.advice if a.parameter != ENERGY]
    assert not advice.determined
    assert str(advice).startswith("None of the 6 candidates would narrow Negative face layer")


def test_the_usual_candidates_are_those_not_measured_yet(one_temperature):
    names = {candidate.name for candidate in candidates(one_temperature.study)}
    assert "spectrum of coated at 25 °C, 10 mHz to 7 MHz" in names
    [measured] = one_temperature.study.experiments
    at_25 = replace(measured, temperature=298.15)
    names = {c.name for c in candidates(replace(one_temperature.study, experiments=(at_25,)))}
    assert "spectrum of coated at 25 °C, 10 mHz to 7 MHz" not in names and len(names) == 5


def test_the_advice_is_told_in_terminal_page_and_file_and_is_reloaded(
    one_temperature, tmp_path, capsys
):
    fit(one_temperature.study.path, tmp_path, 1)
    said = " ".join(capsys.readouterr().err.split())
    again = load_fit(tmp_path / "fit.json")
    assert again.outlook == one_temperature.outlook
    for advice in again.outlook.advice:
        assert f"next: {advice}" in said
        assert escape(str(advice)) in (tmp_path / "fit.html").read_text()


class TestMadeUp:
    """Data on a alone; candidates that measure b, b + c, and nothing."""

    data = np.array([[100.0, 0, 0]])
    names = ("b", "b and c", "nothing")
    rows = (np.array([[0, 10.0, 0]]), np.array([[0, 10.0, 10.0]]), np.zeros((1, 3)))
    wanted = tuple(SimpleNamespace(name=name, hours=2.0) for name in names)

    def advice(self, take):
        chosen = [self.wanted[k] for k in take], [self.rows[k] for k in take]
        return {a.parameter: a for a in outlook(self.data, ("a", "b", "c"), *chosen).advice}

    def test_what_is_determined_needs_no_advice(self):
        assert set(self.advice([0, 1])) == {"b", "c"}

    def test_a_pair_is_named_where_none_alone_would_do(self):
        advice = self.advice([0, 1, 2])["c"]
        assert advice.measurements == ("b", "b and c") and advice.hours == 4.0 and advice.determined
        assert str(advice).startswith("None of the 3 candidates would alone determine c, but two")

    def test_the_expected_width_is_the_closed_form(self):
        assert self.advice([0])["b"].expected == pytest.approx(1 / np.sqrt(101))

    def test_where_not_even_two_would_do_the_closest_is_named(self):
        advice = self.advice([1, 2])["c"]
        assert not advice.determined and advice.measurements == ("b and c",)
        assert "nor any two; closest comes b and c (2 h), from 100 %" in str(advice)

    def test_one_without_an_answer_is_left_out(self):
        rows = [self.rows[0], np.full((1, 3), np.nan)]
        expected = outlook(self.data, ("a", "b", "c"), self.wanted[:2], rows)
        assert expected.left_out == ("b and c",) and len(expected.candidates) == 1


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        (f'{SPECTRUM}frequencies = ["1 Hz", "1 MHz"]\n'.replace("0.5 %", "estimate"), "noise"),
        (SPECTRUM, "needs frequencies"),
        (SPECTRUM.replace("coated", "coted"), "Did you mean 'coated'"),
        (
            'kind = "polarisation"\ncell = "coated"\ncurrent_density = ["1 mA/cm2"]\n'
            'voltage = ["1 V"]\nduration = "1 h"\nnoise = "1 mV"\n',
            "no measured values",
        ),
    ],
)
def test_a_mistake_in_a_candidate_is_one_sentence(tmp_path, table, sentence):
    text = CASES["activation energy from a second temperature"][0]
    with pytest.raises(InputError, match=sentence) as refusal:
        synthetic(tmp_path, f"{text}[[candidates]]\n{table}", np.logspace(3, 6, 4))
    assert "\n" not in str(refusal.value) and "candidates[1]" in str(refusal.value)


def test_a_spectrum_costs_the_time_of_its_lowest_frequencies(tmp_path):
    text, frequencies, _ = CASES["charge transfer from low frequencies"]
    lower = text.replace('["1 Hz", "1 MHz"]', '["0.1 Hz", "1 MHz"]')
    hours = [candidates(synthetic(tmp_path, t, frequencies))[0].hours for t in (text, lower)]
    assert hours[1] == pytest.approx(10 * hours[0], rel=1e-4)
