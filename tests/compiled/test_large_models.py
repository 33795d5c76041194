"""Models of thousands of states, and dense ones: memory and time linear in the fill."""

import numpy as np
import pybamm
import pytest
import scipy.sparse as sparse

import ssb_model

TIMES = np.linspace(0, 1, 11)


def plate(points):
    """Heat on a square of ``points`` x ``points``, its edges cold."""
    d = sparse.diags([1.0, -2.0, 1.0], [-1, 0, 1], (points, points)) * (points + 1) ** 2 / 100
    return sparse.csr_matrix(
        sparse.kron(d, sparse.eye(points)) + sparse.kron(sparse.eye(points), d)
    )


def coupled(states):
    """Every state acts on every other."""
    random = np.random.default_rng(0).normal(size=(states, states)) / np.sqrt(states)
    return sparse.csr_matrix(random - 2 * np.eye(states))


def discretised(matrix):
    """x' = A x + heating - x^3 from x = 0, as a discretised PyBaMM model."""
    states = matrix.shape[0]
    x = pybamm.Variable("x", domain="line")
    s = pybamm.SpatialVariable("s", domain="line")
    heating = pybamm.InputParameter("heating")
    model = pybamm.BaseModel()
    model.rhs, model.initial_conditions = {x: 0 * x + heating}, {x: pybamm.Scalar(0)}
    model.boundary_conditions = {x: {side: (0, "Neumann") for side in ("left", "right")}}
    model.variables = {"mean": pybamm.Integral(x, s)}
    line = {"line": {s: {"min": pybamm.Scalar(0), "max": pybamm.Scalar(1)}}}
    mesh = pybamm.Mesh(line, {"line": pybamm.Uniform1DSubMesh}, {s: states})
    pybamm.Discretisation(mesh, {"line": pybamm.FiniteVolume()}).process_model(model)
    y = pybamm.StateVector(slice(0, states))
    model.concatenated_rhs = pybamm.Matrix(matrix) @ y + heating - y**3
    return model


@pytest.mark.parametrize(
    ("make", "size"),
    [
        (plate, 60),
        (coupled, 200),
        pytest.param(plate, 120, marks=pytest.mark.verify),
        pytest.param(coupled, 600, marks=pytest.mark.verify),
    ],
)
def test_a_large_model_is_solved_as_by_idaklu(make, size):
    model = discretised(make(size))
    idaklu = pybamm.IDAKLUSolver(rtol=1e-8, atol=1e-10)
    exact = idaklu.solve(model, [0, 1], t_interp=TIMES, inputs={"heating": 3.0})["mean"](TIMES)
    solution = ssb_model.compile(model, outputs=["mean"]).solve({"heating": 3.0}, TIMES)
    np.testing.assert_allclose(solution["mean"], exact, rtol=3e-6, atol=1e-7)
