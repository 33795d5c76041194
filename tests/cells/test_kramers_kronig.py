"""Every spectrum of the cells passes a Kramers-Kronig test; a spectrum that breaks it does not."""

import numpy as np
import pytest

import ssb_model
from ssb_model.cells import CELL_OPTIONS
from ssb_model.data.validation import kramers_kronig

FREQUENCIES = np.logspace(-2, 7, 91)
CHOICES = [(option, value) for option, values in CELL_OPTIONS.items() for value in values]


def spectrum(options, coating):
    if coating == "bare":
        options = {"buffer layer": "none"} | options
    model = ssb_model.SymmetricCell(options)
    values = ssb_model.cell_parameters("symmetric", coating=coating)
    return ssb_model.compile(model, values).impedance(FREQUENCIES)


@pytest.mark.parametrize("coating", ["bare", "i2", "lizn", "zni2-0.1", "zni2-0.5", "zni2-1.5"])
def test_a_new_cell_of_every_coating(coating):
    assert kramers_kronig(FREQUENCIES, spectrum({}, coating)).passes


@pytest.mark.parametrize(("option", "value"), CHOICES)
def test_every_option(option, value):
    arcs = option == "interface" and value != "mechanisms"
    coating = "interface" if arcs else "zni2-0.5"
    assert kramers_kronig(FREQUENCIES, spectrum({option: value}, coating)).passes


def test_an_aged_cell():
    model = ssb_model.SymmetricCell()
    compiled = ssb_model.compile(model, ssb_model.cell_parameters("symmetric"))
    aged = compiled.solve({"Current function [A]": 1e-3}, [3600.0 * 200])
    z = compiled.impedance(FREQUENCIES, state=aged.final_state)
    assert kramers_kronig(FREQUENCIES, z).passes


def test_a_full_cell():
    compiled = ssb_model.compile(ssb_model.FullCell(), ssb_model.cell_parameters("full"))
    assert kramers_kronig(FREQUENCIES, compiled.impedance(FREQUENCIES)).passes


def test_a_spectrum_that_is_not_causal_fails():
    z = spectrum({}, "zni2-0.5")
    assert not kramers_kronig(FREQUENCIES, z.conj()).passes
    drifted = z.real * np.linspace(1, 1.2, len(z)) + 1j * z.imag
    assert not kramers_kronig(FREQUENCIES, drifted).passes
