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
# # From the paper to a cell
#
# Molten lithium does not wet a garnet electrolyte: the two touch at points and the interface
# resistance is huge. Zhai et al. (*Chem. Sci.* 2024, 15, 7144,
# [doi:10.1039/d4sc00786g](https://doi.org/10.1039/d4sc00786g)) dip the pellet into a ZnI2
# solution first; lithium turns the deposit into a layer of LiI and a zinc-lithium alloy.
#
# This notebook starts from the numbers in that paper's text and ends with a fitted cell. Every
# curve below is a **model** curve; measured values are the paper's stated numbers, drawn as
# points. The first run compiles for most of a minute, later ones load what was compiled.

# %%
import json
import tomllib
from pathlib import Path
from time import perf_counter

import matplotlib.pyplot as plt
import numpy as np
import pybamm
from IPython.display import Markdown, display

import ssb_model
from ssb_model.plotting import BARE, COATED, PAPER, QUIET, RC
from ssb_model.study import load_study

plt.rcParams.update(RC)


def table(headings, rows):
    """Rows as a Markdown table."""
    lines = [headings, ["---"] * len(headings), *rows]
    return Markdown("\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines))


def inline(value):
    """A value as TOML writes it."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(k)} = {inline(v)}" for k, v in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


# %% [markdown]
# ## What the paper states, and what it does not
#
# An experiment is a data file: one entry a statement, with unit, condition and figure. Thickness
# and conductivity of the pellet, thickness of the layer, loading of the cathode and more are not in
# the text. They are *priors*: a value, a 95 % range, a source, and a tag that says how the number
# is known.

# %%
paper = ssb_model.load_experiment("zhai2024")
stated = [
    (n, s.quantity, s.value, s.unit, s.figure)
    for n, s in paper.statements.items()
    if n in (9, 10, 12, 13, 18, 22, 23, 27)
]
display(table(("no.", "quantity", "value", "unit", "where"), stated))

missing = {
    "llzto": ("conductivity", "thickness"),
    "zni2-0.5": ("layer thickness", "layer ionic conductivity", "exchange-current density"),
    "bare": ("contact fraction",),
    "lfp": ("areal loading", "diffusivity", "cathode-side resistance"),
}
rows = []
for name, keys in missing.items():
    for key in keys:
        q = ssb_model.load_parameter_set(name)[key]
        spread = f"{q.prior.lower:.3g} to {q.prior.upper:.3g}"
        rows.append((name, key, f"{q.value:.3g}", spread, q.unit, q.tag))
table(("set", "quantity", "value", "95 % range", "unit", "tag"), rows)

# %% [markdown]
# ## A symmetric cell in PyBaMM
#
# Li | layer | garnet | layer | Li is an ordinary PyBaMM model. One hour at 0.1 mA/cm², with
# nothing fitted yet; the paper says 13 mV.

# %%
CURRENT = "Current function [A]"
coated_values = ssb_model.cell_parameters("symmetric", coating="zni2-0.5")
coated_values[CURRENT] = 0.1e-3  # on 1 cm2
simulation = pybamm.Simulation(ssb_model.SymmetricCell(), parameter_values=coated_values)
solution = simulation.solve([0, 3600])
print(f"polarisation after 1 h: {1e3 * solution['Polarisation [V]'].entries[-1]:.2f} mV")

# %% [markdown]
# ## The same cell, compiled: two thousand hours, sixty-four times
#
# `ssb_model.compile` turns a discretised PyBaMM model into one JAX program that takes a batch of
# inputs. What does it mean not to know the layer's conductivity? Sixty-four values across its
# prior, each a whole 2000 h, in one call. A resistive film grows with time and with current: at
# 0.1 mA/cm² the paper reports +3.2 Ω cm² after 200 h, and a polarisation of "only 13 mV" over
# 2000 h, at most 1 mV of rounding.

# %%
LAYER = "Negative face layer ionic conductivity [S.m-1]"
OUTPUTS = ("Polarisation [V]", "Interface resistance [Ohm.m2]")
coated = ssb_model.compile(
    ssb_model.SymmetricCell(), coated_values, inputs=[LAYER], outputs=OUTPUTS
)
layer = ssb_model.load_parameter_set("zni2-0.5")["layer ionic conductivity"]
across = np.geomspace(layer.prior.lower, layer.prior.upper, 63)
conductivities = np.append(layer.value, across)
hours = np.append(1.0, np.linspace(10, 2000, 200))
for run in ("first call", "second call"):
    start = perf_counter()
    life = coated.solve({LAYER: conductivities, CURRENT: 0.1e-3}, t_eval=hours * 3600)
    print(f"{run}: 64 cells over 2000 h in {1e3 * (perf_counter() - start):.0f} ms")
polarisation, resistance = 1e3 * life[OUTPUTS[0]], 1e4 * life[OUTPUTS[1]]
print(f"polarisation after 1 h: {polarisation[0, 0]:.2f} mV, as by PyBaMM's own solver")

figure, axes = plt.subplots(1, 2, figsize=(11, 4), layout="constrained")
for k in range(1, 64, 4):
    axes[0].plot(hours, polarisation[k], color=QUIET, lw=0.6)
axes[0].plot([], [], color=QUIET, lw=0.6, label="across the prior")
axes[0].plot(hours, polarisation[0], color=COATED, label="centre of the priors")
axes[0].axhspan(12.5, 13.5, color=PAPER, alpha=0.12, lw=0, label="stated: 13 mV, as rounded")
axes[0].set(xlabel="time [h]", ylabel="polarisation at 0.1 mA/cm² [mV]", ylim=(10, None))
axes[1].plot(hours, resistance[0] - resistance[0, 0], color=COATED, label="centre of the priors")
axes[1].plot(200, 3.2, "o", color=PAPER, label="stated: +3.2 Ω cm² at 200 h")
axes[1].set(xlabel="time [h]", ylabel="rise of the interface [Ω cm²]")
for axis in axes:
    axis.legend()
plt.show()

# %% [markdown]
# ## A study: what was measured, what is free
#
# The founding study is a file, `experiments/zhai2024/study.toml`: cells, numbers with their
# noise, unknowns with the priors of their parameter sets. `ssb fit` takes it as it is. Here three
# of its five cells are kept, so that this notebook stays quick: the symmetric cells, coated and
# bare, and the full cell of the rate test, which has the same layer as the coated one. The fit is
# one likelihood, by Levenberg–Marquardt with exact Jacobians through the compiled cells. One start,
# from the priors' centre, is enough here; the commands take more.

# %%
founding = tomllib.loads((paper.path.parent / "study.toml").read_text("utf-8"))
KEPT = ("coated", "bare", "rate cell")


def of_kept_cells(free):
    """A free parameter of the kept cells alone; None if it is of others."""
    name = free["name"]
    if isinstance(name, dict):  # the same unknown under another name in another cell
        return free | {"name": name["bare"], "cells": ["bare"]}
    if "cells" not in free:  # of all cells that have it
        return free
    cells = [cell for cell in free["cells"] if cell in KEPT]
    return free | {"cells": cells} if cells else None


tables = {
    "experiments": [e for e in founding["experiments"] if e["cell"] in KEPT],
    "predictions": [e for e in founding["predictions"] if e["name"] == "bare, whole cell"],
    "free": [free for free in map(of_kept_cells, founding["free"]) if free],
}
lines = [f"title = {json.dumps(founding['title'])}"]
lines += [
    f"cells.{json.dumps(c)}.{k} = {inline(v)}"
    for c in KEPT
    for k, v in founding["cells"][c].items()
]
for heading, entries in tables.items():
    for entry in entries:
        lines += [
            "",
            f"[[{heading}]]",
            *(f"{key} = {inline(value)}" for key, value in entry.items()),
        ]
Path("study.toml").write_text("\n".join(lines) + "\n", "utf-8")
study = load_study("study.toml")
print(*lines[:13], "...", sep="\n")

start = perf_counter()
found = study.fit(starts=1)
print(f"{len(found.fit.problem.data)} numbers, {len(found.fit.parameters)} unknowns: ", end="")
print(f"fitted in {perf_counter() - start:.0f} s, compilation included")

# %% [markdown]
# ## Paper and model
#
# *Exactly determined* means that some parameter serves this number alone: meeting it is no
# success. What the fit did not use is *predicted*: the paper gives the bare cell's polarisation as
# "large", without a number. (All ohmic, with the interface resistance read as the sum of both
# faces: how the paper counts, its text does not say.)

# %%
leverage = found.fit.leverage()
intervals = found.fit.intervals([name for e in study.fitted for name in e.observables])
rows = []
for e in study.fitted:
    factor, unit = e.drawn.factor, e.drawn.y_label.split("[")[1].rstrip("]")
    sign = "≤ " if e.bound == "at most" else ""
    for name, stated, model in zip(e.observables, e.measured, found.model(e), strict=True):
        low, high = intervals[name]
        role = "exactly determined" if leverage[name] > 1 - 1e-6 else "fitted"
        numbers = f"{sign}{factor * stated:.5g}", f"{factor * model:.5g}"
        interval = f"{factor * low:.4g} … {factor * high:.4g}"
        rows.append((name, unit, *numbers, interval, role))
[whole] = found.predictions
mV = [f"{1e3 * whole[key]:.0f}" for key in ("value", "lower95", "upper95")]  # at 1 A/m2
quantity = "bare: polarisation at 0.1 mA/cm2, ohmic"
rows.append((quantity, "mV", "large", mV[0], f"{mV[1]} … {mV[2]}", "predicted"))
table(("quantity", "unit", "paper", "model", "95 % interval", "role"), rows)

# %% [markdown]
# ## Impedance, bare and coated
#
# The same equations, linearised; here with the garnet's geometric capacitance, an option that only
# spectra at MHz need. The bare cell touches lithium in few points: the current crowds in the garnet
# below them (constriction, which relaxes at MHz together with the pellet), and charge transfer has
# little area (the arc at some 100 kHz). The paper's single number, 1173.4 Ω cm², does not say how
# much is which: the fit meets the sum, and the shape of the arc stays the priors'.

# %%
wide_band = {"garnet permittivity": "bulk and grain boundary", "interface growth": "none"}
cells = {
    "bare": (ssb_model.SymmetricCell(wide_band | {"buffer layer": "none"}), 1173.4, BARE, 0),
    "coated": (ssb_model.SymmetricCell(wide_band), 10.3, COATED, 90),
}
frequencies = np.logspace(7, -1, 161)
figure, axes = plt.subplots(1, 2, figsize=(11, 4.2), layout="constrained")
for axis, (name, (cell, stated, colour, left)) in zip(axes, cells.items(), strict=True):
    fitted = found.parameter_values(name)
    inputs = [n for names in study.free.mapping(name).values() for n in names if "growth" not in n]
    compiled = ssb_model.compile(cell, study.cells[name].values, inputs=inputs)
    before = compiled.impedance(frequencies)  # on 1 cm2
    after = compiled.impedance(frequencies, {n: fitted[n] for n in inputs})
    axis.plot(before.real, -before.imag, "--", color=QUIET, lw=1.4, label="model from priors")
    axis.plot(after.real, -after.imag, color=colour, label="model, fitted")
    end = after.real[-1]
    axis.plot([end - stated, end], [0, 0], color=PAPER, lw=5, label=f"stated: {stated:g} Ω cm²")
    width = end - left
    axis.set(xlabel="Re Z [Ω cm²]", ylabel="−Im Z [Ω cm²]", title=name)
    axis.set(xlim=(left, end + 0.05 * width), ylim=(-0.03 * width, 0.8 * width), aspect="equal")
    axis.legend(loc="upper right")
    arc = after.real > end - stated / 2
    top = frequencies[arc][np.argmax(-after.imag[arc])]
    print(f"{name}: top of the last arc at {top:.1e} Hz")
plt.show()

# %% [markdown]
# ## The full cell at six rates
#
# Li | layer | garnet | LFP down to 2.5 V. With the published diffusivity of LFP the model is far
# too good at high rates; the fit says that something slows the cell. One diffusivity, one
# utilisation and one resistance cannot give the shoulder at 0.5C: that miss is the model's.

# %%
[test] = [e for e in study.fitted if e.name == "rate test"]
priors = found.fit.problem.predictions(np.zeros((1, len(found.fit.parameters))))[0][0]
before = [priors[found.fit.problem.column(name)] for name in test.observables]
after = found.model(test)
ends = np.array([intervals[name] for name in test.observables]).T
figure, axis = plt.subplots(figsize=(8, 4.4), layout="constrained")
axis.plot(test.c_rate, before, "--", color=QUIET, lw=1.4, label="model from priors")
axis.fill_between(
    test.c_rate, *ends, color=COATED, alpha=0.15, lw=0, label="95 % interval of the fit"
)
axis.plot(test.c_rate, after, color=COATED, label="model, fitted")
axis.errorbar(
    test.c_rate, test.measured, yerr=3, fmt="o", color=PAPER, label="stated ± 3 mAh/g (assumed)"
)
axis.set(xlabel="C-rate", ylabel="discharge capacity [mAh/g of LFP]", ylim=(90, 175))
axis.legend(loc="lower left")
plt.show()
print(f"root mean square of the misses: {np.sqrt(np.mean((after - test.measured) ** 2)):.1f} mAh/g")

# %% [markdown]
# ## What the data cannot determine
#
# A parameter whose posterior keeps most of its prior's width is the prior talking, and a
# combination of parameters may be open where no single one is. Where several are left at 100 %,
# which parameters stand together in one line is arbitrary: only the space that they span is meant.

# %%
for direction in found.fit.undetermined():
    print(direction)

rows = []
for p in found.parameters():
    value = f"{p['value']:.3g}" if p["determined"] else "not determined"
    interval = f"{p['lower95']:.3g} to {p['upper95']:.3g}"
    share = f"{p['posterior_over_prior_width']:.2f}"
    rows.append((p["parameter"], value, interval, p["unit"], share))
table(("parameter", "value", "95 % interval", "unit", "posterior/prior width"), rows)

# %% [markdown]
# ## The rest
#
# `ssb reproduce zhai2024` fits all of it together, with the dips of other concentrations and the
# cell of 200 cycles, under both readings of the interface resistance; it predicts critical
# currents, lives and capacities that no fit has seen, draws a figure for each of the paper's, and
# shows a miss like a hit. `ssb fit study.toml` is what was done here, with more starts and a page.
# Next: [your own impedance](02_fit_your_own_impedance.ipynb), [critical
# currents](03_cycling_and_critical_current.ipynb), [rate and ageing](04_rate_and_ageing.ipynb).
