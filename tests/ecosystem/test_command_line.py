"""The command before it works: help and completion at once, and any letter on any output."""

import os
import subprocess
import sys

import pytest

SLOW_TO_IMPORT = {"pybamm", "jax", "casadi", "scipy", "matplotlib", "pandas", "numpy"}
LOADED = """
import atexit, sys
sys.argv = ["ssb", *sys.argv[1:]]
atexit.register(lambda: print(*{n.partition(".")[0] for n in sys.modules}, file=sys.stderr))
from ssb_model.cli import main
main()
"""


def ssb(*arguments, **environment):
    """What the command prints, and which packages it has loaded by the end."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | environment,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, set(done.stderr.split())


@pytest.mark.parametrize(
    "arguments", [["--help"], ["fit", "--help"], ["new", "--help"], ["--version"]], ids=" ".join
)
def test_help_and_version_load_nothing_slow(arguments):
    _, loaded = ssb(*arguments)
    assert "ssb_model" in loaded and not SLOW_TO_IMPORT & loaded


def test_the_shell_can_complete_commands_and_loads_nothing_slow():
    words = {"COMP_WORDS": "ssb ex", "COMP_CWORD": "1", "_SSB_COMPLETE": "complete_bash"}
    told, loaded = ssb(**words)
    assert told.split() == ["explore"] and not SLOW_TO_IMPORT & loaded


def test_the_help_says_how_completion_is_installed():
    told, _ = ssb("--help")
    assert "--install-completion" in told


def test_an_output_whose_encoding_has_no_omega_gets_a_question_mark(tmp_path):
    told, _ = ssb("new", "study", str(tmp_path / "10 Ω.toml"), PYTHONIOENCODING="cp1252")
    assert "10 ?.toml written" in told and (tmp_path / "10 Ω.toml").exists()
