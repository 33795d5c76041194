"""A symmetric cell whose two alike faces are a solved field around discs at random places."""

import jax
import numpy as np

from ssb_model.compiled import prepare
from ssb_model.constants import FARADAY, GAS_CONSTANT, ROOM_TEMPERATURE
from ssb_model.field import face_at_frequency, face_current, random_contacts

PIXELS, RADIUS, OF_DISC = 128, 1.5, 9  # of a side; of a disc; that a disc covers
SIDES = 2


class IrregularCell:
    """Of values by PyBaMM name; ``seed`` places the contacts on a face of so many pixels a side."""

    def __init__(self, values, seed, pixels=PIXELS):
        prepare()
        self.values = values
        self.contact = random_contacts(
            (pixels, pixels), values["Negative face contact fraction"], RADIUS, seed
        )
        spacing, discs = values["Negative face contact spacing [m]"], self.contact.sum() / OF_DISC
        self.period = spacing / 2 * np.sqrt(np.pi * discs)  # a circle of the spacing for each disc

    def _at(self, T):
        """Conductivity of the garnet, resistance of contacts per their area."""
        v = self.values
        inverse = (1 / T - 1 / ROOM_TEMPERATURE) / GAS_CONSTANT
        sigma, exchange = (
            v[f"{name} {unit}"] * np.exp(-v[f"{name} activation energy [J.mol-1]"] * inverse)
            for name, unit in (
                ("Garnet conductivity", "[S.m-1]"),
                ("Negative face exchange-current density", "[A.m-2]"),
            )
        )
        return sigma, GAS_CONSTANT * T / FARADAY / exchange

    def at_rest(self, T):
        """Resistances [Ohm.m2] of both faces, without the garnet's own, and of the pellet."""
        sigma, resistance = self._at(T)
        face = float(_at_rest(self.contact, self.period, sigma, resistance))
        return {"interface": SIDES * face, "garnet": self.values["Garnet thickness [m]"] / sigma}

    def impedance(self, T, frequency):
        """Of the cell [Ohm] at frequencies [Hz]."""
        v, omega = self.values, 2 * np.pi * np.asarray(frequency)
        sigma, resistance = self._at(T)
        charging = 1j * omega * v["Negative face double-layer capacity [F.m-2]"]
        contacts = 1 / (1 / resistance + charging)
        permittivity, gap = v["Garnet bulk relative permittivity"], v["Lithium gap width [m]"]
        face = _spectrum(self.contact, (omega, contacts), (self.period, sigma, permittivity, gap))
        pellet = v["Garnet thickness [m]"] / sigma
        share = v["Garnet grain boundary share"]
        relaxation = v["Garnet grain boundary effective permittivity [F.m-1]"] * share / sigma
        pellet = pellet * (1 - share + share / (1 + 1j * omega * relaxation))
        return (pellet + SIDES * np.asarray(face)) / v["Cell area [m2]"]


@jax.jit
def _at_rest(contact, period, sigma, resistance):
    return face_current(contact, period, sigma, None, resistance).total


@jax.jit
def _spectrum(contact, each, materials):
    def at(one):
        omega, contacts = one
        return face_at_frequency(contact, omega, *materials, None, contacts).total

    return jax.lax.map(at, each)
