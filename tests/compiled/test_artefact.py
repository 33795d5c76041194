"""A compiled model in a file: the same numbers, without PyBaMM; and no half files."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pybamm
import pytest

import ssb_model
from ssb_model import InputError, packed
from ssb_model.compiled import artefact
from ssb_model.errors import Unfinished

from .oracle import CURRENT, VOLTAGE

INPUTS = {CURRENT: np.array([0.25e-3, 0.5e-3, 1e-3]), "Garnet thickness [m]": 1e-3}
TIMES = np.linspace(0, 3600, 13)
FREQUENCIES = np.logspace(-2, 6, 9)


@pytest.fixture(scope="module")
def model():
    """One state that decays at a rate of the input, of the state and of time.

    They are interpolants: a smooth one, one with jumps, and one of two variables.
    """
    grid = np.linspace(0, 2, 9)
    x, k = pybamm.Variable("x"), pybamm.InputParameter("k")
    rate = pybamm.Interpolant(grid, 1 + np.sin(grid), x, interpolator="cubic")
    jumps = pybamm.Interpolant(np.array([0.0, 1, 1, 5]), np.array([1.0, 1, 2, 2]), pybamm.t)
    table = pybamm.Interpolant((grid, np.arange(2.0)), np.outer(1 + grid, [1, 2]), (x, k))
    model = pybamm.BaseModel()
    model.rhs, model.initial_conditions = {x: -k * jumps * rate * table}, {x: pybamm.Scalar(1)}
    model.variables = {"x": x, "rate": rate}
    values = pybamm.ParameterValues({"k": 0.1})
    return ssb_model.compile(model, values, ("k",), ("x", "rate"))


@pytest.fixture
def saved(model, tmp_path):
    path = tmp_path / "decay.ssb"
    model.save(path)
    return path


def refusal(call, *arguments):
    with pytest.raises(InputError) as error:
        call(*arguments)
    sentence = str(error.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


def test_a_loaded_cell_gives_the_same_bits(full, tmp_path):
    """Solves, impedances, names and defaults."""
    full.compiled.save(tmp_path / "cell.ssb")
    loaded = ssb_model.load_compiled(tmp_path / "cell.ssb")
    for name in ("input_names", "output_names", "event_names"):
        assert getattr(loaded, name) == getattr(full.compiled, name)
    assert loaded.system.defaults == full.compiled.system.defaults
    assert loaded.system.nominal_capacity == full.compiled.system.nominal_capacity
    one, other = (c.solve(INPUTS, TIMES) for c in (full.compiled, loaded))
    assert one.status == other.status
    np.testing.assert_array_equal(one[VOLTAGE], other[VOLTAGE])
    np.testing.assert_array_equal(one.final_state, other.final_state)
    z, again = (c.impedance(FREQUENCIES) for c in (full.compiled, loaded))
    np.testing.assert_array_equal(z, again)


def test_interpolants_survive(model, saved):
    loaded = ssb_model.load_compiled(saved)
    kinds = [node.op for node in loaded.system.program.nodes]
    assert kinds.count("piecewise") == [n.op for n in model.system.program.nodes].count("piecewise")
    assert "piecewise" in kinds
    one, other = (c.solve({"k": [0.1, 0.2]}, np.linspace(0, 2, 9)) for c in (model, loaded))
    for name in ("x", "rate"):
        np.testing.assert_array_equal(one[name], other[name])
    np.testing.assert_allclose(one["rate"], 1 + np.sin(one["x"]), atol=1e-3)


ALONE = """
import sys

ALLOWED = {"numpy", "jax", "jaxlib", "ml_dtypes", "opt_einsum", "ssb_model"}
FINDERS = list(sys.meta_path)

class NothingElse:
    def find_spec(self, name, *rest):
        top = name.partition(".")[0]
        if top in sys.stdlib_module_names or top in ALLOWED or top.startswith("_sysconfigdata"):
            found = (finder.find_spec(name, *rest) for finder in FINDERS)
            return next((spec for spec in found if spec), None)

sys.meta_path[:] = [NothingElse()]
import json
import numpy as np
from ssb_model import load_compiled
from ssb_model.compiled import load_solution

path, result, given = sys.argv[1:]
given = json.loads(given)
model = load_compiled(path)
solution = model.solve(given["inputs"], given["times"])
z = model.impedance(given["frequencies"])
solution.save(result)
assert str(load_solution(result)) == str(solution)
np.savez(result, voltage=solution["Voltage [V]"], t_end=solution.t_end, z=z)
for name in ("pybamm", "casadi", "scipy", "pandas", "pydantic", "matplotlib", "rich", "pint"):
    try:
        __import__(name)
    except ModuleNotFoundError:
        continue
    raise SystemExit(f"{name} was not blocked")
"""


def test_a_saved_cell_runs_where_there_is_only_numpy_and_jax(full, tmp_path, repository):
    """Every other import fails there; the numbers are the same."""
    path, result = tmp_path / "cell.ssb", tmp_path / "result.npz"
    full.compiled.save(path)
    given = {
        "inputs": {name: np.asarray(value).tolist() for name, value in INPUTS.items()},
        "times": TIMES.tolist(),
        "frequencies": FREQUENCIES.tolist(),
    }
    script = tmp_path / "alone.py"
    script.write_text(f"import sys\nsys.path.insert(0, {str(repository)!r})\n{ALONE}")
    command = [sys.executable, str(script), str(path), str(result), json.dumps(given)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=200)
    assert run.returncode == 0, run.stderr
    here = full.compiled.solve(INPUTS, TIMES)
    with np.load(result) as there:
        np.testing.assert_array_equal(there["voltage"], here[VOLTAGE])
        np.testing.assert_array_equal(there["t_end"], here.t_end)
        np.testing.assert_array_equal(there["z"], full.compiled.impedance(FREQUENCIES))


# ---- what is no compiled model ----


def test_a_missing_file_says_how_to_make_one(tmp_path):
    sentence = refusal(ssb_model.load_compiled, tmp_path / "none.ssb")
    assert "none.ssb" in sentence
    assert "save" in sentence


def other_files(folder):
    """Files that are something else, and a folder."""
    np.save(folder / "array.npy", np.zeros(3))
    np.savez(folder / "arrays.npz", a=np.zeros(3), header="{}")
    np.save(folder / "object.npy", np.array([{}], dtype=object))
    (folder / "text.txt").write_text("Voltage [V]\n4.2\n")
    (folder / "empty.ssb").touch()
    (folder / "folder").mkdir()
    return list(folder.iterdir())


def test_another_file_is_not_taken_for_a_compiled_model(tmp_path):
    for path in other_files(tmp_path):
        assert "not a compiled model" in refusal(ssb_model.load_compiled, path), path


def test_a_truncated_file_is_refused_wherever_it_ends(saved):
    whole = saved.read_bytes()
    for length in range(1, len(whole), 101):
        saved.write_bytes(whole[:length])
        assert "damaged" in refusal(ssb_model.load_compiled, saved)


def test_one_wrong_bit_is_refused_or_harmless(model, saved):
    """A bit of the archive's own book-keeping may not matter; a number's always does."""
    whole, refused = saved.read_bytes(), 0
    content = _content(model)
    for place in range(0, len(whole), 23):
        damaged = bytearray(whole)
        damaged[place] ^= 1 << place % 8
        saved.write_bytes(damaged)
        try:
            loaded = ssb_model.load_compiled(saved)
        except InputError as error:
            assert "damaged" in str(error)
            refused += 1
        else:
            assert _content(loaded) == content
    assert refused > len(whole) / 23 / 2


def _content(compiled):
    """Everything that the file holds, as text."""
    arrays = []
    nodes = artefact._program(compiled.system.program, arrays)
    return json.dumps([nodes, [a.tolist() for a in arrays], compiled.system.defaults])


def test_a_number_changed_on_purpose_does_not_match_the_checksum(saved):
    """Not by accident: the archive is whole, and its checksums of its own are right."""
    with np.load(saved) as file:
        content = {name: file[name] for name in file.files}
    content["array_0"] = content["array_0"] + 1
    with saved.open("wb") as file:
        np.savez(file, **content)
    assert "checksum" in refusal(ssb_model.load_compiled, saved)


def test_another_format_is_refused_by_its_number(model, saved, monkeypatch):
    monkeypatch.setattr(artefact, "FORMAT", artefact.FORMAT + 1)
    model.save(saved)
    monkeypatch.undo()
    sentence = refusal(ssb_model.load_compiled, saved)
    assert str(artefact.FORMAT + 1) in sentence
    assert "compile the model again" in sentence


# ---- files that are whole, and no models ----


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
def test_a_file_that_is_whole_and_no_model_is_refused(model, tmp_path, change, monkeypatch):
    """And nothing of it runs."""
    header, arrays = artefact._content(model.system)
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


def test_files_changed_at_random_are_refused_or_models(saved):
    """And none ends the process, has its text before a compiler or takes its memory."""
    all_is_well(saved, 0, 120)


@pytest.mark.verify
@pytest.mark.parametrize("first", range(0, 10_000, 1000))
def test_ten_thousand_files_changed_at_random_are_refused_or_models(saved, first):
    all_is_well(saved, first, first + 1000)


def doubled(header, arrays):
    """A column that further nodes double to 33 million rows, and some of that size."""
    nodes = header["program"]
    nodes.append(["time", [], 1, None])
    for _ in range(25):
        last = len(nodes) - 1
        nodes.append(["concatenate", [last, last], 2 * nodes[last][2], None])
    nodes += [["exp", [len(nodes) - 1], nodes[-1][2], None]] * 2


def test_a_small_file_does_not_become_a_large_model(model, tmp_path):
    header, arrays = artefact._content(model.system)
    header = json.loads(json.dumps(header))
    doubled(header, arrays)
    path = written(header, arrays, tmp_path / "large.ssb")
    assert "too large" in refusal(ssb_model.load_compiled, path)


def test_a_small_file_does_not_unfold_without_end(saved, monkeypatch):
    monkeypatch.setattr(packed, "SMALL_ARRAYS", 1000)
    monkeypatch.setattr(packed, "TIMES", 0)
    assert "unfolds to more than" in refusal(ssb_model.load_compiled, saved)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_what_is_no_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.ssb")
    for path in (tmp_path / "pipe.ssb", "/dev/zero"):
        assert "not an ordinary file" in refusal(ssb_model.load_compiled, path)


# ---- what is not written ----


def test_a_folder_that_is_not_there_is_told(model, tmp_path):
    sentence = refusal(model.save, tmp_path / "nowhere" / "model.ssb")
    assert "cannot be written" in sentence
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_not_overwritten(model, tmp_path):
    (tmp_path / "model.ssb").mkdir()
    assert "cannot be written" in refusal(model.save, tmp_path / "model.ssb")
    assert [p.name for p in tmp_path.iterdir()] == ["model.ssb"]


def test_a_write_that_fails_half_way_leaves_the_file_that_was_there(model, saved, monkeypatch):
    """And nothing else: no half-written neighbour."""
    before = saved.read_bytes()

    def full_disk(file, **_):
        file.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez_compressed", full_disk)
    with pytest.raises(Unfinished, match="No space left"):
        model.save(saved)
    assert saved.read_bytes() == before
    assert [p.name for p in saved.parent.iterdir()] == [saved.name]
