"""A pytest plugin: ``CompiledSolver`` in the place of PyBaMM's ``IDAKLUSolver``, by its name.

Options that are IDAKLU's own are left out; a test of what they do fails then.
"""

import inspect

import pybamm

import ssb_model

OF_IDAKLU = ("root_method", "root_tol", "options", "extrap_tol")


class IDAKLUSolver(ssb_model.CompiledSolver):
    def __init__(self, *args, **options):
        super().__init__(*args, **{k: v for k, v in options.items() if k not in OF_IDAKLU})


IDAKLUSolver.__init__.__signature__ = inspect.signature(ssb_model.CompiledSolver.__init__)
pybamm.IDAKLUSolver = IDAKLUSolver
