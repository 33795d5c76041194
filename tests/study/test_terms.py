"""Scatter between spectra, the order of arcs, and noise that spectra of one cell share."""

import numpy as np
import pytest

from ssb_model import (
    CellTable,
    FreeTable,
    ImpedanceTable,
    InputError,
    make_study,
    read_impedance,
)
from ssb_model.study.terms import estimated_noise
from tests.bench.benches import random_truth, spectrum, zarc

CELSIUS = (25, 40, 60, 80)
OPTIONS = {
    "leads": "series",
    "double layer": "constant phase",
    "garnet relaxation": "constant phase",
    "garnet permittivity": "bulk and grain boundary",
}


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """Function of a name, frequencies and impedance [Ohm] to a dataset."""
    folder = tmp_path_factory.mktemp("spectra")

    def read(name, f, z):
        head = "# synthetic\nFrequency [Hz],Re(Z) [Ohm],Im(Z) [Ohm]\n"
        rows = (f"{a:.8g},{b.real:.8g},{b.imag:.8g}\n" for a, b in zip(f, z, strict=True))
        (folder / f"{name}.csv").write_text(head + "".join(rows))
        return read_impedance(folder / f"{name}.csv")

    return read


def free(name, low, high, **more):
    return FreeTable(name=name, range=[low, high], **more)


FREE = [
    "Lead resistance",
    "Lead inductance",
    free("Garnet conductivity", "0.05 mS/cm", "5 mS/cm", scatter="3 %"),
    free("Garnet conductivity activation energy", "20 kJ/mol", "60 kJ/mol"),
    "Garnet grain boundary share",
    free("Garnet bulk relative permittivity", "20", "200"),
    free("Garnet grain boundary effective permittivity", "1e-12 F/cm", "1e-8 F/cm"),
    "Negative face interface activation energy",
    free("Negative face double-layer capacity", "1e-8 F/cm2", "1e-2 F/cm2", scatter="30 %"),
    "Negative face constant-phase exponent",
]


@pytest.fixture(scope="module")
def bench():
    """A bare cell at four temperatures, its truth, and the interface resistances as measured."""
    rng = np.random.default_rng(3)
    truth = random_truth(rng)
    spectra = [spectrum(truth, "bare", T + 273.15, rng) for T in CELSIUS]
    return truth, [(f, z) for f, z, _ in spectra], np.array([own for *_, own in spectra])


@pytest.fixture(scope="module")
def study(measured):
    """Function of truth, spectra and free parameters to a study."""

    def make(truth, spectra, free):
        return made(measured, truth, spectra, free)

    return make


def made(measured, truth, spectra, free):
    cell = CellTable(
        type="symmetric",
        coating="interface",
        options=OPTIONS,
        values={
            "Cell area": f"{truth.area:.6g} cm2",
            "Garnet thickness": f"{10 * truth.thickness:.6g} mm",
        },
    )
    tables = [
        ImpedanceTable(data=measured(f"{T}C", f, z), temperature=f"{T} degC", noise="estimate")
        for T, (f, z) in zip(CELSIUS, spectra, strict=True)
    ]
    return make_study(cell, tables, free)


@pytest.fixture(scope="module")
def scattered(bench, study):
    truth, spectra, _ = bench
    own = free("Negative face interface resistance", "0.5 ohm cm2", "5000 ohm cm2", scatter="5 %")
    return study(truth, spectra, [*FREE, own]).fit(starts=2)


def test_contacts_that_scatter_leave_the_activation_energy_right(bench, scattered):
    truth, *_ = bench
    rows = {row["parameter"]: row for row in scattered.parameters()}
    energy = rows["Negative face interface activation energy"]
    assert energy["lower95"] < 1e3 * truth.faces["bare"].energy < energy["upper95"]
    assert not any("deviation" in name for name in rows)


def test_the_size_of_the_scatter_is_reported(scattered):
    rows = {row["parameter"]: row for row in scattered.scatter()}
    contact = rows["Negative face interface resistance"]
    assert contact["spectra"] == 4
    assert contact["lower95"] < 1.5 < contact["upper95"]
    assert contact["lower95"] < contact["percent"] < contact["upper95"]


def test_each_spectrum_has_its_own_resistance(bench, scattered):
    _, _, own = bench
    numbers = scattered.fit.parameters
    energy = numbers["Negative face interface activation energy"]
    for k, e in enumerate(scattered.study.experiments):
        law = np.exp(energy / 8.314462618 * (1 / e.temperature - 1 / 298.15))
        by = numbers[e.deviations["Negative face interface resistance"]]
        R = 1e4 * numbers["Negative face interface resistance"] * law * by
        assert abs(R / own[k] - 1) < 0.025


def test_a_saved_fit_with_scatter_reloads(scattered, tmp_path):
    from ssb_model import load_fit

    scattered.save(tmp_path / "fit.json")
    again = load_fit(tmp_path / "fit.json")
    assert again.scatter() == scattered.scatter()
    assert again.parameters() == scattered.parameters()


def test_no_spectrum_wins_over_its_neighbours(bench, study):
    truth, spectra, _ = bench
    f, z = spectra[1]
    spoilt = [*spectra]
    spoilt[1] = f, z * np.linspace(1, 1.3, len(z))  # a contact that was lost during the sweep
    fit = study(truth, spoilt, [*FREE, "Negative face interface resistance"]).fit(starts=1)
    noise = [fit.noise[e.name] for e in fit.study.experiments]
    assert max(noise) < 1.3 * min(noise)
    assert any("no law of" in text or "misfit" in text for text in fit.warnings())


def test_one_spectrum_has_the_noise_of_its_residuals(bench, measured):
    _, spectra, _ = bench
    cell = CellTable(type="symmetric", coating="interface", options=OPTIONS)
    f, z = spectra[0]
    one = ImpedanceTable(data=measured("one", f, z), noise="estimate")
    fit = make_study(cell, one, ["Garnet conductivity"]).fit(starts=1)
    [e] = fit.study.experiments
    assert estimated_noise(fit.fit, [e], fit.noise)[e.name] == pytest.approx(
        fit.noise[e.name], rel=0.05
    )


def electrolyte(bulk, boundary):
    """Two arcs and a spike: resistance, capacitance (F) and exponent of each arc."""
    f = np.geomspace(5e6, 1, 60)
    z = zarc(f, *bulk) + zarc(f, *boundary) + 1 / (1e-6 * (2j * np.pi * f) ** 0.85)
    rng = np.random.default_rng(1)
    return f, z * (1 + 0.003 * (rng.normal(size=60) + 1j * rng.normal(size=60)))


@pytest.mark.parametrize(
    ("bulk", "boundary"),
    [
        ((1.5e5, 7e-12, 0.9), (2.0e6, 1.7e-11, 0.85)),
        ((2.0e4, 1e-11, 0.9), (5.0e3, 5e-10, 0.85)),
        ((1.0e5, 5e-12, 0.95), (1.0e5, 1e-10, 0.8)),
    ],
)
def test_the_bulk_is_the_faster_arc(measured, bulk, boundary):
    f, z = electrolyte(bulk, boundary)
    cell = CellTable(
        type="blocking",
        garnet="unknown-electrolyte",
        options={k: v for k, v in OPTIONS.items() if k != "leads"},
    )
    table = ImpedanceTable(data=measured("pellet", f, z), noise="estimate", temperature="200 degC")
    names = [
        free("Garnet conductivity", "1e-9 S/cm", "1e-1 S/cm"),
        free("Garnet grain boundary share", "1 %", "98 %"),
        free("Garnet grain boundary effective permittivity", "1e-13 F/cm", "1e-7 F/cm"),
        "Garnet grain boundary constant-phase exponent",
        free("Garnet bulk relative permittivity", "2", "90000"),
        "Garnet bulk constant-phase exponent",
        free("Negative face double-layer capacity", "1e-9 F/cm2", "1e-3 F/cm2"),
        "Negative face constant-phase exponent",
    ]
    fit = make_study(cell, table, names).fit(starts=8)
    numbers = fit.fit.parameters
    share = boundary[0] / (bulk[0] + boundary[0])
    assert numbers["Garnet grain boundary share"] == pytest.approx(share, abs=0.05)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"scatter": "-3 %"}, "scatter"),
        ({"scatter": "300 %"}, "more than 100 %"),
        ({"scatter": "3 mV"}, "scatter"),
        ({"scatter": "some"}, "not a number with a unit"),
    ],
)
def test_a_scatter_that_is_none(bench, study, change, said):
    truth, spectra, _ = bench
    with pytest.raises(InputError, match=said):
        study(truth, spectra, [FreeTable(name="Negative face interface resistance", **change)])


def test_scatter_of_an_energy_or_of_one_spectrum_is_refused(bench, study, measured):
    truth, spectra, _ = bench
    energy = FreeTable(name="Negative face interface activation energy", scatter="3 %")
    with pytest.raises(InputError, match="positive quantity with a logarithmic range is meant"):
        study(truth, spectra, [energy])
    cell = CellTable(type="symmetric", coating="interface", options=OPTIONS)
    one = ImpedanceTable(data=measured("one", *spectra[0]))
    table = FreeTable(name="Negative face interface resistance", scatter="3 %")
    with pytest.raises(InputError, match="is measured by 1 spectrum"):
        make_study(cell, one, [table])
