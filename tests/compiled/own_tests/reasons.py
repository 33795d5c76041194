"""Why a test of PyBaMM's is not passed by ``CompiledSolver``, by what its name has in it."""

REASONS = {}


def reason_of(name):
    """The reason, or that there is none."""
    return next((reason for part, reason in REASONS.items() if part in name), "WITHOUT A REASON")
