"""A folder in, the table out: intervals that hold the truth, on benches made of circuits."""

import csv
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from typer.testing import CliRunner

from ssb_model.bench import Facts, fit_bench, printed, read_bench, read_facts
from ssb_model.bench.table import Row
from ssb_model.cli.app import app
from ssb_model.errors import InputError
from tests.bench.benches import CELSIUS, random_truth, write_bench

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"
needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not here")


FAR = 3.0  # standard errors from the truth beyond which a number needs a warning


class Judged(NamedTuple):
    """A number of a random bench beside its truth."""

    where: str
    quantity: str
    holds: bool
    errors: float
    warned: bool


def judged(folder, seed, physics):
    """Each number of a random bench: whether its interval holds the truth, how far it is off."""
    rng = np.random.default_rng(seed)
    truth = random_truth(rng)
    met = write_bench(folder, truth, rng)
    fit = fit_bench(read_bench(folder, read_facts(folder)), physics=physics)
    right = {}
    for face in truth.faces:
        energy = truth.faces[face].energy
        right[face, "interface activation energy", "kJ/mol"] = energy
        right[face, "garnet activation energy", "kJ/mol"] = truth.energy
        for celsius in CELSIUS:
            at = f"{celsius:g} degC"
            right[face, "interface resistance per face", at] = met[face, celsius]
            right[face, "garnet conductivity", at] = truth.garnet(celsius + 273.15)
    found = {(r.cell, r.quantity, r.condition): r for r in fit.rows}
    found |= {(r.cell, r.quantity, r.unit): r for r in fit.rows if r.unit == "kJ/mol"}
    for (cell, quantity, at), true in right.items():
        row, where = found.get((cell, quantity, at)), f"bench {seed}, {cell}, {at}"
        warned = any(cell in text and quantity[:6] in text for text in fit.warnings)
        if row is None:
            yield Judged(where, quantity, False, np.inf, warned)
            continue
        half = max((row.upper95 - row.lower95) / 2 / 1.96, 1e-12)
        errors = abs(row.value - true) / half
        yield Judged(where, quantity, row.lower95 <= true <= row.upper95, errors, warned)


def judged_all(tmp_path, seeds, physics):
    """All numbers of some benches."""
    numbers = []
    for seed in seeds:
        folder = tmp_path / str(seed)
        folder.mkdir()
        numbers += judged(folder, seed, physics)
    return numbers


def coverage(numbers):
    """Share of the numbers of each quantity that their intervals hold."""
    held = {}
    for one in numbers:
        held.setdefault(one.quantity, []).append(one.holds)
    return {quantity: np.mean(each) for quantity, each in held.items()}


def test_intervals_of_a_few_benches_hold_the_truth(tmp_path):
    shares = coverage(judged_all(tmp_path, range(3), physics=False))
    assert len(shares) == 4
    assert min(shares.values()) > 0.8, shares


@pytest.mark.verify
@pytest.mark.parametrize("physics", [True, False])
def test_intervals_of_forty_benches_hold_the_truth_nine_times_in_ten(tmp_path, physics):
    numbers = judged_all(tmp_path, range(100, 140), physics)
    shares = coverage(numbers)
    far = [one for one in numbers if one.errors > FAR]
    print(shares, len(numbers), *far, sep="\n")
    assert min(shares.values()) >= 0.9, shares


@pytest.fixture
def small(tmp_path):
    """A bench of known truth."""
    rng = np.random.default_rng(5)
    write_bench(tmp_path, random_truth(rng), rng)
    return tmp_path


def run(*arguments):
    """`ssb` with arguments; nobody is at the terminal."""
    return CliRunner().invoke(app, [str(a) for a in arguments])


def test_one_command_writes_the_table_the_figures_and_the_reading(small, tmp_path):
    out = tmp_path / "out"
    result = run("fit", small, "--out", out)
    assert result.exit_code == 0, result.output
    with (out / "table.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0])[:7] == [
        *("cell", "quantity", "condition", "value", "lower95", "upper95", "unit")
    ]
    assert {row["cell"] for row in rows} == {"bare", "coated"}
    assert {"interface resistance per face", "garnet conductivity"} <= {r["quantity"] for r in rows}
    assert "\\unit{\\ohm\\centi\\metre\\squared}" in (out / "table.tex").read_text()
    assert "Synthetic, not measured" in (out / "report.html").read_text()
    names = {path.name for path in (out / "figures").iterdir()}
    assert {"nyquist_bare.pdf", "nyquist_bare.svg", "nyquist_bare_25_degC.csv"} <= names


@pytest.mark.parametrize("where", [".", "../cells"])
def test_the_folder_may_be_the_one_that_one_is_in(tmp_path, monkeypatch, where):
    folder, rng = tmp_path / "cells", np.random.default_rng(5)
    folder.mkdir()
    truth = random_truth(rng)
    one = replace(truth, faces={"coated": truth.faces["coated"]})  # soon fitted
    write_bench(folder, one, rng)
    monkeypatch.chdir(folder)
    assert run("fit", where).exit_code == 0
    out = folder / "results" / "cells"
    assert 'title = "cells"' in (out / "study.toml").read_text()
    assert "<title>cells</title>" in (out / "report.html").read_text()


def test_the_reading_that_is_written_gives_the_same_table(small, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    assert run("fit", small, "--out", first, "--circuits-only").exit_code == 0
    (small / "bench.toml").write_bytes((first / "bench.toml").read_bytes())
    assert run("fit", small, "--out", second, "--circuits-only").exit_code == 0
    assert (first / "table.csv").read_text() == (second / "table.csv").read_text()


def test_circuits_have_a_column_where_there_is_one():
    alone = Row("bare", "garnet conductivity", "25 degC", 0.55, 0.54, 0.56, "mS/cm")
    beside = replace(alone, circuit=0.56, circuit_lower95=0.5, circuit_upper95=0.6)
    head, [cells] = printed([alone])
    assert head[-1] == "unit" and cells[-1] == "mS/cm"
    head, [_, cells] = printed([alone, beside])
    assert head[-1] == "circuit" and cells[-1] == "0.56 (0.5 to 0.6)"


def test_many_files_are_counted_at_the_terminal(small, tmp_path):
    text = (small / "LLZTO_bare_25C.csv").read_text()
    for number in range(50):
        (small / f"other_cycle{number:03}_25C.csv").write_text(text)
    result = run("fit", small, "--out", tmp_path / "out", "--circuits-only")
    assert result.exit_code == 0, result.output
    assert "other_cycle030" in (tmp_path / "out" / "report.html").read_text()
    assert "other_cycle049" not in result.output and "files more, which" in result.output


def test_options_state_what_bench_toml_does(small, tmp_path):
    (small / "bench.toml").unlink()
    result = run("fit", small, "--out", tmp_path / "out")
    assert result.exit_code == 2
    with pytest.raises(InputError, match="What is the diameter or the area of the cells"):
        fit_bench(read_bench(small, Facts()))
    options = ("--diameter", "10 mm", "--thickness", "0.9 mm", "--circuits-only")
    assert run("fit", small, "--out", tmp_path / "out", *options).exit_code == 0
    wrong = run("fit", small, "--out", tmp_path / "out", "--diameter", "10")
    assert wrong.exit_code == 2


def test_a_hostile_name_is_shown_as_it_is(small, tmp_path):
    name = "<img src=x onerror=alert(1)> $x$ [red] 25C"
    (small / "LLZTO_bare_25C.csv").rename(small / f"{name}.csv")
    result = run("fit", small, "--out", tmp_path / "out", "--circuits-only")
    assert result.exit_code == 0, result.output
    page = (tmp_path / "out" / "report.html").read_text()
    assert "<img" not in page and "&lt;img src=x" in page


@needs_cases
def test_a_students_bench_gives_what_it_was_made_of():
    facts = Facts(thickness=0.9e-3, area=0.7853981634e-4)
    rows = {
        (r.cell, r.quantity, r.condition): r
        for r in fit_bench(read_bench(CASES / "bench", facts)).rows
    }
    right = {"25 degC": 359.4, "40 degC": 192.0, "60 degC": 94.4, "80 degC": 45.8}
    for at, true in right.items():
        row = rows["bare", "interface resistance per face", at]
        assert row.lower95 < true < row.upper95
    safe = rows["coated", "critical current density, last safe", ""]
    assert safe.value == pytest.approx(0.9, rel=1e-3)


def test_options_of_the_other_kind_of_fit_are_refused(small, tmp_path):
    assert "--profiles is for a study file" in run("fit", small, "--profiles").output
    study = run("fit", tmp_path / "study.toml", "--area", "1 cm2")
    assert "--area is for a folder" in study.output
