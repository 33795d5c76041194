"""Whatever is wrong in a file is one sentence: which file, which key, what to write instead.

A file with one mistake is given to its command, one that is another thing to every command. What
would take time is not begun: a command that gets so far has accepted its files.
"""

import importlib
import re

import pytest
from typer.testing import CliRunner

from ssb_model.cli.app import app
from tests.cli import mistakes
from tests.sweep.arcs import Arcs

SLOW = [
    "ssb_model.study.study.Study.fit",
    "ssb_model.prediction.predict",
    "ssb_model.prediction.files.cell.founding_fit",
    "ssb_model.bench.fit_bench",
    "ssb_model.compile",
    "ssb_model.reproduction.reproduce",
    "ssb_model.explore.serve",
    "ssb_model.sweep.run_sweep",
]
#: of a parser, not of a battery
JARGON = re.compile(
    r"Traceback|pydantic|constrained|valid string|Input should|using 'kind'|dictionary|NoneType|"
    r"type_error|instance of|\bdict\b|\btuple\b|\bstr\b|\bfloat\b|\bint\b|Errno|\x1b"
)
#: changes that leave a sound file
SOUND = re.compile(
    r"missing$"  # a key that need not be there
    r"|'(title|name)',\) another word$"
    r"|'temperature',?\) negative$"  # degrees Celsius
    r"|'frequencies'\) falling$|'current_density'\) falling$|'voltage'\) falling$"
    r"|\('front',\) an empty list$"
    r"|'cells', 'one'\) misspelt$"  # the name of a cell
)
NEEDED = re.compile(r"'(title|cells|experiments|free|type|coating|kind|outputs|design|vary)',?\) m")


class Accepted(BaseException):
    """The command has read its files and begins to compute."""


def accept(*_, **__):
    raise Accepted


@pytest.fixture
def ssb(tmp_path, monkeypatch):
    """Runs a command; gives its exit code and what it says, or None where it begins its work."""
    for target in SLOW:
        importlib.import_module(target.rpartition(".")[0].removesuffix(".Study"))
        monkeypatch.setattr(target, accept)
    monkeypatch.setattr("ssb_model.prediction.make_evaluator", lambda *_, **__: Arcs())
    monkeypatch.chdir(tmp_path)
    mistakes.prepare(tmp_path)

    def run(words):
        try:
            done = CliRunner().invoke(app, list(words))
        except Accepted:
            return None
        if not isinstance(done.exception, SystemExit | None):
            raise AssertionError(f"ssb {words} failed") from done.exception
        return done.exit_code, done.stderr

    return run


def is_one_good_sentence(name, code, said, path):
    assert code == 2, (name, said)
    lines = said.splitlines()
    assert len(lines) == 1 and lines[0].startswith("ssb: "), (name, said)
    assert not JARGON.search(said), (name, said)
    assert path.stem in said, (name, said)
    assert said.rstrip().endswith((".", "?", ")")), (name, said)
    return True


def in_every_key(tmp_path, ssb, every):
    count = 0
    for k, mistake in enumerate(mistakes.in_keys(tmp_path)):
        if k % every:
            continue
        count += 1
        done = ssb(mistake.words)
        if done is None:
            assert SOUND.search(mistake.name), f"{mistake.name} was accepted"
            assert not NEEDED.search(mistake.name.replace("'cell',", "")), mistake.name
            continue
        assert is_one_good_sentence(mistake.name, *done, mistake.path)
        named = (*mistake.keys, "nonsense")
        assert any(key.lower() in done[1].lower() for key in named), (mistake.name, done[1])
    return count


def test_a_mistake_in_a_key_is_one_sentence_that_names_it(tmp_path, ssb):
    assert in_every_key(tmp_path, ssb, every=4) > 150


@pytest.mark.verify
def test_any_mistake_in_any_key_is(tmp_path, ssb):
    assert in_every_key(tmp_path, ssb, every=1) > 600


@pytest.mark.parametrize("command", mistakes.COMMANDS)
def test_another_file_than_is_wanted_is_one_sentence_that_says_what_it_is(command, tmp_path, ssb):
    files = mistakes.whole_files(tmp_path / "files")
    refused = 0
    for what, path in files.items():
        done = ssb([word.format(path) for word in mistakes.COMMANDS[command]])
        if done is not None and done[0]:
            refused += 1
            assert is_one_good_sentence(f"{command} {what}", *done, path)
            if what in mistakes.FILES and command != "cite":
                assert "is wanted here" in done[1] or "named twice" in done[1]
    assert refused >= len(files) - 6


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("ASR", "Negative face exchange-current density"),
        ("R_ct", "Negative face exchange-current density"),
        ("sigma", "Garnet conductivity"),
        ("D_Li", "Positive particle reference diffusivity"),
        ("C_dl", "Negative face double-layer capacity"),
        ("Garnet conductivty", "Garnet conductivity"),
    ],
)
def test_a_word_of_the_lab_is_answered_with_ours(given, meant, tmp_path, ssb):
    cell = {**mistakes.STUDY["cells"]["coated"], "type": "full", "options": {}}
    study = {**mistakes.STUDY, "cells": {"coated": cell}, "free": [{"name": given}]}
    study["experiments"] = mistakes.STUDY["experiments"][:1]
    (tmp_path / "study.toml").write_text(mistakes.tomli_w.dumps(study))
    code, said = ssb(["fit", "study.toml"])
    assert code == 2 and f"Did you mean '{meant}'" in said


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("ASR", "interface_resistance"),
        ("CCD", "critical_current"),
        ("Ea", "activation_energy"),
        ("coverage", "coated_share"),
    ],
)
def test_and_so_is_one_in_a_coating(key, meant, tmp_path, ssb):
    (tmp_path / "coating.toml").write_text(f'name = "a"\ntype = "mixed"\n{key} = "1 mA/cm2"\n')
    code, said = ssb(["predict", "coating.toml"])
    assert code == 2 and f"Did you mean '{meant}'" in said and "glossary" in said


def test_and_as_a_kind_of_experiment(tmp_path, ssb):
    study = {**mistakes.STUDY, "experiments": [{"kind": "EIS", "file": "coated.csv"}]}
    (tmp_path / "study.toml").write_text(mistakes.tomli_w.dumps(study))
    code, said = ssb(["fit", "study.toml"])
    assert code == 2 and "Did you mean 'impedance'" in said


@pytest.mark.parametrize("faces", ["9" * 20, "9" * 400, "1.5", "-1", "true"])
def test_a_number_that_no_count_is_asks_for_one_in_plain_words(faces, tmp_path, ssb):
    (tmp_path / "coating.toml").write_text(f'name = "mine"\ntype = "mixed"\nfaces = {faces}\n')
    code, said = ssb(["predict", "coating.toml"])
    assert is_one_good_sentence(faces, code, said, tmp_path / "coating.toml")
    assert "faces" in said and "Unable" not in said and "parse" not in said


@pytest.mark.parametrize(
    ("key", "value"),
    [("interfaces", 3), ("temperature", 25), ("resistance", [10.3]), ("noise", {})],
)
def test_a_kind_that_is_called_as_one_of_its_keys_hides_no_other_key(key, value, tmp_path, ssb):
    """An experiment of the kind "resistance" has a key "resistance"."""
    row = {"kind": "resistance", "resistance": ["10.3 ohm cm2"], "temperature": ["25 degC"]}
    study = {**mistakes.STUDY, "experiments": [{**row, key: value}]}
    (tmp_path / "study.toml").write_text(mistakes.tomli_w.dumps(study))
    code, said = ssb(["fit", "study.toml"])
    assert code == 2 and f"experiments[0].{key}" in said
