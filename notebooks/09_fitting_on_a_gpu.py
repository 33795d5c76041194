# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#       jupytext_version: 1.19.6
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Fitting on a GPU, or on whatever JAX finds
#
# A fit is many evaluations of one program with other numbers, and that is what GPUs are for. This
# notebook ships a compiled cell to a machine that has JAX and no PyBaMM, and fits two synthetic
# spectra there from 64 starts in one batch. It runs on whatever device JAX finds: the outputs kept
# here come from **two shared CPU cores**. No GPU was measured for this notebook and no number of
# one is given; what changes on one is said in words, and the last cells measure on yours.
#
# ## On the laptop: compile and save
#
# The only step that needs PyBaMM, here in a process of its own.

# %%
import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import jax
import jax.numpy as jnp
import matplotlib.pyplot as plt
import numpy as np

import ssb_model
from ssb_model.fitting import Datum, FreeParameter, ParameterSpace, Problem, Simulator, fit
from ssb_model.plotting import BARE, COATED, RC, plain_ticks

MAKE = """
import ssb_model

values = ssb_model.cell_parameters("symmetric", coating="zni2-0.5")
inputs = [
    "Garnet conductivity [S.m-1]",
    "Garnet grain boundary effective permittivity [F.m-1]",
    "Negative face exchange-current density [A.m-2]",
    "Negative face double-layer capacity [F.m-2]",
    "Negative face layer ionic conductivity [S.m-1]",
    "Ambient temperature [K]",
]
cell = ssb_model.SymmetricCell({"interface growth": "none"})
ssb_model.compile(cell, values, inputs=inputs).save("cell.ssb")
"""
_ = subprocess.run([sys.executable, "-c", MAKE], check=True, capture_output=True)

# %% [markdown]
# ## On the node: load
#
# From here on nothing imports PyBaMM: a node needs Python, NumPy and JAX, and this file.

# %%
plt.rcParams.update(RC)
cell = ssb_model.load_compiled("cell.ssb")
device = jax.devices()[0]
DEVICE = f"{device.platform}, {len(jax.devices())} device"
print(f"{Path('cell.ssb').stat().st_size / 1e3:.0f} kB; JAX {jax.__version__} on {DEVICE}")
print("PyBaMM imported:", "pybamm" in sys.modules)

# %% [markdown]
# ## Synthetic spectra
#
# Two temperatures, 60 frequencies each, with 0.1 % of noise, from a truth that the fit does not
# know.

# %%
FREE = {  # truth, prior's centre, lower and upper 95 %
    "Garnet conductivity [S.m-1]": (0.058, 0.071, 0.04, 0.12),
    "Garnet grain boundary effective permittivity [F.m-1]": (4e-8, 1e-7, 1e-9, 1e-6),
    "Negative face exchange-current density [A.m-2]": (90.0, 128.0, 10.0, 2500.0),
    "Negative face double-layer capacity [F.m-2]": (0.02, 0.01, 5e-3, 0.1),
    "Negative face layer ionic conductivity [S.m-1]": (1.1e-3, 6e-4, 5e-5, 1e-2),
}
TEMPERATURE = "Ambient temperature [K]"
frequencies = np.logspace(6.7, -1, 60)
kelvin = np.array([298.15, 333.15])
truth = {name: np.full(2, numbers[0]) for name, numbers in FREE.items()}
exact = cell.impedance(frequencies, truth | {TEMPERATURE: kelvin})  # (2, 60)
rng = np.random.default_rng(9)
noise = 0.001 * np.abs(exact)
measured = exact + noise * (rng.normal(size=exact.shape) + 1j * rng.normal(size=exact.shape))
figure, axes = plt.subplots(1, 2, figsize=(10, 3.2), layout="constrained")
for axis, z, T, colour in zip(axes, measured, kelvin, (COATED, BARE), strict=True):
    axis.plot(z.real, -z.imag, "o", color=colour, ms=4)
    axis.set(xlabel="Re Z [Ω]", ylabel="−Im Z [Ω]", title=f"synthetic, {T - 273.15:.0f} °C")
    axis.set_aspect("equal", adjustable="datalim")
plt.show()

# %% [markdown]
# ## The fit as a problem
#
# `cell.spectrum` is a pure JAX function of a batch of inputs. A *simulator* turns parameters into
# numbers that data can be held against; the Jacobian is exact, by forward differentiation through
# the elimination.

# %%
names = tuple(
    f"{part} Z at {f:.4g} Hz, {T:.2f} K"
    for T in kelvin
    for part in ("Re", "Im")
    for f in frequencies
)


def spectra(theta):
    """Real and imaginary parts (observables, batch) at both temperatures."""
    members = theta["Garnet conductivity [S.m-1]"].shape[0]
    fixed = {name: jnp.full(members, value) for name, value in cell.system.defaults.items()}
    rows = []
    for T in kelvin:
        z = cell.spectrum(fixed | theta | {TEMPERATURE: jnp.full(members, T)}, frequencies)
        rows += [z.real, z.imag]
    return jnp.concatenate(rows)


def free(name, numbers):
    """A parameter with a log-normal prior."""
    _, unit = name[:-1].split(" [")
    return FreeParameter(name, unit, *numbers[1:], "log")


space = ParameterSpace([free(name, numbers) for name, numbers in FREE.items()])
numbers = np.concatenate([np.concatenate([z.real, z.imag]) for z in measured])
widths = np.concatenate([np.tile(width, 2) for width in noise])
data = [Datum(name, name, *pair) for name, *pair in zip(names, numbers, widths, strict=True)]
STARTS = 64
problem = Problem(space, [Simulator("spectra", tuple(FREE), names, spectra, chunk=STARTS)], data)

# %% [markdown]
# ## Sixty-four starts in one batch
#
# Draws of the priors, all fitted side by side by Levenberg–Marquardt. What matters on any device is
# that no start waits for another: one call evaluates all of them with all derivatives.

# %%
start = perf_counter()
found = fit(problem, starts=STARTS)
cold = perf_counter() - start
start = perf_counter()
found = fit(problem, starts=STARTS)
print(f"{STARTS} starts: {cold:.1f} s with compilation, then {perf_counter() - start:.2f} s")
print(f"{np.sum(found.starts < found.cost + 0.1)} of them reached the lowest cost")
for row in found.parameter_table():
    true = FREE[row["parameter"]][0]
    print(
        f"{row['parameter'].split(' [')[0]:46s} truth {true:8.3g}   "
        f"{row['value']:8.3g} ({row['lower95']:.3g} … {row['upper95']:.3g})"
    )

# %% [markdown]
# ## Where the time goes: the batch
#
# The same program at growing batch sizes: what a call costs by itself is shared by its members, and
# in the end the device is full. On a CPU members run in chunks of 32, a thread a core; a GPU takes
# the whole batch at once. This cell draws the curve of whatever ran it.

# %%
sizes = np.array([1, 4, 16, 64, 256, 1024])
each = []
for size in sizes:
    batch = {name: np.geomspace(n[2], n[3], size) for name, n in FREE.items()}
    cell.impedance(frequencies, batch)
    took = []
    for _ in range(9):
        start = perf_counter()
        cell.impedance(frequencies, batch)
        took.append(perf_counter() - start)
    each.append(np.median(took) / size)
figure, axis = plt.subplots(figsize=(8, 4), layout="constrained")
axis.loglog(sizes, 1e3 * np.array(each), "o-", color=COATED, label=f"measured here: {DEVICE}")
axis.set(xlabel="spectra in the batch [1]", ylabel="time a spectrum [ms]")
axis.set_xticks(sizes, labels=map(str, sizes))
plain_ticks(axis.yaxis, [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1])
axis.xaxis.minorticks_off()
axis.legend()
plt.show()
print({int(n): f"{1e3 * t:.3f} ms" for n, t in zip(sizes, each, strict=True)})

# %% [markdown]
# ## What changes on a GPU
#
# - **Installation**: JAX's build for the GPU, on the node, beside `ssb_model`. The artefact is the
#   same file; JAX compiles it there.
# - **No code changes.** `jax.devices()` above says what is used; `JAX_PLATFORMS=cpu` forces the
#   CPU.
# - **Another path below.** On a CPU a solve is C code made for the model. On a GPU it is the same
#   text where nvcc is found, a thread a member, else plain JAX with the whole batch at once; tests
#   hold the two to 10⁻¹⁰ of each other.
# - **Batches.** Give it thousands of members: starts × spectra, profiles (parameters × 21 values),
#   chains of a sampler, draws of priors.
# - **Double precision** is required: the runtime turns it on, and refuses to go without.
# - **Compilation** is done once a shape, and kept on disk.
#
# `python -m benchmarks.device` measures discharges by batch size on your device against a recorded
# reference; `docs/compiler/index.md` says what has been measured and what has not. The path of
# plain JAX can be tried without one, as here in a process whose C kernel is switched off:

# %%
TRY = """
import numpy as np
import ssb_model

z = ssb_model.load_compiled("cell.ssb").impedance(np.logspace(6.7, -1, 60))
np.save("plain.npy", z)
"""

_ = subprocess.run(
    [sys.executable, "-c", TRY],
    check=True,
    env=os.environ | {"SSB_MODEL_KERNEL": "off"},
    capture_output=True,
)
kernel = cell.impedance(frequencies)
plain = np.load("plain.npy")
print(f"plain JAX and C kernel differ by {np.max(np.abs(plain / kernel - 1)):.1e} of |Z|")
print("PyBaMM imported by this notebook:", "pybamm" in sys.modules)
