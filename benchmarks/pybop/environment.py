"""PyBOP's environment: it needs an older NumPy than ours, so it has its own Python packages."""

import json
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2]
DEFAULT = ROOT / "benchmarks" / ".pybop"
REQUIRED = "pybop==26.3"
PACKAGES = ("pybop", "pints", "pybamm", "pybammsolvers", "casadi", "numpy", "scipy")
QUIET = ("--quiet", "--disable-pip-version-check")


def python_of(folder):
    """The environment's interpreter."""
    folder = Path(folder).resolve()
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def prepare(folder):
    """Make the environment unless it is there: PyBOP, and this repository's model."""
    python = python_of(folder)
    if not python.exists():
        print(f"Making {folder} with {REQUIRED}; this takes a minute or two.", flush=True)
        venv.create(folder, with_pip=True)
        install = [python, "-m", "pip", "install", *QUIET, REQUIRED, "--editable", ROOT]
        subprocess.run(install, check=True)
    return python


def versions_of(python):
    """Versions of what runs in the environment."""
    code = (
        "import json; from importlib.metadata import version; "
        f"print(json.dumps({{name: version(name) for name in {PACKAGES!r}}}))"
    )
    shown = subprocess.run([python, "-c", code], check=True, capture_output=True, text=True)
    return json.loads(shown.stdout)


def begin(python, task):
    """Start PyBOP on a task (a dictionary, as :mod:`benchmarks.pybop.peer` reads it)."""
    folder = tempfile.TemporaryDirectory()
    paths = Path(folder.name) / "task.json", Path(folder.name) / "answer.json"
    paths[0].write_text(json.dumps(task))
    threads = {"OMP_NUM_THREADS": "1", "PYBAMM_DISABLE_TELEMETRY": "true"}
    process = subprocess.Popen(
        [python, "-m", "benchmarks.pybop.peer", *paths],
        cwd=ROOT,
        env=os.environ | threads,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    return folder, paths[1], process


def answers(python, tasks):
    """What PyBOP answers to each task, all solved at once, each by a process of its own."""
    found = []
    for folder, answer, process in [begin(python, task) for task in tasks]:
        errors = process.communicate()[1]
        if process.returncode:
            sys.exit(f"PyBOP's process failed:\n{errors[-2000:]}")
        found.append(json.loads(answer.read_text()))
        folder.cleanup()
    return found
