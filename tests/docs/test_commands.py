"""Commands that the pages show: the command line takes them, and they end well."""

import json
import shlex

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from ssb_model.cli.app import app
from tests.docs.files import put_files
from tests.docs.packages import run
from tests.docs.pages import READ_ON_A_FORGE, blocks

SSB = ["-c", "from ssb_model.cli import main; main()"]


def arguments(line):
    """Of a shown line, without comments and what a shell does with the output."""
    words = shlex.split(line, comments=True)[1:]
    return words[: words.index(">")] if ">" in words else words


#: what stands after ``ssb``, by its text, in the order of the pages
SHOWN = {
    shlex.join(words): words
    for path in READ_ON_A_FORGE
    for text in blocks(path, "sh")
    for line in text.splitlines()
    if line.startswith("ssb ") and (words := arguments(line))
}
#: what takes a moment; the rest is for a long run
SOON = [
    text
    for text, words in SHOWN.items()
    if words[0] in ("data", "new", "--help") and "--plot" not in words
]
#: servers and clusters, which have tests of their own, and what another page's package brings
ELSEWHERE = ("explore", "--scheduler", "my lab/carbonated", "--posterior")


def parsed(command, words):
    """The command line's own reading of words; it raises where it would refuse them."""
    while hasattr(command, "commands"):
        name, *words = words
        command = command.commands[name]
    return command.make_context("ssb", list(words))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    put_files(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("text", [text for text in SHOWN if text != "--help"])
def test_the_command_line_takes_what_is_shown(text, folder):
    parsed(get_command(app), SHOWN[text])


@pytest.mark.parametrize("text", SOON)
def test_a_command_shown_ends_well(text, folder):
    words = SHOWN[text]
    if words[0] == "new":
        (folder / f"{words[1]}.toml").unlink()
    ran = CliRunner().invoke(app, words)
    assert ran.exit_code == 0, ran.output


@pytest.mark.verify
def test_every_command_shown_ends_well(tmp_path):
    """One after another, as results of some are read by others."""
    put_files(tmp_path)
    rest = {t: words for t, words in SHOWN.items() if t not in SOON and not {*words} & {*ELSEWHERE}}
    assert len(rest) > 10
    for text in sorted(rest, key=lambda text: (rest[text][0] != "fit", "fit.json" in text)):
        if "fit.json" in text:
            for place in ("", "results/mine"):
                (tmp_path / place).mkdir(exist_ok=True)
                _put_fit(tmp_path / "results/study/fit.json", tmp_path / place)
        ran = run([*SSB, *rest[text]], [], tmp_path)
        assert ran.returncode == 0, f"{text}: {ran.stderr}"


def _put_fit(path, folder):
    """The same fit in another folder, its study where it lies."""
    content = json.loads(path.read_text("utf-8"))
    content["study"]["file"] = str((path.parent / content["study"]["file"]).resolve())
    (folder / path.name).write_text(json.dumps(content), "utf-8")
