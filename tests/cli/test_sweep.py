"""``ssb sweep`` and ``ssb new sweep`` as a user types them."""

import sys

import pytest
from typer.testing import CliRunner

from ssb_model.cli.app import app, main
from ssb_model.sweep import load_sweep
from tests.sweep import arcs, files


@pytest.fixture
def ssb(monkeypatch):
    """The command, with the model of these tests in place of a coating's."""
    monkeypatch.setattr("ssb_model.prediction.make_evaluator", arcs.make_evaluator)

    def ssb(*arguments):
        return CliRunner().invoke(app, [str(argument) for argument in arguments])

    return ssb


def test_a_sweep_writes_chunks_manifest_and_figures_and_says_so(ssb, path, out):
    path.write_text(files.OF_A_COATING + files.text() + files.FIGURES)
    result = ssb("sweep", path, "--out", out)
    assert result.exit_code == 0, result.output
    assert "candidates" in result.output and "layer too thick" in result.output
    assert sorted(item.name for item in out.iterdir()) == [
        "chunks",
        "front-1.png",
        "map-1.png",
        "sweep.json",
    ]
    assert len(load_sweep(out)) == 1000


def test_a_new_sweep_is_run_as_it_is_written(ssb, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert ssb("new", "sweep").exit_code == 0
    text = (tmp_path / "sweep.toml").read_text()
    text = text.replace("100_000", "100").replace("4096", "64")
    (tmp_path / "sweep.toml").write_text(text)
    assert ssb("sweep", "sweep.toml").exit_code == 0
    assert len(load_sweep(tmp_path / "results" / "sweep")) == 100


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--workers", "2", "--scheduler", "tcp://127.0.0.1:1"], "do not go together"),
        (["--scheduler", "nonsense"], "no Dask scheduler answers at nonsense"),
        (["--scheduler", "tcp://127.0.0.1:1"], "tcp://127.0.0.1:1 has no TLS"),
    ],
)
def test_a_mistake_is_one_sentence_and_exit_code_2(path, out, arguments, told, capsys, monkeypatch):
    path.write_text(files.OF_A_COATING + files.text())
    monkeypatch.setattr("ssb_model.prediction.make_evaluator", arcs.make_evaluator)
    monkeypatch.setattr(sys, "argv", ["ssb", "sweep", str(path), "--out", str(out), *arguments])
    with pytest.raises(SystemExit) as caught:
        main()
    lines = [line for line in capsys.readouterr().err.splitlines() if line.startswith("ssb: ")]
    assert caught.value.code == 2
    assert len(lines) == 1 and told in lines[0]


@pytest.mark.parametrize("number", ["0", "-1", "two"])
def test_so_many_workers_there_cannot_be(ssb, path, number):
    assert ssb("sweep", path, "--workers", number).exit_code == 2
