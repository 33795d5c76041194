"""A blocking cell in a study: resistance and capacitance come back, and misfit is no noise."""

import re

import numpy as np
import pytest

from ssb_model.errors import InputError
from ssb_model.study import load_study
from ssb_model.study.analysis.processes import comparison, processes
from ssb_model.study.report.page import page

BAND = np.geomspace(1e7, 1e-1, 81)  # Hz
RESISTANCE, TIME, CAPACITY, EXPONENT = 2e3, 5e-6, 4e-7, 0.88  # Ohm, s, F at 1 kHz of both faces
NOISE = 0.003
STUDY = """title = "pellet"
free = [
  { name = "Garnet conductivity" },
  { name = "Garnet bulk relative permittivity", range = ["100", "1e5"] },
  { name = "Negative face double-layer capacity" },
  { name = "Negative face constant-phase exponent" },
]
[cells.pellet]
type = "blocking"
garnet = "unknown-electrolyte"
options = { "double layer" = "constant phase", "garnet permittivity" = "bulk" }
values = { "Garnet grain boundary share" = "0" }
[[experiments]]
kind = "impedance"
cell = "pellet"
file = "FILE"
temperature = "-25 degC"
noise = "estimate"
"""


def circuit(f, exponent=1.0):
    """R beside a capacitor or constant-phase element, and the spike of two faces."""
    s = 2j * np.pi * f
    reference = 2 * np.pi * 1e3
    spike = 1 / (CAPACITY * reference ** (1 - EXPONENT) * s**EXPONENT)
    return RESISTANCE / (1 + (s * TIME) ** exponent) + spike


def written(folder, z, noise=NOISE):
    """Path of a study of one noisy spectrum."""
    rng = np.random.default_rng(5)
    z = z + noise * np.abs(z) * (rng.normal(size=z.shape) + 1j * rng.normal(size=z.shape))
    rows = [f"{f:.17g},{x.real:.17g},{x.imag:.17g}" for f, x in zip(BAND, z, strict=True)]
    text = "\n".join(["frequency/Hz,Re(Z)/Ohm,Im(Z)/Ohm", *rows])
    (folder / "pellet.csv").write_text(text + "\n")
    (folder / "study.toml").write_text(STUDY.replace("FILE", "pellet.csv"))
    return folder / "study.toml"


@pytest.fixture(scope="module")
def fitted(tmp_path_factory):
    path = written(tmp_path_factory.mktemp("blocking"), circuit(BAND))
    return load_study(path).fit(starts=4)


def test_resistance_and_capacitances_lie_in_their_intervals(fitted):
    """Of a cube of 1 cm: R = 100/sigma, and a face's F/m2 are 1e-4 F."""
    truth = {
        "Garnet conductivity": 100 / RESISTANCE,
        "Garnet bulk relative permittivity": 100 * TIME / RESISTANCE / 8.8541878128e-12,
        "Negative face double-layer capacity": 2 * CAPACITY / 1e-4,
        "Negative face constant-phase exponent": EXPONENT,
    }
    rows = {row["parameter"]: row for row in fitted.parameters()}
    inside = [rows[k]["lower95"] <= v <= rows[k]["upper95"] for k, v in truth.items()]
    assert sum(inside) >= len(truth) - 1
    for name, value in truth.items():
        assert rows[name]["value"] == pytest.approx(value, rel=0.01)


def test_the_noise_is_found_and_called_noise(fitted):
    assert list(fitted.noise.values()) == pytest.approx([NOISE], rel=0.2)
    assert not any("misfit" in text or "not meet" in text for text in fitted.warnings())


def test_the_process_is_the_bulk_in_ohm_and_farad(fitted):
    (bulk,) = processes(fitted, fitted.study.experiments[0])
    assert bulk.name == "bulk"
    for value, (low, high), truth in (
        (bulk.resistance, bulk.resistance_95, RESISTANCE),
        (bulk.capacitance, bulk.capacitance_95, TIME / RESISTANCE),
    ):
        assert low < value < high and value == pytest.approx(truth, rel=0.01)
        assert high / low - 1 < 0.02


def test_the_bulk_is_marked_at_the_peak_above_the_spike(fitted):
    marked = comparison(fitted, fitted.study.experiments[0])
    (bulk,) = marked.marks
    assert bulk.peak.resistance == pytest.approx(RESISTANCE, rel=0.05)
    assert "What relaxes" in page(fitted) and "<td>bulk</td>" in page(fitted)


def test_noise_that_is_misfit_is_called_so(tmp_path):
    """A depressed arc fitted as a semicircle: residuals of 1 in units of what they are."""
    path = written(tmp_path, circuit(BAND, exponent=0.7), noise=5e-4)
    fitted = load_study(path).fit(starts=4)
    assert max(fitted.misfit().values()) < 1.1
    assert any("most of it is the model's misfit" in text for text in fitted.warnings())


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('type = "blocking"\n', 'type = "blocking"\ncoating = "bare"\n', "has no coating: remove"),
        ('type = "blocking"\n', 'type = "symmetric"\n', "coating is missing: name one"),
        ('"bulk" }', '"bulk and grain boundary" }', "without grain boundaries"),
        ('"double layer"', '"buffer layer"', 'no option "buffer layer"'),
    ],
)
def test_what_is_no_part_of_a_blocking_cell_is_refused(tmp_path, old, new, sentence):
    path = written(tmp_path, circuit(BAND))
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(InputError, match=sentence) as refusal:
        _ = load_study(path).cells["pellet"].model
    assert "\n" not in str(refusal.value)


def test_a_measured_sulfide_pellet(repository, tmp_path):
    """By the study that the documentation shows: 1.47 kOhm to 1 %, and the misfit is said."""
    name = "PEIS_LPSCl_IonBlocking_-25C.txt"
    paths = [folder / "shared/data/eis" / name for folder in (repository, repository.parent)]
    path = next((path for path in paths if path.exists()), None)
    if path is None:
        pytest.skip(f"{name} is not here")
    shown = (repository / "docs/how-to/fit-impedance.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```toml\n(.*?)```", shown, re.DOTALL)
    text = next(block for block in blocks if 'type = "blocking"' in block)
    (tmp_path / "study.toml").write_text(text.replace("pellet_-25C.txt", path.as_posix()))
    fitted = load_study(tmp_path / "study.toml").fit()
    row = fitted.parameters()[0]
    assert 100 / row["value"] == pytest.approx(1469, rel=0.01)
    assert row["upper95"] / row["lower95"] - 1 < 0.02
    assert any("most of it is the model's misfit" in text for text in fitted.warnings())
