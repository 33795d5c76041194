"""Which C compiler is taken: the machine's, else that of the package ziglang, for any machine."""

import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import jaxlib
import numpy as np
import pytest

from ssb_model.compiled.kernel import build, compiler, compilers
from ssb_model.compiled.kernel.source import core_source
from ssb_model.compiled.model import CompiledModel

from .test_kernel import coupled
from .test_kernel_build import TIMES

TARGETS = ("x86_64-windows-gnu", "x86_64-macos", "aarch64-macos", "aarch64-linux-gnu")
BROKEN = "import sys; sys.exit('it is broken')"
OWN = "import subprocess, sys; sys.exit(subprocess.call([{!r}, *sys.argv[2:]]))"
needs_own = pytest.mark.skipif(compiler() is None, reason="no C compiler")
needs_wheel = pytest.mark.skipif(find_spec("ziglang") is None, reason="ziglang is not installed")


@pytest.fixture(autouse=True)
def fresh(monkeypatch, tmp_path):
    """As in a fresh process that has made nothing before."""
    monkeypatch.setenv("SSB_MODEL_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(build, "_asked", {})
    compilers.say_none.cache_clear()


@pytest.fixture
def no_machine_compiler(monkeypatch, tmp_path):
    monkeypatch.delenv("CC", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))


@pytest.fixture
def wheel(monkeypatch, tmp_path):
    """Install a package ``ziglang`` that runs a text."""

    def install(text):
        package = tmp_path / "site" / "ziglang"
        package.mkdir(parents=True)
        (package / "__init__.py").touch()
        (package / "__main__.py").write_text(text)
        monkeypatch.syspath_prepend(str(package.parent))
        monkeypatch.setenv("PYTHONPATH", str(package.parent))

    return install


@pytest.fixture
def broken(monkeypatch, tmp_path):
    """A machine's compiler that ends with an error."""
    path = tmp_path / "broken"
    path.write_text("#!/bin/sh\nexit 1\n")
    path.chmod(0o755)
    monkeypatch.setenv("CC", str(path))


def values(model):
    """With a kernel that is looked for anew, and whether there is one."""
    fresh = CompiledModel(replace(model.system))
    x = fresh.solve({"k": [0.5, 1.0, 1.5]}, TIMES)["x"]
    return x, fresh.system.kernel(1) is not None


@needs_own
def test_the_machines_compiler_comes_first(wheel):
    own = compiler()
    wheel(BROKEN)
    assert [*compilers.compilers()] == [own, [sys.executable, "-m", "ziglang", "cc"]]


def test_without_one_the_packages_compiler_is_taken(no_machine_compiler, monkeypatch, wheel):
    wheel(BROKEN)
    assert compiler() == [sys.executable, "-m", "ziglang", "cc"]
    monkeypatch.setenv("SSB_MODEL_KERNEL", "off")
    assert compiler() is None


@needs_own
@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
def test_where_the_machines_compiler_is_broken_the_packages_solves(wheel, caplog, request):
    own = compiler()
    if len(own) > 1:
        pytest.skip("the compiler is no single program")
    wheel(OWN.format(own[0]))
    request.getfixturevalue("broken")
    _, has_kernel = values(coupled())
    assert has_kernel and not caplog.records


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
def test_where_both_are_broken_jax_solves(broken, wheel, caplog):
    """One sentence, which has no compiler to name."""
    wheel(BROKEN)
    model = coupled()
    assert model.system.kernel(1) is None
    (record,) = caplog.records
    assert "-m ziglang cc could not compile the model (it is broken)" in record.getMessage()
    assert "pip install" not in record.getMessage()


def test_where_there_is_none_a_sentence_names_the_package(no_machine_compiler, monkeypatch, caplog):
    """Once, and not where the kernel is turned off."""
    monkeypatch.setattr(compilers, "find_spec", lambda name: None)
    model = coupled()
    monkeypatch.setenv("SSB_MODEL_KERNEL", "off")
    assert replace(model.system).kernel(1) is None
    assert not caplog.records
    monkeypatch.delenv("SSB_MODEL_KERNEL")
    for _ in range(2):
        assert replace(model.system).kernel(1) is None
    (record,) = caplog.records
    assert "no C compiler was found" in record.getMessage()
    assert "`pip install ziglang`" in record.getMessage()


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
def test_where_the_machines_is_broken_a_sentence_names_the_package(broken, monkeypatch, caplog):
    monkeypatch.setattr(compilers, "find_spec", lambda name: None)
    assert coupled().system.kernel(1) is None
    assert "`pip install ziglang`" in caplog.text


def test_a_path_with_blanks_is_one_word(monkeypatch, tmp_path):
    """Others are a program and its options."""
    path = tmp_path / "the compiler.exe"
    path.touch(0o755)
    monkeypatch.setenv("CC", str(path))
    assert compiler() == [str(path)]
    monkeypatch.setenv("CC", f"{sys.executable} -m ziglang cc")
    assert compiler() == [sys.executable, "-m", "ziglang", "cc"]


@needs_own
@needs_wheel
def test_the_packages_compiler_gives_the_machines_numbers(monkeypatch, tmp_path):
    """Also where the home cannot be written: all that it keeps lies in our cache folder."""
    model = coupled()
    known, _ = values(model)
    monkeypatch.setattr(build, "_asked", {})
    monkeypatch.setattr(compilers, "OWN", ())
    for variable in ("CC", "ZIG_GLOBAL_CACHE_DIR", "ZIG_LOCAL_CACHE_DIR"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "nowhere"))
    found, has_kernel = values(model)
    assert has_kernel
    np.testing.assert_allclose(found, known, rtol=1e-12)
    assert (tmp_path / "cache" / "kernels" / "zig").is_dir()
    assert not (tmp_path / "nowhere").exists()


@needs_wheel
@pytest.mark.parametrize("target", TARGETS)
def test_the_core_and_a_model_compile_for_every_system(tmp_path_factory, target):
    """With no warning but of functions that a model does not need."""
    place = tmp_path_factory.getbasetemp()
    flags = [flag for flag in compilers.FLAGS if flag not in ("-march=native", "-pthread")]
    warned = ["-Wall", "-Werror", "-Wno-unused-function", "-Wno-unused-const-variable"]
    texts = {
        "ssb_core": core_source(),
        "ssb_solve": coupled().system.source(moves=True).text,
    }
    include = Path(jaxlib.__file__).parent / "include"
    command = [sys.executable, "-m", "ziglang", "cc", "-target", target, *flags, *warned]
    command += ["-DWIDTH=4", f"-I{include}"]
    steps = compilers.windows_steps if "windows" in target else compilers.steps
    for symbol, text in texts.items():
        source, made = place / f"{symbol}.c", place / f"{target}-{symbol}"
        source.write_text(text, "utf-8")
        for step in steps(command, source, made):
            environment = compilers.environment(place, str(place))
            ran = subprocess.run(step, env=environment, capture_output=True, text=True)
            assert ran.returncode == 0, ran.stderr
        assert symbol.encode() in made.read_bytes()
