"""Words that the command line does not take are refused in one sentence, before any work."""

import pytest
from typer.testing import CliRunner

from ssb_model.cli.app import app

REFUSED = {
    ("fit", "--bogus", "x"): ("fit has no option --bogus", "ssb fit --help"),
    ("sweep", "x.toml", "--worker", "2"): ("Did you mean '--workers'?", "ssb sweep --help"),
    ("predict",): ("predict lacks its coatings: give coating files", "ssb predict --help"),
    ("predict", "a", "--draws", "abc"): ("--draws takes a whole number, not 'abc'",),
    ("predict", "a", "--draws", "2.5"): ("--draws takes a whole number, not '2.5'",),
    ("predict", "a", "--draws=-3"): ("--draws takes a number of at least 64, not '-3'",),
    ("predict", "a", "--draws"): ("predict: --draws needs a value", "ssb predict --help"),
    ("explore", "--port", "99999"): ("--port takes a number of at most 65535, not '99999'",),
    ("fit", "a", "b", "c"): ("fit: 'b c' is more than it takes",),
    ("list", "extra"): ("list: 'extra' is more than it takes",),
    ("frobnicate",): ("there is no command 'frobnicate'. Known: reproduce, fit", "ssb --help"),
    ("--nope",): ("there is no option --nope", "ssb --help"),
    ("new", "stdy"): ("new has no command 'stdy'. Did you mean 'study'?", "ssb new --help"),
    ("new", "study", "a", "b"): ("new study: 'b' is more", "ssb new study --help"),
    ("data", "a", "--b\x1b[2J\nc"): ("data has no option --b",),
    ("predict", "a", "--draws", "\x1b[2J\n3 4"): ("not '\\x1b[2J 3 4'",),
    ("sweep", "a", "--trust-network=yes"): ("sweep",),
    ("--",): ("ssb --help",),
}


@pytest.mark.parametrize("words", REFUSED, ids=repr)
def test_what_is_not_taken_is_one_sentence(words):
    done = CliRunner().invoke(app, list(words), prog_name="ssb")
    assert done.exit_code == 2 and done.stdout == ""
    assert done.stderr.startswith("ssb: ") and not done.stderr.startswith("ssb: ssb")
    assert done.stderr.count("\n") == 1 and "\x1b" not in done.stderr
    for told in REFUSED[words]:
        assert told in done.stderr
    assert done.stderr.endswith("says more.\n")


@pytest.mark.parametrize("words", [[], ["new"]])
def test_who_gives_nothing_gets_the_help(words):
    done = CliRunner().invoke(app, words, prog_name="ssb")
    assert "Usage: ssb" in done.output and "Commands:" in done.output
