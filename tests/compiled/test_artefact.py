"""A compiled model in a file: the same numbers, without PyBaMM; and no half files."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest

import ssb_model
from ssb_model import InputError
from ssb_model.compiled import artefact
from ssb_model.errors import Unfinished

from .oracle import CURRENT, VOLTAGE
from .refusals import refusal

INPUTS = {CURRENT: np.array([0.25e-3, 0.5e-3, 1e-3]), "Garnet thickness [m]": 1e-3}
TIMES = np.linspace(0, 3600, 13)
FREQUENCIES = np.logspace(-2, 6, 9)


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


def test_interpolants_survive(decay, saved_decay):
    loaded = ssb_model.load_compiled(saved_decay)
    kinds = [node.op for node in loaded.system.program.nodes]
    assert kinds.count("piecewise") == [n.op for n in decay.system.program.nodes].count("piecewise")
    assert "piecewise" in kinds
    one, other = (c.solve({"k": [0.1, 0.2]}, np.linspace(0, 2, 9)) for c in (decay, loaded))
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


def test_a_truncated_file_is_refused_wherever_it_ends(saved_decay):
    whole = saved_decay.read_bytes()
    for length in range(1, len(whole), 101):
        saved_decay.write_bytes(whole[:length])
        assert "damaged" in refusal(ssb_model.load_compiled, saved_decay)


def test_one_wrong_bit_is_refused_or_harmless(decay, saved_decay):
    """A bit of the archive's own book-keeping may not matter; a number's always does."""
    whole, refused = saved_decay.read_bytes(), 0
    content = _content(decay)
    for place in range(0, len(whole), 23):
        damaged = bytearray(whole)
        damaged[place] ^= 1 << place % 8
        saved_decay.write_bytes(damaged)
        try:
            loaded = ssb_model.load_compiled(saved_decay)
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


def test_a_number_changed_on_purpose_does_not_match_the_checksum(saved_decay):
    """Not by accident: the archive is whole, and its checksums of its own are right."""
    with np.load(saved_decay) as file:
        content = {name: file[name] for name in file.files}
    content["array_0"] = content["array_0"] + 1
    with saved_decay.open("wb") as file:
        np.savez(file, **content)
    assert "checksum" in refusal(ssb_model.load_compiled, saved_decay)


def test_another_format_is_refused_by_its_number(decay, saved_decay, monkeypatch):
    monkeypatch.setattr(artefact, "FORMAT", artefact.FORMAT + 1)
    decay.save(saved_decay)
    monkeypatch.undo()
    sentence = refusal(ssb_model.load_compiled, saved_decay)
    assert str(artefact.FORMAT + 1) in sentence
    assert "compile the model again" in sentence


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_what_is_no_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.ssb")
    for path in (tmp_path / "pipe.ssb", "/dev/zero"):
        assert "not an ordinary file" in refusal(ssb_model.load_compiled, path)


# ---- what is not written ----


def test_a_folder_that_is_not_there_is_told(decay, tmp_path):
    sentence = refusal(decay.save, tmp_path / "nowhere" / "model.ssb")
    assert "cannot be written" in sentence
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_not_overwritten(decay, tmp_path):
    (tmp_path / "model.ssb").mkdir()
    assert "cannot be written" in refusal(decay.save, tmp_path / "model.ssb")
    assert [p.name for p in tmp_path.iterdir()] == ["model.ssb"]


def test_a_write_that_fails_half_way_leaves_the_old_file(decay, saved_decay, monkeypatch):
    """And nothing else: no half-written neighbour."""
    before = saved_decay.read_bytes()

    def full_disk(file, **_):
        file.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez_compressed", full_disk)
    with pytest.raises(Unfinished, match="No space left"):
        decay.save(saved_decay)
    assert saved_decay.read_bytes() == before
    assert [p.name for p in saved_decay.parent.iterdir()] == [saved_decay.name]
