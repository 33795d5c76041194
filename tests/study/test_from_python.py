"""A study made of objects is the study of the file with the same keys, mistakes included."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from ssb_model import (
    CellTable,
    FreeTable,
    ImpedanceTable,
    InputError,
    load_fit,
    load_study,
    make_study,
    read_impedance,
)
from ssb_model.study import PolarisationTable, ResistanceTable, save_study
from tests.docs.pages import REPOSITORY, blocks
from tests.study.small import TEMPERATURES, TRUTH, write_small_study

CELL = CellTable(type="symmetric", coating="zni2-0.5")
RESISTANCE = ResistanceTable(resistance=["10 ohm cm2"], noise="5 %")
FREE = ["Negative face exchange-current density"]


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """The folder of a small study, and its spectra as they are read."""
    folder = tmp_path_factory.mktemp("measured")
    write_small_study(folder, "0.5 %")
    return folder, [read_impedance(folder / f"{T}.csv")[0] for T in TEMPERATURES]


@pytest.fixture(scope="module")
def made(measured):
    tables = [
        ImpedanceTable(data=spectrum, temperature=f"{T} degC", noise="0.5 %")
        for T, spectrum in zip(TEMPERATURES, measured[1], strict=True)
    ]
    return make_study({"coated": CELL}, tables, list(TRUTH), title="small")


@pytest.fixture(scope="module")
def fitted(made):
    return made.fit(starts=2)


def test_objects_and_file_are_one_fit_to_the_last_bit(measured, fitted):
    from_file = load_study(measured[0] / "study.toml").fit(starts=2)
    assert np.array_equal(fitted.fit.u, from_file.fit.u)
    assert np.array_equal(fitted.fit.values, from_file.fit.values)
    assert fitted.parameters() == from_file.parameters()


def test_each_face_is_written_from_the_other(measured, made, tmp_path):
    written = save_study(made, tmp_path / "study.toml")
    again = save_study(written, tmp_path / "deeper" / "again.toml")
    for study in (written, again):
        assert [e.name for e in study.experiments] == [
            f"coated, {e.file}" for e in study.table.experiments
        ]
        for ours, theirs in zip(study.experiments, made.experiments, strict=True):
            assert np.array_equal(ours.impedance, theirs.impedance)
            assert ours.temperature == theirs.temperature
            assert set(ours.files.values()) == set(theirs.files.values())
        assert study.free == made.free
        assert {p.parent.resolve() for p in _files(study)} == {measured[0].resolve()}


def _files(study):
    return [study.path.parent / e.file for e in study.table.experiments]


def test_a_fit_of_objects_is_saved_with_its_study_and_reloads(fitted, tmp_path):
    fitted.save(tmp_path / "out" / "fit.json")
    again = load_fit(tmp_path / "out" / "fit.json")
    assert again.fit.cost == fitted.fit.cost
    assert again.parameters() == fitted.parameters()
    assert again.study.path == tmp_path / "out" / "study.toml"


def test_points_that_were_taken_out_in_python_are_written_beside_the_study(measured, tmp_path):
    spectrum = measured[1][0]
    fewer = replace(spectrum, frequency=spectrum.frequency[5:], impedance=spectrum.impedance[5:])
    study = make_study(CELL, ImpedanceTable(data=[fewer]), FREE)
    written = save_study(study, tmp_path / "study.toml")
    [path] = _files(written)
    assert path.parent == tmp_path
    assert np.array_equal(written.experiments[0].impedance, fewer.impedance)


def test_several_spectra_in_one_table_have_a_temperature_each(measured, tmp_path):
    temperatures = [f"{T} degC" for T in TEMPERATURES]
    table = ImpedanceTable(data=measured[1], temperature=temperatures, name="my spectra")
    study = make_study(CELL, table, FREE)
    assert [e.temperature for e in study.experiments] == [T + 273.15 for T in TEMPERATURES]
    written = save_study(study, tmp_path / "study.toml")
    for ours, theirs in zip(written.experiments, study.experiments, strict=True):
        assert ours.temperature == theirs.temperature
        assert np.array_equal(ours.impedance, theirs.impedance)


def test_a_fit_prints_its_table_and_no_number_for_what_is_open(fitted):
    for shown in (repr(fitted), fitted._repr_html_()):
        for row in fitted.shown_parameters():
            assert row["parameter"] in shown
            assert row["unit"] in shown
    frame = fitted.to_dataframe()
    assert list(frame.index) == list(TRUTH)
    assert frame["value"].to_dict() == {r["parameter"]: r["value"] for r in fitted.parameters()}
    open_one = replace(fitted, fit=replace(fitted.fit, data_jacobian=0 * fitted.fit.data_jacobian))
    assert repr(open_one).count("not determined") == len(TRUTH)


def test_a_fit_draws_the_experiment_that_is_named_and_refuses_another(fitted):
    names = [e.name for e in fitted.study.experiments]
    for name in (None, *names):
        figure = fitted.plot(name)
        assert figure.axes[0].get_title(loc="left") or figure.axes[0].get_title()
    with pytest.raises(InputError, match=r"no experiment 'coted, 25.csv'.*coated, 25.csv"):
        fitted.plot("coted, 25.csv")


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: ImpedanceTable(noise=3), "ImpedanceTable: noise: 3 is not allowed"),
        (lambda: ImpedanceTable(temprature="25 degC"), "unknown key 'temprature'.*'temperature'"),
        (lambda: ImpedanceTable(data="x.csv"), "ImpedanceTable: data: give ImpedanceData"),
        (lambda: CellTable(coating="bare"), "CellTable: the key type is missing"),
        (lambda: PolarisationTable(duration="1 h"), "the key current_density is missing"),
        (lambda: FreeTable(), "FreeTable: the key name is missing"),
        (lambda: make_study(CELL, [], FREE), "study: experiments: an empty list is not allowed"),
        (
            lambda: make_study(CELL, ImpedanceTable(), FREE),
            r"study: experiments\[0\]: the key file is missing",
        ),
        (
            lambda: make_study(CELL, RESISTANCE, ["Garnet conductivty"]),
            r"study: free\[0\]: there is no parameter 'Garnet conductivty'.*'Garnet conductivity'",
        ),
        (
            lambda: make_study(CELL, ResistanceTable(resistance=["10"], noise="5 %"), FREE),
            r"study: experiments\[0\].resistance: the unit is missing",
        ),
        (
            lambda: make_study(
                CELL.model_copy(update={"values": {"Cell area": "1"}}), RESISTANCE, FREE
            ),
            r'study: cells.cell.values."Cell area": the unit is missing',
        ),
        (
            lambda: make_study({"a": CELL, "b": CELL}, RESISTANCE, FREE),
            r"study: experiments\[0\]: the key cell is missing: add it, one of a, b",
        ),
        (
            lambda: make_study(CELL, RESISTANCE.model_copy(update={"cell": "coted"}), FREE),
            r"study: experiments\[0\].cell: no such cell",
        ),
        (lambda: make_study(CELL, RESISTANCE, FREE, loss="robust"), "study: fit.loss: 'robust'"),
    ],
)
def test_a_mistake_in_an_object_is_the_files_one_sentence(make, sentence):
    with pytest.raises(InputError, match=sentence) as refused:
        make()
    assert "\n" not in str(refused.value)


def test_file_and_data_together_are_refused(measured):
    table = ImpedanceTable(data=measured[1][0], file="25.csv")
    with pytest.raises(InputError, match="give either file or data"):
        make_study(CELL, table, FREE)


def test_a_study_file_cannot_hold_data(measured):
    path = measured[0] / "with_data.toml"
    text = (measured[0] / "study.toml").read_text()
    path.write_text(text.replace('file = "25.csv"', 'data = "25.csv"', 1))
    with pytest.raises(InputError, match=r"experiments\[0\].*data: give ImpedanceData"):
        load_study(path)


STUDY = """
title = "weighed"
cells.cell = { type = "symmetric", coating = "bare" }
experiments = [{ kind = "areal weight", weight = "4.24 kg/m2", noise = "0.01 kg/m2" }]
free = [{ name = "Garnet thickness", range = ["0.5 mm", "1.5 mm"] }]
"""


PAGE = REPOSITORY / "docs/how-to/add-a-kind-of-experiment.md"


@pytest.fixture
def package(tmp_path):
    """Installs the page's package with an entry point into a folder; runs Python there."""
    module, _ = blocks(PAGE, "python")

    def run(code, entry="weights:WeightTable"):
        info = tmp_path / "weights-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: weights\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[ssb_model.experiments]\nareal weight = {entry}\n")
        (tmp_path / "weights.py").write_text(module, "utf-8")
        (tmp_path / "study.toml").write_text(STUDY)
        code = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{code}"
        return subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True
        )

    return run


def test_a_kind_of_another_package_is_read_and_fitted(package):
    ran = package(
        "from ssb_model import load_study\n"
        "fit = load_study('study.toml').fit(starts=1)\n"
        "print(fit.to_dataframe()['value'].iloc[0])"
    )
    assert ran.returncode == 0, ran.stderr
    assert float(ran.stdout) == pytest.approx(0.8e-3, rel=1e-3)


def test_a_kind_of_another_package_is_used_from_python_whatever_is_imported_first(package):
    """As the how-to shows it; the result's page and figure are drawn like any other's."""
    _, use = blocks(PAGE, "python")
    ran = package(
        f"import weights\n{use}\n"
        "from ssb_model.study import page\n"
        "print(page(fit).count('data:image/png'), len(fit.plot().axes))"
    )
    assert ran.returncode == 0, ran.stderr
    assert "Garnet thickness" in ran.stdout
    assert ran.stdout.splitlines()[-1] == "1 1"


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ("weights:Nothing", "cannot be loaded (AttributeError"),
        ("no_such_module:Table", "cannot be loaded (ModuleNotFoundError"),
        ("weights:Weight", "must name a subclass of ExperimentTable"),
        ("ssb_model.study:RateTable", "must have that name as the default of its key kind"),
    ],
)
def test_a_broken_entry_point_is_one_sentence_that_names_it(package, entry, sentence):
    ran = package("from ssb_model import load_study\nload_study('study.toml')", entry)
    assert f"'areal weight' = '{entry}'" in ran.stderr
    assert sentence in ran.stderr
