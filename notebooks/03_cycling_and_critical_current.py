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
# # Cycling a symmetric cell, and the current at which it shorts
#
# Li | garnet | Li is cycled to and fro: the film between them grows, stripping opens voids, and at
# some current the cell shorts. This notebook follows the founding paper's cells (Zhai et al. 2024,
# [doi:10.1039/d4sc00786g](https://doi.org/10.1039/d4sc00786g)) through all three, with five laws of
# the critical current side by side, and ends with how well such laws hold on other groups' cells.
#
# Stated by the paper: 10.3 Ω cm² coated and 1173.4 bare, critical currents 2.3 and
# 0.15 mA/cm², a bare cell that fails after 25 h, rises of +3.2 and +7.3 Ω cm². All lines are
# simulated.

# %%
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import Markdown

from ssb_model.cells import constriction_resistance
from ssb_model.critical_current import (
    FILAMENT,
    LOSS,
    Cycling,
    MeasuredCell,
    Ramp,
    ShortingCell,
    calibrate,
    contact_loss_for_life,
    law_inputs,
    run_cycling,
    run_ramp,
)
from ssb_model.library import paired, published_coatings
from ssb_model.plotting import BARE, COATED, PAPER, QUIET, RC, plain_ticks

plt.rcParams.update(RC)
OHM_CM2, MA_CM2 = 1e4, 0.1  # of SI
BARE_CELL, COATED_CELL = MeasuredCell(1173.4e-4, 1.5), MeasuredCell(10.3e-4, 23.0)

# %% [markdown]
# ## To and fro at 0.1 mA/cm²
#
# One hour each way, two thousand hours, in one call. Polarisation is the garnet's resistance, the
# interface's and the slow build-up of lithium potential across the layer; the paper says 13 mV.
# Nothing is fitted here: thickness and conductivities are priors. The first six hours:

# %%
coated = ShortingCell("zni2-0.5")
HOURS = 2000


def cycled(J):
    """The coated cell cycled at a current density [A/m2], an output a minute."""
    return coated.run(Cycling(J, 3600, HOURS).protocol(coated.area), {}, period=60)


gentle = cycled(1.0)
few = gentle.t <= 6 * 3600
current = np.where(gentle.segment % 2 == 0, MA_CM2, -MA_CM2)
figure, axes = plt.subplots(
    2, 1, figsize=(9, 4.6), layout="constrained", sharex=True, height_ratios=[2, 1]
)
h, voltage = gentle.t[few] / 3600, 1e3 * gentle["Polarisation [V]"][few]
axes[0].plot(h, voltage, color=COATED, label="model from priors")
axes[0].axhline(13, color=PAPER, ls=":", label="stated: 13 mV")
axes[0].set(ylabel="polarisation [mV]", ylim=(-17, 25))
axes[0].legend(loc="upper right", ncols=2)
axes[1].step(h, current[few], color=QUIET, lw=1.6)
axes[1].set(xlabel="time [h]", ylabel="current\n[mA/cm²]")
plt.show()

# %% [markdown]
# ## Growth
#
# The film's law is $\mathrm{d}R = (k_c + k_J|J|)\,(t/t_\mathrm{ref})^q$ with $q$ = 1/2 assumed. Two
# stated rises fix two constants, so that meeting them proves nothing (and the duration of the
# second is presumed to be 200 h). What follows: the rise at 0.5 mA/cm², and over 2000 h a
# polarisation within a millivolt, which the paper reports as "13 mV, stable".

# %%
R = "Interface resistance [Ohm.m2]"
figure, axes = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
runs = {10.0: cycled(10.0), 5.0: cycled(5.0), 1.0: gentle}
for (J, run), colour in zip(runs.items(), ("#440154", "#31688e", "#35b779"), strict=True):
    early = run.t <= 200 * 3600
    rise = OHM_CM2 * (run[R] - run[R][0])[early]
    axes[0].plot(run.t[early] / 3600, rise, color=colour, label=f"{MA_CM2 * J:g} mA/cm²")
    print(f"{MA_CM2 * J:3.1f} mA/cm²: +{rise[-1]:.1f} Ω cm² after 200 h")
axes[0].plot([200, 200], [3.2, 7.3], "o", color=PAPER, label="stated", zorder=5)
axes[0].set(xlabel="time [h]", ylabel="rise of the interface [Ω cm²]")
axes[0].legend()
last = np.flatnonzero(np.diff(gentle.segment, append=-1))  # of each half cycle
voltage = 1e3 * np.abs(gentle["Polarisation [V]"][last])
axes[1].plot(gentle.t[last] / 3600, voltage - voltage[0], color=COATED, label="simulated")
axes[1].axhspan(0, 1, color=PAPER, alpha=0.08, lw=0, label="13 mV as rounded")
axes[1].set(xlabel="time [h]", ylabel="rise of the polarisation [mV]", ylim=(0, 1.6))
axes[1].set_title("0.1 mA/cm²")
axes[1].legend()
plt.show()

# %% [markdown]
# ## Five laws through two cells
#
# The critical current falls as the interface's resistance rises, and no theory says with authority
# by how much. Five closed forms are carried: A to D have two constants and meet the two cells by
# construction; A0, one ohmic voltage for all cells, has one constant and misses both. The garnet's
# 119.7 Ω cm² is derived from the 13 mV.

# %%
laws = calibrate((BARE_CELL, COATED_CELL), garnet_resistance=119.7e-4)
LINES = ((QUIET, "-"), (COATED, "-"), (BARE, "--"), ("#009E73", "-."), ("#CC79A7", ":"))
STYLES = dict(zip(laws, LINES, strict=True))


def draw_laws(axis):
    """J(R) of each law over the range that it answers for."""
    for name, law in laws.items():
        low, high = law.resistance_range
        r = np.geomspace(max(2e-4, low * (1 + 1e-9)), min(0.2, high * (1 - 1e-9)), 200)
        colour, line = STYLES[name]
        axis.loglog(
            OHM_CM2 * r, MA_CM2 * law.current_density(r), line, color=colour, label=law.title
        )
    axis.set(xlabel="interface resistance [Ω cm²]", ylabel="critical current [mA/cm²]")
    plain_ticks(axis.xaxis, [2, 5, 10, 20, 50, 100, 200, 500, 1000])
    plain_ticks(axis.yaxis, [0.1, 0.2, 0.5, 1, 2, 5])


figure, axis = plt.subplots(figsize=(9, 4.6), layout="constrained")
draw_laws(axis)
for cell, words in ((BARE_CELL, "bare"), (COATED_CELL, "coated")):
    place = (OHM_CM2 * cell.interface_resistance, MA_CM2 * cell.critical_current_density)
    axis.plot(*place, "o", color=PAPER, ms=9, zorder=5)
    axis.annotate(f"{words}, stated", place, (10, 10), textcoords="offset points")
axis.legend(loc="lower left")
axis.set(xlim=(1.6, 4000), ylim=(0.08, 6))
plt.show()

# %% [markdown]
# ## A bare cell dies below its critical current
#
# At 0.1 mA/cm² (presumed), below its 0.15, the bare cell failed after 25 h: a threshold alone
# cannot give that. While lithium is stripped faster than it is resupplied, contact is lost,
# $\dot x = -\kappa x (J - J_r)_+ + \dots$; the critical current falls with it and filaments fill.
# The 25 h fix κ, law by law: one datum, one constant. The contact fraction is the one that gives
# the stated resistance.

# %%
CONTACT = "Negative face contact fraction"
bare = ShortingCell("bare", inputs=(CONTACT,))
theta = np.geomspace(1e-3, 0.5, 400)
transfer = 8.314 * 298.15 / 96485 / bare.values["Negative face exchange-current density [A.m-2]"]
spacing = bare.values["Negative face contact spacing [m]"]
face = constriction_resistance(theta, spacing, conductivity=0.071) + transfer / theta
fraction = np.interp(-BARE_CELL.interface_resistance / 2, -face, theta)


def constants(cell):
    """Inputs of a shorting cell under each law, one member of the batch a law."""
    each = [law_inputs(law, cell.interface_resistance) for law in laws.values()]
    return {name: np.array([float(of[name]) for of in each]) for name in each[0]}


bare_inputs = constants(BARE_CELL) | {CONTACT: np.full(len(laws), fraction)}
forty = Cycling(1.0, 3600, 40)
loss = contact_loss_for_life(bare, forty, 25.0, bare_inputs, tolerance=1e-2)
bare_inputs[LOSS] = loss
hold = bare.run(forty.protocol(bare.area), bare_inputs)
figure, axes = plt.subplots(1, 3, figsize=(11.5, 3.8), layout="constrained", sharex=True)
panels = {
    "polarisation [mV]": 1e3 * np.abs(hold["Polarisation [V]"]),
    "contact kept, one face [1]": hold["Negative face retained contact"],
    "critical current [mA/cm²]": MA_CM2 * hold["Critical current density [A.m-2]"],
}
ends = np.diff(hold.segment, axis=1, append=-1) != 0  # of each half cycle
for axis, (label, curves) in zip(axes, panels.items(), strict=True):
    for (name, (colour, line)), t, curve, end in zip(
        STYLES.items(), hold.t, curves, ends, strict=True
    ):
        axis.plot(t[end] / 3600, curve[end], line, color=colour, lw=1.6, label=name)
    axis.axvline(25, color=PAPER, lw=1)
    axis.set(xlabel="time [h]", ylabel=label)
axes[2].axhline(0.1, color=PAPER, ls=":", lw=1.2)
axes[2].legend(title="law")
figure.suptitle("bare cell at 0.1 mA/cm², one hour each way; line: 25 h", x=0.01, ha="left")
plt.show()
for name, value in zip(laws, loss, strict=True):
    print(f"{name:2s}: κ = {value:.2g} m²/C")

# %% [markdown]
# ## A ramp until the short
#
# Steps of 0.05 mA/cm², one hour each way (assumed: the paper does not state its steps). The cell's
# own states decide; nothing is reset between steps. Shown is the end of every half cycle: each face
# loses contact when it is stripped and wins some of it back when it is plated.

# %%
ramp = Ramp.even(0.5, 0.5, 10.0, half_cycle=3600)
run = bare.run(ramp.protocol(bare.area), bare_inputs)
k = list(laws).index("A")
kept = run.valid[k] & (np.diff(run.segment[k], append=-1) != 0)
h = run.t[k, kept] / 3600
panels = {
    "polarisation [mV]": {"": 1e3 * np.abs(run["Polarisation [V]"][k, kept])},
    "contact kept [%]": {
        f"{side} face": 100 * run[f"{side.capitalize()} face retained contact"][k, kept]
        for side in ("negative", "positive")
    },
    "filaments [% of garnet]": {"": 100 * run[FILAMENT][k, kept]},
}
figure, axes = plt.subplots(1, 3, figsize=(11.5, 3.8), layout="constrained", sharex=True)
for axis, (label, curves) in zip(axes, panels.items(), strict=True):
    for (words, curve), line in zip(curves.items(), ("o-", "s--"), strict=False):
        axis.plot(h, curve, line, color=BARE, lw=1.6, ms=5, label=words)
    axis.set(xlabel="time [h]", ylabel=label, ylim=(0, None))
axes[1].legend()
figure.suptitle("bare cell, law A: steps of 0.05 mA/cm², one hour each way", x=0.01, ha="left")
plt.show()

# %% [markdown]
# The current at which the ramp shorts (steps of 0.1 mA/cm² for the coated cell), beside the closed
# form of the same law. The coated cell's film grows on the way up, so that laws that are steep at
# small resistance short earlier than the new cell's resistance says.

# %%
coated_inputs = constants(COATED_CELL) | {LOSS: loss}
found = {
    "bare": run_ramp(bare, ramp, bare_inputs),
    "coated": run_ramp(coated, Ramp.even(1.0, 1.0, 30.0, half_cycle=3600), coated_inputs),
}
lines = ["| law | assumes | bare: closed form | simulated | coated: closed form | simulated |"]
lines.append("|---|---|---:|---:|---:|---:|")
for k, (name, law) in enumerate(laws.items()):
    cells = []
    for words, cell in (("bare", BARE_CELL), ("coated", COATED_CELL)):
        J = MA_CM2 * float(law.current_density(cell.interface_resistance))
        safe, failed = found[words].last_safe[k], found[words].first_failed[k]
        cells += [f"{J:.2f}", f"{MA_CM2 * safe:.2f} to {MA_CM2 * failed:.2f}"]
    lines.append(f"| {name} | {law.assumes} | " + " | ".join(cells) + " |")
Markdown("\n".join([*lines, "", "(all in mA/cm²; the stated ones are 0.15 and 2.3)"]))

# %% [markdown]
# ## What nobody wrote down: the pressure
#
# Resupply $J_r$ grows with stack pressure (limits quoted by Roy et al. 2021,
# [doi:10.1016/j.eml.2021.101307](https://doi.org/10.1016/j.eml.2021.101307); a straight line
# between them is assumed). The paper does not state its pressure; 0.2 MPa is assumed above. How
# long would the same bare cell have lived at another?

# %%
pressure = np.array([0.05, 0.10, 0.15, 0.20, 0.30]) * 1e6
law_a = {name: np.full(5, value[list(laws).index("A")]) for name, value in bare_inputs.items()}
lived = run_cycling(bare, Cycling(1.0, 3600, 40), law_a | {"Stack pressure [Pa]": pressure})
for p, sentence in zip(pressure, lived.sentences, strict=True):
    print(f"{p / 1e6:4.2f} MPa: {sentence}")

# %% [markdown]
# ## Other groups' cells: no law in R alone beats a constant
#
# Of the published coatings, four besides the founding one have both numbers. The laws, forced
# through the founding cells, are asked about them; so is a constant.

# %%
others = [one for one in paired(published_coatings()) if one.name != "lii-znlix"]
r = np.array([one.resistance.after.to_si("Ohm.m2") for one in others])
J = np.array([one.known_critical_currents[0].after.to_si("A.m-2") for one in others])


def miss(predicted):
    """Root mean square of ln(predicted/measured)."""
    return np.sqrt(np.mean(np.log(predicted / J) ** 2))


mean = np.exp(np.log(J).mean())
alone = np.array([np.exp(np.log(np.delete(J, k)).mean()) for k in range(len(J))])
score = {}
for law in laws.values():
    reachable = np.maximum(r, law.resistance_range[0] * (1 + 1e-9))  # D: full contact at the least
    score[law.title] = miss(law.current_density(reachable))
score |= {"2.3 mA/cm² for all": miss(23.0), "their own mean": miss(mean)}
score["mean of the other three"] = miss(alone)

figure, axes = plt.subplots(1, 2, figsize=(12, 4.8), layout="constrained", width_ratios=[1.3, 1])
draw_laws(axes[0])
axes[0].plot(OHM_CM2 * r, MA_CM2 * J, "D", color=PAPER, ms=8, zorder=5, label="other groups' cells")
axes[0].axhline(MA_CM2 * mean, color=PAPER, lw=1, label="their geometric mean")
beside = {"dense-llzto": (-60, -20), "ito": (9, 5), "li-sr-n": (0, -17), "mos2": (8, 6)}
for one, x, y in zip(others, r, J, strict=True):
    words, place = one.title.split(" (")[0], (OHM_CM2 * x, MA_CM2 * y)
    axes[0].annotate(
        words,
        place,
        beside[one.name],
        textcoords="offset points",
        fontsize=10,
        zorder=6,
        bbox={"fc": "white", "ec": "none", "alpha": 0.85, "pad": 1},
    )
axes[0].set(xlim=(3, 150), ylim=(0.4, 5))
axes[0].legend(loc="lower left")
names = list(score)
axes[1].barh(names, list(score.values()), color=[COATED] * len(laws) + [QUIET] * 3)
axes[1].invert_yaxis()
axes[1].set(xlabel="rms of ln(predicted/measured) [1]")
plt.show()
print(f"geometric mean {MA_CM2 * mean:.2f} mA/cm², sd of ln J {np.log(J).std(ddof=1):.2f}")

# %% [markdown]
# A0 scores like a constant because it is one here: these interfaces are small beside the garnet it
# assumes. In four cells R runs over a factor of seven and J does not follow. So a predicted
# critical current carries an interval of about ×/÷ 1.6 at 68 % and ×/÷ 3 to 4 at 95 %, whatever the
# law (derived from these rows).
#
# One more number of the founding paper would tell the laws apart: the resistance of its cell of
# 1.5 mol/L, which shorted softly at 1.0 mA/cm². They require:

# %%
for name in "ABC":
    print(f"{name}: {OHM_CM2 * laws[name].resistance_at(10.0):.0f} Ω cm² at 1.0 mA/cm²")
