"""A pytest plugin: ``CompiledSolver`` in the place of PyBaMM's ``IDAKLUSolver``.

Options that are IDAKLU's own are left out; a test of what they do fails then.
"""

import pybamm

import ssb_model

OF_IDAKLU = ("root_method", "root_tol", "options", "extrap_tol")


class InPlace(ssb_model.CompiledSolver):
    def __init__(self, *args, **options):
        super().__init__(*args, **{k: v for k, v in options.items() if k not in OF_IDAKLU})


pybamm.IDAKLUSolver = InPlace
