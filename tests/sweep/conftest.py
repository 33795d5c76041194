"""Sweeps small enough to be run anew in every test."""

import pytest

from ssb_model.sweep import read_sweep, run_sweep
from tests.sweep import files
from tests.sweep.arcs import Arcs


@pytest.fixture
def path(tmp_path):
    """A sweep file of 1000 candidates in 8 chunks."""
    path = tmp_path / "sweep.toml"
    path.write_text(files.text(), encoding="utf-8")
    return path


@pytest.fixture
def sweep(path):
    return read_sweep(path, Arcs())


@pytest.fixture
def told():
    """What a sweep tells its user."""
    return []


@pytest.fixture
def run(told, tmp_path):
    """Run a sweep into the folder "out"."""

    def run(sweep, **settings):
        return run_sweep(sweep, tmp_path / "out", tell=told.append, **settings)

    return run


@pytest.fixture
def out(tmp_path):
    """The folder."""
    return tmp_path / "out"
