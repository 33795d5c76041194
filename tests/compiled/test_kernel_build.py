"""Compiled kernels on disk, and machines that cannot make one."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from queue import Queue

import numpy as np
import pytest

from ssb_model.compiled.kernel import build, compilers
from ssb_model.compiled.model import CompiledModel
from ssb_model.compiled.runtime import cache_folder

from .test_kernel import coupled

pytestmark = pytest.mark.skipif(build.compiler() is None, reason="no C compiler")
TIMES = np.linspace(0, 1, 5)
SEVEN = "int seven(void) { return 7; }\n"


@pytest.fixture(autouse=True)
def nothing_loaded(monkeypatch):
    """As in a fresh process."""
    monkeypatch.setattr(build, "_asked", {})
    build._say_not_kept.cache_clear()


@pytest.fixture
def decay():
    return coupled()


def solved(compiled):
    """Values of a fresh model: its kernel is looked for anew."""
    model = CompiledModel(replace(compiled.system))
    solution = model.solve({"k": [0.5, 1.0]}, TIMES)
    return model.system.kernel(2), solution["x"]


def compiler(folder, text):
    """An executable script as the C compiler."""
    path = folder / "compiler"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


def made(source=SEVEN):
    """The library of C text."""
    return build._asked_for(build.compiler(), 1, source).result()[1]


def kept(folder):
    return sorted(Path(folder).rglob("*.so"))


def test_without_a_compiler_jax_solves(decay, monkeypatch, tmp_path):
    """An empty $PATH; and the same where the kernel is turned off."""
    kernel, with_kernel = solved(decay)
    assert kernel is not None
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CC", "/nonexistent/cc")
    monkeypatch.setattr(compilers, "find_spec", lambda name: None)
    kernel, without = solved(decay)
    assert kernel is None
    np.testing.assert_allclose(without, with_kernel, rtol=1e-9)
    monkeypatch.undo()
    monkeypatch.setenv("SSB_MODEL_KERNEL", "off")
    assert solved(decay)[0] is None


@pytest.mark.parametrize(
    "text", ["exit 1", "exit 0", "#", 'while [ "$1" != -o ]; do shift; done; echo > "$2"']
)
def test_a_compiler_that_fails_is_done_without(decay, monkeypatch, tmp_path, caplog, text):
    """With an error, without making anything, or making what is no library: one sentence."""
    monkeypatch.setattr(compilers, "find_spec", lambda name: None)
    monkeypatch.setenv("SSB_MODEL_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("CC", compiler(tmp_path, text))
    assert decay.system.kernel(1) is None
    assert kept(tmp_path / "cache") == []
    assert len(caplog.records) == 1
    assert "could not compile the model" in caplog.text


def test_a_folder_that_cannot_be_written_is_done_without(decay, monkeypatch, tmp_path, caplog):
    """Another one is used, and gone after the process; one sentence says so."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("SSB_MODEL_CACHE", str(tmp_path / "file"))
    assert made().seven() == 7
    assert "compiled models cannot be kept" in caplog.text
    assert solved(decay)[0] is not None


def test_a_core_that_serves_until_the_good_one_is_there(decay, monkeypatch, tmp_path):
    """An empty cache has two soon; a solve has the same bits by both, and in a later process there
    is one alone."""
    linked, link = Queue(), build._link
    monkeypatch.setattr(build, "_link", lambda *given: (link(*given), linked.put(given[1])))
    monkeypatch.setenv("SSB_MODEL_CACHE", str(tmp_path))
    monkeypatch.setattr(build, "_asked", {})
    _, at_first = solved(decay)
    assert linked.get() != (good := linked.get(timeout=60))
    assert len(kept(tmp_path)) == 3
    _, then = solved(decay)
    np.testing.assert_array_equal(at_first, then)
    monkeypatch.setattr(build, "_asked", {})
    np.testing.assert_array_equal(solved(decay)[1], then)
    assert linked.get()[0] == good[0] and linked.empty()


def damaged(path, how):
    """A kept library's bytes, cut short at the end or anywhere, or changed in one bit."""
    content = path.read_bytes()
    if how == "a bit":
        middle = len(content) // 2
        return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
    known = {"empty": b"", "something else": b"no library"}
    return known[how] if how in known else content[: -int(how)]


@pytest.mark.parametrize("how", ["empty", "something else", "1", "200", "4000", "a bit"])
def test_a_damaged_kernel_on_disk_is_made_again(monkeypatch, tmp_path, how):
    """And never loaded: what is cut short can end the process."""
    monkeypatch.setenv("SSB_MODEL_CACHE", str(tmp_path / "whole"))
    made()
    (whole,) = kept(tmp_path / "whole")
    other = tmp_path / "other" / "kernels" / whole.name
    other.parent.mkdir(parents=True)
    other.write_bytes(damaged(whole, how))
    other.chmod(0o755)
    monkeypatch.setattr(build, "_asked", {})
    monkeypatch.setenv("SSB_MODEL_CACHE", str(tmp_path / "other"))
    assert made().seven() == 7
    assert other.read_bytes() == whole.read_bytes()


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="files have no owners here")
def test_what_others_may_have_written_is_not_loaded(monkeypatch, tmp_path):
    """A file that others may change, or that is another's, is made again."""
    monkeypatch.setenv("SSB_MODEL_CACHE", str(tmp_path))
    calls = []
    compile_ = build._compile
    monkeypatch.setattr(build, "_compile", lambda *given: calls.append(1) or compile_(*given))
    made()
    for change in (lambda: None, lambda: kept(tmp_path)[0].chmod(0o777)):
        change()
        monkeypatch.setattr(build, "_asked", {})
        assert made().seven() == 7
    assert len(calls) == 2
    monkeypatch.setattr(build, "_asked", {})
    monkeypatch.setattr(os, "getuid", lambda: -1)
    made()
    assert len(calls) == 3


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="folders have no owners here")
def test_a_folder_of_others_is_none_and_one_open_to_them_is_closed(monkeypatch, tmp_path, caplog):
    monkeypatch.setenv("SSB_MODEL_CACHE", str(tmp_path))
    (tmp_path / "kernels").mkdir()
    (tmp_path / "kernels").chmod(0o777)
    made()
    assert (tmp_path / "kernels").stat().st_mode & 0o777 == 0o700 and not caplog.records
    (library,) = kept(tmp_path)
    library.unlink()
    monkeypatch.setattr(build, "_asked", {})
    monkeypatch.setattr(os, "getuid", lambda: -1)
    assert made().seven() == 7
    assert kept(tmp_path) == [] and "belongs to another user" in caplog.text


@pytest.mark.parametrize("empty", ["", "relative/path"])
def test_a_cache_folder_that_is_none_is_not_the_working_folder(monkeypatch, tmp_path, empty):
    monkeypatch.setenv("SSB_MODEL_CACHE", "")
    monkeypatch.setenv("XDG_CACHE_HOME", empty)
    assert cache_folder() == Path.home() / ".cache" / "ssb_model" / "jax"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "ssb_model" / "jax"


def test_a_compiler_that_refuses_is_said(monkeypatch, tmp_path):
    """What JAX does instead is right but compiles slowly: nobody should wonder why."""
    monkeypatch.setenv("SSB_MODEL_CACHE", str(tmp_path))
    with pytest.raises(build.CompilerError, match="unknown type name"):
        made("unknown_type x;\n")


def test_a_compiler_may_have_options(monkeypatch, tmp_path):
    """$CC as make reads it."""
    monkeypatch.setenv("SSB_MODEL_CACHE", str(tmp_path))
    monkeypatch.setenv("CC", f"{' '.join(build.compiler())} -O1")
    assert made().seven() == 7


# ---- damaged folders, races, no room: in processes of their own, to the bit ----

ROOT = Path(__file__).parents[2]
POSIX = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked here")


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """A saved model."""
    path = tmp_path_factory.mktemp("saved") / "model.ssb"
    coupled().save(path)
    return path


def campaign(what, model, folder, *given):
    """What the processes said, a line each; none was ended by a signal."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.compiled.damaged_cache", what]
    command += [model, folder, *given]
    ran = subprocess.run([*map(str, command)], capture_output=True, text=True, cwd=ROOT)
    assert ran.returncode == 0, ran.stdout[-500:] + ran.stderr[-2000:]
    return ran.stdout.splitlines()


@POSIX
@pytest.mark.parametrize(
    ("first", "last"),
    [(0, 4), *(pytest.param(k, k + 125, marks=pytest.mark.verify) for k in range(0, 500, 125))],
)
def test_a_damaged_library_costs_a_compilation_and_a_word(model, tmp_path, first, last):
    """No damage ends a process or changes a number, and what is made again is said."""
    said = campaign("damages", model, tmp_path, first, last)
    assert len(said) == 2 * (last - first)
    wrong = {
        ran: found for ran, found in zip(said[::2], said[1::2], strict=True) if found != "well"
    }
    assert not wrong


@POSIX
@pytest.mark.parametrize("races", [1, pytest.param(50, marks=pytest.mark.verify)])
def test_two_processes_that_fill_one_cache_compute_the_same(model, tmp_path, races):
    said = campaign("races", model, tmp_path, 0, races)
    assert len(said) == races
    assert len({numbers for line in said for numbers in line.split()}) == 1


@POSIX
@pytest.mark.verify
def test_a_cache_that_cannot_be_written_is_done_without_and_said(model, tmp_path):
    """The numbers are the same to the bit, as long as there is a place for a library at all."""
    lines = (line.partition(": ") for line in campaign("places", model, tmp_path))
    found = {name: json.loads(answer) for name, _, answer in lines}
    usual, nowhere = found.pop("as usual"), found.pop("no room")
    assert usual["kernel"] and not usual["said"]
    assert nowhere["said"] and not nowhere["kernel"]
    for name, answer in found.items():
        assert answer["numbers"] == usual["numbers"], name
        assert answer["said"], name
