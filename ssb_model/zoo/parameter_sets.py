"""The cells with numbers for ``pybamm.ParameterValues("...")``, by entry point."""

import pybamm

from ssb_model.cells import cell_parameters


def zhai2024_symmetric() -> pybamm.ParameterValues:
    """Li | garnet | Li with the buffer layer from 0.5 mol/L ZnI2."""
    return cell_parameters("symmetric", coating="zni2-0.5")


def zhai2024_symmetric_bare() -> pybamm.ParameterValues:
    """Li | garnet | Li without a layer."""
    return cell_parameters("symmetric", coating="bare")


def zhai2024_full() -> pybamm.ParameterValues:
    """Li | garnet | LFP with the buffer layer from 0.5 mol/L ZnI2."""
    return cell_parameters("full", coating="zni2-0.5")


def llzto_blocking() -> pybamm.ParameterValues:
    """Metal | LLZTO | metal; the founding paper reports no such cell, the pellet is its own."""
    return cell_parameters("blocking", garnet="llzto")
