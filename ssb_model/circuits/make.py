"""A spectrum's row of a batch as its own result."""

import numpy as np

from ssb_model.circuits.covariance import covariances
from ssb_model.circuits.doubts import doubts
from ssb_model.circuits.model import EXTRA, model
from ssb_model.circuits.result import CircuitFit
from ssb_model.circuits.solve import Solved


def result(solved: Solved, s: int, area: float | None) -> CircuitFit:
    """Of the spectrum in row s; ``area`` in m2."""
    which = np.array([s])
    weight, f = solved.data.weight[s], solved.data.omega[s] / (2 * np.pi)
    real = weight > 0
    return CircuitFit(
        name=solved.data.names[s],
        circuit=solved.circuit,
        frequency=f[real],
        measured=solved.data.z[s][real],
        fitted=model(solved.circuit, solved.data.rows(which), solved.u[which])[0][0][real],
        coordinates=solved.u[s, :-EXTRA],
        covariance=covariances(solved, which)[0],
        noise=float(solved.noise[s]),
        drift=float(solved.u[s, -EXTRA]),
        outliers=f[real & (weight < 1)],
        doubts=doubts(solved, s),
        area=area,
    )
