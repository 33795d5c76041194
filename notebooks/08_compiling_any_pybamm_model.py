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
# # Compiling any PyBaMM model to JAX
#
# The compiler knows no battery but for its current: whatever PyBaMM discretises becomes one JAX
# program that takes batches, gives exact derivatives, follows experiments and answers with
# impedance. Here with PyBaMM's own models and parameter sets, none of them of this project, and
# with PyBaMM's IDAKLU solver as the oracle.

# %%
from pathlib import Path
from time import perf_counter

import jax
import jax.numpy as jnp
import matplotlib.pyplot as plt
import numpy as np
import pybamm

import ssb_model
from ssb_model.plotting import BARE, COATED, QUIET, RC

plt.rcParams.update(RC)
VOLTAGE, CURRENT = "Voltage [V]", "Current function [A]"


def timed(function):
    """What a function returns, and how long it took [ms]."""
    start = perf_counter()
    found = function()
    return found, 1e3 * (perf_counter() - start)


# %% [markdown]
# ## A Doyle–Fuller–Newman model
#
# 963 states, 100 of them algebraic. `compile` walks the discretised equations once; the first solve
# compiles for some seconds.

# %%
values = pybamm.ParameterValues("Chen2020")
dfn = ssb_model.compile(pybamm.lithium_ion.DFN(), values)
times = np.linspace(0, 3600, 181)
first, cold = timed(lambda: dfn.solve(t_eval=times))
again, warm = timed(lambda: dfn.solve(t_eval=times))
print(f"{dfn.system.states} states; first solve {cold:.0f} ms, then {warm:.0f} ms; {again.status}")
oracle = pybamm.Simulation(
    pybamm.lithium_ion.DFN(),
    parameter_values=values,
    solver=pybamm.IDAKLUSolver(rtol=1e-8, atol=1e-9),
)
exact = oracle.solve([0, 3600], t_interp=times)[VOLTAGE](times)
figure, axes = plt.subplots(1, 2, figsize=(11, 4), layout="constrained")
axes[0].plot(times / 60, again[VOLTAGE], color=COATED, lw=4, label="compiled")
axes[0].plot(times / 60, exact, "--", color=BARE, label="IDAKLU, rtol 10⁻⁸")
axes[0].set(xlabel="time at 5 A [min]", ylabel="voltage [V]", title="DFN, Chen2020")
axes[0].legend()
axes[1].plot(times / 60, 1e3 * (again[VOLTAGE] - exact), color=COATED)
axes[1].set(xlabel="time at 5 A [min]", ylabel="compiled − IDAKLU [mV]")
plt.show()

# %% [markdown]
# ## A batch
#
# Inputs are parameters left open. A hundred cells that differ in current, diffusivity and
# transference number are one call; each member has its own steps and its own end. The
# single-particle model with electrolyte (SPMe) keeps this notebook quick.

# %%
D = "Positive particle diffusivity [m2.s-1]"
T_PLUS = "Cation transference number"
spme = ssb_model.compile(pybamm.lithium_ion.SPMe(), values, inputs=[D, T_PLUS])
members = 100
rng = np.random.default_rng(8)
inputs = {
    CURRENT: rng.uniform(2.5, 10, members),
    D: values[D] * rng.lognormal(0, 0.5, members),
    T_PLUS: rng.uniform(0.2, 0.5, members),
}
span = np.linspace(0, 1.15, 121)[None, :] * 5 / inputs[CURRENT][:, None] * 3600
spme.solve(inputs, span)
batch, took = timed(lambda: spme.solve(inputs, span))
figure, axis = plt.subplots(figsize=(9, 4.2), layout="constrained")
order = np.argsort(inputs[CURRENT])
colours = plt.get_cmap("viridis")((inputs[CURRENT] - 2.5) / 7.5)
for k in order:
    charge = span[k] / 3600 * inputs[CURRENT][k]
    axis.plot(charge, batch[VOLTAGE][k], color=colours[k], lw=0.9)
axis.set(xlabel="charge [Ah]", ylabel="voltage [V]", title="SPMe, a hundred cells")
scale = plt.cm.ScalarMappable(plt.Normalize(2.5, 10), "viridis")
figure.colorbar(scale, ax=axis, label="current [A]")
plt.show()
print(f"{took / members:.2f} ms a cell; all ended well: {bool(batch.succeeded.all())}")

# %% [markdown]
# ## Derivatives
#
# Exact ones of the voltage at every time, and of the time at which the cut-off is met. Central
# differences of IDAKLU at tight tolerance agree as far as differences can.

# %%
solved = spme.solve({CURRENT: 5.0}, times, sensitivities=[D, T_PLUS])


def peer(name, factor):
    """IDAKLU's voltage with one parameter scaled."""
    changed = values.copy()
    changed[name] = values[name] * factor
    solver = pybamm.IDAKLUSolver(rtol=1e-9, atol=1e-9)
    simulation = pybamm.Simulation(
        pybamm.lithium_ion.SPMe(), parameter_values=changed, solver=solver
    )
    return simulation.solve([0, 3600], t_interp=times)[VOLTAGE](times)


figure, axis = plt.subplots(figsize=(9, 4), layout="constrained")
for name, colour in ((D, COATED), (T_PLUS, BARE)):
    slope = solved.sensitivities[name][VOLTAGE] * values[name]
    step = 0.01
    difference = (peer(name, 1 + step) - peer(name, 1 - step)) / (2 * step)
    axis.plot(times / 60, 1e3 * slope, color=colour, label=name.split(" [")[0])
    axis.plot(times[::12] / 60, 1e3 * difference[::12], "o", color=colour, mfc="white")
axis.plot([], [], "o", color=QUIET, mfc="white", label="central differences of IDAKLU")
axis.set(xlabel="time at 5 A [min]", ylabel="∂V/∂ln p [mV]", title="SPMe, Chen2020")
axis.legend()
plt.show()

# %% [markdown]
# The program is a JAX function: `jit`, `vmap`, `jvp` and `jacfwd` work on it and through it, inside
# a function of your own.

# %%
h = 0.01
scales = jnp.array([1 - h, 1.0, 1 + h])
defaults = {name: jnp.full(3, value) for name, value in spme.system.defaults.items()}


@jax.jit
def charge(p):
    """Charge [Ah] at 5 A until the cut-off (3,), the diffusivity scaled by p (3,)."""
    run = spme.trajectory(
        defaults | {CURRENT: jnp.full(3, 5.0), D: values[D] * p},
        jnp.linspace(0, 5000.0, 3)[:, None] * jnp.ones(3),
    )
    return 5.0 * run.t_end / 3600


Q, slope = jax.jvp(charge, (scales,), (jnp.ones(3),))
difference = (Q[2] - Q[0]) / (2 * h)
print(f"{Q[1]:.4f} Ah; dQ/dln D = {slope[1]:.5f} Ah, by differences {difference:.5f}")

# %% [markdown]
# ## Impedance of the DFN, at any state of charge
#
# With double layers (`"surface form": "differential"`) the same program answers with impedance, at
# rest or at the end of a discharge. `EISSimulation` is the oracle.

# %%
surface = pybamm.lithium_ion.DFN({"surface form": "differential"})
points = {"x_n": 8, "x_s": 8, "x_p": 8, "r_n": 10, "r_p": 10}
full = ssb_model.compile(surface, values, var_pts=points)
frequencies = np.logspace(4, -3, 61)
rest = full.impedance(frequencies)
discharged = full.solve({CURRENT: 5.0}, [0, 2700]).final_state
later = full.impedance(frequencies, state=discharged)
eis = pybamm.EISSimulation(surface, parameter_values=values, var_pts=points)
oracle = eis.solve(frequencies)["Impedance [Ohm]"]
figure, axis = plt.subplots(figsize=(9, 4.2), layout="constrained")
axis.plot(1e3 * oracle.real, -1e3 * oracle.imag, "x", color=QUIET, ms=8, label="EISSimulation")
for z, colour, label in ((rest, COATED, "at rest, new"), (later, BARE, "after 45 min at 5 A")):
    axis.plot(1e3 * z.real, -1e3 * z.imag, "o-", color=colour, ms=4, label=label)
axis.set(xlabel="Re Z [mΩ]", ylabel="−Im Z [mΩ]")
axis.set_aspect("equal")
axis.legend()
plt.show()
print(f"largest difference from EISSimulation: {np.max(np.abs(rest / oracle - 1)):.1e} of |Z|")

# %% [markdown]
# ## A file that needs no PyBaMM, and an experiment
#
# The lowered program is arrays and JSON: no code, nothing of JAX's version. What is loaded is the
# same model, to be run where there is no PyBaMM. Experiments run inside one compiled program too,
# without Python between the steps; the numbers of a protocol are not compiled in. Here the loaded
# program follows one, beside PyBaMM's own.

# %%
spme.save("spme.ssb")
loaded = ssb_model.load_compiled("spme.ssb")
print(f"{Path('spme.ssb').stat().st_size / 1e3:.0f} kB")
experiment = pybamm.Experiment(
    [
        (
            "Discharge at 1C until 2.8 V",
            "Rest for 20 minutes",
            "Charge at 0.5C until 4.1 V",
            "Hold at 4.1 V until C/20",
        )
    ]
    * 2
)
run = loaded.solve(experiment=experiment, period=60)
reference = pybamm.Simulation(
    pybamm.lithium_ion.SPMe(),
    parameter_values=values,
    experiment=experiment,
    solver=pybamm.IDAKLUSolver(rtol=1e-8, atol=1e-9),
).solve()
figure, axis = plt.subplots(figsize=(9, 3.8), layout="constrained")
axis.plot(
    reference["Time [h]"].entries, reference[VOLTAGE].entries, color=BARE, lw=4, label="IDAKLU"
)
axis.plot(run.t / 3600, run[VOLTAGE], color=COATED, lw=1.6, label="compiled, loaded from a file")
axis.set(xlabel="time [h]", ylabel="voltage [V]", title="SPMe, Chen2020, two cycles")
axis.legend()
plt.show()
print(f"ends after {run.t_end / 3600:.5f} h; by IDAKLU {reference['Time [h]'].entries[-1]:.5f} h")

# %% [markdown]
# ## What is refused
#
# A model, a node or an input that cannot be compiled is one sentence; a solve that fails says so
# for that member, and is never a number without a reason. What is not supported, and how fast all
# this is, stands in `docs/compiler/index.md`.

# %%
for wrong in ("Positive particle diffusivity", "Positive electrode OCP [V]"):
    try:
        ssb_model.compile(pybamm.lithium_ion.SPMe(), values, inputs=[wrong])
    except ssb_model.InputError as refusal:
        print(refusal)
