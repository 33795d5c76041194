"""Files that are whole and no models: changed on purpose or at random, too large, without end."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import ssb_model
from ssb_model import packed
from ssb_model.compiled import artefact

from .refusals import refusal


def node_of(header, op):
    """The first node of a kind, as the file has it."""
    return next(node for node in header["program"] if node[0] == op)


def set_node(op, field, value):
    return lambda header, arrays: node_of(header, op).__setitem__(field, value)


def set_array(op, value, key=None):
    """Each number of the array that the first node of a kind keeps."""

    def change(header, arrays):
        data = node_of(header, op)[3]
        place = data["array"] if key is None else data["matrix"][key]
        arrays[place] = np.full_like(arrays[place], value)

    return change


def set_key(key, value):
    return lambda header, arrays: header.__setitem__(key, value)


def set_top_array(key, value):
    return lambda header, arrays: arrays.__setitem__(header[key], value)


def without(key):
    return lambda header, arrays: header.pop(key)


def observed(change):
    """The same to the observer."""
    return lambda header, arrays: change(header["observer"], arrays)


SHELL = 'exp(1); system("touch HERE"); v_exp'
CHANGES = {
    "C text as an operation": set_node("mul", 0, SHELL),
    "C text as the observer's operation": observed(set_node("piecewise", 0, SHELL)),
    "an unknown operation": set_node("mul", 0, "matmul"),
    "an operation that is a number": set_node("mul", 0, 3),
    "an operation that is a list": set_node("mul", 0, ["mul"]),
    "an operand too many": set_node("mul", 1, [0, 1, 2]),
    "an operand that follows": set_node("mul", 1, [0, 10_000]),
    "an operand before the first": set_node("mul", 1, [0, -1]),
    "a wrong size": set_node("mul", 2, 7),
    "an enormous size": set_node("mul", 2, 10**12),
    "no size": set_node("mul", 2, None),
    "a state far away": set_array("state", 10**6),
    "a state before the first": set_array("state", -5),
    "an unknown input": set_node("input", 3, "x]; u[0"),
    "an input that is an array": set_node("input", 3, {"array": 0}),
    "an array that is not there": set_node("state", 3, {"array": 10_000}),
    "data of no kind": set_node("state", 3, {"code": "import os"}),
    "data that are a list": set_node("state", 3, [1, 2]),
    "a polynomial without variables": set_node("piecewise", 1, []),
    "no right-hand side": set_key("rhs", 10_000),
    "a right-hand side that is a text": set_key("rhs", "0; }"),
    "a Jacobian that is no node": set_key("jacobian", -1),
    "no inputs": set_key("inputs", []),
    "inputs that are numbers": set_key("inputs", [1, 2]),
    "a name twice": set_key("inputs", ["k", "k"]),
    "outputs without a size": set_key("output_sizes", [1]),
    "an event without a value": set_key("event_names", ["cut-off"]),
    "defaults that are texts": set_key("defaults", {"k": "1"}),
    "defaults that are a list": set_key("defaults", [1]),
    "rows of other states": set_top_array("rows", np.array([5])),
    "columns before the first": set_top_array("columns", np.array([-1])),
    "a longer pattern": set_top_array("rows", np.array([0, 0])),
    "a mass matrix of texts": set_top_array("mass", np.array(["a"])),
    "observed states far away": observed(set_top_array("rows", np.array([99]))),
    "no program": without("program"),
    "no observer": without("observer"),
    "no rows": without("rows"),
    "no format": without("format"),
}


def written(header, arrays, path):
    """A file whose checksum is right: whoever changes one can compute that too."""
    artefact.write_archive(path, header, arrays)
    return path


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_file_that_is_whole_and_no_model_is_refused(decay, tmp_path, change, monkeypatch):
    """And nothing of it runs."""
    header, arrays = artefact._content(decay.system)
    header = json.loads(json.dumps(header))
    change(header, arrays)
    path = written(header, arrays, tmp_path / "changed.ssb")
    monkeypatch.chdir(tmp_path)
    sentence = refusal(ssb_model.load_compiled, path)
    assert "changed.ssb" in sentence
    assert "compile the model again" in sentence
    assert [file.name for file in tmp_path.iterdir()] == ["changed.ssb"]


@pytest.mark.parametrize(("key", "value"), [(1, -3), (1, 10**6), (2, -1), (2, 10**6)])
def test_a_matrix_that_reaches_outside_is_refused(full, tmp_path, key, value):
    """Where its rows begin, and its columns."""
    header, arrays = artefact._content(full.compiled.system)
    header = json.loads(json.dumps(header))
    set_array("linear", value, key)(header, arrays)
    path = written(header, arrays, tmp_path / "cell.ssb")
    assert "matrix" in refusal(ssb_model.load_compiled, path)


def process(path, first, last):
    """What mutants came to, a line each; the process ends by itself, and none of them ends it."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.compiled.mutants", path, first, last]
    root = Path(__file__).parents[2]
    ran = subprocess.run([*map(str, command)], capture_output=True, text=True, cwd=root)
    said = ran.stdout.splitlines()
    assert ran.returncode == 0, f"{ran.returncode} after {said[-1:]}: {ran.stderr[-2000:]}"
    seeds, found = said[:-1:2], said[1:-1:2]
    assert said[-1] == "memory enough"
    assert len(seeds) == last - first
    return dict(zip(seeds, found, strict=True))


def all_is_well(path, first, last):
    """Mutants are refused in one sentence, the model as it was, or another one that is solved."""
    found = process(path, first, last)
    wrong = {seed: said for seed, said in found.items() if said.startswith("wrong")}
    assert not wrong
    assert {*found.values()} == {"refused", "same", "solved"}


def test_files_changed_at_random_are_refused_or_models(saved_decay):
    """And none ends the process, has its text before a compiler or takes its memory."""
    all_is_well(saved_decay, 0, 120)


@pytest.mark.verify
@pytest.mark.parametrize("first", range(0, 10_000, 1000))
def test_ten_thousand_files_changed_at_random_are_refused_or_models(saved_decay, first):
    all_is_well(saved_decay, first, first + 1000)


def doubled(header, arrays):
    """A column that further nodes double to 33 million rows, and some of that size."""
    nodes = header["program"]
    nodes.append(["time", [], 1, None])
    for _ in range(25):
        last = len(nodes) - 1
        nodes.append(["concatenate", [last, last], 2 * nodes[last][2], None])
    nodes += [["exp", [len(nodes) - 1], nodes[-1][2], None]] * 2


def test_a_small_file_does_not_become_a_large_model(decay, tmp_path):
    header, arrays = artefact._content(decay.system)
    header = json.loads(json.dumps(header))
    doubled(header, arrays)
    path = written(header, arrays, tmp_path / "large.ssb")
    assert "too large" in refusal(ssb_model.load_compiled, path)


def test_a_small_file_does_not_unfold_without_end(saved_decay, monkeypatch):
    monkeypatch.setattr(packed, "SMALL_ARRAYS", 1000)
    monkeypatch.setattr(packed, "TIMES", 0)
    assert "unfolds to more than" in refusal(ssb_model.load_compiled, saved_decay)
