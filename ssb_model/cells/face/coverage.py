"""The layer that a dip in ZnI2 solution leaves: covered share and thickness.

A wet film of thickness h_wet of concentration c dries to c h_wet of ZnI2 an area, which reacts
with lithium, ZnI2 + (2+x) Li -> 2 LiI + ZnLi_x, to 1.24 times its volume: 42 nm for each
0.1 mol/L of a 5 um film. Below some threshold the grains stay partly bare; the covered share is
taken as 1 - exp[-(c/c_th)^m]. Both are assumptions; the paper shows micrographs only.
"""

import numpy as np

MOLAR_VOLUME_ZNI2 = 67.3e-6  # m3/mol, assumed from a density of 4.74 g/cm3
VOLUME_GAIN = 1.24  # derived: 2 LiI and LiZn over ZnI2


def coverage(concentration, threshold=0.2, sharpness=2.0):
    """Covered share of the face after a dip at ``concentration`` [mol/L], between 0 and 1."""
    return 1 - np.exp(-((np.asarray(concentration) / threshold) ** sharpness))


def layer_thickness(concentration, wet_film=5e-6):
    """Thickness [m] of the reacted layer from a ``wet_film`` [m] at ``concentration`` [mol/L]."""
    amount = np.asarray(concentration) * 1e3 * wet_film  # mol/m2
    return VOLUME_GAIN * MOLAR_VOLUME_ZNI2 * amount
