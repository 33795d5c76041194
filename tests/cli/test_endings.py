"""How a command ends that has no result: one sentence on standard error, and its exit code."""

import pytest
from typer.testing import CliRunner

from ssb_model.cli.app import app
from ssb_model.cli.stop import GO_ON, NOTHING, keeping
from ssb_model.errors import InputError
from ssb_model.fitting import FitError
from ssb_model.sweep import SweepStopped


def ended(monkeypatch, error):
    """``ssb list`` whose work raises an error."""

    def fails():
        raise error

    monkeypatch.setattr("ssb_model.library.known_experiments", fails)
    return CliRunner().invoke(app, ["list"])


@pytest.mark.parametrize(
    ("error", "sentence", "code"),
    [
        (InputError("study.toml: no key."), "ssb: study.toml: no key.\n", 2),
        (FitError("The fit did not converge."), "ssb: The fit did not converge.\n", 1),
        (SweepStopped("the disk is full."), "ssb: the disk is full.\n", 1),
        (KeyboardInterrupt(), f"ssb: stopped; {NOTHING}\n", 130),
    ],
)
def test_an_error_is_one_sentence_and_its_exit_code(monkeypatch, error, sentence, code):
    result = ended(monkeypatch, error)
    assert (result.stderr, result.stdout, result.exit_code) == (sentence, "", code)


def test_what_can_go_on_says_how(monkeypatch):
    with pytest.raises(KeyboardInterrupt) as stopped, keeping(lambda: GO_ON):
        raise KeyboardInterrupt
    result = ended(monkeypatch, stopped.value)
    assert (result.stderr, result.exit_code) == (f"ssb: stopped; {GO_ON}\n", 130)


def test_a_fault_of_ours_is_not_hidden(monkeypatch):
    result = ended(monkeypatch, ZeroDivisionError("1/0"))
    assert isinstance(result.exception, ZeroDivisionError)


@pytest.mark.parametrize("words", [["fit"], ["nothing"], ["fit", "--starts", "0", "a.toml"]])
def test_a_command_that_is_mistyped_ends_with_code_2(words):
    assert CliRunner().invoke(app, words).exit_code == 2
