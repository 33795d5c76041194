"""``ssb --help`` and every command's: instant, whole in 80 columns, in plain words."""

import re
import subprocess
import sys

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from ssb_model.cli.app import app

SLOW = {"pybamm", "jax", "casadi", "scipy", "matplotlib", "pandas", "numpy", "rich"}


def commands(command, words=()):
    """The words of every command, groups before what is in them."""
    yield words
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, (*words, name))


ALL = list(commands(get_command(app)))


def shown(words, columns=80):
    result = CliRunner().invoke(app, [*words, "--help"], env={"COLUMNS": str(columns)})
    assert result.exit_code == 0
    return result.output


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_help_fits_eighty_columns_and_no_command_s_line_is_cut(words):
    text = shown(words)
    assert max(map(len, text.splitlines())) <= 80
    listed = text.partition("Commands:")[2]
    assert "..." not in listed


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_argument_and_option_says_what_it_is(words):
    command = get_command(app)
    for word in words:
        command = command.commands[word]
    assert command.help.strip().endswith(".")
    for parameter in command.params:
        if parameter.name != "help":
            assert parameter.help, parameter.name


def test_help_loads_nothing_slow():
    code = (
        "import sys; from ssb_model.cli.app import main\n"
        "sys.argv = ['ssb', 'fit', '--help']\n"
        "try: main()\n"
        "except SystemExit: print(*{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = SLOW & set(done.stdout.splitlines()[-1].split())
    assert not loaded


def test_the_words_are_the_field_s():
    unusual = re.compile(r"\b(foretell\w*|told|so many|heard|anew|beheld)\b", re.IGNORECASE)
    for words in ALL:
        assert not unusual.findall(shown(words)), words
