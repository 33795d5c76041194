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
# # A new coating
#
# Before a coating is made: what impedance, polarisation, critical current and capacity would a
# cell with it have, and how sure is that? A coating is a small file; what it does not state keeps a
# prior, and every answer is a distribution.
#
# **The coating of this notebook is made up**: nobody has made or measured it. Beside it stand the
# founding coating and the bare garnet of Zhai et al. 2024
# ([doi:10.1039/d4sc00786g](https://doi.org/10.1039/d4sc00786g)), and published cells of others.

# %%
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import Markdown, display

from ssb_model.critical_current import CellKind, field_forecast
from ssb_model.library import paired, published_coatings
from ssb_model.plotting import COATED, PAPER, QUIET, RC, plain_ticks
from ssb_model.prediction import load_cell, predict, rank_for_coating
from ssb_model.sweep import read_sweep, run_sweep
from ssb_model.sweep.figures import map_figure

# %matplotlib inline
plt.rcParams.update(RC)
OHM_CM2, MA_CM2 = 1e4, 0.1  # of SI


def show(figure, dpi=72):
    """A figure at the notebook's width."""
    figure.set_dpi(dpi)
    display(figure)


# %% [markdown]
# ## What is known, as a file
#
# Name and type are enough. One value is taken as known, two are the central 95 % of what one
# believes. This layer has a first spectrum at room temperature and a thickness from a guess.

# %%
_ = Path("coating.toml").write_text("""# Synthetic: a coating that nobody has made.
name = "made-up mixed layer"
type = "mixed"                         # conducts ions and electrons
interface_resistance = "25 ohm cm2"    # at room temperature, both faces; 5 % is assumed
thickness = ["60 nm", "120 nm"]
""")

# %% [markdown]
# The cell around it, too. The default is the cell that `ssb reproduce` fits, and takes long to make
# the first time. Here garnet and cathode are stated instead: 115 ± 10 Ω cm² of garnet, as derived
# from the paper's 13 mV, over an assumed 0.85 mm; and of the cathode the two numbers that the
# paper's rate test fixes, as [notebook 04](04_rate_and_ageing.ipynb) fits them. The made-up layer
# is drawn 256 times, the two beside it 128 times (`ssb predict`: 512), so that the last digits of
# the intervals are chance.

# %%
Path("cell.toml").write_text("""
garnet = "llzto"
cathode = "lfp"
[values]
"Garnet thickness" = "0.85 mm"
"Garnet conductivity" = ["0.68 mS/cm", "0.81 mS/cm"]
"Positive particle reference diffusivity" = ["1.43e-19 m2/s", "2.05e-19 m2/s"]
"Positive electrode utilisation" = ["0.919", "0.970"]
""")
cell = load_cell("cell.toml")
mine = predict("coating.toml", cell, draws=256)
founding, bare = (predict(name, cell, draws=128) for name in ("lii-znlix", "bare-llzto"))


def as_text(prediction, name):
    """Median and 95 % interval as text."""
    q = prediction.quantity(name)
    median, low, high = (
        np.format_float_positional(q[key], 3, fractional=False, trim="-")
        for key in ("median", "lower95", "upper95")
    )
    return f"{median} ({low} … {high})"


ASKED = (
    "interface resistance",
    "interface resistance at 60 degC",
    "interface activation energy",
    "polarisation at 0.1 mA/cm2",
    "polarisation at 0.1 mA/cm2 after 2000 h",
    "critical current density",
    "capacity at 1C",
)
lines = [
    "| quantity | unit | made-up layer | founding coating | bare garnet |",
    "|---|---|---|---|---|",
]
for name in ASKED:
    cells = " | ".join(as_text(one, name) for one in (mine, founding, bare))
    lines.append(f"| {name} | {mine.quantity(name)['unit']} | {cells} |")
display(Markdown("\n".join(lines)))
print(*mine.warnings, sep="\n")

# %% [markdown]
# Medians, and the central 95 % in brackets. The critical currents of the founding coating and of
# the bare garnet are measured (2.3 and 0.15 mA/cm², stated); that of the made-up layer is forecast
# from its resistance. Polarisations are those of a cell that does not short: the bare garnet's
# after 2000 h is one that no cell would live to show. On one sheet, as `ssb predict` draws it:

# %%
show(mine.plot(references=[founding, bare]), 66)

# %% [markdown]
# ## What causes each interval
#
# Of each quantity the unknowns that explain most of its variance, each by itself. This is what a
# next experiment should aim at: the garnet makes the polarisation of the first hour uncertain, the
# cathode the capacity, and for the critical current no property of this coating matters as much as
# how cells of one resistance scatter. An unknown is named only if it explains more than chance may
# among so few draws; garnet and cathode, of several parts each, need more of them than the others.

# %%
lines = ["| quantity | caused by (share of the variance) |", "|---|---|"]
for name in ASKED:
    causes = mine.quantity(name)["causes"]
    words = ", ".join(f"{c['unknown']} {100 * c['share']:.0f} %" for c in causes[:3])
    lines.append(f"| {name} | {words} |")
Markdown("\n".join(lines))

# %% [markdown]
# ## Published coatings beside it
#
# The forecast is learnt from 68 published cells by class of contact, resistance and temperature.
# Drawn are those of an older list that have both numbers, and the founding cell's bare garnet.
# Steps, temperatures and pressures of the ramps differ, and most of the band is that scatter.

# %%
forecast = field_forecast(CellKind("mixed"))
r = np.geomspace(2, 2000, 60) / OHM_CM2
low95, low, median, high, high95 = (
    MA_CM2 * forecast.quantile(r, p) for p in (0.025, 0.16, 0.5, 0.84, 0.975)
)
figure, axis = plt.subplots(figsize=(9.5, 5.4), layout="constrained")
axis.fill_between(OHM_CM2 * r, low95, high95, color=COATED, alpha=0.12, lw=0, label="95 %")
axis.fill_between(OHM_CM2 * r, low, high, color=COATED, alpha=0.22, lw=0, label="68 %")
axis.loglog(OHM_CM2 * r, median, color=COATED, label="forecast, median")
points = {
    one.title.split(" (")[0]: (
        OHM_CM2 * one.resistance.after.to_si("Ohm.m2"),
        MA_CM2 * one.known_critical_currents[0].after.to_si("A.m-2"),
    )
    for one in paired(published_coatings())
} | {"the founding cell, bare": (1173.4, 0.15)}
axis.plot(*zip(*points.values(), strict=True), "D", color=PAPER, label="published cells")
places = ((-118, 16), (10, -18), (-25, -22), (-118, 44), (12, 10), (-155, -14))
leader = {"arrowstyle": "-", "color": QUIET, "shrinkB": 5}
for (name, point), place in zip(points.items(), places, strict=True):
    axis.annotate(name, point, place, textcoords="offset points", fontsize=10, arrowprops=leader)
R, J = mine.quantity("interface resistance"), mine.quantity("critical current density")
bars = [[J["median"] - J["lower95"]], [J["upper95"] - J["median"]]]
axis.errorbar(
    R["median"], J["median"], yerr=bars, fmt="o", color="#D55E00", label="made-up layer, predicted"
)
axis.set(xlabel="interface resistance, both faces [Ω cm²]", xlim=(2, 2000), ylim=(0.04, 12))
axis.set_ylabel("critical current density [mA/cm²]")
plain_ticks(axis.xaxis, [2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000])
plain_ticks(axis.yaxis, [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10])
axis.legend(loc="lower left")
plt.show()
low, high = np.log(forecast.quantile(10e-4, [0.16, 0.84]))
print(f"68 % of coated cells at 10 ohm cm2: within x/÷ {np.exp((high - low) / 2):.2f}")

# %% [markdown]
# ## Which experiment next
#
# Feasible experiments, each with its noise, ranked by what they are expected to tell about two
# things: the critical current, and the resistance at 60 °C. The numbers are judged at the most
# probable point before anybody measures (without a file, `ssb next` takes its usual list).

# %%
CANDIDATES = """
[[candidates]]
kind = "impedance"
name = "spectrum at 25 °C"
cell = "symmetric"
frequencies = ["0.1 Hz", "1 MHz"]
noise = "1 %"
[[candidates]]
kind = "impedance"
name = "spectrum at 60 °C"
cell = "symmetric"
temperature = "60 degC"
frequencies = ["0.1 Hz", "1 MHz"]
noise = "1 %"
[[candidates]]
kind = "resistance"
name = "arc at 40 °C, 5 %"
cell = "symmetric"
temperature = "40 degC"
noise = "5 %"
[[candidates]]
kind = "critical current"
name = "ramp until the short"
cell = "symmetric"
noise = "30 %"
"""
Path("candidates.toml").write_text(CANDIDATES)
about = ("critical current density", "interface resistance at 60 degC")
ranked = rank_for_coating("coating.toml", about, "cell.toml", "candidates.toml")
figure, axis = plt.subplots(figsize=(9, 3.4), layout="constrained")
place = np.arange(len(ranked))
for k, (name, colour) in enumerate(zip(about, (PAPER, COATED), strict=True)):
    left = [100 * one.widths[name] for one in ranked]
    axis.barh(place + 0.36 * k - 0.18, left, 0.34, color=colour, label=name)
axis.set_yticks(place, [one.name for one in ranked])
axis.invert_yaxis()
axis.set(xlabel="expected width of the interval, of that now [%]", xlim=(0, 100))
figure.legend(loc="outside upper left", ncols=2)
plt.show()

# %% [markdown]
# ## A small sweep
#
# What if the layer were thicker, or conducted ions better? Four thousand candidates around the
# most probable one, computed in chunks and written to files, as `ssb sweep` does with a hundred
# thousand.

# %%
Path("sweep.toml").write_text("""
title = "Around the made-up mixed layer (synthetic)"
coating = "coating.toml"
cell = "cell.toml"
outputs = ["interface resistance", "critical current density"]
chunk = 1024
[design]
kind = "grid"
[[vary]]
name = "layer thickness"
range = ["20 nm", "900 nm"]
scale = "log"
points = 64
[[vary]]
name = "layer ionic conductivity"
range = ["1e-7 S/cm", "1e-4 S/cm"]
scale = "log"
points = 64
[[map]]
x = "layer thickness"
y = "layer ionic conductivity"
colour = "critical current density"
""")
sweep = read_sweep("sweep.toml")
account = run_sweep(sweep, "sweep")
print(f"{sweep.candidates} candidates in {sweep.chunks} files; {account.failed.total()} failed")
figure = map_figure(sweep, Path("sweep"), sweep.table.map[0])
figure.axes[0].set_title("Critical current around the made-up layer (synthetic)")
show(figure)

# %% [markdown]
# Where the layer's thickness over its conductivity is small beside the charge transfer nothing is
# gained any more; towards the lower right the layer's own resistance takes over. The map is one of
# medians: each has the interval of the figure above. A thinner layer is always better in it,
# because nothing in this file says from which thickness on it has holes.
#
# ## What this cannot tell
#
# - **Whether R alone decides the critical current.** Among the coated cells it does not; the
#   forecast's interval says so, and laws that agree on the founding cells differ on yours.
# - **Electrons at the garnet.** Without `nucleation_overpotential` no lithium forms below a layer;
#   no datum fixes it.
# - **Priors of other chemistries** are those of LiI, LiZn and their composite: state what you know.
#   One measured resistance is worth more than any other key.
