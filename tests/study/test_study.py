"""A study fitted: the truth of synthetic data comes back, and what data cannot tell is said."""

import json
from dataclasses import replace

import numpy as np
import pytest

from ssb_model.study import load_study
from ssb_model.study.report.page import page

FREQUENCIES = np.logspace(-1, 6.8, 60)
TEMPERATURES = (25, 60)
NOISE = 0.005
FREE = (
    "Garnet conductivity",
    "Garnet conductivity activation energy",
    "Garnet grain boundary effective permittivity",
    "Negative face exchange-current density",
    "Negative face double-layer capacity",
    "Negative face layer electronic conductivity",
)
TRUTH = {
    "Garnet conductivity": 0.06,
    "Garnet conductivity activation energy": 31e3,
    "Garnet grain boundary effective permittivity": 2e-7,
    "Negative face exchange-current density": 180.0,
    "Negative face double-layer capacity": 0.014,
}


def study_text(noise):
    text = 'title = "synthetic"\n[cells.coated]\ntype = "symmetric"\ncoating = "zni2-0.5"\n'
    for T in TEMPERATURES:
        text += (
            f'[[experiments]]\nkind = "impedance"\ncell = "coated"\nfile = "synthetic_{T}.csv"\n'
            f'temperature = "{T} degC"\nnoise = "{noise}"\n'
        )
    return text + "".join(f'[[free]]\nname = "{name}"\n' for name in FREE)


def write_spectrum(path, z):
    rows = zip(FREQUENCIES, z.real, z.imag, strict=True)
    lines = [
        "frequency/Hz,Re(Z)/Ohm,Im(Z)/Ohm",
        *(f"{f:.17g},{a:.17g},{b:.17g}" for f, a, b in rows),
    ]
    path.write_text("\n".join(lines) + "\n")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Synthetic spectra of known parameters with noise of known size."""
    folder = tmp_path_factory.mktemp("study")
    (folder / "study.toml").write_text(study_text("0.5 %"))
    for T in TEMPERATURES:
        write_spectrum(folder / f"synthetic_{T}.csv", np.ones(60) + 0j)
    blank = load_study(folder / "study.toml")
    rng = np.random.default_rng(3)
    inputs = {blank.free.inputs[label]["coated"][0]: value for label, value in TRUTH.items()}
    for T in TEMPERATURES:
        at = inputs | {"Ambient temperature [K]": T + 273.15}
        z = blank.cells["coated"].compiled.impedance(FREQUENCIES, at)
        noise = rng.normal(size=(2, 60)) * NOISE * np.abs(z)
        write_spectrum(folder / f"synthetic_{T}.csv", z + noise[0] + 1j * noise[1])
    return folder


@pytest.fixture(scope="module")
def fitted(folder):
    return load_study(folder / "study.toml").fit(starts=4)


def test_the_truth_lies_in_the_intervals(fitted):
    rows = {row["parameter"]: row for row in fitted.parameters()}
    inside = [rows[k]["lower95"] <= v <= rows[k]["upper95"] for k, v in TRUTH.items()]
    assert sum(inside) >= len(TRUTH) - 1
    for label, value in TRUTH.items():
        assert rows[label]["value"] == pytest.approx(value, rel=0.1)


def test_residuals_are_as_large_as_the_noise(fitted):
    assert all(0.85 < value < 1.15 for value in fitted.misfit().values())


def test_what_the_spectra_cannot_tell_is_said(fitted):
    """A mixed layer's electronic conductivity hides behind its ionic one."""
    rows = {row["parameter"]: row for row in fitted.parameters()}
    assert not rows["Negative face layer electronic conductivity"]["determined"]
    named = {label for d in fitted.fit.undetermined() for label in d.loadings}
    assert "Negative face layer electronic conductivity" in named


def test_noise_is_estimated_where_it_is_asked_for(folder):
    (folder / "estimated.toml").write_text(study_text("estimate"))
    fitted = load_study(folder / "estimated.toml").fit(starts=2)
    for value in fitted.noise.values():
        assert value == pytest.approx(NOISE, rel=0.2)


def test_profiles_agree_with_the_intervals_of_what_is_determined(fitted):
    rows = {row["parameter"]: row for row in fitted.parameters()}
    for profile in fitted.with_profiles().profiles:
        row = rows[profile.label]
        if row["determined"]:
            width = row["upper95"] - row["lower95"]
            assert profile.upper95 - profile.lower95 == pytest.approx(width, rel=0.15)


def test_the_fitted_cell_goes_back_to_pybamm(fitted):
    values = fitted.parameter_values("coated")
    conductivity = fitted.fit.parameters["Garnet conductivity"]
    assert values["Garnet conductivity [S.m-1]"] == conductivity


def test_the_page_stands_alone_and_warns(fitted):
    text = page(fitted.with_profiles())
    assert text.startswith("<!doctype html>") and "http" not in text
    assert text.count("data:image/png") == 2 * len(TEMPERATURES) + len(FREE)
    assert "Not determined by these data: Negative face layer electronic conductivity." in text
    assert "not determined" in text
    assert text.count("<table") == text.count('<div class="wide"><table')  # scroll on a phone
    assert 'content="width=device-width' in text


def test_a_title_that_looks_like_an_element_is_text_on_the_page(fitted):
    hostile = "<img src=x onerror=alert(1)>"
    study = replace(fitted.study, title=hostile)
    text = page(replace(fitted, study=study))
    assert hostile not in text
    assert text.count("&lt;img src=x onerror=alert(1)&gt;") == 2  # title and heading


def test_a_model_that_does_not_meet_the_data_is_said_before_the_numbers(folder):
    """Noise stated ten times too small: residuals ten times the noise."""
    (folder / "narrow.toml").write_text(study_text("0.05 %"))
    warnings = load_study(folder / "narrow.toml").fit(starts=2).warnings()
    assert sum("does not meet these data" in text for text in warnings) == len(TEMPERATURES)


def test_a_value_far_from_its_prior_is_said(folder, fitted):
    """The garnet of 0.06 S/m, believed to conduct ten times better."""
    text = study_text("0.5 %").replace(
        '[[free]]\nname = "Garnet conductivity"\n',
        '[[free]]\nname = "Garnet conductivity"\nrange = ["5 mS/cm", "7 mS/cm"]\n',
    )
    assert "range" in text
    (folder / "believed.toml").write_text(text)
    warnings = load_study(folder / "believed.toml").fit(starts=1).warnings()
    assert any(
        text.startswith("Garnet conductivity = 0.0") and "prior" in text for text in warnings
    )
    assert not any("far from its prior" in text for text in fitted.warnings())


def test_every_spectrum_is_validated(fitted):
    verdicts = fitted.validations()
    assert len(verdicts) == len(TEMPERATURES)
    assert all("Do not fit" not in text for text in verdicts.values())


def test_the_result_is_finite_json_with_checksum(fitted):
    content = json.loads(fitted.to_json())
    assert len(content["study"]["sha256"]) == 64
    assert [row["parameter"] for row in content["parameters"]] == list(FREE)
