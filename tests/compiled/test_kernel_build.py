"""Compiled kernels on disk, and machines that cannot make one."""

from dataclasses import replace

import numpy as np
import pytest

from ssb_model.compiled.kernel import build
from ssb_model.compiled.model import CompiledModel

from .test_kernel import driven

pytestmark = pytest.mark.skipif(build._compiler() is None, reason="no C compiler")
TIMES = np.linspace(0, 1, 5)


@pytest.fixture
def decay():
    return driven()


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


def test_without_a_compiler_jax_solves(decay, monkeypatch, tmp_path):
    """An empty $PATH; and the same where the kernel is turned off."""
    kernel, with_kernel = solved(decay)
    assert kernel is not None
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CC", "/nonexistent/cc")
    kernel, without = solved(decay)
    assert kernel is None
    np.testing.assert_allclose(without, with_kernel, rtol=1e-9)
    monkeypatch.undo()
    monkeypatch.setenv("SSB_MODEL_KERNEL", "off")
    assert solved(decay)[0] is None


@pytest.mark.parametrize(
    "text", ["exit 1", "exit 0", 'while [ "$1" != -o ]; do shift; done; echo > "$2"']
)
def test_a_compiler_that_fails_is_done_without(decay, monkeypatch, tmp_path, text):
    """With an error, without making anything, or making what is no library."""
    monkeypatch.setenv("SSB_MODEL_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("CC", compiler(tmp_path, text))
    assert decay.system.kernel(1) is None
    assert list((tmp_path / "cache").rglob("*.so")) == []


def test_a_folder_that_cannot_be_written_is_done_without(decay, monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("SSB_MODEL_CACHE", str(tmp_path / "file"))
    assert decay.system.kernel(1) is None


@pytest.mark.parametrize("damage", [b"", b"no library", None])
def test_a_damaged_kernel_on_disk_is_made_again(monkeypatch, tmp_path, damage):
    """Empty, something else, or cut short; without a compiler that works, JAX has to do."""
    source = f"int seven(void) {{ return 7; }} /* {damage} */\n"
    monkeypatch.setenv("SSB_MODEL_CACHE", str(tmp_path / "whole"))
    name, _ = build.build(source, 4)
    (whole,) = (tmp_path / "whole").rglob("*.so")
    content = whole.read_bytes()[:200] if damage is None else damage
    for works in (True, False):
        library = tmp_path / str(works) / "kernels" / f"{name}.so"
        library.parent.mkdir(parents=True)
        library.write_bytes(content)
        monkeypatch.setenv("SSB_MODEL_CACHE", str(tmp_path / str(works)))
        if works:
            assert build.build(source, 4)[1].seven() == 7
            assert library.read_bytes() != content
            continue
        monkeypatch.setattr(build, "_compile", lambda *_: False)
        assert build.build(source, 4) is None


def test_a_compiler_that_refuses_is_said(monkeypatch, tmp_path, caplog):
    """What JAX does instead is right but compiles slowly: nobody should wonder why."""
    monkeypatch.setenv("SSB_MODEL_CACHE", str(tmp_path))
    assert build.build("unknown_type x;\n", 4) is None
    assert "could not compile the time step (unknown type name" in caplog.text


def test_a_compiler_may_have_options(monkeypatch, tmp_path):
    """$CC as make reads it."""
    monkeypatch.setenv("SSB_MODEL_CACHE", str(tmp_path))
    monkeypatch.setenv("CC", f"{' '.join(build._compiler())} -O1")
    assert build.build("int one(void) { return 1; }\n", 4)[1].one() == 1
