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
# # The cells in plain PyBaMM
#
# `SymmetricCell`, `FullCell` and `BlockingCell` are ordinary PyBaMM models: simulations,
# experiments, impedance, options and parameter values work on them as on PyBaMM's own. This
# notebook uses nothing of `ssb_model` but the models and their parameters, until its last third,
# where the compiled solver takes the place of PyBaMM's. All curves are simulated from priors.

# %%
from time import perf_counter

import matplotlib.pyplot as plt
import numpy as np
import pybamm

import ssb_model
from ssb_model.cells import CELL_OPTIONS
from ssb_model.plotting import BARE, COATED, QUIET, RC

plt.rcParams.update(RC)
model = ssb_model.FullCell()
print(isinstance(model, pybamm.lithium_ion.DFN), "-", model.name)
print("submodels of the lithium face:")
print(*(f"  {name}" for name in model.submodels if name.startswith("negative face")), sep="\n")

# %% [markdown]
# ## Parameter values
#
# `cell_parameters` reads the named sets and returns `pybamm.ParameterValues`, in SI and with
# PyBaMM's kind of names. They change as usual.

# %%
values = ssb_model.cell_parameters("full", coating="zni2-0.5")
values["Ambient temperature [K]"] = 298.15
values.search("Negative face layer")

# %% [markdown]
# ## Simulation
#
# A C-rate is one of the nominal capacity, 170 mAh per gram of LFP at 3 mg/cm² (both assumed).

# %%
figure, axes = plt.subplots(1, 2, figsize=(11, 4), layout="constrained")
for rate, colour in ((0.5, COATED), (2, BARE)):
    simulation = pybamm.Simulation(model, parameter_values=values, C_rate=rate)
    solution = simulation.solve([0, 3600 / rate])
    charge = solution["Discharge capacity [A.h]"].entries * 1e3  # mA.h on 1 cm2
    axes[0].plot(charge, solution["Voltage [V]"].entries, color=colour, label=f"{rate:g}C")
    at = 1200 / rate  # s: a third of the charge
    sto = solution["Positive particle surface stoichiometry"](t=at)
    x = solution["x_p [m]"].entries[:, 0]
    axes[1].plot((x - x[0]) * 1e6, np.ravel(sto), color=colour, label=f"{rate:g}C")
axes[0].set(xlabel="capacity [mAh/cm²]", ylabel="voltage [V]", ylim=(2.4, 3.6))
axes[1].set(
    xlabel="distance from the garnet [µm]",
    ylabel="lithium at particles' surface [1]",
    title="after a third of the nominal time",
)
axes[0].legend()
axes[1].legend()
plt.show()

# %% [markdown]
# ## Experiment
#
# Pulses and rests. Every variable of the model is there, those of the face among them.

# %%
pulses = pybamm.Experiment(
    [("Discharge at 1C for 10 minutes", "Rest for 20 minutes")] * 3, period="10 seconds"
)
solution = pybamm.Simulation(model, parameter_values=values, experiment=pulses).solve()
minutes = solution["Time [s]"].entries / 60
shown = {
    "voltage [V]": solution["Voltage [V]"].entries,
    "charge transfer,\nlithium face [mV]": 1e3
    * solution["Negative face charge-transfer overpotential [V]"].entries,
    "slow part of\nthe layer [mV]": 1e3
    * solution["Negative face layer slow overpotential [V]"].entries,
}
figure, axes = plt.subplots(3, 1, figsize=(9, 6), layout="constrained", sharex=True)
for axis, (label, curve) in zip(axes, shown.items(), strict=True):
    axis.plot(minutes, curve, color=COATED)
    axis.set(ylabel=label)
axes[-1].set(xlabel="time [min]")
plt.show()

# %% [markdown]
# ## Impedance
#
# PyBaMM's `EISSimulation` linearises the same equations. The symmetric cell, with and without the
# layer: an option, not another model.

# %%
frequencies = np.logspace(6.5, -2, 60)
figure, axis = plt.subplots(figsize=(9, 3.8), layout="constrained")
spectra = {}
for layer, colour in (("mixed conductor", COATED), ("none", QUIET)):
    symmetric = ssb_model.SymmetricCell({"buffer layer": layer, "interface growth": "none"})
    of = ssb_model.cell_parameters("symmetric", coating="zni2-0.5")
    eis = pybamm.EISSimulation(symmetric, parameter_values=of)
    spectra[layer] = eis.solve(frequencies)["Impedance [Ohm]"]
    z = spectra[layer]
    axis.plot(z.real, -z.imag, "o-", color=colour, ms=4, label=f"buffer layer: {layer}")
axis.set(xlabel="Re Z [Ω]", ylabel="−Im Z [Ω]", aspect="equal")
axis.legend()
plt.show()

# %% [markdown]
# ## Options
#
# The cells' own options stand beside PyBaMM's in one dictionary. A wrong one is one sentence.

# %%
print(*(f"{option}: {', '.join(offered)}" for option, offered in CELL_OPTIONS.items()), sep="\n")
try:
    ssb_model.SymmetricCell({"double layer": "constant-phase"})
except ssb_model.InputError as refusal:
    print(f"\n{refusal}")

# %% [markdown]
# ## The compiled solver in PyBaMM's place
#
# `CompiledSolver` is a PyBaMM solver: the same `Simulation`, the same solution, another program
# behind it. The oracle is IDAKLU at tight tolerance. The first solve compiles.

# %%
solvers = {
    "IDAKLU, tight": pybamm.IDAKLUSolver(rtol=1e-8, atol=1e-9),
    "IDAKLU, default": pybamm.IDAKLUSolver(),
    "compiled, first solve": ssb_model.CompiledSolver(),
}
solvers["compiled, again"] = solvers["compiled, first solve"]
seconds = np.linspace(0, 3000, 301)
curves, took = {}, {}
for name, solver in solvers.items():
    simulation = pybamm.Simulation(model, parameter_values=values, solver=solver, C_rate=1)
    simulation.build()
    start = perf_counter()
    solution = simulation.solve([0, 3000], t_interp=seconds)
    took[name] = perf_counter() - start
    curves[name] = solution["Voltage [V]"](seconds)
figure, axis = plt.subplots(figsize=(9, 3.8), layout="constrained")
for name, colour in (("IDAKLU, default", QUIET), ("compiled, again", COATED)):
    miss = 1e3 * (curves[name] - curves["IDAKLU, tight"])
    axis.plot(seconds / 60, miss, color=colour, label=f"{name}: {1e3 * took[name]:.0f} ms")
axis.set(xlabel="time at 1C [min]", ylabel="difference from\nIDAKLU, tight [mV]")
axis.legend(title="default tolerances")
plt.show()
print(f"first compiled solve: {took['compiled, first solve']:.1f} s")

# %% [markdown]
# ## The compiled model itself
#
# `ssb_model.compile` takes the same model and parameter values, and answers in batches. Its
# impedance, with one elimination for all frequencies, beside `EISSimulation` above:

# %%
symmetric = ssb_model.compile(
    ssb_model.SymmetricCell({"interface growth": "none"}),
    ssb_model.cell_parameters("symmetric", coating="zni2-0.5"),
)
z = symmetric.impedance(frequencies)
print(f"largest difference: {np.max(np.abs(z / spectra['mixed conductor'] - 1)):.1e} of |Z|")

# %% [markdown]
# ## PyBOP
#
# PyBOP fits PyBaMM models, and these are PyBaMM models. It wants an older NumPy than this notebook
# (26.3 pins `numpy<2.4`), so nothing of it runs here: `python -m benchmarks.pybop` makes an
# environment of its own for it and fits six discharges of the full cell. How such a fit is written
# down stands in `benchmarks/pybop/peer_problem.py`; `docs/methods/fitting.md` has the comparison.
# Give PyBOP coordinates of order one, as there: from the diffusivity itself, 4e-18, its SLSQP does
# not move.
