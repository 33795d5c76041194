"""The package as an installer makes it, and environments to install it into."""

import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


def run(*arguments, cwd, **environment):
    """Standard output of a program that knows nothing of this checkout; it must succeed."""
    known = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME")}
    done = subprocess.run(
        list(map(str, arguments)), cwd=cwd, capture_output=True, text=True, env=known | environment
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def project(repository):
    """The table [project] of pyproject.toml."""
    return tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture(scope="session")
def sdist(repository, tmp_path_factory):
    """The source distribution, unpacked."""
    folder = tmp_path_factory.mktemp("sdist")
    build = (sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder)
    run(*build, cwd=repository)
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        archive.extraction_filter = getattr(tarfile, "data_filter", None)  # from 3.11.4 on
        archive.extractall(folder)
    return next(path for path in folder.iterdir() if path.is_dir())


@pytest.fixture(scope="session")
def wheel(sdist, tmp_path_factory):
    """The wheel made from the unpacked source distribution, as an installer would make it."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=sdist)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def in_the_wheel(wheel):
    """Names of the wheel's files."""
    return set(zipfile.ZipFile(wheel).namelist())
