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
# # The field around a contact, from a picture
#
# Where lithium touches the garnet at spots, the current crowds into them and spreads again below.
# How much that costs depends on where the spots are, and a picture shows where they are. This
# notebook makes such a picture, solves for the current through it, checks the solver against two
# closed forms, and asks what the picture can and cannot tell about a measured resistance.
#
# **The picture is made up here**: smoothed random numbers, not a micrograph. The garnet has
# 0.71 mS/cm (found: Tsai et al. 2016, 92.7 % dense, 30 °C) and 0.85 mm (derived from the founding
# paper's 13 mV, [doi:10.1039/d4sc00786g](https://doi.org/10.1039/d4sc00786g)). All else is assumed,
# and said where it enters.

# %%
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LogNorm

from ssb_model import InputError
from ssb_model.cells import constriction_resistance
from ssb_model.field import (
    contact_field,
    contact_fields,
    contact_from_picture,
    contact_impedance,
    edge_current_density,
    stripe,
)
from ssb_model.plotting import BARE, COATED, PAPER, QUIET, RC

plt.rcParams.update(RC)
GARNET = {"conductivity": 0.071, "thickness": 0.85e-3}  # S/m, m
PIXELS, WIDTH = 256, 100e-6  # a face of 100 x 100 um
CM2 = 1e4  # cm2 in a m2

# %% [markdown]
# ## A picture
#
# White noise, smoothed over 4 µm: grey as a micrograph is. Where it is darkest, lithium shall
# touch.

# %%
wave = 2 * np.pi * np.fft.fftfreq(PIXELS, WIDTH / PIXELS)
smoother = np.exp(-((4e-6) ** 2) * (wave[:, None] ** 2 + wave[None, :] ** 2) / 4)
noise = np.random.default_rng(6).normal(size=(PIXELS, PIXELS))
grey = np.fft.ifft2(np.fft.fft2(noise) * smoother).real
grey = (grey - grey.min()) / np.ptp(grey)
plt.imsave("face.png", grey, cmap="gray", vmin=0, vmax=1)
try:
    contact_from_picture("face.png")
except InputError as refusal:
    print(refusal)

# %% [markdown]
# A picture with greys is refused: where contact ends and gap begins is a judgement about the
# sample, and the resistance hangs on it. So decide, and write down what was decided. Here the
# darkest 10 % of the face are contact.

# %%
contact = {}
for share in (0.02, 0.05, 0.10, 0.20, 0.40):
    plt.imsave("face.png", grey > np.quantile(grey, share), cmap="gray")
    contact[share] = contact_from_picture("face.png")

figure, axes = plt.subplots(1, 3, figsize=(10, 3.9), layout="constrained", sharey=True)
edge = (0, WIDTH * 1e6, WIDTH * 1e6, 0)
axes[0].imshow(grey, cmap="gray", extent=edge)
axes[0].set_title("the grey picture (made up)")
for axis, share in zip(axes[1:], (0.05, 0.20), strict=True):
    axis.imshow(~contact[share], cmap="gray", extent=edge)
    axis.set_title(f"contact on {100 * share:.0f} %")
for axis in axes:
    axis.set_xlabel("across the face [µm]")
    axis.grid(False)
axes[0].set_ylabel("along the face [µm]")
plt.show()

# %% [markdown]
# ## The current through it
#
# In the garnet $\nabla\cdot(\sigma\nabla\varphi) = 0$. At the face, lithium at potential $V$ passes
# $i = (V - \varphi)/r$ where it touches and nothing where it does not; $r$ = 1 Ω cm² here, assumed
# (Krauskopf 2019, as quoted in a review, has less than 1 Ω cm² for lithium on clean garnet under
# pressure). The face repeats on all sides.

# %%
field = contact_field(contact[0.10], period=WIDTH, contact_resistance=1e-4, **GARNET)
parts = {
    "garnet, L/σ": field.thickness / field.conductivity,
    "contacts in parallel, r/θ": field.contact_part,
    "constriction": field.constriction_resistance,
}
for name, resistance in parts.items():
    print(f"{name:26s} {CM2 * resistance:7.2f} Ω cm²")
print(f"largest current: {field.focusing_factor:.1f} times the mean")

ratio = np.where(field.contact, field.current_density / field.mean_current_density, np.nan)
deeper = [field.current_at(depth)[-1] / field.mean_current_density for depth in (3e-6, 15e-6)]
figure, axes = plt.subplots(1, 3, figsize=(11, 4), layout="constrained", sharey=True)
titles = ("at the face", "3 µm below", "15 µm below")
for axis, flow, title in zip(axes, (ratio, *deeper), titles, strict=True):
    axis.set_facecolor("#D9D9D9")
    image = axis.imshow(flow, cmap="YlOrRd", norm=LogNorm(0.1, 15), extent=edge)
    axis.set(title=title, xlabel="across the face [µm]")
    axis.grid(False)
axes[0].set_ylabel("along the face [µm]")
figure.colorbar(image, ax=axes, label="downward current over its mean [1]", shrink=0.8)
plt.show()

# %%
depths = np.linspace(0, 40e-6, 120)
cut = field.cut(depths, line=150)
x, z = cut.position * 1e6, depths * 1e6
figure, axis = plt.subplots(figsize=(9, 4.2), layout="constrained")
image = axis.pcolormesh(
    x, z, cut.down / field.mean_current_density, cmap="YlOrRd", norm=LogNorm(0.1, 15)
)
axis.streamplot(x, z, cut.along, cut.down, color=QUIET, density=0.9, linewidth=0.8, arrowsize=0.7)
axis.fill_between(
    x, -2.5, 0, where=field.contact[:, 150], step="mid", color=PAPER, label="lithium touches here"
)
axis.set(xlabel="along the face [µm]", ylabel="depth in the garnet [µm]", ylim=(40, -2.5))
axis.set_title("a cut straight down, with lines of current")
axis.grid(False)
axis.legend(loc="lower right", frameon=True)
figure.colorbar(image, ax=axis, label="downward current over its mean [1]")
plt.show()

# %% [markdown]
# ## Is the solver right? The slit
#
# A contact as a stripe of width $2a$ on a period $2b$ has the closed form
#
# $$R_c = \frac{2b}{\pi\sigma}\,\ln\frac{1}{\sin(\pi a/2b)}$$
#
# with perfect contact on a deep garnet. The current is then infinite at the stripe's edge, where
# ordinary meshes converge only with the first power of the pixel.

# %%
pixels = np.array([32, 64, 128, 256])
share = 0.25
exact = WIDTH / (np.pi * GARNET["conductivity"]) * np.log(1 / np.sin(np.pi * share / 2))
error = [
    contact_field(
        stripe(n, share), period=WIDTH, conductivity=GARNET["conductivity"]
    ).constriction_resistance
    / exact
    - 1
    for n in pixels
]
figure, axis = plt.subplots(figsize=(6.4, 4), layout="constrained")
axis.loglog(pixels, np.abs(error), "o-", color=COATED, label="solved")
axis.loglog(pixels, abs(error[0]) * (pixels[0] / pixels) ** 2, "--", color=QUIET, label="order 2")
axis.set(
    xlabel="pixels a period",
    ylabel="relative error of $R_c$ [1]",
    title=f"slit, a/b = {share:g}: $R_c$ = {CM2 * exact:.3f} Ω cm²",
)
axis.set_xticks(pixels, labels=map(str, pixels), minor=False)
axis.minorticks_off()
axis.legend()
plt.show()
print(f"error with 256 pixels: {error[3]:.1e}")

# %% [markdown]
# ## The edge of a debonded spot
#
# Where contact is lost over a strip of width $2a$ the current detours to its rim. How much more
# passes there depends on $a/(\sigma r)$ alone. With $\sigma r$ = 20 µm independent finite volumes
# gave 1.51, 1.80, 2.04 and 3.18 for 20, 40, 60 and 200 µm (derived). "Far from the spot" needs a
# face much wider than the spot.

# %%
widths = np.array([20, 40, 60, 200]) * 1e-6
expected = np.array([1.51, 1.80, 2.04, 3.18])
face, n, product = 4e-3, 8192, 20e-6  # m, pixels, sigma r in m
rim = []
for width in widths:
    spot = contact_field(
        ~stripe(n, width / face),
        period=face,
        conductivity=0.04,
        contact_resistance=product / 0.04,
    )
    rim.append(edge_current_density(spot) / spot.current_density[0])
figure, axis = plt.subplots(figsize=(6.4, 4), layout="constrained")
axis.plot(widths * 1e6, rim, "o-", color=COATED, label="solved here")
axis.plot(widths * 1e6, expected, "x", color=PAPER, ms=10, mew=2, label="finite volumes")
axis.set(
    xlabel="width of the debonded strip 2a [µm]",
    ylabel="current at the rim over far value [1]",
    title="current focusing beside a gap, σr = 20 µm",
    ylim=(1, 3.5),
)
axis.legend()
plt.show()
print("solved / expected:", np.round(np.array(rim) / expected, 3))

# %% [markdown]
# ## What the picture adds to the contact fraction
#
# The cell models take one disc a cell of spacing $2b$, so that
# $R_c = (\pi b/4\sigma s)\,\psi(s)$ with $s^2 = \theta$. The made-up spots are of many sizes and
# scattered. At each threshold: which spacing would the cell model need to cost as much?

# %%
shares = np.array(list(contact))
costs = np.array(
    [
        contact_field(
            pattern, period=WIDTH, contact_resistance=1e-4, **GARNET
        ).constriction_resistance
        for pattern in contact.values()
    ]
)
sigma = GARNET["conductivity"]
spacing = costs / constriction_resistance(shares, 1.0, sigma)  # R_c is proportional to it
figure, axis = plt.subplots(figsize=(7.4, 4.2), layout="constrained")
axis.loglog(100 * shares, CM2 * costs, "o-", color=BARE, label="the picture")
theta = np.geomspace(0.02, 0.4, 50)
for two_b, style in ((10e-6, ":"), (20e-6, "--"), (40e-6, "-.")):
    R = CM2 * constriction_resistance(theta, two_b, sigma)
    axis.loglog(100 * theta, R, style, color=COATED, label=f"discs, one every {two_b * 1e6:g} µm")
axis.set(xlabel="share of the face in contact [%]", ylabel="constriction [Ω cm²]")
axis.set_xticks(100 * shares, labels=[f"{100 * s:g}" for s in shares])
axis.minorticks_off()
axis.legend()
plt.show()
for share, R, two_b in zip(shares, costs, spacing, strict=True):
    print(f"{100 * share:3.0f} %: {CM2 * R:6.2f} Ω cm², as discs every {two_b * 1e6:.0f} µm")

# %% [markdown]
# ## How good must the contact be?
#
# A perfect contact draws the current to the rims of its spots; a poor one passes it evenly. One
# batch of contact resistances: the largest current changes tenfold, the constriction hardly. What
# a galvanostat sees, the sum of both curves on the right, says nothing of the rims.

# %%
r = np.geomspace(1e-6, 1e-2, 9)  # ohm m2
batch = contact_fields(contact[0.10], period=WIDTH, contact_resistance=r, **GARNET)
figure, axes = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
axes[0].loglog(CM2 * r, [f.focusing_factor for f in batch], "o-", color=BARE)
axes[0].set_ylabel("largest current over mean [1]")
axes[0].axhline(1 / field.contact_fraction, color=QUIET, ls="--", label="1/θ: even in each spot")
axes[1].loglog(
    CM2 * r,
    [CM2 * f.constriction_resistance for f in batch],
    "o-",
    color=BARE,
    label="constriction",
)
axes[1].loglog(
    CM2 * r, [CM2 * f.contact_part for f in batch], "--", color=QUIET, label="contacts, r/θ"
)
axes[1].set_ylabel("resistance [Ω cm²]")
for axis in axes:
    axis.set_xlabel("contact resistance r [Ω cm²]")
    axis.legend()
plt.show()
ends = [CM2 * batch[k].constriction_resistance for k in (0, -1)]
print("constriction from {:.2f} to {:.2f} Ω cm²".format(*ends))

# %% [markdown]
# ## At a frequency
#
# A gap insulates at rest and passes displacement current at high frequency: then the current need
# not reach the spots, and the constriction relaxes ("dynamic constriction", Eckhardt, Klar, Janek
# and Heiliger 2022). An arc without charge transfer or double layer. The gap's width is assumed,
# and it sets the frequency.

# %%
frequency = np.logspace(2, 9, 57)
figure, axes = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
coarse = contact[0.10][::4, ::4]  # the arc needs no finer picture
for gap, colour in ((10e-9, BARE), (100e-9, COATED), (1000e-9, QUIET)):
    arc = contact_impedance(
        coarse,
        2 * np.pi * frequency,
        period=WIDTH,
        conductivity=sigma,
        relative_permittivity=50,  # a guess, which hardly matters here
        gap_width=gap,
        contact_resistance=1e-4,
    )
    z = CM2 * (arc.constriction + arc.contact)
    top = frequency[np.argmax(-z.imag)]
    axes[0].plot(z.real, -z.imag, color=colour, label=f"gap {1e9 * gap:g} nm")
    axes[1].semilogx(frequency, -z.imag, color=colour, label=f"top at {top / 1e6:.2g} MHz")
axes[0].set(xlabel="Re Z [Ω cm²]", ylabel="−Im Z [Ω cm²]", aspect="equal")
axes[1].set(xlabel="frequency [Hz]", ylabel="−Im Z [Ω cm²]")
for axis in axes:
    axis.legend()
plt.show()

# %% [markdown]
# ## What a picture cannot tell
#
# - **The threshold.** Between 5 and 20 % of the same grey picture the constriction falls from 6.6
#   to 1.7 Ω cm² (above). A picture fixes the pattern, not the share: one spacing, 33 to 48 µm,
#   served at all shares.
# - **What lies under the lithium.** A black pixel may be bare garnet or carbonate: $r$ is another
#   measurement, and its activation energy tells it from constriction, which has the garnet's.
# - **Anything below a pixel.** Contacts of one or two pixels are not resolved.
# - **Time.** Stripping changes the contact; that is another notebook, on the critical current.
