"""A problem that keeps what its model answered, for a minimisation that comes back to points.

An accepted step is looked at once more where the minimisation ends, and fits without one datum
each begin at the same point: such points are not simulated again.
"""

import numpy as np
from jaxtyping import Float

from ssb_model.fitting.problem import Problem

MOST_BYTES = 2**26  # of the answers that are kept; the oldest are forgotten

Answer = tuple[Float[np.ndarray, " observables"], Float[np.ndarray, "observables parameters"]]


class Remembered(Problem):
    """The same problem for one minimisation; points with the same coordinates are one."""

    def __init__(self, problem: Problem) -> None:
        self.__dict__.update(problem.__dict__)
        self._asked = problem
        self._known: dict[bytes, Answer] = {}

    def keep(self, u: Float[np.ndarray, " parameters"], answer: Answer) -> None:
        """An answer that is known already."""
        self._known[u.tobytes()] = answer

    def predictions(
        self, u: Float[np.ndarray, "batch parameters"]
    ) -> tuple[
        Float[np.ndarray, "batch observables"], Float[np.ndarray, "batch observables parameters"]
    ]:
        """As of the problem, of which only points that are new are asked."""
        keys = [row.tobytes() for row in u]
        new = {key: k for k, key in enumerate(keys) if key not in self._known}
        if new:
            found = self._asked.predictions(u[[*new.values()]])
            self._known.update(zip(new, zip(*found, strict=True), strict=True))
        values, jacobians = zip(*(self._known[key] for key in keys), strict=True)
        most = max(1, int(MOST_BYTES / max(1, values[0].nbytes + jacobians[0].nbytes)))
        for key in [*self._known][:-most]:
            del self._known[key]
        return np.stack(values), np.stack(jacobians)
