"""PyBOP's optimisers that suit a smooth fit of five parameters: all but random searches.

PyBOP itself is imported where one is made, in its own environment.
"""

NEVER = 1e-12  # tolerances no search stops at before the target
MOST = 100_000


def _scipy(method, jac, problem):
    import pybop

    options = pybop.SciPyMinimizeOptions(method=method, jac=jac, tol=NEVER, maxiter=MOST)
    return pybop.SciPyMinimize(problem, options)


def _pints(method, problem):
    import pybop

    options = pybop.PintsOptions(max_iterations=MOST, max_unchanged_iterations=MOST)
    return getattr(pybop, method)(problem, options)


WITH_SENSITIVITIES = ("L-BFGS-B", "SLSQP", "TNC", "BFGS", "CG", "trust-constr")
WITHOUT = ("Nelder-Mead", "Powell", "COBYQA")
OF_PINTS = (
    "IRPropMin",
    "IRPropPlus",
    "AdamW",
    "GradientDescent",
    "NelderMead",
    "CMAES",
    "XNES",
    "SNES",
    "PSO",
)
NAMES = (
    *(f"SciPy {method} with sensitivities" for method in WITH_SENSITIVITIES),
    *(f"SciPy {method} without sensitivities" for method in WITHOUT),
    *(f"PINTS {name}" for name in OF_PINTS),
)


def optimiser(name, problem):
    """One of :data:`NAMES`, ready to run on the problem."""
    library, method, *sensitivities = name.split()
    if library == "SciPy":
        return _scipy(method, sensitivities[0] == "with", problem)
    return _pints(method, problem)
