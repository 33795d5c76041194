"""Folders of results: one process at a time, and nothing half-written where the disk is full."""

import errno
import os
import subprocess
import sys

import numpy as np
import pytest
from matplotlib.figure import Figure
from typer.testing import CliRunner

from ssb_model.cli.app import app
from ssb_model.compiled.archive import write_archive
from ssb_model.errors import Unfinished
from ssb_model.library import result_folder, write_whole
from ssb_model.plotting import save_figure
from tests.cli import commands, mistakes
from tests.sweep import files
from tests.sweep.arcs import Arcs

COMMANDS = {
    "fit": ("fit", "study.toml"),
    "fit a folder": ("fit", "pellets", "--yes", "--thickness", "1 mm", "--diameter", "10 mm"),
    "predict": ("predict", "lii-znlix"),
    "sweep": ("sweep", "sweep.toml"),
    "reproduce": ("reproduce", "zhai2024"),
    "compare": ("compare", "study.toml", "other.toml"),
}


@pytest.fixture
def ssb(tmp_path, monkeypatch):
    """The command among files of its own."""
    mistakes.prepare(tmp_path)
    study = mistakes.tomli_w.dumps(mistakes.STUDY)
    (tmp_path / "study.toml").write_text(study)
    (tmp_path / "other.toml").write_text(study + "# another\n")
    (tmp_path / "sweep.toml").write_text(files.OF_A_COATING + files.text())
    monkeypatch.setattr("ssb_model.prediction.make_evaluator", lambda *_, **__: Arcs())
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, list(words))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_that_another_command_writes_is_refused(ssb, tmp_path, command):
    with result_folder(tmp_path / "out", print):
        done = ssb(*COMMANDS[command], "--out", str(tmp_path / "out"))
    assert done.exit_code == 2 and "is being written by process" in done.stderr
    assert not list((tmp_path / "out").iterdir())


@pytest.mark.parametrize("by_product", ["save_figures", "write_optima"])
def test_a_sweep_holds_its_folder_until_its_last_file_is_there(
    ssb, tmp_path, monkeypatch, by_product
):
    """Figures and optima too are of one process."""
    owners = []
    where = {"save_figures": "ssb_model.sweep.SweepResult.save_figures"}
    name = where.get(by_product, f"ssb_model.sweep.{by_product}")
    monkeypatch.setattr(name, lambda *_: owners.append((tmp_path / "out" / "ssb.owner").exists()))
    with (tmp_path / "sweep.toml").open("a") as file:
        file.write('\n[[optimum]]\noutput = "interface resistance"\nbest = "low"\n')
    done = ssb("sweep", "sweep.toml", "--out", str(tmp_path / "out"))
    assert done.exit_code == 0, done.stderr
    assert owners == [True] and not (tmp_path / "out" / "ssb.owner").exists()


def test_what_a_killed_command_left_is_cleared_by_the_next(tmp_path):
    (tmp_path / "figures").mkdir()
    left = [tmp_path / ".ssb-0123.part", tmp_path / "figures" / ".ssb-4567.part"]
    mine = tmp_path / ".mine.part"
    for path in (*left, mine):
        path.write_text("half")
    with result_folder(tmp_path, print):
        assert not any(path.exists() for path in left) and mine.exists()


WRITERS = {
    "a text": lambda path: write_whole(path, "all of it"),
    "a figure": lambda path: save_figure(Figure(), path),
    "a model": lambda path: write_archive(path, {"format": 1}, [np.zeros(3)]),
}


@pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
@pytest.mark.parametrize("writer", WRITERS)
def test_on_a_full_disk_a_file_is_as_it_was(tmp_path, monkeypatch, writer, reason):
    path = tmp_path / "result"
    path.write_text("as it was")

    def full(_):
        raise OSError(reason, os.strerror(reason))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unfinished, match=r"result cannot be written .*: make room"):
        WRITERS[writer](path)
    assert [one.name for one in tmp_path.iterdir()] == ["result"]
    assert path.read_text() == "as it was"


def test_a_name_as_long_as_a_file_system_takes_is_written(tmp_path):
    path = tmp_path / ("a" * 250 + ".json")
    write_whole(path, "all of it")
    assert path.read_text() == "all of it"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device")
def test_output_to_a_full_disk_is_one_sentence():
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-c", commands.MAIN, "list"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
    assert done.returncode == 1
    assert done.stderr.startswith("ssb: the output cannot be written (No space left on device)")
    assert len(done.stderr.splitlines()) == 1
