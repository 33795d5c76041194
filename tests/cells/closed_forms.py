"""The symmetric cell on paper: its resistances and its impedance from parameter values alone.

Every function takes PyBaMM parameter values and returns area-specific numbers (Ohm.m2), by the
formulas of the founding equations and not by the model's variables.
"""

import numpy as np
import pybamm
from scipy.constants import N_A, Boltzmann, e, epsilon_0

R, F = Boltzmann * N_A, e * N_A
SIDES = ("Negative", "Positive")


def number(values, name):
    """The value of a parameter, also where it refers to another one."""
    return float(values.evaluate(pybamm.Parameter(name)))


def arrhenius(values, energy, T):
    """exp[-(Ea/R)(1/T - 1/T_ref)] for the parameter called ``energy``."""
    return np.exp(-number(values, f"{energy} [J.mol-1]") / R * (1 / T - 1 / 298.15))


def temperature(values):
    return number(values, "Ambient temperature [K]")


def garnet_conductivity(values):
    factor = arrhenius(values, "Garnet conductivity activation energy", temperature(values))
    return number(values, "Garnet conductivity [S.m-1]") * factor


def garnet_resistance(values):
    """L/sigma."""
    return number(values, "Garnet thickness [m]") / garnet_conductivity(values)


def charge_transfer_resistance(values, side):
    """RT/(F j0) on the share of the face in contact."""
    T, face = temperature(values), f"{side} face"
    j0 = number(values, f"{face} exchange-current density [A.m-2]") * arrhenius(
        values, f"{face} exchange-current density activation energy", T
    )
    return R * T / (F * j0) / number(values, f"{face} contact fraction")


def constriction_resistance(values, side):
    """pi b/(4 sigma s) psi(s): a disc of radius s b in a circular cell of radius b."""
    s = number(values, f"{side} face contact fraction") ** 0.5
    b = number(values, f"{side} face contact spacing [m]") / 2
    psi = 1 - 1.40978 * s + 0.34406 * s**3 + 0.0435 * s**5 + 0.02271 * s**7
    return np.pi * b / (4 * garnet_conductivity(values) * s) * psi


def layer_conductivities(values, side):
    """Ionic and electronic conductivity of the layer at the cell's temperature."""
    factor = arrhenius(values, f"{side} face layer activation energy", temperature(values))
    return tuple(
        number(values, f"{side} face layer {kind} conductivity [S.m-1]") * factor
        for kind in ("ionic", "electronic")
    )


def layer_impedance(values, side, omega):
    """h/(s_i+s_e) + s_e/(s_i(s_i+s_e)) tanh(lam h)/lam, lam^2 = j w c_ch (s_i+s_e)/(s_i s_e)."""
    s_i, s_e = layer_conductivities(values, side)
    h = number(values, f"{side} face layer thickness [m]")
    c_ch = (
        F**2
        * number(values, f"{side} face layer lithium concentration [mol.m-3]")
        / (R * temperature(values) * number(values, f"{side} face layer thermodynamic factor"))
    )
    lam = np.sqrt(1j * omega * c_ch * (s_i + s_e) / (s_i * s_e))
    slow = s_e / (s_i * (s_i + s_e)) * np.tanh(lam * h) / lam
    return (h / (s_i + s_e) + slow) / number(values, f"{side} face contact fraction")


def layer_resistance(values, side, instant=False):
    """h/s_i, at once only h/(s_i+s_e); on the share in contact."""
    s_i, s_e = layer_conductivities(values, side)
    h = number(values, f"{side} face layer thickness [m]")
    theta = number(values, f"{side} face contact fraction")
    return h / (s_i + s_e if instant else s_i) / theta


def cell_resistance(values, layer=True):
    """Garnet and both faces in series."""
    total = garnet_resistance(values)
    for side in SIDES:
        total += charge_transfer_resistance(values, side) + constriction_resistance(values, side)
        total += layer_resistance(values, side) if layer else 0.0
    return total


def instant_resistance(values, layer=True):
    """What follows the current at once besides the garnet: constriction, h/(s_i+s_e)."""
    return sum(
        constriction_resistance(values, side)
        + (layer_resistance(values, side, instant=True) if layer else 0.0)
        for side in SIDES
    )


def cell_impedance(values, frequencies, layer=True, permittivity=True):
    """The whole spectrum: bulk, grain boundary, and per face charge transfer and layer."""
    omega = 2 * np.pi * np.asarray(frequencies)
    L, share = number(values, "Garnet thickness [m]"), number(values, "Garnet grain boundary share")
    bulk = (1 - share) * garnet_resistance(values) + instant_resistance(values, layer)
    boundary = share * garnet_resistance(values)
    c_bulk = epsilon_0 * number(values, "Garnet bulk relative permittivity") / L
    c_boundary = number(values, "Garnet grain boundary effective permittivity [F.m-1]") / L
    z = bulk / (1 + 1j * omega * bulk * (c_bulk if permittivity else 0.0))
    z = z + boundary / (1 + 1j * omega * boundary * c_boundary)
    for side in SIDES:
        theta = number(values, f"{side} face contact fraction")
        c_dl = theta * number(values, f"{side} face double-layer capacity [F.m-2]")
        z = z + 1 / (1 / charge_transfer_resistance(values, side) + 1j * omega * c_dl)
        if layer:
            z = z + layer_impedance(values, side, omega) - layer_resistance(values, side, True)
    return z
