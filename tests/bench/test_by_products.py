"""What a bench found is kept, whatever cannot be made of it, and a sentence stays beside it."""

from importlib import import_module

import pytest
from typer.testing import CliRunner

from ssb_model.bench import fit_bench, read_bench, read_facts
from ssb_model.cli.app import app
from ssb_model.study import ByProducts
from tests.cli import commands

SENTENCE = "could not be made: nothing to divide by."


def broken(*_, **__):
    raise ZeroDivisionError("nothing to divide by")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    top = tmp_path_factory.mktemp("bench") / "top"
    commands.fit_folder(top)
    for path in (top / "pellets").glob("bare*"):
        path.unlink()
    (top / "pellets" / "bench.toml").write_text('thickness = "1 mm"\ndiameter = "10 mm"\n')
    return top / "pellets"


@pytest.fixture(scope="module")
def found(folder):
    return fit_bench(read_bench(folder, read_facts(folder)), physics=False)


@pytest.mark.parametrize("name", ["_drawn", "tex_of", "_csv", "circuit_lines"])
def test_what_cannot_be_written_is_a_sentence_beside_the_table(found, tmp_path, monkeypatch, name):
    monkeypatch.setattr(import_module("ssb_model.bench.result"), name, broken)
    made = ByProducts()
    found.save(tmp_path, made)
    assert (tmp_path / "table.csv").is_file() and (tmp_path / "circuits.csv").is_file()
    kept = (tmp_path / "warnings.txt").read_text()
    assert kept.splitlines() == made.warnings and SENTENCE in kept


def test_a_later_result_without_warnings_has_none_of_an_earlier_one(found, tmp_path):
    (tmp_path / "warnings.txt").write_text("the figure could not be made.\n")
    found.save(tmp_path)
    assert not (tmp_path / "warnings.txt").exists()


@pytest.mark.parametrize(
    "name",
    [
        "ssb_model.bench.spectra.cells.nyquist",
        "ssb_model.bench.fit.interfaces",
        "ssb_model.bench.physics.fit.study_of",
    ],
)
def test_what_fails_within_the_fit_is_a_warning_on_its_page(folder, tmp_path, monkeypatch, name):
    module, _, function = name.rpartition(".")
    monkeypatch.setattr(import_module(module), function, broken)
    words = ["fit", str(folder), "--out", str(tmp_path), "--yes"]
    if "physics" not in name:
        words.append("--circuits-only")
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    assert "interface resistance" in (tmp_path / "table.csv").read_text()
    assert SENTENCE in (tmp_path / "report.html").read_text()
    assert SENTENCE in " ".join(done.output.split())
