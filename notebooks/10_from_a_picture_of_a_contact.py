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
# # From a picture of a contact to spectrum, critical current and life
#
# A black-and-white picture says where lithium touches the garnet. From it, with one local
# resistance, follow the spectrum of the face, the critical current by the hot-spot law, and how
# long a cell with two such faces lives.
#
# **The picture is synthetic**: smoothed random numbers, not a micrograph. **The hot-spot law is a
# hypothesis**: that the hottest spot bears the same current in every cell. Assumed are the local
# resistance (31 ohm cm²), the width of the gaps, and that the founding coating at 0.5 mol/L, of
# which 2.3 mA/cm² is stated ([doi:10.1039/d4sc00786g](https://doi.org/10.1039/d4sc00786g)), is
# even to 10 %.

# %%
import matplotlib.pyplot as plt
import numpy as np

from ssb_model import InputError
from ssb_model.cells import constriction_resistance
from ssb_model.critical_current import (
    ContactPicture,
    Cycling,
    HotSpotLaw,
    MeasuredFace,
    ShortingCell,
    SolvedFace,
    UnevenLayer,
    run_cycling,
)
from ssb_model.field import contact_field, contact_impedance, hot_spot
from ssb_model.plotting import BARE, PAPER, QUIET, RC

plt.rcParams.update(RC)
SIGMA, THICKNESS = 0.071, 0.85e-3  # S/m and m of the garnet
LOCAL = 31e-4  # Ohm.m2 under the contacts
PIXELS, WIDTH = 192, 100e-6
OHM_CM2, MA_CM2 = 1e4, 0.1  # of SI

# %% [markdown]
# ## The picture
#
# White noise, smoothed over 3 µm; lithium touches where it is darkest, on 5.5 % of the face. A
# picture with greys would be refused: where contact ends is a judgement about the sample.

# %%
wave = 2 * np.pi * np.fft.fftfreq(PIXELS, WIDTH / PIXELS)
smoother = np.exp(-((3e-6) ** 2) * (wave[:, None] ** 2 + wave[None, :] ** 2) / 4)
noise = np.random.default_rng(10).normal(size=(PIXELS, PIXELS))
height = np.fft.ifft2(np.fft.fft2(noise) * smoother).real
plt.imsave("grey.png", height, cmap="gray")
plt.imsave("contact.png", height > np.quantile(height, 0.055), cmap="gray", vmin=0, vmax=1)
try:
    ContactPicture.read("grey.png", WIDTH)
except InputError as refusal:
    print(refusal)
picture = ContactPicture.read("contact.png", WIDTH)
print(f"{100 * picture.contact_fraction:.1f} % in contact")

# %% [markdown]
# ## The current at the face
#
# Under contacts of 31 ohm cm² the current is all but even within each: the local resistance is
# far larger than what the garnet below a contact adds. What focuses it is the share of the face.

# %%
field = contact_field(
    picture.contact, period=WIDTH, conductivity=SIGMA, contact_resistance=LOCAL
).at_current_density(1.0)
figure, (left, right) = plt.subplots(1, 2, figsize=(9.5, 4), layout="constrained")
side = 1e6 * WIDTH
left.imshow(~picture.contact, cmap="gray", extent=(0, side, 0, side))
left.set(title="synthetic picture: black is contact", xlabel="x [µm]", ylabel="y [µm]")
shown = right.imshow(MA_CM2 * field.current_density, extent=(0, side, 0, side))
right.set(title="at 0.1 mA/cm² on the mean", xlabel="x [µm]", ylabel="y [µm]")
for axes in (left, right):
    axes.grid(False)
figure.colorbar(shown, ax=right, label="current density at the garnet [mA/cm²]")
k = hot_spot(field)
print(f"k = {k:.2f}; 1 over the share in contact is {1 / picture.contact_fraction:.2f}")

# %% [markdown]
# ## The spectrum
#
# Both faces and the garnet between them, for three widths of the gaps. At high frequency the
# current crosses the gaps and need not reach the contacts. The double layer under the contacts is
# left out, so the arc is that of the gaps alone; a relative permittivity of 50 is assumed.

# %%
omega = 2 * np.pi * np.geomspace(1e2, 1e7, 51)
figure, (arc, peaks) = plt.subplots(1, 2, figsize=(10, 3.8), layout="constrained", sharey=True)
for gap, colour in ((10e-9, PAPER), (100e-9, BARE), (1e-6, QUIET)):
    face = contact_impedance(
        picture.contact,
        omega,
        period=WIDTH,
        conductivity=SIGMA,
        relative_permittivity=50,
        gap_width=gap,
        contact_resistance=LOCAL,
    )
    Z = OHM_CM2 * (2 * face.total + THICKNESS / SIGMA)
    arc.plot(Z.real, -Z.imag, color=colour)
    peaks.semilogx(omega / (2 * np.pi), -Z.imag, color=colour, label=f"gaps of {1e9 * gap:.0f} nm")
arc.set(xlabel="Re Z [Ω cm²]", ylabel="−Im Z [Ω cm²]", title="one arc, whatever the gap")
peaks.set(xlabel="frequency [Hz]", title="its frequency tells the gap")
peaks.legend(loc="upper center", bbox_to_anchor=(0.5, -0.2), ncols=3)
R = 2 * field.total_resistance
print(f"both faces: {OHM_CM2 * R:.0f} ohm cm2")

# %% [markdown]
# ## The critical current
#
# The limit of a spot comes from the coated cell, nearly even by assumption. This contact, chosen
# like the founding bare cell's 1173 ohm cm² and 0.15 mA/cm², then has nearly both.

# %%
even = UnevenLayer(
    thickness=200e-9,
    ionic_conductivity=5.9e-4,
    charge_transfer=1.7e-4,
    variation=0.1,
    correlation_length=3e-6,
    conductivity=SIGMA,
)
law = HotSpotLaw.calibrate([MeasuredFace(even, 23.0)])
J = law.local_limit / k
print(f"a spot bears {MA_CM2 * law.local_limit:.2f} mA/cm2, this face {MA_CM2 * J:.3f} mA/cm2")

# %% [markdown]
# What local resistance does the picture bear? The same picture at many, from one table that was
# solved once. Contacts that resist less make the arc smaller *and* the rim hotter: both are wanted
# to tell resistance and share apart.

# %%
local = np.geomspace(3e-5, 300e-4, 60)
total = 2 * (local / picture.contact_fraction + picture.constriction(local, SIGMA))
figure, axes = plt.subplots(figsize=(6, 3.6), layout="constrained")
axes.semilogx(OHM_CM2 * total, MA_CM2 * law.local_limit / picture.focus(local, SIGMA), color=BARE)
axes.plot(1173.4, 0.15, "o", color=PAPER, label="bare cell, Zhai et al. 2024, stated")
axes.set(xlabel="resistance of both faces [Ω cm²]", ylabel="critical current [mA/cm²]")
axes.legend()
plt.show()

# %% [markdown]
# ## Life
#
# A cell with two such faces. Its contacts are replaced by even discs of the same share that
# constrict the current as much; voids take contact on stripping, and the critical current falls
# with the contact that is kept. How much a charge takes is the founding fit's.

# %%
share = picture.contact_fraction
finest = WIDTH / PIXELS
spacing = picture.constriction(finest, 1.0) / constriction_resistance(share, 1.0, 1.0)
face = {
    "Negative face contact fraction": share,
    "Negative face contact spacing [m]": float(spacing),
    "Negative face exchange-current density [A.m-2]": 8.314462618 * 298.15 / 96485.33 / LOCAL,
}
cell = ShortingCell("bare", inputs=tuple(face))
inputs = {name: [float(x)] for name, x in (face | law.inputs(SolvedFace.of(field))).items()}
for current in (0.5, 1.0, 1.2):
    life = run_cycling(cell, Cycling(current, 3600, 500), inputs)
    print(f"{MA_CM2 * current:.2f} mA/cm2: {life.sentences[0]}")

# %% [markdown]
# ## What this can and cannot say
#
# - The picture fixes the share, and how the contacts lie; the local resistance, the gap and the
#   limit of a spot are not in it.
# - Which contacts there are is decided by the threshold: publish it with the picture.
# - A single critical current tests nothing, for the limit of a spot may be any. Two faces of
#   different, *measured* evenness would test the law.
