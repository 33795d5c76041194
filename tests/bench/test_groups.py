"""Cells of one kind: by names that may hold anything, by bench.toml, and as rows of the table."""

from dataclasses import replace

import numpy as np
import pytest

from ssb_model.bench import Facts, fit_bench, read_bench, read_facts
from ssb_model.errors import InputError
from tests.bench.benches import HEADS, random_truth, spectrum
from tests.bench.test_folder import record as plain_record, spectrum as plain_spectrum

#: names of files, and the groups of cells among them
NAMES = {
    "numbers and letters": (
        ["bare_1", "bare_2", "coated-A", "coated-B"],
        {"bare": ("bare 1", "bare 2"), "coated": ("coated a", "coated b")},
    ),
    "the number first": (
        ["cell1_bare", "cell2_bare", "cell3_coated"],
        {"bare": ("1 bare", "2 bare"), "coated": ("3 coated",)},
    ),
    "one without a number": (
        ["bare", "bare_2", "bare 03", "LiF"],
        {"bare": ("bare", "bare 03", "bare 2"), "lif": ("lif",)},
    ),
    "one kind alone": (["LLZTO_1", "LLZTO_2"], {"llzto": ("llzto 1", "llzto 2")}),
    "numbers of a laboratory": (
        ["p_07_bare", "p_11_bare", "p_23_coated"],
        {"bare": ("07 bare", "11 bare"), "coated": ("23 coated",)},
    ),
    "temperatures, channels and dates": (
        ["bare_1_25C_C03_2026-11-02", "bare_2_25C_C04_03-11-2026"],
        {"bare": ("bare 1", "bare 2")},
    ),
    "treatments and repeats": (
        ["LiI10nm_1", "LiI10nm_2", "LiI20nm_1", "bare_a", "bare_b"],
        {
            "lii 10nm": ("lii 10nm 1", "lii 10nm 2"),
            "lii 20nm": ("lii 20nm 1",),
            "bare": ("bare a", "bare b"),
        },
    ),
    "kinds with a number": (
        ["coat1_1", "coat1_2", "coat2_1", "coat2_2"],
        {"coat 1": ("coat 1 1", "coat 1 2"), "coat 2": ("coat 2 1", "coat 2 2")},
    ),
    "minutes without a unit": (["coat_10", "coat_20", "coat_60"], {}),
    "dopants": (["LLZTO_Ta0.5", "LLZTO_Ta0.6"], {}),
    "no kind": (["sample_1", "sample_2", "3", "4"], {}),
    "one cell at two cycles": (["bare_cycle_1", "bare_cycle_2"], {}),
}


@pytest.mark.parametrize("what", NAMES)
def test_names_say_which_cells_are_of_one_kind(what, tmp_path):
    names, groups = NAMES[what]
    for name in names:
        plain_spectrum(tmp_path / f"{name}.csv")
    found = read_bench(tmp_path, Facts()).groups
    assert {name: tuple(sorted(cells)) for name, cells in found.items()} == groups


@pytest.fixture
def three(tmp_path):
    """Three cells of no kind."""
    for name in ("one", "two", "three"):
        plain_spectrum(tmp_path / f"{name}.csv")
    return tmp_path


STATED = {
    '[groups]\nbare = ["one", "two"]': {"bare": ("one", "two")},
    'reference = "a"\n[groups]\na = ["One"]\nb = ["three"]': {"a": ("one",), "b": ("three",)},
    "[groups]": {},
    'reference = "one"': {"one": ("one",), "three": ("three",), "two": ("two",)},
}


@pytest.mark.parametrize("text", STATED)
def test_bench_toml_states_groups(text, three):
    (three / "bench.toml").write_text(text)
    assert read_bench(three, read_facts(three)).groups == STATED[text]


WRONG = {
    '[groups]\nbare = ["four"]': r"groups.bare: there is no cell 'four'. Known: one, three, two",
    '[groups]\na = ["one"]\nb = ["one"]': "the cell 'one' is in the groups 'a' and 'b': leave it",
    "[groups]\na = []": "groups.a: an empty list is not allowed: write 1 or more",
    'reference = "bar"\n[groups]\nbare = ["one"]': "no group 'bar'. Did you mean 'bare'",
    '[groups]\na = "one"': "groups",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_group_is_one_sentence(text, three):
    (three / "bench.toml").write_text(text)
    with pytest.raises(InputError, match=WRONG[text]) as caught:
        read_bench(three, read_facts(three))
    assert "\n" not in str(caught.value)


def test_a_cell_is_meant_by_the_words_that_only_it_has(tmp_path):
    for name in ("LLZTO_bare_1", "LLZTO_bare_2"):
        plain_spectrum(tmp_path / f"{name}.csv")
    stated = 'reference = "Bare"\n[groups]\nbare = ["bare_1", "LLZTO_bare_2"]\n'
    (tmp_path / "bench.toml").write_text(stated)
    found = read_bench(tmp_path, read_facts(tmp_path))
    assert found.groups == {"bare": ("llzto bare 1", "llzto bare 2")}
    (tmp_path / "bench.toml").write_text('[groups]\nbare = ["bare"]\n')
    with pytest.raises(InputError, match="there is no cell 'bare'"):
        read_bench(tmp_path, read_facts(tmp_path))


def write_cells(folder, kinds, celsius=(25.0, 60.0)):
    """Spectra of cells that scatter by 15 %; gives the nominal truth."""
    rng = np.random.default_rng(3)
    truth = random_truth(rng)
    for kind, cells in kinds.items():
        for cell in cells:
            face = truth.faces[kind]
            own = replace(face, resistance=face.resistance * np.exp(0.15 * rng.normal()))
            for T in celsius:
                f, z, _ = spectrum(replace(truth, faces={kind: own}), kind, T + 273.15, rng)
                rows = [f"{a:.7g},{b.real:.6g},{-b.imag:.6g}" for a, b in zip(f, z, strict=True)]
                text = "\n".join(["# synthetic, not measured", HEADS["plain"][0], *rows])
                (folder / f"{cell}_{T:g}C.csv").write_text(text + "\n")
    sizes = f'thickness = "{10 * truth.thickness} mm"\ndiameter = "{10 * truth.diameter} mm"\n'
    (folder / "bench.toml").write_text(sizes)
    return truth


def table(folder):
    """Rows of a folder by cell, quantity and condition, and the whole result."""
    found = fit_bench(read_bench(folder, read_facts(folder)), physics=False)
    return {(r.cell, r.quantity, r.condition): r for r in found.rows}, found


def test_two_kinds_are_compared_in_the_table_the_figure_and_the_page(tmp_path):
    kinds = {"bare": ["bare_1", "bare_2"], "coated": ["coated_1", "coated_2"]}
    truth = write_cells(tmp_path, kinds)
    rows, found = table(tmp_path)
    right = truth.faces["coated"].resistance / truth.faces["bare"].resistance
    R = "interface resistance per face"
    ratio = rows["coated", f"{R}, ratio to bare", "25 degC"]
    assert ratio.lower95 < right < ratio.upper95 and "2 cells" in ratio.note
    median = rows["bare", f"{R}, population median", "60 degC"]
    assert median.lower95 < truth.face("bare", 333.15) < median.upper95
    assert rows["bare", f"{R}, scatter between cells", "25 degC"].unit == "%"
    assert rows["bare", "interface activation energy, population mean", "25 to 60 degC"]
    out = found.save(tmp_path / "out")
    assert "times that of bare" in (out / "report.html").read_text()
    assert (out / "figures" / f"population_{R.replace(' ', '_')}_bare.csv").exists()
    (tmp_path / "bench.toml").write_bytes((out / "bench.toml").read_bytes())
    assert read_bench(tmp_path, read_facts(tmp_path)).groups == found.bench.groups


def test_one_coated_cell_is_compared_with_an_interval_that_says_so(tmp_path):
    write_cells(tmp_path, {"bare": ["bare_1", "bare_2"], "coated": ["coated"]}, (25.0,))
    rows, _ = table(tmp_path)
    ratio = rows["coated", "interface resistance per face, ratio to bare", "25 degC"]
    assert "a single cell" in ratio.note and ratio.upper95 > 2 * ratio.lower95
    assert ("coated", "interface resistance per face, population median", "25 degC") not in rows


def test_without_a_bare_kind_the_reference_is_asked_for(tmp_path):
    write_cells(tmp_path, {"bare": ["x_1", "x_2"], "coated": ["y_1", "y_2"]}, (25.0,))
    rows, found = table(tmp_path)
    assert not any("ratio" in quantity for _, quantity, _ in rows)
    assert any('reference = "x"' in sentence for sentence in found.populations)


def ramp(path, fails):
    """A record of a ramp in steps of 0.1 mA over 1 cm2 that shorts at the step `fails`."""
    t, step = np.arange(0, 1200, 2), np.arange(0, 1200, 2) // 60
    current = 1e-4 * (step // 2 + 1) * np.where(step % 2, -1, 1)
    voltage = 100 * current * np.where(step // 2 + 1 >= fails, 1e-3, 1)
    rows = "\n".join(f"{a},{b:.6g},{c:.6g}" for a, b, c in zip(t, voltage, current, strict=True))
    path.write_text(f"Time [s],Voltage [V],Current [A]\n{rows}\n", encoding="utf-8")


def test_ramps_of_a_kind_give_a_critical_current_of_the_kind(tmp_path):
    for name, fails in {"bare_1": 3, "bare_2": 4, "bare_3": 3, "lii_1": 7, "lii_2": 99}.items():
        ramp(tmp_path / f"{name}.csv", fails)
    (tmp_path / "bench.toml").write_text('area = "1 cm2"\n')
    rows, _ = table(tmp_path)
    quantity = "critical current density, population median"
    bare, coated = rows["bare", quantity, ""], rows["lii", quantity, ""]
    assert 0.2 < bare.value < 0.35 and coated.value > 0.6
    ratio = rows["lii", "critical current density, ratio to bare", ""]
    assert ratio.lower95 > 1 and "2 and 3 cells; below 1 with" in ratio.note


def test_ramps_that_never_fail_give_no_number(tmp_path):
    for name in ("bare_1", "bare_2"):
        ramp(tmp_path / f"{name}.csv", 99)
    (tmp_path / "bench.toml").write_text('area = "1 cm2"\n')
    rows, _ = table(tmp_path)
    row = rows["bare", "critical current density, population median", ""]
    assert row.value is None and row.note.startswith("not determined")


def test_groups_without_spectra_or_ramps_change_nothing(tmp_path):
    for name in ("bare_1", "bare_2"):
        plain_record(tmp_path / f"{name}.csv")
    (tmp_path / "bench.toml").write_text('area = "1 cm2"\n')
    assert not any("population" in row.quantity for row in table(tmp_path)[1].rows)
