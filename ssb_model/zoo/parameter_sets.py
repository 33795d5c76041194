"""The blocking cell for ``pybamm.ParameterValues("LLZTO blocking")``, by entry point."""

from ssb_model.cells.parameters import cell_parameters


def llzto_blocking():
    """Metal | LLZTO | metal; the founding paper reports no such cell, the pellet is its own."""
    return cell_parameters("blocking", garnet="llzto")
