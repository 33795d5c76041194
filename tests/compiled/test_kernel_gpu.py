"""The text for GPUs: on a CPU, lane after lane, against the CPU's own kernel; and under nvcc."""

import shutil
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from benchmarks.gpu_report import usages
from ssb_model.compiled.integration import Recorder, consistent_state
from ssb_model.compiled.integration.integrate import Tolerances
from ssb_model.compiled.integration.system import System
from ssb_model.compiled.kernel import build, gpu
from ssb_model.compiled.kernel.calls import Kernel
from ssb_model.compiled.model import CompiledModel

from .test_kernel import (
    DIFFUSIVITY,
    PROTOCOL,
    coupled,
    doyle_fuller_newman,
    driven,
    full_cell,
    growth,
    single_particles,
)

GXX = shutil.which("g++")
HOST = (
    "-x",
    "c++",
    "-std=c++20",
    "-O1",
    "-march=native",
    "-ffp-contract=off",
    "-fno-math-errno",
    "-fPIC",
    "-shared",
)
needs_nvcc = pytest.mark.skipif(gpu.nvcc() is None, reason="no nvcc")
needs_gxx = pytest.mark.skipif(
    GXX is None or build.compiler() is None, reason="no g++ to take a GPU's place"
)
verify = pytest.mark.verify

SOLVES = {
    "growth": (growth, "k", {"t_eval": np.linspace(0, 8, 9)}),
    "driven to its event": (driven, "k", {"t_eval": np.linspace(0, 9, 9)}),
    "protocol": (single_particles, DIFFUSIVITY, {"experiment": PROTOCOL, "period": 60.0}),
    "full cell": (full_cell, "Garnet thickness [m]", {"t_eval": np.linspace(0, 3900, 20)}),
    "Doyle-Fuller-Newman": (doyle_fuller_newman, DIFFUSIVITY, {"t_eval": np.linspace(0, 4000, 20)}),
}
LONG = dict.fromkeys(["full cell", "Doyle-Fuller-Newman"], verify)
MEMBERS = [1, 33, 70]  # part of a tile, one more than a tile, two tiles and part of a third


def emulated(source):
    """A library in which a CPU takes a GPU's place."""
    return gpu.linked([GXX, *HOST], gpu.gpu_source(source, emulated=True), source)


def on_emulated_gpu(patch):
    def kernel(system, batch, moves=False):
        return Kernel(system, emulated, "cpu", emulated(system.source(moves)), moves)

    patch.setattr(System, "kernel", kernel)


@pytest.fixture(
    scope="module", params=[pytest.param(name, marks=LONG.get(name, ())) for name in SOLVES]
)
def case(request, jax_x64):
    make, name, arguments = SOLVES[request.param]
    return make(), name, arguments


@needs_gxx
@pytest.mark.parametrize("members", MEMBERS)
def test_a_thread_a_member_gives_the_same_bits(case, members):
    """Outputs, ends and derivatives, in tiles that are full or not."""
    compiled, name, arguments = case
    values = compiled.system.defaults[name] * np.linspace(0.8, 1.3, members)
    own = compiled.solve({name: values}, sensitivities=(name,), **arguments)
    with pytest.MonkeyPatch.context() as patch:
        on_emulated_gpu(patch)
        other = CompiledModel(replace(compiled.system))
        tiled = other.solve({name: values}, sensitivities=(name,), **arguments)
    assert tiled.status == own.status
    np.testing.assert_array_equal(tiled.t_end, own.t_end)
    for output in compiled.output_names:
        np.testing.assert_array_equal(tiled[output], own[output])
        np.testing.assert_array_equal(tiled.final[output], own.final[output])
        d, e = (solution.sensitivities[name][output] for solution in (tiled, own))
        np.testing.assert_array_equal(d, e)


@needs_gxx
def test_recorded_steps_are_the_same(jax_x64):
    system = replace(coupled().system)
    times, tolerances = np.array([0.0, 0.7, 2.0]), Tolerances(1e-7, 1e-7)
    inputs = {"k": np.linspace(0.9, 1.1, 35)}
    state, seeds = np.ones((2, 35)) * [[1.0], [0.5]], np.ones((1, 2, 35))

    def paths(system):
        return Recorder(system).solve(times, inputs, state, tolerances, ("k",), seeds)

    own = paths(system)
    with pytest.MonkeyPatch.context() as patch:
        on_emulated_gpu(patch)
        tiled = paths(replace(system))
    for one, other in zip(tiled, own, strict=True):
        for key in ("states", "t", "h", "segment", "final", "tangents"):
            np.testing.assert_array_equal(getattr(one, key), getattr(other, key))


@needs_gxx
def test_consistent_states_and_impedances_are_the_same(jax_x64):
    """With derivatives, of the states; the observer is what both look at them with."""
    compiled = single_particles()
    system, members = compiled.system, 35
    u = {n: v * np.linspace(0.9, 1.1, members) for n, v in system.defaults.items()}
    t, active = np.full(members, 0.5), np.arange(members) != 4
    y = np.asarray(system.initial_state(u)) * np.linspace(0.999, 1, members)
    du = {n: np.ones(members) for n in u}
    hertz = np.logspace(-3, 3, 7)

    def found(system):
        @jax_x64.jit
        def state(t, y, u):
            return consistent_state(system, t, y, u, active)[0]

        model = CompiledModel(system)
        values = {DIFFUSIVITY: system.defaults[DIFFUSIVITY] * np.linspace(0.9, 1.1, members)}
        impedance = model.impedance(hertz, values)
        return *jax_x64.jvp(state, (t, y, u), (t, y, du)), np.asarray(impedance).T

    own = found(system)
    with pytest.MonkeyPatch.context() as patch:
        on_emulated_gpu(patch)
        tiled = found(replace(system))
    for one, other in zip(tiled, own, strict=True):
        np.testing.assert_array_equal(one[..., active], other[..., active])


@needs_nvcc
@pytest.mark.parametrize(
    ("make", "architecture"),
    [
        pytest.param(growth, "sm_90"),
        pytest.param(growth, "sm_80", marks=verify),
        pytest.param(growth, "sm_100", marks=verify),
        *(
            pytest.param(make, name, marks=verify)
            for make in (full_cell, doyle_fuller_newman)
            for name in ("sm_80", "sm_90", "sm_100")
        ),
    ],
)
def test_the_text_compiles_for_gpus_without_large_frames(make, architecture, jax_x64):
    """Numbers of type `v` are 256 bytes long: one that is not in a register would show."""
    found = usages(make().system.source(moves=False), architecture)
    assert [use.program for use in found] == ["last_pivot", "observe", "consistent", "solve"]
    for use in found:
        assert use.registers <= 255
        assert use.stack <= 8192
        assert use.spill_stores <= 8192
        assert use.shared == 0


def script(folder, text):
    path = folder / "nvcc"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def on_a_gpu(monkeypatch, tmp_path):
    """A machine whose JAX computes on an H100; nothing has been said yet."""
    monkeypatch.setenv("SSB_MODEL_CACHE", str(tmp_path))
    monkeypatch.setattr(gpu, "architecture", lambda: "sm_90")
    monkeypatch.setattr(gpu, "_linked", {})
    gpu._say_once.cache_clear()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("echo 'nvcc fatal   : Unsupported gpu architecture' >&2; exit 1", "Unsupported gpu"),
        ("exit 0", "it made nothing"),
    ],
)
def test_an_nvcc_that_fails_is_done_without(on_a_gpu, monkeypatch, tmp_path, caplog, text, told):
    """One that does not know the card, and one that makes nothing: one sentence each."""
    monkeypatch.setenv("NVCC", script(tmp_path, text))
    assert gpu.build_for_gpu(growth().system.source(moves=False)) is None
    assert len(caplog.records) == 1
    assert told in caplog.text and "JAX does" in caplog.text


@pytest.mark.parametrize(
    ("capability", "name"), [("9.0", "sm_90"), ("12.1", "sm_121"), ("gfx90a", None)]
)
def test_the_card_is_asked_what_it_is(monkeypatch, capability, name):
    """An AMD card has JAX's own operations."""
    card = SimpleNamespace(compute_capability=capability)
    monkeypatch.setattr(gpu.jax, "default_backend", lambda: "gpu")
    monkeypatch.setattr(gpu.jax, "devices", lambda: [card])
    assert gpu.architecture() == name


@needs_nvcc
@pytest.mark.verify
def test_a_library_that_does_not_run_is_done_without(on_a_gpu, caplog):
    """A machine that has nvcc but neither card nor driver says so when numbers are copied."""
    if shutil.which("nvidia-smi"):
        pytest.skip("a driver is here")
    assert gpu.build_for_gpu(growth().system.source(moves=False)) is None
    assert len(caplog.records) == 1
    assert "does not run here" in caplog.text


def test_without_nvcc_one_sentence_says_so(on_a_gpu, monkeypatch, tmp_path, caplog):
    """Once, and not where the kernel has been turned off."""
    monkeypatch.delenv("NVCC", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    source = growth().system.source(moves=False)
    monkeypatch.setenv("SSB_MODEL_KERNEL", "off")
    assert gpu.build_for_gpu(source) is None
    assert not caplog.records
    monkeypatch.delenv("SSB_MODEL_KERNEL")
    for _ in range(2):
        assert gpu.build_for_gpu(source) is None
    assert len(caplog.records) == 1
    assert "no nvcc was found" in caplog.text
