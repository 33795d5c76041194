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
# # Fit your own impedance
#
# From a measured file to numbers with intervals: read it, ask whether a stationary cell could have
# shown it, look at its relaxation times, fit it, and see what the spectrum cannot say and which
# measurement would. No file is needed but the data.
#
# **The spectrum is synthetic**, made below with known numbers, so that the answer can be held
# against the truth. With a file of yours the first two cells are not needed. Priors are those of
# the parameter sets, which give each its source.

# %%
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import Markdown, display

import ssb_model
from ssb_model import CellTable, ImpedanceTable, make_study, read_impedance
from ssb_model.data import describe
from ssb_model.data.validation import first_look
from ssb_model.library import handy
from ssb_model.plotting import BARE, COATED, PAPER, QUIET, RC

plt.rcParams.update(RC)


def show(figure):
    """A figure at the notebook's width."""
    figure.set_dpi(75)
    display(figure)


# %% [markdown]
# ## A file with a known truth
#
# A coated symmetric cell, Li | layer | garnet | layer | Li, of 1 cm², from 5 MHz to 20 mHz with
# 0.1 % of noise. At 0.15 Hz somebody touches a cable: from there down it reads 5 % more.

# %%
TRUTH = {
    "Garnet conductivity": 0.058,  # S/m
    "Garnet thickness": 0.80e-3,  # m
    "Garnet grain boundary effective permittivity": 4e-8,  # F/m
    "Negative face exchange-current density": 90.0,  # A/m2
    "Negative face double-layer capacity": 0.02,  # F/m2
    "Negative face layer thickness": 300e-9,  # m
    "Negative face layer ionic conductivity": 1.1e-3,  # S/m
    "Negative face layer thermodynamic factor": 60.0,
}
UNITS = (" [S.m-1]", " [m]", " [F.m-1]", " [A.m-2]", " [F.m-2]", " [m]", " [S.m-1]", "")
PYBAMM = {name: name + unit for name, unit in zip(TRUTH, UNITS, strict=True)}
TEMPERATURE = "Ambient temperature [K]"
cell = ssb_model.compile(
    ssb_model.SymmetricCell({"interface growth": "none"}),
    ssb_model.cell_parameters("symmetric", coating="zni2-0.5"),
    inputs=[*PYBAMM.values(), TEMPERATURE],
)
rng = np.random.default_rng(2)


def synthetic(path, frequency, kelvin=298.15, touched=0.0):
    """Write a spectrum of the truth with noise, said to be synthetic."""
    inputs = {PYBAMM[name]: value for name, value in TRUTH.items()}
    z = cell.impedance(frequency, inputs | {TEMPERATURE: kelvin})
    z = z * np.where(frequency < 0.15, 1 + touched, 1)
    z = z + 0.001 * np.abs(z) * (rng.normal(size=z.shape) + 1j * rng.normal(size=z.shape))
    rows = [f"{f:.6g},{p.real:.6g},{p.imag:.6g}" for f, p in zip(frequency, z, strict=True)]
    head = ["# Synthetic: computed with ssb_model and noise, not measured", "f/Hz,Z'/Ohm,Z''/Ohm"]
    Path(path).write_text("\n".join(head + rows) + "\n")


synthetic("coated_25C.csv", np.geomspace(5e6, 2e-2, 76), touched=0.06)
print(*Path("coated_25C.csv").read_text().splitlines()[:4], sep="\n")

# %% [markdown]
# ## Read it
#
# The reader finds columns and units in the header, and says what it understood. On the command
# line: `ssb data coated_25C.csv`.

# %%
[spectrum] = read_impedance("coated_25C.csv")
print(describe(spectrum))
figure, axis = plt.subplots(figsize=(8, 3.6), layout="constrained")
axis.plot(spectrum.impedance.real, -spectrum.impedance.imag, "o", color=PAPER, ms=4)
axis.set(xlabel="Re Z [Ω]", ylabel="−Im Z [Ω]", title="synthetic spectrum, 5 MHz to 20 mHz")
axis.set_aspect("equal", adjustable="datalim")
plt.show()

# %% [markdown]
# ## Could a stationary cell have shown this?
#
# What a sum of many RC elements cannot fit violates the Kramers–Kronig relations. Points are
# proposed for exclusion with a reason, never dropped.

# %%
look = first_look(spectrum.frequency, spectrum.impedance)
print(look.validation.summary())
show(look.validation.figure())

# %% [markdown]
# The test blames the tail, where the cable was touched. A slow, steady drift it would let pass:
# repeat a sweep to see one.
#
# ## First look, without a model
#
# The distribution of relaxation times of the points that are left. Each peak is a resistance, a
# time constant and a capacitance, and no name yet. The truth says which is which.

# %%
print(look.relaxation.summary())
show(look.relaxation.figure())
thermal = 8.314 * 298.15 / 96485  # RT/F [V]
charge_transfer = 2 * thermal / TRUTH["Negative face exchange-current density"] * 1e4
ratio = TRUTH["Negative face layer thickness"] / TRUTH["Negative face layer ionic conductivity"]
print(f"truth, both faces: charge transfer 2RT/Fj₀ = {charge_transfer:.2f} Ω, ", end="")
print(f"layer 2h/sᵢ = {2e4 * ratio:.2f} Ω")

# %% [markdown]
# ## The study, and the fit
#
# What was measured on what, what is known, what is free. Ranges not given are the parameter sets'
# priors. `frequencies` leaves out the tail that fails the test: a decision, written down where it
# can be read. Then Levenberg–Marquardt from several starts in one batch, with exact Jacobians. The
# same keys with the same words make a study file, which `ssb fit study.toml` fits.

# %%
lowest = spectrum.frequency[look.validation.kept].min()
measured = ImpedanceTable(
    data=spectrum,
    temperature="25 degC",
    frequencies=[f"{lowest:.3g} Hz", "5 MHz"],
    noise="0.1 %",
)


def study(free, **known):
    """A study of the spectrum; what is known is not fitted."""
    cell = CellTable(
        type="symmetric",
        coating="zni2-0.5",
        options={"interface growth": "none"},
        values={"Cell area": "1 cm2", **known},
    )
    title = "One spectrum of a coated cell (synthetic)"
    return make_study({"coated": cell}, measured, list(free), title=title)


found = study(TRUTH).fit(starts=4)
print(*found.warnings(), sep="\n")
show(found.plot())
display(found)

# %% [markdown]
# ## Intervals and the truth
#
# The spectrum is met, and yet not every number is known. A parameter that keeps more than a quarter
# of its prior's width is called *not determined*: there, the value is the prior talking.


# %%
def against_truth(*fits):
    """95 % intervals of fits over the truth, the prior's behind them."""
    figure, axis = plt.subplots(figsize=(9.5, 4.6), layout="constrained")
    for k, (label, fit, colour) in enumerate(fits):
        for row in fit.parameters():
            true, place = TRUTH[row["parameter"]], list(TRUTH).index(row["parameter"])
            height = place + 0.22 * (k - (len(fits) - 1) / 2)
            if k == 0:
                prior = [row["prior_lower95"] / true, row["prior_upper95"] / true]
                axis.plot(prior, [place] * 2, color="#E0E0E0", lw=14, solid_capstyle="butt")
            ends = [row["lower95"] / true, row["upper95"] / true]
            style = "-" if row["determined"] else ":"
            axis.plot(ends, [height] * 2, style, color=colour, lw=3)
            if row["determined"]:
                axis.plot(row["value"] / true, height, "o", color=colour)
        axis.plot([], [], "o-", color=colour, label=label)
    axis.plot([], [], ":", color=QUIET, label="not determined: interval only")
    axis.plot([], [], color="#E0E0E0", lw=10, label="prior")
    axis.axvline(1, color=PAPER, lw=1.2, label="truth")
    axis.set(xscale="log", xlabel="95 % interval over the truth [1]")
    short = [name.replace("Negative face ", "").replace("effective ", "") for name in TRUTH]
    axis.set_yticks(range(len(TRUTH)), short)
    axis.invert_yaxis()
    figure.legend(loc="outside lower center", ncols=5)
    plt.show()


against_truth(("spectrum alone", found, BARE))

# %% [markdown]
# ## Is the interval honest? The profile
#
# Hold one parameter at each of many values and fit all others again. Where the curve stays below
# 3.84 (95 %), data and prior cannot object. Both curves here are as wide as their priors: another
# parameter makes up for whatever value is held.

# %%
profiles = {p.label: p for p in found.with_profiles().profiles}
chosen = ("Garnet conductivity", "Negative face layer thickness")
figure, axes = plt.subplots(1, 2, figsize=(10, 3.8), layout="constrained", sharey=True)
for axis, label in zip(axes, chosen, strict=True):
    profile = profiles[label]
    unit, one = handy(TRUTH[label], profile.unit)
    axis.plot(profile.values / one, profile.excess, "o-", color=COATED, ms=4, label="profile")
    axis.axvline(TRUTH[label] / one, color=PAPER, lw=1.2, label="truth")
    axis.axhline(3.84, color=QUIET, ls="--", lw=1.2, label="95 %")
    shown = profile.values[profile.excess < 12] / one
    axis.set(xlabel=f"{label} [{unit}]", xlim=(0, 1.05 * shown.max()), ylim=(0, 12))
axes[0].set_ylabel("excess of χ² [1]")
axes[0].legend()
plt.show()

# %% [markdown]
# ## What cannot be determined, and which measurement would tell
#
# Directions that the data leave open, and what each of the usual further measurements would add,
# judged at the optimum before anybody measures.

# %%
for direction in found.fit.undetermined():
    print(direction)
for advice in found.with_outlook().outlook.advice:
    print("-", advice)

# %% [markdown]
# No electrical measurement helps: a spectrum shows $L/\sigma$, $h/s_i$ and a relaxation time, so
# that a thicker layer of a better conductor with another chemical capacity looks the same, at any
# temperature. What is missing is a length.
#
# ## Two lengths
#
# A caliper for the pellet and a cross-section for the layer (here: the truth's 0.80 mm and 300 nm).
# The same spectrum now determines all that is left.

# %%
lengths = {"Garnet thickness": "0.80 mm", "Negative face layer thickness": "300 nm"}
rest = [name for name in TRUTH if "thickness" not in name]
again = study(rest, **lengths).fit(starts=4)
print(*again.warnings(), sep="\n")
against_truth(("spectrum alone", found, BARE), ("spectrum and two lengths", again, COATED))

rows = [
    f"| {p['parameter']} | {TRUTH[p['parameter']]:.3g} | {p['value']:.3g} | "
    f"{p['lower95']:.3g} … {p['upper95']:.3g} | {p['unit']} |"
    for p in again.parameters()
]
head = ["| parameter | truth | fitted | 95 % interval | unit |", "|---|---|---|---|---|"]
Markdown("\n".join(head + rows))
