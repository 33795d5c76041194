"""Interpreters of this machine, and fresh environments made with them."""

import os
import shutil
import sys
import sysconfig
from pathlib import Path

from tests.ecosystem.conftest import run

BIN = "Scripts" if os.name == "nt" else "bin"


def interpreter(version):
    """An interpreter of a version such as "3.12", from PATH or from pyenv; None without one."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    found = [sys.executable, shutil.which(f"python{version}")]
    found += sorted(pyenv.glob(f"{version}.*/bin/python"), reverse=True)
    return next((path for path in found if path and _is(path, version)), None)


def _is(path, version):
    """Whether it runs, is of this version, and can make environments."""
    told = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"
    try:
        return run(path, "-c", told, cwd=Path.home()).strip() == version
    except (AssertionError, OSError):  # one of pyenv's that is there but not chosen does not run
        return False


def fresh_environment(folder, python):
    """The folder of programs of a new environment."""
    run(python, "-m", "venv", folder, cwd=folder.parent)
    return folder / BIN


def see_packages_of_this_environment(programs):
    """Let a fresh environment find what is installed here, after its own; not editable installs."""
    own = run(
        programs / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd="."
    )
    here = [sysconfig.get_path("purelib"), *(p for p in sys.path if p.endswith("-packages"))]
    lines = "\n".join(dict.fromkeys(here))
    (Path(own.strip()) / "packages_of_the_tests.pth").write_text(lines + "\n")
